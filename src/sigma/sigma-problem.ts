/** Something that a rule's author should know, with the place to look at. */
export interface SigmaProblem {
  readonly path: string;
  /** Counted from 1; the document's first line where the place is not known better. */
  readonly line: number;
  /** The rule's name, id or title; null where the file has no readable rule. */
  readonly rule: string | null;
  readonly message: string;
  /**
   * `error`: the rule does not run. `warning`: it runs, and may not do what its author meant. `note`: it is not about
   * Okta and does not run, and nothing is missing by that.
   */
  readonly severity: 'error' | 'warning' | 'note';
}

/** Keys from the root of a document to one of its values, as `['detection', 'selection', 'eventType', 0]`. */
export type DocumentKeys = readonly (string | number)[];

/** Collects what is wrong with one document; nothing in this module throws on a bad rule. */
export interface ProblemReporter {
  error(at: DocumentKeys, message: string): void;
  warn(at: DocumentKeys, message: string): void;
  note(at: DocumentKeys, message: string): void;
}

/** What is wrong and in which rule: the message, with the rule's name behind it unless it says that itself. */
export function nameRule({ rule, message }: Pick<SigmaProblem, 'rule' | 'message'>): string {
  return rule === null || message.includes(rule) ? message : `${message} [${rule}]`;
}

/** `rules/x.yml:12: The condition is empty.`, for a report that says why a rule did not run. */
export function describeFirstError(problems: readonly SigmaProblem[]): string {
  const first = problems.find(({ severity }) => severity === 'error');
  if (first === undefined) return 'The rule could not be read.';
  return `${first.path}:${first.line}: ${first.message}`;
}
