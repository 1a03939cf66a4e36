import { describe, expect, test } from 'vitest';
import { createSessionMoved } from '../../src/checks/session-moved.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import type { Match } from '../../src/model/match.ts';
import { NO_TUNING } from '../../src/model/tuning.ts';
import {
  adminAppAccess,
  BERLIN_OFFICE,
  composeEvent,
  FAR_AWAY,
  factorEvent,
  failedSignIn,
  LISBON_OFFICE,
  type Place,
  person,
  signIn,
  thing,
} from '../simulators/okta/build-event.ts';
import { runCheck } from './run-check.ts';

const DANA = person('dana.reyes@example.com');
const START = signIn({ user: DANA, at: '2023-10-02T08:00:00Z', session: 's1' });

function use(
  minute: number,
  details: Partial<Parameters<typeof adminAppAccess>[0]> = {},
): RawEvent {
  const at = Date.parse('2023-10-02T09:00:00Z') + minute * 60_000;
  return adminAppAccess({ user: DANA, session: 's1', ...details, at });
}

function find(raws: readonly RawEvent[], ownNetworks: readonly string[] = []): readonly Match[] {
  return runCheck(createSessionMoved({ tuning: { ...NO_TUNING, ownNetworks } }), raws);
}

const IPAD_AT_HOME = {
  ...BERLIN_OFFICE,
  os: 'iOS (iPad)',
  browser: 'SAFARI',
  rawUserAgent:
    'Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1',
};
/** As an iPad asks for the desktop site, and as any Mac. */
const MAC_ON_THE_WAY = {
  ...BERLIN_OFFICE,
  address: '198.51.100.90',
  asNumber: 64_999,
  os: LISBON_OFFICE.os,
  browser: LISBON_OFFICE.browser,
  rawUserAgent: LISBON_OFFICE.rawUserAgent,
};
const IPAD_START = signIn({
  user: DANA,
  at: '2023-10-02T08:00:00Z',
  session: 's1',
  place: IPAD_AT_HOME,
});

function open(minute: number, place: Place): RawEvent {
  return composeEvent({
    eventType: 'user.authentication.sso',
    at: Date.parse('2023-10-02T09:00:00Z') + minute * 60_000,
    actor: DANA,
    session: 's1',
    place,
  });
}

/** As Okta's own systems sign somebody in, from Okta's addresses; anybody can call their browser so. */
function openByOkta(eventType: string): RawEvent {
  return composeEvent({
    eventType,
    at: '2023-10-02T09:00:00Z',
    actor: DANA,
    targets: [thing('AppInstance', 'Okta Admin Console')],
    session: 's1',
    place: { ...FAR_AWAY, os: 'Unknown', browser: 'UNKNOWN', rawUserAgent: 'Okta-Integrations' },
  });
}

