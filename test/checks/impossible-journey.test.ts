import { describe, expect, test } from 'vitest';
import { createImpossibleJourney } from '../../src/checks/impossible-journey/impossible-journey.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import type { Match } from '../../src/model/match.ts';
import { NO_TUNING, type Tuning } from '../../src/model/tuning.ts';
import {
  adminAppAccess,
  apiTokenCreation,
  BERLIN_OFFICE,
  composeEvent,
  factorEvent,
  failedSignIn,
  LISBON_OFFICE,
  type Place,
  person,
  type Somebody,
  signIn,
  thing,
} from '../simulators/okta/build-event.ts';
import { runCheck } from './run-check.ts';
import { toEvent } from './to-event.ts';

const DANA = person('dana.reyes@example.com');
const FINN = person('finn.okoro@example.com');

/** The same browser as at home, as whoever has its cookie says. */
const AUCKLAND: Place = {
  ...BERLIN_OFFICE,
  address: '203.0.113.66',
  city: 'Auckland',
  country: 'New Zealand',
  latitude: -36.8485,
  longitude: 174.7633,
  asNumber: 64511,
};
const NOWHERE = { latitude: null, longitude: null };
const TELEPHONE = { os: 'iOS (iPhone)', browser: 'SAFARI', rawUserAgent: 'Safari on iPhone' };

function at(dayAndTime: string): string {
  return `2026-11-${dayAndTime}:00Z`;
}

function open(time: string, place: Place = BERLIN_OFFICE, user: Somebody = DANA): RawEvent {
  return composeEvent({
    eventType: 'user.authentication.sso',
    at: at(time),
    actor: user,
    targets: [thing('AppInstance', 'Mail')],
    place,
    session: 's1',
  });
}

const usual = [
  signIn({ user: DANA, at: at('10T08:00') }),
  signIn({ user: DANA, at: at('17T08:00') }),
];
const today = signIn({ user: DANA, at: at('24T08:00'), session: 's1' });
const console = adminAppAccess({ user: DANA, at: at('24T10:00'), place: AUCKLAND, session: 's1' });
const factor = factorEvent('activate', { target: DANA, at: at('24T10:05'), place: AUCKLAND });

function find(raws: readonly RawEvent[], tuning: Partial<Tuning> = {}): readonly Match[] {
  return runCheck(createImpossibleJourney({ tuning: { ...NO_TUNING, ...tuning } }), raws);
}

