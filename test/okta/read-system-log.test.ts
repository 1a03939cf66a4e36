import { describe, expect, test } from 'vitest';
import {
  ALL_EVENT_TYPES,
  coversEventTypes,
  type EventTypeSet,
  exactEventTypes,
  mayHoldType,
} from '../../src/model/event-type-set.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/model/time-window.ts';
import {
  factorEvent,
  generateNoise,
  impersonationEvent,
  passwordReset,
  person,
  signIn,
} from '../simulators/okta/build-event.ts';
import { onRequest } from '../simulators/okta/simulator-fault.ts';
import { NOW, openTenant } from './simulated-tenant.ts';

const UNTIL = NOW - 10 * MINUTE_MS;
const WEEK = { sinceMs: Date.parse('2026-11-16T00:00:00Z'), untilMs: UNTIL };
const DANA = person('dana.reyes@example.com');
const OMAR = person('omar.lind@example.com');
const RESETS = exactEventTypes(['user.account.reset_password']);
const CHANGES: EventTypeSet = {
  kind: 'some',
  terms: [
    { match: 'exact', eventType: 'user.account.reset_password', narrowings: [] },
    { match: 'prefix', eventType: 'user.mfa.factor.', narrowings: [] },
    { match: 'prefix', eventType: 'user.session.impersonation.', narrowings: [] },
  ],
};

function at(hoursBeforeNow: number): number {
  return NOW - hoursBeforeNow * HOUR_MS;
}

function plantStory(): RawEvent[] {
  return Array.from({ length: 40 }, (_, index) => {
    const when = { target: OMAR, actor: DANA, at: at(3 + index * 3.5) };
    if (index % 4 === 0) return passwordReset(when);
    if (index % 4 === 1) return factorEvent('deactivate', when);
    if (index % 4 === 2) return factorEvent('activate', when);
    return impersonationEvent('grant', { actor: DANA, at: when.at });
  });
}