const QUIET: readonly { title: string; raws: readonly RawEvent[]; ownNetworks?: string[] }[] = [
  { title: 'stays', raws: [START, use(0), use(1)] },
  {
    title: 'travels with its browser',
    raws: [START, use(0, { place: { ...BERLIN_OFFICE, address: '203.0.113.7', asNumber: 64500 } })],
  },
  {
    title: 'is updated in place',
    raws: [START, use(0, { place: { ...BERLIN_OFFICE, os: 'Mac OS X', rawUserAgent: 'x' } })],
  },
  {
    title: 'gets a new version of its browser on a journey',
    raws: [
      START,
      use(0, {
        place: {
          ...BERLIN_OFFICE,
          asNumber: 64500,
          rawUserAgent: BERLIN_OFFICE.rawUserAgent.replace('127', '128'),
        },
      }),
    ],
  },
  {
    title: 'first travels and then changes its browser there',
    raws: [
      START,
      use(0, { place: { ...BERLIN_OFFICE, asNumber: FAR_AWAY.asNumber } }),
      use(1, { place: FAR_AWAY }),
    ],
  },
  {
    title: 'is tried from far away in vain',
    raws: [START, use(0, { place: FAR_AWAY, result: 'FAILURE' })],
  },
  {
    title: 'is called "unknown"',
    raws: [
      signIn({ user: DANA, at: '2023-10-02T08:00:00Z', session: 'unknown' }),
      use(0, { place: FAR_AWAY, session: 'unknown' }),
    ],
  },
  { title: 'is another one', raws: [START, use(0, { place: FAR_AWAY, session: 's2' })] },
  {
    title: 'is used by Okta’s Admin Console on behalf of the person',
    raws: [
      START,
      use(0, {
        place: FAR_AWAY,
        replace: {
          client: {
            id: 'okta.b58d5b75-07d4-5f25-bf59-368a1261a405',
            ipAddress: FAR_AWAY.address,
            userAgent: { rawUserAgent: FAR_AWAY.rawUserAgent, os: 'Linux', browser: 'FIREFOX' },
          },
        },
      }),
    ],
  },
  {
    title: 'is signed in to the Admin Console by Okta’s own systems',
    raws: [START, ...['user.authentication.sso', 'policy.evaluate_sign_on'].map(openByOkta)],
  },
  {
    title: 'is a token’s',
    raws: [
      START,
      composeEvent({
        eventType: 'user.lifecycle.create',
        at: '2023-10-02T09:05:00Z',
        actor: DANA,
        session: 's1',
        place: FAR_AWAY,
        apiTokenId: '00T1',
      }),
    ],
  },
  {
    title: 'is answered by a telephone',
    raws: [
      START,
      composeEvent({
        eventType: 'user.authentication.auth_via_mfa',
        at: '2023-10-02T08:01:00Z',
        actor: DANA,
        session: 's1',
        place: LISBON_OFFICE,
      }),
    ],
  },
  {
    title: 'enrols the telephone that somebody holds in front of it',
    raws: [
      START,
      ...[
        { ...FAR_AWAY, os: 'Android' },
        { ...FAR_AWAY, os: 'iOS (iPhone)', browser: 'SAFARI' },
        { ...FAR_AWAY, browser: 'UNKNOWN' },
        { ...FAR_AWAY, os: 'Unknown' },
      ].map((place, minute) =>
        factorEvent('activate', {
          target: DANA,
          at: Date.parse('2023-10-02T08:01:00Z') + minute * 60_000,
          session: 's1',
          place,
        }),
      ),
    ],
  },
  {
    title: 'enrols an address of mail, whose link is opened by what checks mail',
    raws: [
      START,
      factorEvent('activate', {
        target: DANA,
        at: '2023-10-02T08:01:00Z',
        session: 's1',
        place: FAR_AWAY,
        reason: 'User set up EMAIL_FACTOR factor',
      }),
    ],
  },
  {
    title: 'moves between own networks',
    raws: [START, use(0, { place: FAR_AWAY })],
    ownNetworks: ['203.0.113.0/24', '192.0.2.0/24'],
  },
  {
    title: 'names a browser but no address',
    raws: [
      START,
      use(0, {
        replace: { client: { userAgent: { rawUserAgent: 'x', os: 'Linux', browser: 'FIREFOX' } } },
      }),
    ],
  },
  {
    title: 'names an address but no browser',
    raws: [
      START,
      use(0, { place: FAR_AWAY, replace: { client: { ipAddress: FAR_AWAY.address } } }),
    ],
  },
  {
    title: 'is that of an iPad, which asks for the desktop site on the way',
    raws: [IPAD_START, open(0, MAC_ON_THE_WAY), open(1, IPAD_AT_HOME)],
  },
  {
    title: 'has no address any more',
    raws: [START, use(0, { place: null })],
  },
];

