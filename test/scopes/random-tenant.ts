import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { RawEvent } from '../../src/model/log-event.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/model/time-window.ts';
import { parseCases } from '../../src/sigma/index.ts';
import {
  ANONYMIZER,
  adminAppAccess,
  apiTokenCreation,
  BERLIN_OFFICE,
  composeEvent,
  FAR_AWAY,
  factorEvent,
  impersonationEvent,
  OKTA_SYSTEM,
  passwordChange,
  passwordReset,
  person,
  privilegeGrant,
  signIn,
  supportAction,
  supportToolReset,
  thing,
} from '../simulators/okta/build-event.ts';
import { LATER_MS } from './ask-audit.ts';
import { readStories } from './read-stories.ts';
import { ENGINEER, windowStart } from './tell-events.ts';

/** Before any look-back of a night, and after its end. */
const LOGGED = { sinceMs: windowStart() - 40 * DAY_MS, untilMs: LATER_MS + 6 * HOUR_MS };
const RULES = join(import.meta.dirname, '../../rules');
const INCIDENTS = join(import.meta.dirname, '../../scopes/incidents');
/** A crowd is no building block. */
const LONGEST_STORY = 100;

export interface Tenant {
  /** What was planted, an event once. */
  readonly planted: readonly RawEvent[];
  /** That, among people at work; in the order of time. */
  readonly events: readonly RawEvent[];
}

export function publishedMs(event: RawEvent): number {
  return Date.parse(String(event['published']));
}

export function shift(event: RawEvent, byMs: number): RawEvent {
  return { ...event, published: new Date(publishedMs(event) + byMs).toISOString() };
}

export function inOrder(events: readonly RawEvent[]): RawEvent[] {
  return events.toSorted((one, other) => publishedMs(one) - publishedMs(other));
}

/** People who sign in and keep their own accounts in order, around the clock. */
export function workOf(team: string): RawEvent[] {
  const people = Array.from({ length: 12 }, (_, index) => person(`${team}.${index}@example.com`));
  const count = Math.floor((LOGGED.untilMs - LOGGED.sinceMs) / (3 * HOUR_MS));
  return Array.from({ length: count }, (_, index) => {
    const actor = people[index % people.length] ?? OKTA_SYSTEM;
    const eventType = WORK_TYPES[Math.floor(index * 1.2) % WORK_TYPES.length] ?? '';
    const at = LOGGED.sinceMs + index * 3 * HOUR_MS + ((index * 7919) % HOUR_MS);
    return composeEvent({ eventType, at, actor, targets: [actor] });
  });
}

const WORK_TYPES = [
  'user.session.start',
  'user.authentication.sso',
  'user.account.update_profile',
  'user.mfa.factor.verify',
  'user.session.end',
];

/** Every case of every rule, and both sides of every incident. */
function listStories(): (readonly RawEvent[])[] {
  const folders = readdirSync(RULES, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const cases = folders.flatMap(({ name }) => {
    const parsed = parseCases(parse(readFileSync(join(RULES, name, 'cases.yml'), 'utf8')));
    return parsed.ok ? parsed.cases.map(({ events }) => events) : [];
  });
  const incidents = readdirSync(INCIDENTS).flatMap((incident) => {
    const stories = readStories(incident);
    if (stories === null) return [];
    return [stories.attack, stories.benign].map(({ events }) => events.map(({ raw }) => raw));
  });
  return [...cases, ...incidents.filter(({ length }) => length <= LONGEST_STORY)];
}

const somebody = fc
  .constantFrom('dana.reyes', 'finn.okoro', 'harper.help', 'v.stone')
  .map((name) => person(`${name}@example.com`));

/** What a few people, and Okta Support among them, do one after another. */
const acts = fc
  .array(
    fc.record({
      afterMs: fc.integer({ min: 1, max: 300 * MINUTE_MS }),
      actor: somebody,
      target: somebody,
      place: fc.constantFrom(BERLIN_OFFICE, FAR_AWAY, ANONYMIZER),
      session: fc.constantFrom('s1', 'visit'),
      result: fc.constantFrom('SUCCESS', 'SUCCESS', 'SUCCESS', 'FAILURE'),
      kind: fc.nat(14),
    }),
    { minLength: 3, maxLength: 12 },
  )
  .map((steps) => {
    let at = 0;
    return steps.map(({ kind, actor, target, afterMs, ...details }) => {
      at += afterMs;
      const by = { ...details, actor, at };
      const own = { ...details, user: actor, at };
      const visit = { actor: ENGINEER, at, session: details.session };
      const kinds: readonly (() => RawEvent)[] = [
        () => signIn(own),
        () => adminAppAccess(own),
        () => passwordReset({ ...by, target }),
        () => passwordReset({ ...by, actor: OKTA_SYSTEM, target }),
        () => passwordChange({ ...by, target }),
        () => supportToolReset({ target, at }),
        () => factorEvent('reset_all', { ...by, target }),
        () => factorEvent('activate', { ...details, target, at }),
        () => privilegeGrant({ ...by, target }),
        () => apiTokenCreation(by),
        () => impersonationEvent('grant', { actor, at }),
        () => impersonationEvent('initiate', visit),
        () => impersonationEvent('end', visit),
        () => supportAction('update', { at, target }),
        () =>
          composeEvent({
            ...by,
            eventType: 'policy.rule.update',
            targets: [thing('PolicyRule', 'MFA')],
          }),
      ];
      return kinds[kind]?.() ?? {};
    });
  });

const story: fc.Arbitrary<readonly RawEvent[]> = fc.oneof(fc.constantFrom(...listStories()), acts);

/** A tenant in which up to four stories end, each somewhere around the window of a night. */
const tenant: fc.Arbitrary<Tenant> = fc
  .array(
    fc.record({
      events: story,
      endsAtMs: fc.integer({ min: windowStart() - 6 * HOUR_MS, max: LATER_MS - HOUR_MS }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((stories) => {
    const planted = stories.flatMap(({ events, endsAtMs }, number) => {
      const byMs = endsAtMs - Math.max(...events.map(publishedMs));
      return events.map((event, index) => ({
        ...shift(event, byMs),
        uuid: `${number}-${String(index).padStart(3, '0')}`,
      }));
    });
    return { planted, events: inOrder([...workOf('worker'), ...planted]) };
  });

/** The same ones every time. */
export function inventTenants(count: number): Tenant[] {
  return fc.sample(tenant, { seed: 20261123, numRuns: count });
}