describe('a targeted pull', () => {
  test('of a week with 60,000 others and 40 relevant events costs at most 12 requests and loses none', async () => {
    const story = plantStory();
    const noise = generateNoise({ seed: 7, from: WEEK.sinceMs, to: NOW, count: 60_000 });
    const tenant = await openTenant({ events: [...noise, ...story] });
    const needs = [
      { eventTypes: CHANGES, window: WEEK },
      { eventTypes: RESETS, window: { ...WEEK, sinceMs: WEEK.sinceMs - 20 * MINUTE_MS } },
      {
        eventTypes: exactEventTypes(['user.session.impersonation.grant']),
        window: { ...WEEK, sinceMs: WEEK.sinceMs - 14 * DAY_MS },
      },
    ];
    const { reading, events } = await tenant.read({ window: WEEK, needs });
    expect(new Set(events.map((event) => event.uuid))).toEqual(
      new Set(story.map((event) => event['uuid'])),
    );
    expect(tenant.simulator.requestsTo('logs').length).toBeLessThanOrEqual(12);
    expect(reading.counts).toEqual({
      eventsRead: 40,
      eventsParsed: 40,
      malformed: 0,
      duplicates: 0,
      requests: tenant.simulator.requestsTo('logs').length,
    });
    expect(reading.holes).toEqual([]);
    for (const need of needs) {
      const stretches = reading.covered.filter((part) =>
        coversEventTypes(part.eventTypes, need.eventTypes),
      );
      const coveredMs = stretches.reduce(
        (sum, { window }) =>
          sum +
          Math.max(
            0,
            Math.min(window.untilMs, need.window.untilMs) -
              Math.max(window.sinceMs, need.window.sinceMs),
          ),
        0,
      );
      expect(coveredMs).toBe(need.window.untilMs - need.window.sinceMs);
    }
  });

  test('asks in bounded, ascending queries of 1000 events and probes both ends unfiltered', async () => {
    const tenant = await openTenant({ events: plantStory() });
    await tenant.read({ window: WEEK, needs: [{ eventTypes: RESETS, window: WEEK }] });
    const asked = tenant.simulator.requestsTo('logs').map(({ query }) => ({
      filter: query.get('filter'),
      limit: query.get('limit'),
      sortOrder: query.get('sortOrder'),
      isBounded: query.has('since') && query.has('until'),
    }));
    const filter = 'eventType eq "user.account.reset_password"';
    expect(asked).toEqual([
      { filter: null, limit: '1', sortOrder: 'ASCENDING', isBounded: true },
      { filter: null, limit: '1', sortOrder: 'DESCENDING', isBounded: true },
      { filter, limit: '1000', sortOrder: 'ASCENDING', isBounded: true },
    ]);
  });

  test('gives the time of the first and last event of any kind, not of the relevant ones', async () => {
    const events = [
      signIn({ user: OMAR, at: WEEK.sinceMs }),
      passwordReset({ target: OMAR, at: at(30) }),
      signIn({ user: OMAR, at: at(1) }),
    ];
    const tenant = await openTenant({ events });
    const { reading } = await tenant.read({
      window: WEEK,
      needs: [{ eventTypes: RESETS, window: WEEK }],
    });
    expect(reading).toMatchObject({ firstEventMs: WEEK.sinceMs, lastEventMs: at(1) });
  });

  test.each(['inclusive', 'exclusive'] as const)(
    'counts events at its edges as a half-open window does, where the org takes edges as %s',
    async (edges) => {
      const events = [WEEK.sinceMs - 1, WEEK.sinceMs, UNTIL - 1, UNTIL].map((when) =>
        passwordReset({ target: OMAR, at: when }),
      );
      const tenant = await openTenant({ events, edges });
      const { events: read } = await tenant.read({
        window: WEEK,
        needs: [{ eventTypes: RESETS, window: WEEK }],
      });
      expect(read.map((event) => event.publishedMs)).toEqual([WEEK.sinceMs, UNTIL - 1]);
    },
  );

  test('does not read a need for every event, and says so', async () => {
    const tenant = await openTenant({ events: plantStory() });
    const { reading, events } = await tenant.read({
      window: WEEK,
      needs: [{ eventTypes: ALL_EVENT_TYPES, window: WEEK }],
    });
    expect(events).toEqual([]);
    expect(reading.covered).toEqual([]);
    expect(reading.holes).toMatchObject([{ window: WEEK, eventTypes: ALL_EVENT_TYPES }]);
  });

  test('reads everything around people, sessions and addresses, by one request', async () => {
    const session = signIn({ user: OMAR, at: at(20), session: 'idxStolen' });
    const others = [signIn({ user: DANA, at: at(20) }), signIn({ user: DANA, at: at(200) })];
    const reset = passwordReset({ actor: DANA, target: OMAR, at: at(21) });
    const tenant = await openTenant({ events: [session, reset, ...others] });
    const { events, reading } = await tenant.read({
      window: WEEK,
      followUps: [
        { field: 'target.id', values: [OMAR.id], window: WEEK },
        { field: 'authenticationContext.externalSessionId', values: ['idxStolen'], window: WEEK },
        { field: 'client.ipAddress', values: ['203.0.113.250'], window: WEEK },
      ],
    });
    expect(new Set(events.map((event) => event.raw))).toEqual(new Set([session, reset]));
    expect(reading.counts.requests).toBe(1);
    expect(reading.followed?.map(({ window }) => window)).toEqual([WEEK, WEEK, WEEK]);
  });

  test('says that it read around them as far as the log reaches', async () => {
    const tenant = await openTenant({ events: [signIn({ user: DANA, at: at(20) })] });
    const window = { sinceMs: NOW - 100 * DAY_MS, untilMs: NOW + DAY_MS };
    const { reading } = await tenant.read({
      followUps: [{ field: 'actor.id', values: [DANA.id], window }],
    });
    expect(reading.followed).toEqual([
      {
        window: { sinceMs: NOW - 90 * DAY_MS, untilMs: NOW - 10 * MINUTE_MS },
        eventTypes: ALL_EVENT_TYPES,
        missingFields: [],
      },
    ]);
  });
});