describe('an account', () => {
  test('that opens the Admin Console at the other end of the world two hours after it was used at home', () => {
    const [match, ...others] = find([...usual, today, console]);
    expect(others).toEqual([]);
    expect(match?.events.map(({ uuid }) => uuid)).toEqual([console['uuid']]);
    expect(match?.group).toEqual([DANA.id]);
    expect(match?.facts).toEqual({
      usedThere: '203.0.113.66 (Auckland, New Zealand, CHROME on Windows 10)',
      usedThereAt: '2026-11-24T10:00:00.000Z',
      usedFromOwnPlace: '192.0.2.10 (Berlin, Germany, CHROME on Windows 10)',
      usedFromOwnPlaceAt: '2026-11-24T08:00:00.000Z',
      actsThere: ['user.session.access_admin_app'],
    });
    expect(match?.summary).toBe(
      'dana.reyes@example.com used administrator power from 203.0.113.66 (Auckland, New Zealand, CHROME on Windows 10), ' +
        'where the account was used at 2026-11-24 10:00 UTC, and from 192.0.2.10 (Berlin, Germany, CHROME on Windows 10) ' +
        'at 2026-11-24 08:00 UTC: 17,747 km in 120 minutes.',
    );
  });

  test.each<[string, RawEvent]>([
    ['enrols a factor', factor],
    ['makes an API token', apiTokenCreation({ actor: DANA, at: at('24T10:00'), place: AUCKLAND })],
    [
      'changes a policy by the API alone',
      composeEvent({
        eventType: 'policy.rule.update',
        at: at('24T10:00'),
        actor: DANA,
        place: AUCKLAND,
        targets: [thing('PolicyRule', 'MFA')],
      }),
    ],
  ])('that %s there is told as well', (_, act) => {
    expect(find([...usual, today, act])).toHaveLength(1);
  });

  test('is told by what its owner does afterwards as well as before', () => {
    expect(find([...usual, factor, open('24T17:00')])).toHaveLength(1);
  });

  test('is told with the first use from there, beside what was done', () => {
    const arrival = open('24T09:50', AUCKLAND);
    const [match] = find([...usual, today, arrival, console, factor]);
    expect(match?.events.map(({ uuid }) => uuid)).toEqual(
      [arrival, console, factor].map(({ uuid }) => uuid),
    );
    expect(match?.anchor.uuid).toBe(console['uuid']);
  });

  test('is told also where its password was entered in that place on days before', () => {
    const enter = (factor: string) =>
      composeEvent({
        eventType: 'user.authentication.auth_via_mfa',
        at: at('20T10:00'),
        actor: DANA,
        targets: [DANA],
        place: AUCKLAND,
        debugData: { factor },
      });
    expect(find([...usual, today, console, enter('PASSWORD_AS_FACTOR')])).toHaveLength(1);
    expect(find([...usual, today, console, enter('OKTA_VERIFY_PUSH')])).toEqual([]);
  });

  test('that is used by somebody else for two days in a row is told for the first of them', () => {
    const later = adminAppAccess({ user: DANA, at: at('25T14:00'), place: AUCKLAND });
    const [match, ...others] = find([...usual, today, console, later]);
    expect(others).toEqual([]);
    expect(match?.events).toHaveLength(1);
  });

  test('of which two acts are told is told the same, whatever the order of the log', () => {
    const raws = [...usual, today, open('24T09:50', AUCKLAND), console, factor, open('24T10:10')];
    expect(find(raws.toReversed())).toEqual(find(raws));
  });

  test('whose places nobody can measure is told by two countries within two hours', () => {
    const far = adminAppAccess({
      user: DANA,
      at: at('24T09:30'),
      place: { ...AUCKLAND, ...NOWHERE } as unknown as Place,
    });
    const [match] = find([...usual, today, far]);
    expect(match?.summary?.endsWith(': two countries in 90 minutes.')).toBe(true);
    const late = { ...far, published: at('24T10:01') };
    expect(find([...usual, today, late])).toEqual([]);
  });

  test('is told for every one of the first days of a campaign', () => {
    const victims = ['a.one', 'b.two', 'c.three'].map((name) => person(`${name}@example.com`));
    const raws = victims.flatMap((user) => [
      signIn({ user, at: at('17T08:00') }),
      signIn({ user, at: at('24T08:00') }),
      factorEvent('activate', { target: user, at: at('24T10:00'), place: AUCKLAND }),
    ]);
    expect(find(raws)).toHaveLength(3);
  });
});

function consoleOf(name: string): RawEvent {
  return adminAppAccess({
    user: person(`${name}@example.com`),
    at: at('22T09:00'),
    place: AUCKLAND,
  });
}

/** With an access token, which no field tells from a person. */
function addMember(time: string): RawEvent {
  return composeEvent({
    eventType: 'group.user_membership.add',
    at: at(time),
    actor: DANA,
    targets: [FINN, thing('UserGroup', 'Staff')],
    place: { ...LISBON_OFFICE, asNumber: 64509, os: 'Unknown', browser: 'UNKNOWN' },
  });
}

