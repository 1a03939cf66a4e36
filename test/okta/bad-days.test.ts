import { describe, expect, test } from 'vitest';
import { exactEventTypes } from '../../src/model/event-type-set.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import type { ReadRequest } from '../../src/model/reading.ts';
import {
  DAY_MS,
  HOUR_MS,
  isInside,
  MINUTE_MS,
  subtractWindows,
} from '../../src/model/time-window.ts';
import type { PageTampering } from '../simulators/okta/answer-logs.ts';
import {
  impersonationEvent,
  passwordReset,
  person,
  signIn,
} from '../simulators/okta/build-event.ts';
import {
  type Fault,
  type FaultAction,
  fromRequest,
  onRequest,
} from '../simulators/okta/simulator-fault.ts';
import { NOW, openTenant, SHORT_DEADLINES, type SimulatedTenant } from './simulated-tenant.ts';

const WINDOW = { sinceMs: NOW - 7 * DAY_MS, untilMs: NOW - 10 * MINUTE_MS };
const RESETS = exactEventTypes(['user.account.reset_password']);
const ASKED: Partial<ReadRequest> = {
  window: WINDOW,
  needs: [{ eventTypes: RESETS, window: WINDOW }],
};
/** Requests 1 and 2 are the probes, 3 is the first page of three. */
const LATE_PAGE = 4;

const YESTERDAY = new Date(NOW - DAY_MS).toUTCString();

/** When the reset of that number happened, counted from 1. */
function minute(number: number): number {
  return WINDOW.sinceMs + number * MINUTE_MS;
}

/** More resets than two pages hold, one a minute. */
function manyResets(count = 2500): RawEvent[] {
  const target = person('omar.lind@example.com');
  return Array.from({ length: count }, (_, index) =>
    passwordReset({ target, at: minute(index + 1) }),
  );
}

function openOnABadDay(...faults: Fault[]): Promise<SimulatedTenant> {
  const isSlow = faults.some(({ action }) => SLOW.includes(action.kind));
  const runtime = isSlow ? { deadlines: SHORT_DEADLINES } : {};
  return openTenant({ events: manyResets(), faults, runtime });
}

/** Long enough for any page of a busy machine, as three misses in a row would cost the page; waited for once. */
const PATIENT_DEADLINES = { firstByteMs: 4_000, betweenBytesMs: 4_000, wholeMs: 8_000 };

const SLOW: readonly FaultAction['kind'][] = ['silence', 'stalled-body'];

