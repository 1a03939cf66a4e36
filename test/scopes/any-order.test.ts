import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuditPlan } from '../../src/model/audit-plan.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import { NO_TUNING } from '../../src/model/tuning.ts';
import { toLines } from '../archive/archive-workbench.ts';
import { firstNight, january2022Export, secondNight } from '../scenarios/acme-tenant.ts';
import { adminAppAccess, FAR_AWAY, factorEvent, signIn } from '../simulators/okta/build-event.ts';
import { LAPSUS, openArchive } from './ask-about.ts';
import { askAudit, LATER_MS } from './ask-audit.ts';
import { readStories } from './read-stories.ts';
import { DANA, ENGINEER, FINN, HARPER, hoursAgo, supportVisit } from './tell-events.ts';

/* Okta gives its log in the order of time; what exports it may write the newest first, or several files at once. */

const INCIDENTS = readdirSync(join(import.meta.dirname, '../../scopes/incidents')).sort();

interface Log {
  readonly title: string;
  readonly incident: string | null;
  readonly raws: readonly RawEvent[];
  readonly plan?: Partial<AuditPlan>;
}

const LOGS: readonly Log[] = [
  ...INCIDENTS.flatMap((incident) => {
    const stories = readStories(incident);
    // One event has no order.
    if (stories === null || stories.attack.events.length < 2) return [];
    const raws = stories.attack.events.map(({ raw }) => raw);
    return [{ title: incident, incident, raws }];
  }),
  { title: 'a year-old export', incident: LAPSUS, raws: january2022Export({ noise: 1500 }) },
  {
    title: 'a busy week',
    incident: null,
    raws: [...firstNight({ nowMs: LATER_MS, noise: 1500 }), ...secondNight({ nowMs: LATER_MS })],
  },
  { title: 'a session that moves', incident: null, raws: movedSession() },
  {
    title: 'a takeover and a support visit',
    incident: null,
    raws: [...takeover(), ...visit()],
    plan: {
      tuning: { ...NO_TUNING, supportCases: ['00123456'] },
      focus: [{ kind: 'user', value: 'finn.okoro@example.com' }],
    },
  },
  {
    title: 'a support visit for a known case',
    incident: null,
    raws: [
      ...supportVisit(hoursAgo(30)),
      signIn({ user: ENGINEER, at: hoursAgo(29.2), session: 'support visit' }),
    ],
    plan: { tuning: { ...NO_TUNING, supportCases: ['00123456'] } },
  },
];

function movedSession(): RawEvent[] {
  return [
    signIn({ user: DANA, at: hoursAgo(52), session: 's1' }),
    adminAppAccess({ user: DANA, at: hoursAgo(51), session: 's1' }),
    adminAppAccess({ user: DANA, at: hoursAgo(50), session: 's1', place: FAR_AWAY }),
    adminAppAccess({ user: DANA, at: hoursAgo(49), session: 's1', place: FAR_AWAY }),
    adminAppAccess({ user: DANA, at: hoursAgo(48), session: 's1' }),
  ];
}

function takeover(): RawEvent[] {
  return [
    ...[9, 7, 5].map((days) => signIn({ user: FINN, at: hoursAgo(days * 24) })),
    factorEvent('reset_all', { actor: HARPER, target: FINN, at: hoursAgo(60) }),
    factorEvent('activate', { target: FINN, at: hoursAgo(59.9), place: FAR_AWAY }),
    signIn({ user: FINN, at: hoursAgo(59.8), place: FAR_AWAY, session: 't1' }),
    adminAppAccess({ user: FINN, at: hoursAgo(59.6), place: FAR_AWAY, session: 't1' }),
  ];
}

function visit(): RawEvent[] {
  return [
    ...supportVisit(hoursAgo(30)),
    factorEvent('deactivate', {
      actor: DANA,
      target: HARPER,
      at: hoursAgo(29.3),
      session: 'support visit',
    }),
    signIn({ user: ENGINEER, at: hoursAgo(29.2), session: 'support visit' }),
  ];
}

type Order = (raws: readonly RawEvent[]) => readonly (readonly RawEvent[])[];

const ORDERS: Readonly<Record<string, Order>> = {
  'the newest first': (raws) => halve(raws.toReversed()),
  'in two files, each with every other event': (raws) => [everyOther(raws, 0), everyOther(raws, 1)],
  'in two files, the later days first': (raws) => halve(raws).toReversed(),
  'in any order': (raws) => halve(shuffle(raws)),
};

describe.each(LOGS)('$title', ({ incident, raws, plan }) => {
  it.each(Object.keys(ORDERS))('is judged alike %s', async (order) => {
    const inOrder = sortByTime(raws);
    const expected = await judge(halve(inOrder));
    expect(await judge(ORDERS[order]?.(inOrder) ?? [])).toEqual(expected);
  });

  async function judge(files: readonly (readonly RawEvent[])[]): Promise<unknown> {
    const [one = [], other = []] = files;
    const source = openArchive({ 'a.ndjson': toLines(one), 'b.ndjson': toLines(other) });
    const audit = await askAudit({ incident, source, ...(plan && { plan }) });
    return audit;
  }
});

function halve(raws: readonly RawEvent[]): RawEvent[][] {
  const half = Math.ceil(raws.length / 2);
  return [raws.slice(0, half), raws.slice(half)];
}

function everyOther(raws: readonly RawEvent[], rest: number): RawEvent[] {
  return raws.filter((_, index) => index % 2 === rest);
}

function sortByTime(raws: readonly RawEvent[]): RawEvent[] {
  return raws.toSorted(
    (one, other) =>
      Date.parse(String(one['published'])) - Date.parse(String(other['published'])) ||
      (String(one['uuid']) < String(other['uuid']) ? -1 : 1),
  );
}

/** The same in every run: each event goes where a number from its place sends it. */
function shuffle(raws: readonly RawEvent[]): RawEvent[] {
  return raws
    .map((raw, index) => ({ raw, rank: Math.imul(index + 1, 0x9e3779b1) >>> 0 }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ raw }) => raw);
}
