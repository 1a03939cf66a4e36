import { z } from 'zod';
import type { Check } from '../model/check.ts';
import { mayHoldType } from '../model/event-type-set.ts';
import { isRecord, parseLogEvent } from '../model/log-event.ts';
import { MINUTE_MS } from '../model/time-window.ts';
import { wordSchemaIssue } from '../model/word-schema-issue.ts';
import type { DocumentKeys } from './sigma-problem.ts';

/** One story: events, and whether the rule has to see something in them. */
export interface RuleCase {
  readonly name: string;
  readonly expected: 'fires' | 'quiet';
  /** Where it stands in its file. */
  readonly at: DocumentKeys;
  /** Whole records, in the order written. */
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

export type ParsedCases =
  | { readonly ok: true; readonly cases: readonly RuleCase[] }
  | { readonly ok: false; readonly problems: readonly CaseProblem[] };

interface CaseProblem {
  /** What it is about, or the nearest thing around it. */
  readonly at: DocumentKeys;
  readonly message: string;
}

export interface CaseResult {
  readonly name: string;
  readonly expected: RuleCase['expected'];
  readonly fired: boolean;
  /** Empty where the case went as expected. */
  readonly problems: readonly string[];
}

const Cases = z
  .array(
    z.strictObject({
      name: z.string().min(1),
      events: z.array(z.record(z.string(), z.unknown())).min(1),
    }),
  )
  .min(1);
const CaseFile = z.strictObject({ fires: Cases, quiet: Cases });

/** What a case's event is where the case says nothing else; unremarkable in every field. */
const USUAL_EVENT: Readonly<Record<string, unknown>> = {
  version: '0',
  severity: 'INFO',
  legacyEventType: null,
  displayMessage: null,
  actor: {
    id: '00u1case',
    type: 'User',
    alternateId: 'casey@example.com',
    displayName: 'Casey Example',
    detailEntry: null,
  },
  client: {
    userAgent: { rawUserAgent: 'Mozilla/5.0 (example)', os: 'Mac OS X', browser: 'CHROME' },
    zone: 'null',
    device: 'Computer',
    id: null,
    ipAddress: '192.0.2.10',
    geographicalContext: {
      city: 'Bern',
      state: 'Bern',
      country: 'Switzerland',
      postalCode: '3000',
      geolocation: { lat: 46.9, lon: 7.4 },
    },
  },
  authenticationContext: {
    authenticationProvider: null,
    authenticationStep: 0,
    credentialProvider: null,
    credentialType: null,
    externalSessionId: 'case-session',
    interface: null,
    issuer: null,
  },
  outcome: { result: 'SUCCESS', reason: null },
  target: null,
  transaction: { type: 'WEB', id: 'case-transaction', detail: {} },
  debugContext: { debugData: {} },
  securityContext: {
    asNumber: 64500,
    asOrg: 'Example Net',
    isp: 'Example Net',
    domain: 'example.net',
    isProxy: false,
  },
  request: { ipChain: [] },
};

const FIRST_EVENT_MS = Date.UTC(2026, 0, 15, 12, 0, 0);

/**
 * Checks the parsed content of a `cases.yml`: `fires` and `quiet`, each a list of `{name, events}`.
 * Every event is laid over an unremarkable one, key by key, so that a case states only what matters; without `published`
 * the events of a case follow each other by a minute.
 */
export function parseCases(content: unknown): ParsedCases {
  const parsed = CaseFile.safeParse(content, { error: wordSchemaIssue });
  if (!parsed.success) {
    return {
      ok: false,
      problems: parsed.error.issues.map(({ path, message }) => ({
        at: path.filter((key) => typeof key !== 'symbol'),
        message: `${path.join('.') || 'cases'}: ${message}`,
      })),
    };
  }
  const { fires, quiet } = parsed.data;
  const cases = [
    ...fires.map((one, index) => toCase(one, ['fires', index])),
    ...quiet.map((one, index) => toCase(one, ['quiet', index])),
  ];
  const problems = [...findDuplicates(cases), ...findBrokenEvents(cases)];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, cases };
}

/** Runs every case against a check of its own. */
export function runCases(check: Check, cases: readonly RuleCase[]): CaseResult[] {
  return cases.map((one) => {
    const run = check.begin();
    for (const event of one.events) {
      const parsed = parseLogEvent(event);
      if (parsed !== null && mayHoldType(check.needs.eventTypes, parsed.eventType))
        run.accept(parsed);
    }
    const fired = run.finish().length > 0;
    const { name, expected } = one;
    return { name, expected, fired, problems: judge({ check, name, expected, fired }) };
  });
}

function judge(options: {
  readonly check: Check;
  readonly name: string;
  readonly expected: RuleCase['expected'];
  readonly fired: boolean;
}): string[] {
  const { check, name, expected, fired } = options;
  if (fired === (expected === 'fires')) return [];
  return [
    `${check.id}: "${name}" should ${expected === 'fires' ? 'fire' : 'stay quiet'} and did not.`,
  ];
}

function toCase(
  one: { readonly name: string; readonly events: readonly Record<string, unknown>[] },
  at: readonly [expected: RuleCase['expected'], index: number],
): RuleCase {
  const [expected] = at;
  return {
    name: one.name,
    expected,
    at,
    events: one.events.map((event, index) => {
      const whole = completeEvent(event);
      return {
        ...whole,
        uuid: whole['uuid'] ?? `case-${index}`,
        published: whole['published'] ?? new Date(FIRST_EVENT_MS + index * MINUTE_MS).toISOString(),
      };
    }),
  };
}

/** Lays parts of a record, one after the other, over an unremarkable event, key by key. */
export function completeEvent(
  ...parts: readonly Readonly<Record<string, unknown>>[]
): Record<string, unknown> {
  let event: Record<string, unknown> = { ...USUAL_EVENT };
  for (const part of parts) event = layOver(event, part);
  return event;
}

/** Maps are merged; anything else, null and lists included, replaces what was there. */
function layOver(
  under: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const known = under[key];
    merged[key] = isRecord(known) && isRecord(value) ? layOver(known, value) : value;
  }
  return merged;
}

function findDuplicates(cases: readonly RuleCase[]): CaseProblem[] {
  const names = cases.map(({ name }) => name);
  const stories = cases.map(({ events }) => JSON.stringify(events));
  return cases.flatMap(({ name, at }, index) => [
    ...(names.indexOf(name) === index ? [] : [{ at, message: `Two cases are named "${name}".` }]),
    ...(stories.indexOf(stories[index] ?? '') === index
      ? []
      : [{ at, message: `The case "${name}" has the same events as another one.` }]),
  ]);
}

function findBrokenEvents(cases: readonly RuleCase[]): CaseProblem[] {
  return cases.flatMap(({ name, at, events }) =>
    events.flatMap((event, index) => {
      if (parseLogEvent(event) !== null) return [];
      const message = `The case "${name}" has an event without a type or time: number ${index + 1}.`;
      return [{ at: [...at, 'events', index], message }];
    }),
  );
}