describe('what passes by itself loses nothing', () => {
  test.each<[string, FaultAction]>([
    ['429 by the rate limit', { kind: 'too-many-requests' }],
    ['429 for too many requests at once', { kind: 'too-many-requests', because: 'concurrency' }],
    ['500', { kind: 'status', status: 500 }],
    ['503', { kind: 'status', status: 503 }],
    ['a connection reset', { kind: 'connection-reset' }],
    ['a body cut short', { kind: 'cut-body' }],
    ['a body that stalls', { kind: 'stalled-body' }],
    ['silence', { kind: 'silence' }],
    ['a body that is not whole JSON', { kind: 'unparsable-body' }],
    ['an empty page with a next one', { kind: 'page', page: { isEmpty: true } }],
    ['a full page without its link to the next', { kind: 'missing-headers', names: ['Link'] }],
    ['a short page without any link', { kind: 'page', page: { most: 300, isUnlinked: true } }],
    ['an empty page without any link', { kind: 'body', text: '[]' }],
    ['events repeated on the next page', { kind: 'page', page: { repeats: 200 } }],
    [
      'no rate limit headers',
      {
        kind: 'missing-headers',
        names: ['X-Rate-Limit-Limit', 'X-Rate-Limit-Remaining', 'X-Rate-Limit-Reset', 'Date'],
      },
    ],
  ])('%s on a late page', async (_, action) => {
    const tenant = await openTenant({
      events: manyResets(),
      faults: [onRequest('logs', LATE_PAGE, action)],
      runtime: { deadlines: PATIENT_DEADLINES },
    });
    const { reading, events } = await tenant.read(ASKED);
    expect(events).toHaveLength(2500);
    expect(new Set(events.map((event) => event.uuid)).size).toBe(2500);
    expect(reading.holes).toEqual([]);
    expect(reading.covered.map((stretch) => stretch.window)).toEqual([WINDOW]);
  });

  test('a body that comes byte by byte, and would take hours', async () => {
    const tenant = await openTenant({
      events: manyResets(),
      faults: [onRequest('logs', LATE_PAGE, { kind: 'dripping-body' })],
      runtime: { deadlines: { ...PATIENT_DEADLINES, wholeMs: 2_000 } },
    });
    const { reading, events } = await tenant.read(ASKED);
    expect(events).toHaveLength(2500);
    expect(reading.holes).toEqual([]);
    expect(tenant.lines).toEqual([expect.stringContaining('no whole answer within 2 s')]);
  });

  test('a full pull whose first answers are empty and of somebody else', async () => {
    const tenant = await openOnABadDay(onRequest('logs', [1, 2], { kind: 'body', text: '[]' }));
    const { reading, events } = await tenant.read({ ...ASKED, pull: 'full' });
    expect(events).toHaveLength(2500);
    expect(reading.holes).toEqual([]);
  });

  test('a full pull survives all of them at once', async () => {
    const tenant = await openOnABadDay(
      onRequest('logs', 2, { kind: 'connection-reset' }),
      onRequest('logs', 3, { kind: 'page', page: { isEmpty: true } }),
      onRequest('logs', 4, { kind: 'cut-body' }),
      onRequest('logs', 5, { kind: 'page', page: { repeats: 500 } }),
      onRequest('logs', 6, { kind: 'too-many-requests' }),
    );
    const { reading, events } = await tenant.read({ ...ASKED, pull: 'full' });
    expect(new Set(events.map((event) => event.uuid)).size).toBe(2500);
    expect(events).toHaveLength(2500);
    expect(reading.holes).toEqual([]);
  });

  test('many short pages of one and the same moment', async () => {
    const events = Array.from({ length: 60 }, (_, index) =>
      passwordReset({ target: person(`person.${index}@example.com`), at: minute(1) }),
    );
    const page = { kind: 'page', page: { most: 5 } } as const;
    const tenant = await openTenant({ events, faults: [fromRequest('logs', 3, page)] });
    const { reading, events: read } = await tenant.read(ASKED);
    expect(read).toHaveLength(60);
    expect(reading.holes).toEqual([]);
  });

  test('an empty page without any link, as the first of all, is asked for once more', async () => {
    const tenant = await openOnABadDay(onRequest('logs', 3, { kind: 'body', text: '[]' }));
    const { reading, events } = await tenant.read(ASKED);
    expect(events).toHaveLength(2500);
    expect(reading.holes).toEqual([]);
  });

  test('empty answers without any link, and broken ones before them, are no log', async () => {
    const tenant = await openOnABadDay(
      fromRequest('logs', 6, { kind: 'body', text: '[]' }),
      fromRequest('logs', 1, { kind: 'unparsable-body' }),
    );
    const { reading } = await tenant.read({ ...ASKED, pull: 'full' });
    expect(reading.covered).toEqual([]);
    expect(reading.holes).not.toEqual([]);
  });

  test('without any link, on any page, the last one costs one request more', async () => {
    const tenant = await openOnABadDay(
      fromRequest('logs', 1, { kind: 'missing-headers', names: ['Link'] }),
    );
    const { reading, events } = await tenant.read(ASKED);
    expect(events).toHaveLength(2500);
    expect(reading.holes).toEqual([]);
    expect(reading.counts.requests).toBe(6);
  });

  test('a full pull reads next to nothing twice after a page that failed for good', async () => {
    const storm = [3, 4, 5, 6, 7, 8, 9, 10];
    const tenant = await openTenant({
      events: manyResets(9000),
      faults: [onRequest('logs', storm, { kind: 'status', status: 500 })],
    });
    const { reading, events } = await tenant.read({ ...ASKED, pull: 'full' });
    expect(events).toHaveLength(9000);
    expect(reading.holes).toEqual([]);
    expect(reading.counts.duplicates).toBeLessThan(1000);
  });

  test('counts every request, repeated ones included, and events that came twice', async () => {
    const tenant = await openOnABadDay(
      onRequest('logs', LATE_PAGE, { kind: 'status', status: 500 }),
      onRequest('logs', LATE_PAGE + 1, { kind: 'page', page: { repeats: 7 } }),
    );
    const { reading } = await tenant.read(ASKED);
    expect(reading.counts).toMatchObject({ requests: 6, eventsRead: 2507, duplicates: 7 });
  });
});