const QUIET: readonly { title: string; raws: readonly RawEvent[]; tuning?: Partial<Tuning> }[] = [
  { title: 'only opens applications there', raws: [...usual, today, open('24T10:00', AUCKLAND)] },
  {
    title: 'is used there after the time of a flight',
    raws: [...usual, signIn({ user: DANA, at: at('23T12:00') }), console],
  },
  {
    title: 'was used there last week',
    raws: [...usual, open('16T09:00', AUCKLAND), today, console],
  },
  {
    title: 'is used on a new network of a known country',
    raws: [
      ...usual,
      today,
      adminAppAccess({
        user: DANA,
        at: at('24T08:01'),
        place: { ...BERLIN_OFFICE, address: '203.0.113.5', asNumber: 64505, city: 'Munich' },
      }),
    ],
  },
  {
    title: 'is used in a new country on the network of every day, as by a cloud proxy',
    raws: [
      ...usual,
      today,
      adminAppAccess({
        user: DANA,
        at: at('24T08:10'),
        place: { ...LISBON_OFFICE, asNumber: BERLIN_OFFICE.asNumber },
      }),
    ],
  },
  {
    title: 'is used through an own network abroad',
    raws: [...usual, today, console],
    tuning: { ownNetworks: ['203.0.113.0/24'] },
  },
  {
    title: 'is used abroad from where two colleagues worked before',
    raws: [...usual, consoleOf('a.one'), consoleOf('b.two'), today, console],
  },
  { title: 'nobody knows yet', raws: [today, console] },
  {
    title: 'is abroad, with a telephone that its carrier sends from home',
    raws: [...usual, console, open('24T10:05', { ...BERLIN_OFFICE, ...TELEPHONE })],
  },
  {
    title: 'is abroad, with a telephone at home that answers a push',
    raws: [
      ...usual,
      console,
      composeEvent({
        eventType: 'user.authentication.auth_via_mfa',
        at: at('24T09:59'),
        actor: DANA,
        targets: [DANA],
      }),
    ],
  },
  {
    title: 'is signed in to the Admin Console by Okta’s own systems while it is abroad',
    raws: [
      ...usual,
      console,
      open('24T10:00', { ...BERLIN_OFFICE, rawUserAgent: 'Okta-Integrations' }),
    ],
  },
  {
    title: 'is used in vain there',
    raws: [
      ...usual,
      today,
      adminAppAccess({ user: DANA, at: at('24T10:00'), place: AUCKLAND, result: 'FAILURE' }),
    ],
  },
  {
    title: 'has a token that a program uses there',
    raws: [
      ...usual,
      today,
      composeEvent({
        eventType: 'user.lifecycle.create',
        at: at('24T10:00'),
        actor: DANA,
        targets: [FINN],
        place: AUCKLAND,
        apiTokenId: '00T1',
      }),
    ],
  },
  {
    title: 'is abroad, while a workflow adds members to groups in its name as on every day',
    raws: [...usual, ...['10T09:00', '17T09:00', '24T09:50'].map(addMember), console],
  },
  {
    title: 'enrols a factor for a colleague there',
    raws: [
      ...usual,
      today,
      factorEvent('activate', { actor: DANA, target: FINN, at: at('24T10:00'), place: AUCKLAND }),
    ],
  },
  {
    title: 'is used there by the Admin Console on behalf of the person',
    raws: [
      ...usual,
      today,
      {
        ...console,
        client: {
          ...(console['client'] as object),
          id: 'okta.b58d5b75-07d4-5f25-bf59-368a1261a405',
        },
      },
    ],
  },
  {
    title: 'is on a journey through two new countries',
    raws: [
      ...usual,
      open('24T09:50', { ...LISBON_OFFICE, address: '198.51.100.77', asNumber: 64509 }),
      console,
    ],
  },
  {
    title: 'is new to the log, in the office and at home abroad',
    raws: [today, console],
    tuning: { ownNetworks: ['192.0.2.0/24'] },
  },
  {
    title: 'is used at home where no record tells the country',
    raws: [
      ...usual,
      open('24T09:50', { ...BERLIN_OFFICE, ...NOWHERE, country: null } as unknown as Place),
      { ...console, published: at('24T10:00') },
    ],
  },
  {
    title: 'is abroad, while somebody at home does not get in',
    raws: [...usual, failedSignIn({ user: DANA, at: at('24T09:50') }), console],
  },
  {
    title: 'enrols a certificate for a colleague there',
    raws: [
      ...usual,
      today,
      composeEvent({
        eventType: 'user.credential.enroll',
        at: at('24T10:00'),
        actor: DANA,
        targets: [FINN],
        place: AUCKLAND,
      }),
    ],
  },
  {
    title: 'is used where no country is told',
    raws: [
      ...usual,
      today,
      adminAppAccess({
        user: DANA,
        at: at('24T10:00'),
        place: { ...AUCKLAND, country: null } as unknown as Place,
      }),
    ],
  },
];

test.each(QUIET)('an account that $title stays quiet', ({ raws, tuning }) => {
  expect(find(raws, tuning)).toEqual([]);
});

test('an account is not asked about for what it did before the window', () => {
  const check = createImpossibleJourney({ tuning: NO_TUNING });
  const window = { sinceMs: Date.parse(at('26T00:00')), untilMs: Date.parse(at('27T00:00')) };
  const asked = { ...check, begin: () => check.begin({ window }) };
  expect(runCheck(asked, [...usual, today, console])).toEqual([]);
});

test('nobody’s sign-ins are read for what they do in vain, by a program, or where they do it every week', () => {
  const run = createImpossibleJourney({ tuning: NO_TUNING }).begin({
    window: { sinceMs: Date.parse(at('18T00:00')), untilMs: Date.parse(at('25T00:00')) },
  });
  const acts = [
    adminAppAccess({ user: DANA, at: at('16T10:00') }),
    adminAppAccess({ user: DANA, at: at('24T10:00') }),
    adminAppAccess({ user: DANA, at: at('24T10:00'), place: AUCKLAND, result: 'FAILURE' }),
    apiTokenCreation({ actor: DANA, at: at('24T10:00'), place: AUCKLAND, apiTokenId: '00T1' }),
  ];
  for (const act of acts) run.accept(toEvent(act));
  expect(run.follow?.()).toEqual([]);
});