describe('a full pull', () => {
  test('gives the same relevant events as a targeted one, and every other event once', async () => {
    const noise = generateNoise({ seed: 3, from: WEEK.sinceMs, to: UNTIL, count: 6_000 });
    const story = plantStory();
    const tenant = await openTenant({ events: [...noise, ...story] });
    const needs = [{ eventTypes: CHANGES, window: WEEK }];
    const targeted = await tenant.read({ window: WEEK, needs });
    const full = await tenant.read({ window: WEEK, needs, pull: 'full' });
    const uuids = full.events.map((event) => event.uuid);
    expect(new Set(uuids).size).toBe(noise.length + story.length);
    expect(uuids.length).toBe(noise.length + story.length);
    const relevant = full.events.filter((event) => mayHoldType(CHANGES, event.eventType));
    expect(new Set(relevant.map((event) => event.uuid))).toEqual(
      new Set(targeted.events.map((event) => event.uuid)),
    );
    expect(full.reading.covered).toEqual([
      { window: WEEK, eventTypes: ALL_EVENT_TYPES, missingFields: [] },
    ]);
  });

  test('ends with the one error of whoever takes its events, also where several read side by side', async () => {
    const noise = generateNoise({ seed: 4, from: WEEK.sinceMs, to: UNTIL, count: 9_000 });
    const tenant = await openTenant({ events: noise });
    let taken = 0;
    const read = tenant.source.read(
      { window: WEEK, needs: [], followUps: [], pull: 'full' },
      (events) => {
        taken += events.length;
        if (taken > 1_500) throw new Error('the disk is full');
      },
    );
    await expect(read).rejects.toThrow('the disk is full');
  });

  test('needs few more requests than there are pages', async () => {
    const noise = generateNoise({ seed: 4, from: WEEK.sinceMs, to: UNTIL, count: 15_000 });
    const tenant = await openTenant({ events: noise });
    const { reading } = await tenant.read({ window: WEEK, pull: 'full' });
    expect(reading.counts.eventsParsed - reading.counts.duplicates).toBe(15_000);
    expect(reading.counts.requests).toBeLessThanOrEqual(15 + 8);
  });

  test('reads what checks need outside the window by type', async () => {
    const grant = impersonationEvent('grant', { actor: DANA, at: WEEK.sinceMs - 3 * DAY_MS });
    const early = signIn({ user: OMAR, at: WEEK.sinceMs - 3 * DAY_MS });
    const inside = signIn({ user: OMAR, at: at(5) });
    const tenant = await openTenant({ events: [grant, early, inside] });
    const { events } = await tenant.read({
      window: WEEK,
      needs: [{ eventTypes: CHANGES, window: { ...WEEK, sinceMs: WEEK.sinceMs - 14 * DAY_MS } }],
      pull: 'full',
    });
    expect(new Set(events.map((event) => event.raw))).toEqual(new Set([grant, inside]));
  });
});