describe('the rate limit', () => {
  test('is waited for as long as the org says by its own clock, wrong as the own one may be', async () => {
    const tenant = await openTenant({
      events: manyResets(),
      faults: [onRequest('logs', LATE_PAGE, { kind: 'too-many-requests' })],
    });
    await tenant.read(ASKED);
    const toNextMinuteMs = 60_000 - (NOW % 60_000);
    expect(tenant.sleptMs()).toBeGreaterThan(toNextMinuteMs);
    expect(tenant.sleptMs()).toBeLessThan(toNextMinuteMs + 4_000);
    expect(tenant.lines).toEqual([
      expect.stringMatching(/^Okta's rate limit is used up; waiting 6\d s\.$/),
    ]);
  });

  test('is half left to others, and no request is ever refused', async () => {
    const tenant = await openTenant({ events: manyResets(9_000), rateLimit: { limit: 8 } });
    const { events } = await tenant.read({ ...ASKED, pull: 'full' });
    expect(events).toHaveLength(9_000);
    const made = tenant.simulator.requestsTo('logs');
    expect(made.filter((request) => request.status === 429)).toEqual([]);
    expect(made.length).toBeGreaterThanOrEqual(9);
    expect(tenant.sleptMs()).toBeGreaterThan(60_000);
  });

  test('that others use up slows a read and does not stop it', async () => {
    const tenant = await openTenant({
      events: manyResets(),
      rateLimit: { limit: 10, takenByOthers: 8 },
    });
    const { events, reading } = await tenant.read(ASKED);
    expect(events).toHaveLength(2500);
    expect(reading.holes).toEqual([]);
  });
});

describe('what does not pass', () => {
  test('costs the rest of the window and nothing that was found before', async () => {
    const tenant = await openOnABadDay(
      fromRequest('logs', LATE_PAGE, { kind: 'status', status: 500 }),
    );
    const { reading, events } = await tenant.read(ASKED);
    expect(events).toHaveLength(1000);
    const lastMs = WINDOW.sinceMs + 1000 * MINUTE_MS;
    expect(reading.holes).toMatchObject([
      { window: { sinceMs: lastMs, untilMs: WINDOW.untilMs }, eventTypes: RESETS },
    ]);
    expect(reading.holes[0]?.reason).toContain('HTTP 500, E0000009');
    expect(reading.holes[0]?.remedy).toContain('archive that covers');
    expect(reading.covered.map((stretch) => stretch.window)).toEqual(
      subtractWindows(WINDOW, [{ sinceMs: lastMs, untilMs: WINDOW.untilMs }]),
    );
    expect(reading.counts.requests).toBeLessThan(30);
  });

  test('costs little where only one stretch is poisoned', async () => {
    const poisonMs = WINDOW.sinceMs + 1200 * MINUTE_MS;
    const tenant = await openOnABadDay({
      when: ({ endpoint, query }) => {
        const sinceMs = Date.parse(query.get('since') ?? '');
        const untilMs = Date.parse(query.get('until') ?? '');
        const isPage = endpoint === 'logs' && query.get('limit') === '1000';
        const begins = query.has('after') ? WINDOW.sinceMs + 1000 * MINUTE_MS : sinceMs;
        return (
          isPage &&
          begins <= poisonMs &&
          poisonMs < Math.min(untilMs, begins + 1000 * MINUTE_MS) &&
          begins > WINDOW.sinceMs
        );
      },
      action: { kind: 'status', status: 500 },
    });
    const { reading, events } = await tenant.read(ASKED);
    const [hole] = reading.holes;
    expect(reading.holes).toHaveLength(1);
    expect(hole?.window.sinceMs).toBeLessThanOrEqual(poisonMs);
    expect(hole?.window.untilMs).toBeGreaterThan(poisonMs);
    const lost = (hole?.window.untilMs ?? 0) - (hole?.window.sinceMs ?? 0);
    expect(lost).toBeLessThan((WINDOW.untilMs - WINDOW.sinceMs) / 3);
    expect(new Set(events.map((event) => event.uuid)).size).toBe(events.length);
  });

  test.each<[string, FaultAction]>([
    ['a web page', { kind: 'html' }],
    ['a refusal of a proxy', { kind: 'html', status: 414 }],
    ['a redirect', { kind: 'redirect', location: 'https://other.example/' }],
    ['an answer of another time', { kind: 'other-headers', headers: { Date: YESTERDAY } }],
  ])('costs one query where %s stands in place of a page', async (_, action) => {
    const since = WINDOW.sinceMs - 14 * DAY_MS;
    const grants = exactEventTypes(['user.session.impersonation.grant']);
    const tenant = await openTenant({
      events: [
        ...manyResets(),
        impersonationEvent('grant', { actor: person('d@example.com'), at: since }),
      ],
      faults: [{ when: ({ query }) => query.has('after'), action }],
      rateLimit: { limit: 6 },
    });
    const { reading, events } = await tenant.read({
      ...ASKED,
      needs: [
        { eventTypes: RESETS, window: { ...WINDOW, sinceMs: WINDOW.sinceMs - 50 * DAY_MS } },
        { eventTypes: grants, window: { ...WINDOW, sinceMs: since } },
      ],
    });
    expect(events).toHaveLength(1001);
    expect(reading.holes).toMatchObject([
      { window: { sinceMs: minute(1000), untilMs: WINDOW.untilMs }, eventTypes: RESETS },
    ]);
  });

  test('costs a query where nothing but empty answers of somebody else come, whatever is really there', async () => {
    const tenant = await openOnABadDay(fromRequest('logs', 3, { kind: 'body', text: '[]' }));
    const { reading } = await tenant.read(ASKED);
    expect(reading.covered).toEqual([]);
    expect(reading.holes).toMatchObject([{ window: WINDOW, wasLost: true }]);
    expect(reading.counts.requests).toBeLessThan(20);
    const followUps = [
      { field: 'target.id', values: [person('omar.lind@example.com').id], window: WINDOW },
    ] as const;
    const { reading: followed } = await tenant.read({ followUps });
    expect(followed.followed).toEqual([]);
  });

  test('ends the read early where the org is down', async () => {
    const tenant = await openOnABadDay(
      fromRequest('logs', LATE_PAGE, { kind: 'connection-reset' }),
    );
    const { reading } = await tenant.read({
      ...ASKED,
      needs: [
        ...(ASKED.needs ?? []),
        ...Array.from({ length: 20 }, (_, index) => ({
          eventTypes: exactEventTypes([`user.type_${index}`]),
          window: { ...WINDOW, sinceMs: WINDOW.sinceMs - 2 ** index * HOUR_MS },
        })),
      ],
    });
    expect(reading.counts.requests).toBeLessThan(40);
    expect(reading.holes.length).toBeGreaterThan(0);
  });

  test.each<[string, FaultAction, string]>([
    ['unreachable', { kind: 'connection-reset' }, 'okta-unexpected-response'],
    ['silent', { kind: 'silence' }, 'okta-timeout'],
    ['failing', { kind: 'status', status: 503 }, 'okta-unexpected-response'],
    ['refusing by its rate limit', { kind: 'too-many-requests' }, 'okta-rate-limited'],
    ['a web page', { kind: 'html' }, 'okta-not-an-org'],
    ['a web page that is missing', { kind: 'html', status: 404 }, 'okta-not-an-org'],
    ['elsewhere', { kind: 'redirect', location: 'https://other.example/' }, 'okta-not-an-org'],
    ['cutting every answer', { kind: 'cut-body' }, 'okta-unexpected-response'],
  ])('is an error where the org is %s from the first request on', async (_, action, code) => {
    const tenant = await openOnABadDay(fromRequest('logs', 1, action));
    await expect(tenant.read(ASKED)).rejects.toMatchObject({ name: 'AuditError', code });
    expect(tenant.simulator.requestsTo('logs').length).toBeLessThan(30);
  });

  test('is never followed to another origin', async () => {
    const elsewhere = await openTenant({ events: manyResets() });
    const tenant = await openOnABadDay(
      onRequest('logs', 3, { kind: 'page', page: { linkOrigin: elsewhere.simulator.url } }),
    );
    for (const pull of ['targeted', 'full'] as const) {
      tenant.simulator.setFaults([
        {
          when: ({ endpoint, query }) => endpoint === 'logs' && query.get('limit') === '1000',
          action: { kind: 'page', page: { linkOrigin: elsewhere.simulator.url } },
        },
      ]);
      await expect(tenant.read({ ...ASKED, pull })).rejects.toMatchObject({
        code: 'okta-foreign-link',
        message: expect.stringContaining(elsewhere.simulator.url),
      });
    }
    expect(elsewhere.simulator.requests).toEqual([]);
  });

  test('is asked for no further once a page leads to another origin', async () => {
    const page = { linkOrigin: 'https://other.example' };
    const tenant = await openTenant({
      events: manyResets(9_000),
      faults: [onRequest('logs', 2, { kind: 'page', page })],
    });
    await expect(tenant.read({ ...ASKED, pull: 'full' })).rejects.toMatchObject({
      code: 'okta-foreign-link',
    });
    expect(tenant.simulator.requestsTo('logs').length).toBeLessThanOrEqual(4);
  });

  test.each<[string, PageTampering]>([
    ['to itself', { linksToItself: true }],
    ['back by an address that is new each time', { leadsBack: true }],
  ])('goes in no circle where a page leads %s', async (_, page) => {
    const tenant = await openOnABadDay(fromRequest('logs', 3, { kind: 'page', page }));
    const { reading, events } = await tenant.read(ASKED);
    const uuids = new Set<unknown>(events.map((event) => event.uuid));
    expect(uuids.size).toBe(events.length);
    const missing = manyResets().filter((event) => !uuids.has(event['uuid']));
    for (const event of missing) {
      const publishedMs = Date.parse(String(event['published']));
      expect(reading.holes.some(({ window }) => isInside(window, publishedMs))).toBe(true);
    }
    expect(reading.counts.requests).toBeLessThan(40);
  });

  const NO_EVENT = { uuid: 'x', eventType: 7 };

  test.each<[string, PageTampering, { sinceMs: number; untilMs: number }]>([
    [
      'to the next event where a record is no event',
      { foreignRecord: NO_EVENT },
      { sinceMs: minute(1), untilMs: minute(2) + 1 },
    ],
    [
      'to the first event of the next page where it is the last of a page',
      { foreignRecord: NO_EVENT, foreignAt: 1000 },
      { sinceMs: minute(1000), untilMs: minute(1001) + 1 },
    ],
    [
      'to the next later event where the next page begins before it',
      { foreignRecord: NO_EVENT, foreignAt: 1000, repeats: 200 },
      { sinceMs: minute(1000), untilMs: minute(1001) + 1 },
    ],
    [
      'from the begin where it is the first of all',
      { foreignRecord: NO_EVENT, foreignAt: 0 },
      { sinceMs: WINDOW.sinceMs, untilMs: minute(1) + 1 },
    ],
  ])('is a hole %s, and the others are read', async (_, page, window) => {
    const tenant = await openOnABadDay(onRequest('logs', 3, { kind: 'page', page }));
    const { reading, events } = await tenant.read(ASKED);
    expect(events).toHaveLength(2500);
    expect(reading.counts).toMatchObject({ malformed: 1 });
    expect(reading.holes).toMatchObject([{ window }]);
    expect(reading.covered.map((stretch) => stretch.window)).toEqual(
      subtractWindows(WINDOW, [window]),
    );
  });

  test('is a hole to the next event also where that was read by a later half', async () => {
    const tenant = await openOnABadDay(
      onRequest('logs', 3, { kind: 'page', page: { foreignRecord: NO_EVENT, foreignAt: 1000 } }),
      onRequest('logs', [4, 5, 6, 7, 8], { kind: 'status', status: 500 }),
    );
    const { reading, events } = await tenant.read(ASKED);
    expect(events).toHaveLength(2500);
    expect(reading.holes).toMatchObject([
      { window: { sinceMs: minute(1000), untilMs: minute(1001) + 1 } },
    ]);
  });

  test('is a hole to the end where the last record of all is no event', async () => {
    const tenant = await openTenant({
      events: manyResets(1),
      faults: [fromRequest('logs', 3, { kind: 'page', page: { foreignRecord: NO_EVENT } })],
    });
    const { reading, events } = await tenant.read(ASKED);
    expect(events).toHaveLength(1);
    expect(reading.holes).toMatchObject([
      { window: { sinceMs: minute(1), untilMs: WINDOW.untilMs } },
    ]);
    expect(reading.covered).toMatchObject([
      { window: { sinceMs: WINDOW.sinceMs, untilMs: minute(1) } },
    ]);
  });

  test('is a hole of the whole window where the reach could not be probed', async () => {
    const tenant = await openTenant({
      events: [...manyResets(10), signIn({ user: person('a.b@example.com'), at: NOW - DAY_MS })],
      faults: [onRequest('logs', [1, 2, 3, 4, 5], { kind: 'status', status: 500 })],
    });
    const { reading, events } = await tenant.read(ASKED);
    expect(events).toHaveLength(10);
    expect(reading.covered).toEqual([]);
    expect(reading.holes).toMatchObject([{ window: WINDOW }]);
  });
});

describe('a host that is not there', () => {
  test.each([
    ['http://127.0.0.1:9', /nothing listens there \(ECONNREFUSED\)/],
    ['https://no-such-org.invalid', /no such host \(ENOTFOUND\)|EAI_AGAIN/],
  ])('%s is said to be unreachable', async (orgUrl, message) => {
    const tenant = await openTenant({ orgUrl });
    await expect(tenant.read(ASKED)).rejects.toMatchObject({
      code: 'okta-unreachable',
      message: expect.stringMatching(message),
      hint: expect.stringContaining('okta-org-url'),
    });
    expect(tenant.transport.countRequests('/api/v1/logs')).toBeLessThanOrEqual(5);
  });
});
