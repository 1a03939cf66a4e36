import { isRecord } from '../model/log-event.ts';
import type { DocumentKeys, ProblemReporter, SigmaProblem } from './sigma-problem.ts';

/** Which of the three documents of the specification it is. */
export type SigmaDocumentKind = 'rule' | 'correlation' | 'filter';

/** Who wrote a rule: a user's rule replaces a built-in one with its id or name. */
export type SigmaOrigin = 'built-in' | 'user';

/** One YAML document of a rule file, read but not yet understood. */
export interface SigmaDocument {
  readonly path: string;
  readonly origin: SigmaOrigin;
  readonly kind: SigmaDocumentKind;
  readonly content: Readonly<Record<string, unknown>>;
  /** The line of a value, or of the nearest thing around it. */
  lineOf(keys: DocumentKeys): number;
}

/**
 * Says which kind of document a map is.
 * Source: file structures of the Sigma rules, correlation and filter specifications.
 */
export function documentKindOf(content: Readonly<Record<string, unknown>>): SigmaDocumentKind {
  if (Object.hasOwn(content, 'correlation')) return 'correlation';
  if (Object.hasOwn(content, 'filter')) return 'filter';
  return 'rule';
}

/** Documents that were parsed at build time, such as the built-in rules; their lines are unknown. */
export function documentsFromObjects(options: {
  readonly path: string;
  readonly origin: SigmaOrigin;
  readonly objects: readonly unknown[];
}): SigmaDocument[] {
  return options.objects.filter(isRecord).map((content) => ({
    path: options.path,
    origin: options.origin,
    kind: documentKindOf(content),
    content,
    lineOf: () => 1,
  }));
}

/** What a document is called in messages: its name, else its id, else its title. */
export function labelOf(document: SigmaDocument): string | null {
  const { name, id, title } = document.content;
  for (const label of [name, id, title]) {
    if (typeof label === 'string' && label !== '') return label;
  }
  return null;
}

/** A reporter that writes the problems of one document into a list. */
export function reportInto(problems: SigmaProblem[], document: SigmaDocument): ProblemReporter {
  const add = (severity: SigmaProblem['severity'], at: DocumentKeys, message: string): void => {
    problems.push({
      path: document.path,
      line: document.lineOf(at),
      rule: labelOf(document),
      message,
      severity,
    });
  };
  return {
    error: (at, message) => add('error', at, message),
    warn: (at, message) => add('warning', at, message),
    note: (at, message) => add('note', at, message),
  };
}

/** The value at a path of keys, or undefined. */
export function valueAt(content: unknown, keys: DocumentKeys): unknown {
  let value: unknown = content;
  for (const key of keys) {
    if (Array.isArray(value) && typeof key === 'number') value = value[key];
    else if (isRecord(value) && Object.hasOwn(value, key)) value = value[key];
    else return undefined;
  }
  return value;
}
