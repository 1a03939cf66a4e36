import { expect } from 'vitest';
import type { Check } from '../../src/model/check.ts';
import { type LogEvent, parseLogEvent, type RawEvent } from '../../src/model/log-event.ts';
import type { Match } from '../../src/model/match.ts';
import { NO_TUNING, type Tuning } from '../../src/model/tuning.ts';
import { type CompiledRules, compileRules } from '../../src/sigma/compile-rules.ts';
import { parseSigmaDocuments } from '../../src/sigma/parse/parse-sigma-documents.ts';
import type { SigmaOrigin } from '../../src/sigma/sigma-document.ts';
import { selectEvents } from '../../src/sources/archive/select-events.ts';

/** A small part of Okta's catalogue, with the one spelling in it that is not lower case throughout. */
const EVENT_TYPES: readonly string[] = [
  'system.idp.lifecycle.create',
  'system.idp.lifecycle.update',
  'user.account.reset_password',
  'user.authentication.auth_via_IDP',
  'user.authentication.auth_via_inbound_SAML',
  'user.authentication.auth_via_mfa',
  'user.authentication.sso',
  'user.mfa.factor.deactivate',
  'user.session.start',
];

export interface RuleFile {
  readonly text: string;
  readonly path?: string;
  readonly origin?: SigmaOrigin;
}

/** Compiles rule files as an audit does; a text alone is one user's file. */
export function compileFiles(
  files: string | readonly RuleFile[],
  tuning: Partial<Tuning> = {},
): CompiledRules {
  const list = typeof files === 'string' ? [{ text: files }] : files;
  const parsed = list.map(({ text, path = 'rule.yml', origin = 'user' }) =>
    parseSigmaDocuments({ path, text, origin }),
  );
  return compileRules({
    documents: parsed.flatMap(({ documents }) => documents),
    fileProblems: parsed.flatMap(({ problems }) => problems),
    eventTypes: EVENT_TYPES,
    tuning: { ...NO_TUNING, ...tuning },
  });
}

/** The only check of a file that must compile without errors. */
export function compileOne(text: string, tuning: Partial<Tuning> = {}): Check {
  const { checks, unavailable, problems } = compileFiles(text, tuning);
  const [check] = checks;
  if (check === undefined || checks.length > 1) {
    throw new Error(`Not one check: ${JSON.stringify({ checks, unavailable, problems }, null, 1)}`);
  }
  return check;
}

/** A rule around a detection; `detection` is YAML, indented as one likes. */
export function ruleAround(detection: string): string {
  return `title: A rule\nlogsource: {product: okta}\ndetection:\n${indent(detection)}\n`;
}

/** A rule whose one selection is a map or a list, in YAML. */
export function ruleSelecting(selection: string): string {
  return ruleAround(`selection:\n${indent(selection)}\ncondition: selection`);
}

export function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

/** Whether a selection, in YAML, matches an event; the event's type and time are filled in. */
export function selects(selection: string, event: RawEvent, tuning: Partial<Tuning> = {}): boolean {
  return runCheck(compileOne(ruleSelecting(selection), tuning), [event]).length > 0;
}

/** The matches of a check over events; what an event does not say is filled in, a second apart. */
export function runCheck(check: Check, events: readonly RawEvent[]): readonly Match[] {
  return offer(check, events.map(toEvent));
}

/** The matches of a check over events: the same whether it keeps records or reads them again. */
export function offer(check: Check, events: readonly LogEvent[]): readonly Match[] {
  const run = check.begin();
  for (const event of events) run.accept(event);
  const matches = run.finish();
  expect(offerTwice(check, events)).toEqual(matches);
  return matches;
}

/** As an archive is read: a second time for what the check asks for then. */
function offerTwice(check: Check, events: readonly LogEvent[]): readonly Match[] {
  const run = check.begin({ readsAgain: true });
  for (const event of events) run.accept(event);
  const followUps = run.follow?.() ?? [];
  const window = { sinceMs: 0, untilMs: 0 };
  const isAsked = selectEvents({ window, needs: [], followUps, pull: 'targeted' });
  for (const event of events.filter(isAsked)) run.accept(structuredClone(event));
  return run.finish();
}

export const START_MS = Date.UTC(2026, 0, 15, 12);

export function toEvent(event: RawEvent, index = 0): LogEvent {
  const parsed = parseLogEvent({
    uuid: `event-${String(index).padStart(4, '0')}`,
    published: new Date(START_MS + index * 1000).toISOString(),
    eventType: 'user.session.start',
    ...event,
  });
  if (parsed === null) throw new Error(`Not an event: ${JSON.stringify(event)}`);
  return parsed;
}

/** Errors, warnings or notes as `line: message`. */
export function messagesOf(
  compiled: Pick<CompiledRules, 'problems'>,
  severity: CompiledRules['problems'][number]['severity'],
): string[] {
  return compiled.problems
    .filter((problem) => problem.severity === severity)
    .map(({ line, message }) => `${line}: ${message}`);
}