describe('the reach of the log', () => {
  test('ends 90 days back: what lies before is a hole, however the org answers', async () => {
    const tenant = await openTenant({ events: plantStory() });
    const window = { sinceMs: NOW - 120 * DAY_MS, untilMs: UNTIL };
    const { reading, events } = await tenant.read({
      window,
      needs: [{ eventTypes: CHANGES, window }],
    });
    expect(events).toHaveLength(40);
    expect(reading.holes).toMatchObject([
      {
        window: { sinceMs: window.sinceMs, untilMs: NOW - 90 * DAY_MS },
        eventTypes: CHANGES,
        reason: 'Okta keeps its System Log for 90 days and no longer has this time.',
        remedy: 'Give an archive that covers 2026-07-26 to 2026-08-25.',
      },
    ]);
    expect(reading.covered.map((stretch) => stretch.window)).toEqual([
      { sinceMs: NOW - 90 * DAY_MS, untilMs: UNTIL },
    ]);
  });

  test('leaves nothing of January 2022, and nothing but the remedy is said', async () => {
    const tenant = await openTenant({ events: plantStory() });
    const window = {
      sinceMs: Date.parse('2022-01-16T00:00:00Z'),
      untilMs: Date.parse('2022-01-23T00:00:00Z'),
    };
    for (const pull of ['targeted', 'full'] as const) {
      const { reading } = await tenant.read({
        window,
        needs: [{ eventTypes: CHANGES, window }],
        pull,
      });
      expect(reading.covered).toEqual([]);
      for (const hole of reading.holes) {
        expect(hole.window).toEqual(window);
        expect(hole.remedy).toBe('Give an archive that covers 2022-01-16 to 2022-01-22.');
      }
      expect(reading.holes.length).toBeGreaterThan(0);
    }
  });

  test('goes as far for a young org: days before its first event are covered', async () => {
    const tenant = await openTenant({ events: [passwordReset({ target: OMAR, at: at(1) })] });
    const { reading } = await tenant.read({
      window: WEEK,
      needs: [{ eventTypes: RESETS, window: WEEK }],
    });
    expect(reading.covered).toEqual([{ window: WEEK, eventTypes: RESETS, missingFields: [] }]);
    expect(reading.holes).toEqual([]);
  });

  test('covers a silent window of an org that is alive beside it', async () => {
    const tenant = await openTenant({ events: [signIn({ user: OMAR, at: at(400) })] });
    for (const pull of ['targeted', 'full'] as const) {
      const { reading } = await tenant.read({
        window: WEEK,
        needs: [{ eventTypes: RESETS, window: WEEK }],
        pull,
      });
      expect(reading.holes).toEqual([]);
      expect(reading.covered).toHaveLength(1);
    }
  });

  test('is not believed in where the whole log is empty', async () => {
    const tenant = await openTenant({ events: [] });
    for (const pull of ['targeted', 'full'] as const) {
      const { reading } = await tenant.read({
        window: WEEK,
        needs: [{ eventTypes: RESETS, window: WEEK }],
        pull,
      });
      expect(reading.covered).toEqual([]);
      expect(reading.holes).toMatchObject([{ window: WEEK, eventTypes: ALL_EVENT_TYPES }]);
      expect(reading.counts.requests).toBe(2);
    }
  });

  test('ends ten minutes before now', async () => {
    const late = passwordReset({ target: OMAR, at: NOW - 5 * MINUTE_MS });
    const tenant = await openTenant({ events: [late, signIn({ user: OMAR, at: at(4) })] });
    const window = { ...WEEK, untilMs: NOW + DAY_MS };
    const { reading, events } = await tenant.read({
      window,
      needs: [{ eventTypes: RESETS, window }],
    });
    expect(events).toEqual([]);
    expect(reading.covered.map((stretch) => stretch.window.untilMs)).toEqual([UNTIL]);
  });

  test('is nothing that Okta can refuse with E0000053: a since inside it that it finds too old is lost', async () => {
    const fault = { kind: 'status', status: 400, errorCode: 'E0000053' } as const;
    const tenant = await openTenant({
      events: plantStory(),
      faults: [onRequest('logs', 3, fault)],
    });
    const { reading } = await tenant.read({
      window: WEEK,
      needs: [{ eventTypes: RESETS, window: WEEK }],
    });
    expect(reading.covered).toEqual([]);
    expect(reading.holes).toMatchObject([
      {
        window: WEEK,
        eventTypes: RESETS,
        wasLost: true,
        reason: expect.stringContaining(fault.errorCode),
      },
    ]);
  });
});
