import { isRecord } from '../model/log-event.ts';
import type { Expression } from './detection-expression.ts';
import type { EventTypeSpelling } from './event-type-spelling.ts';
import { createFieldReader, type FieldReader } from './field-path.ts';
import type { Placeholders } from './fill-placeholders.ts';
import { parseDetection } from './parse-detection.ts';
import type { DetectionContext } from './parse-field-test.ts';
import { reportInto, type SigmaDocument, valueAt } from './sigma-document.ts';
import type { DocumentKeys, SigmaProblem } from './sigma-problem.ts';

/** What the reading of every detection of one run shares. */
export interface CompileSettings {
  readonly eventTypes: EventTypeSpelling;
  readonly placeholders: Placeholders;
  readonly readField: FieldReader;
  readonly problems: SigmaProblem[];
}

/** A detection that could be read, or why it cannot run. */
export type DetectionBody =
  | { readonly state: 'ready'; readonly expression: Expression }
  | { readonly state: 'not-evaluated' | 'failed'; readonly reason: string };

export function createSettings(options: {
  readonly eventTypes: EventTypeSpelling;
  readonly placeholders: Placeholders;
  readonly problems: SigmaProblem[];
}): CompileSettings {
  return { ...options, readField: createFieldReader() };
}

/** Reads the detection of a rule, or with other keys the selections of a filter. */
export function readBody(options: {
  readonly document: SigmaDocument;
  readonly at: DocumentKeys;
  readonly otherKeys: readonly string[];
  readonly settings: CompileSettings;
}): DetectionBody {
  const { document, at, settings } = options;
  const problems: SigmaProblem[] = [];
  const context: DetectionContext = {
    report: reportInto(problems, document),
    readField: settings.readField,
    eventTypes: settings.eventTypes,
    placeholders: settings.placeholders,
    missingPlaceholders: new Set(),
  };
  const detection = valueAt(document.content, at);
  const expression = parseDetection({ detection, at, otherKeys: options.otherKeys, context });
  settings.problems.push(...withoutRepeats(problems));
  if (expression === null) return { state: 'failed', reason: describeFirstError(problems) };
  const missing = [...context.missingPlaceholders].map((name) => `%${name}%`);
  if (missing.length === 0) return { state: 'ready', expression };
  return {
    state: 'not-evaluated',
    reason: `It needs values for ${missing.join(', ')}; give them under "placeholders" in the tuning file.`,
  };
}

/** `rules/x.yml:12: The condition is empty.`, for a report that says why a rule did not run. */
export function describeFirstError(problems: readonly SigmaProblem[]): string {
  const first = problems.find(({ severity }) => severity === 'error');
  if (first === undefined) return 'The rule could not be read.';
  return `${first.path}:${first.line}: ${first.message}`;
}

/** Says why a document is not about Okta's log, or null. */
export function describeForeignLogsource(document: SigmaDocument): string | null {
  const { logsource } = document.content;
  if (!isRecord(logsource))
    return 'It names no logsource, so that it is not known to be an Okta rule.';
  const product = textOf(logsource['product']);
  const service = textOf(logsource['service']);
  const isOkta =
    product === 'okta' && (service === null || service === 'okta' || service === 'system');
  if (isOkta) return null;
  const named = ['product', 'service', 'category']
    .map((key) => ({ key, value: textOf(logsource[key]) }))
    .filter(({ value }) => value !== null)
    .map(({ key, value }) => `${key}: ${value}`);
  return `It is not an Okta rule (${named.join(', ') || 'empty logsource'}).`;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.toLowerCase() : null;
}

/** A field that is wrong in ten places of one rule is said once a line. */
function withoutRepeats(problems: readonly SigmaProblem[]): SigmaProblem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const key = `${problem.line} ${problem.message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
