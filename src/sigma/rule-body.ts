import type { Tuning } from '../model/tuning.ts';
import { allOf, type Expression } from './expression/detection-expression.ts';
import { createEventTypeSpelling } from './expression/event-type-spelling.ts';
import { createFieldReader, type FieldPath } from './expression/field-path.ts';
import { createMatcherCompiler, type MatcherCompiler } from './match/compile-matcher.ts';
import { parseDetection } from './parse/parse-detection.ts';
import type { DetectionContext } from './parse/parse-field-test.ts';
import { reportInto, type SigmaDocument, valueAt } from './sigma-document.ts';
import { type DocumentKeys, describeFirstError, type SigmaProblem } from './sigma-problem.ts';

/** A detection that could be read, or why it cannot run. */
export type DetectionBody = { readonly state: 'ready'; readonly expression: Expression } | NotReady;

export interface NotReady {
  readonly state: 'not-evaluated' | 'failed';
  readonly reason: string;
  readonly remedy?: string;
}

/** What the reading of every document of one run shares. */
export interface RuleReader {
  /** Grows while documents are read. */
  readonly problems: SigmaProblem[];
  readonly tuning: Pick<Tuning, 'rules' | 'placeholders' | 'place'>;
  /** Reads the selections and the condition under a key of a document. */
  readBody(options: {
    readonly document: SigmaDocument;
    readonly at: DocumentKeys;
    /** Keys beside the selections that are none. */
    readonly otherKeys: readonly string[];
  }): DetectionBody;
  readField(document: SigmaDocument, at: DocumentKeys, name: string): FieldPath;
  /** One compiler for all, so that rules share what they ask of an event. */
  readonly compileMatcher: MatcherCompiler;
}

export function createRuleReader(options: {
  readonly eventTypes: readonly string[];
  readonly tuning: Pick<Tuning, 'rules' | 'placeholders' | 'place'>;
  readonly problems: SigmaProblem[];
}): RuleReader {
  const { problems, tuning } = options;
  const eventTypes = createEventTypeSpelling(options.eventTypes);
  const readField = createFieldReader();
  const readBody: RuleReader['readBody'] = ({ document, at, otherKeys }) => {
    const own: SigmaProblem[] = [];
    const context: DetectionContext = {
      report: reportInto(own, document),
      readField,
      eventTypes,
      placeholders: tuning.placeholders,
      missingPlaceholders: new Set(),
    };
    const detection = valueAt(document.content, at);
    const expression = parseDetection({ detection, at, otherKeys, context });
    problems.push(...own);
    if (expression === null) return { state: 'failed', reason: describeFirstError(own) };
    return context.missingPlaceholders.size === 0
      ? { state: 'ready', expression }
      : { state: 'not-evaluated', reason: describeMissing(context.missingPlaceholders) };
  };
  return {
    problems,
    tuning,
    compileMatcher: createMatcherCompiler(),
    readBody,
    readField: (document, at, name) =>
      readField(name, (message) => reportInto(problems, document).warn(at, message)),
  };
}

/** A detection under its filters: the first that is not ready says why the rule cannot run. */
export function applyFilters(
  body: DetectionBody,
  filters: readonly DetectionBody[],
): DetectionBody {
  const expressions: Expression[] = [];
  for (const part of [body, ...filters]) {
    if (part.state !== 'ready') return part;
    expressions.push(part.expression);
  }
  return { state: 'ready', expression: allOf(expressions) };
}

function describeMissing(names: ReadonlySet<string>): string {
  const list = [...names].map((name) => `%${name}%`).join(', ');
  return `It needs values for ${list}; give them under "placeholders" in the tuning file.`;
}