describe('a session', () => {
  test.each(QUIET)('that $title stays quiet', ({ raws, ownNetworks }) => {
    expect(find(raws, ownNetworks)).toEqual([]);
  });

  test('that is used from a new network by a new browser has moved', () => {
    const moved = use(5, { place: FAR_AWAY });
    const [match, ...others] = find([START, use(0), moved, use(6, { place: FAR_AWAY })]);
    expect(others).toEqual([]);
    expect(match?.events.map(({ uuid }) => uuid)).toEqual([moved['uuid']]);
    expect(match?.group).toEqual([DANA.id]);
    expect(match?.facts).toEqual({
      session: 's1',
      usedFirst: '192.0.2.10 (Berlin, Germany, CHROME on Windows 10)',
      usedFirstAt: '2023-10-02T08:00:00.000Z',
      movedTo: ['203.0.113.66 (Auckland, New Zealand, FIREFOX on Linux)'],
    });
  });

  test('whose thief calls their browser as Okta does has moved, by what they are let into', () => {
    const okta = {
      ...FAR_AWAY,
      os: 'Unknown',
      browser: 'UNKNOWN',
      rawUserAgent: 'Okta-Integrations',
    };
    expect(
      find([START, openByOkta('user.authentication.sso'), use(1, { place: okta })]),
    ).toHaveLength(1);
    expect(find([START, open(1, okta)])).toHaveLength(1);
  });

  test('that began on a telephone and is used by another system elsewhere has moved', () => {
    const telephone = { ...BERLIN_OFFICE, os: 'Android', rawUserAgent: 'Chrome on Android' };
    const begin = signIn({
      user: DANA,
      at: '2023-10-02T08:00:00Z',
      session: 's1',
      place: telephone,
    });
    expect(find([begin, use(0, { place: FAR_AWAY })])).toHaveLength(1);
  });

  test.each([
    ['in another country', open(0, { ...MAC_ON_THE_WAY, country: 'France' })],
    ['in no country that Okta knows', open(0, { ...MAC_ON_THE_WAY, country: '' })],
    ['through a proxy', open(0, { ...MAC_ON_THE_WAY, isProxy: true })],
    ['with power', use(0, { place: MAC_ON_THE_WAY })],
    [
      'by another version',
      open(0, {
        ...MAC_ON_THE_WAY,
        rawUserAgent: MAC_ON_THE_WAY.rawUserAgent.replace('17.5', '18.1'),
      }),
    ],
    [
      'by another browser',
      open(0, {
        ...MAC_ON_THE_WAY,
        browser: 'CHROME',
        rawUserAgent: BERLIN_OFFICE.rawUserAgent.replace('Windows NT 10.0', 'Macintosh'),
      }),
    ],
  ])('that began on an iPad and is used on a Mac elsewhere has moved %s', (_, moved) => {
    expect(find([IPAD_START, moved])).toHaveLength(1);
  });

  test.each<[string, RawEvent, string | undefined]>([
    ['opens the Admin Console there', use(6, { place: FAR_AWAY }), 'critical'],
    ['is refused it there', use(6, { place: FAR_AWAY, result: 'FAILURE' }), undefined],
    ['opens it at home', use(6), undefined],
  ])('that moved and then %s is of that weight', (_, last, severity) => {
    const moved = signIn({
      user: DANA,
      at: '2023-10-02T09:05:00Z',
      session: 's1',
      place: FAR_AWAY,
    });
    const [match, ...others] = find([START, moved, last]);
    expect(others).toEqual([]);
    expect(match?.severity).toBe(severity);
    expect(match?.summary?.endsWith(', and opened the Admin Console.')).toBe(
      severity === 'critical',
    );
  });

  test.each([
    ['another network', { ...FAR_AWAY, address: '198.51.100.9', asNumber: 64_999 }],
    ['another browser', { ...FAR_AWAY, os: 'Mac OS X', rawUserAgent: 'curl' }],
  ])('that moved and opens the Admin Console through %s is of that weight', (_, place) => {
    const moved = signIn({
      user: DANA,
      at: '2023-10-02T09:05:00Z',
      session: 's1',
      place: FAR_AWAY,
    });
    const [match, ...others] = find([START, moved, use(20, { place }), use(30)]);
    expect(others).toEqual([]);
    expect(match?.severity).toBe('critical');
    expect(match?.summary?.endsWith(', and opened the Admin Console.')).toBe(true);
    expect(match?.span?.untilMs).toBe(Date.parse('2023-10-02T09:20:00Z') + 1);
  });

  test('that moved is of no more weight where its owner takes it home and opens the Admin Console', () => {
    const moved = signIn({
      user: DANA,
      at: '2023-10-02T09:05:00Z',
      session: 's1',
      place: FAR_AWAY,
    });
    const atHome = { ...BERLIN_OFFICE, address: '198.51.100.9', asNumber: 64_999 };
    const [match] = find([START, moved, use(20, { place: atHome })]);
    expect(match?.severity).toBeUndefined();
  });

  test.each([
    ['policy.rule.update', 'critical'],
    ['user.mfa.factor.reset_all', 'critical'],
    ['zone.deactivate', 'critical'],
    ['zone.update', 'critical'],
    ['group.privilege.grant', 'critical'],
    ['group.user_membership.add', undefined],
    ['user.mfa.factor.activate', undefined],
    ['analytics.reports.export.request', undefined],
  ])('of which only %s came from elsewhere is told too', (eventType, severity) => {
    const changed = composeEvent({
      eventType,
      at: '2023-10-02T09:30:00Z',
      actor: DANA,
      targets: [person('somebody.else@example.com')],
      place: FAR_AWAY,
      session: 's1',
    });
    const [match, ...others] = find([START, use(0), changed]);
    expect(others).toEqual([]);
    expect(match?.events.map(({ uuid }) => uuid)).toEqual([changed['uuid']]);
    expect(match?.severity).toBe(severity);
  });

  test('whose cookie a program uses elsewhere has moved, by the change that it makes', () => {
    const created = composeEvent({
      eventType: 'user.lifecycle.create',
      at: '2023-10-02T09:05:00Z',
      actor: DANA,
      session: 's1',
      place: FAR_AWAY,
    });
    const [match, ...others] = find([START, use(0), created]);
    expect(others).toEqual([]);
    expect(match).toMatchObject({ severity: 'critical', events: [{ uuid: created['uuid'] }] });
    expect(match?.summary?.endsWith(', and used administrator power.')).toBe(true);
  });

  test('that moved is told by its uses alone, not by the telephone that answered a push', () => {
    const answered = composeEvent({
      eventType: 'user.authentication.auth_via_mfa',
      at: '2023-10-02T08:01:00Z',
      actor: DANA,
      session: 's1',
      place: FAR_AWAY,
    });
    const moved = use(5, { place: FAR_AWAY });
    const [match] = find([START, answered, moved]);
    expect(match?.events.map(({ uuid }) => uuid)).toEqual([moved['uuid']]);
  });

  test('that moved is told in the order of time, whatever the order of the log', () => {
    const raws = [START, use(1), use(5, { place: FAR_AWAY }), use(6, { place: FAR_AWAY }), use(7)];
    expect(find(raws.toReversed())).toEqual(find(raws));
    expect(find([...raws.slice(2), ...raws.slice(0, 2)])).toEqual(find(raws));
  });

  test.each([
    ['another one', 'python-requests/2.31', 1],
    ['a new version of the same', 'curl/8.9', 0],
  ])('by a browser that Okta cannot name moves with %s', (_, rawUserAgent, count) => {
    const unnamed = { os: 'Unknown', browser: 'UNKNOWN' };
    const home = { ...BERLIN_OFFICE, ...unnamed, rawUserAgent: 'curl/8.1' };
    const begin = signIn({ user: DANA, at: '2023-10-02T08:00:00Z', session: 's1', place: home });
    const away = { ...FAR_AWAY, ...unnamed, rawUserAgent };
    expect(find([begin, use(0, { place: away })])).toHaveLength(count);
  });

  test('whose external id changes while somebody signs in is followed by its root', () => {
    const moved = adminAppAccess({
      user: DANA,
      at: '2023-10-02T09:00:00Z',
      place: FAR_AWAY,
      replace: { authenticationContext: { externalSessionId: 'later', rootSessionId: 's1' } },
    });
    expect(find([START, moved])).toHaveLength(1);
  });

  test('without a root is followed by its external id, as records of 2022 have it', () => {
    const context = { authenticationContext: { externalSessionId: 's9' } };
    const first = signIn({ user: DANA, at: '2022-01-18T08:00:00Z', replace: context });
    const second = adminAppAccess({
      user: DANA,
      at: '2022-01-18T09:00:00Z',
      place: FAR_AWAY,
      replace: context,
    });
    expect(find([first, second])).toHaveLength(1);
  });

  test('whose home is a failed sign-in elsewhere has its home where it first succeeded', () => {
    const failed = failedSignIn({
      user: DANA,
      at: '2023-10-02T07:00:00Z',
      place: FAR_AWAY,
      session: 's1',
    });
    expect(find([failed, START, use(0)])).toEqual([]);
  });
});
