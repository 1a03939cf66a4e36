import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTakeoverChain } from '../../src/checks/takeover/takeover-chain.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import type { Match } from '../../src/model/match.ts';
import { NO_TUNING, type Tuning } from '../../src/model/tuning.ts';
import {
  ANONYMIZER,
  adminAppAccess,
  apiTokenCreation,
  BERLIN_OFFICE,
  composeEvent,
  type EventParts,
  FAR_AWAY,
  factorEvent,
  failedSignIn,
  LISBON_OFFICE,
  OKTA_SYSTEM,
  type Place,
  passwordChange,
  passwordReset,
  person,
  privilegeGrant,
  signIn,
  thing,
} from '../simulators/okta/build-event.ts';
import { runCheck } from './run-check.ts';
import { toEvent } from './to-event.ts';

const DANA = person('dana.reyes@example.com');
const LIN = person('helpdesk.lin@example.com');

function at(dayAndTime: string): string {
  return `2024-03-${dayAndTime}:00Z`;
}

const usual = [
  signIn({ user: DANA, at: at('01T08:00') }),
  signIn({ user: DANA, at: at('11T08:00') }),
];
const reset = factorEvent('reset_all', { actor: LIN, target: DANA, at: at('12T10:00') });
const newFactor = factorEvent('activate', { target: DANA, at: at('12T10:20'), place: FAR_AWAY });
const farSignIn = signIn({ user: DANA, at: at('12T10:30'), place: FAR_AWAY, session: 'far' });
const adminApp = adminAppAccess({ user: DANA, at: at('12T10:40'), place: FAR_AWAY });
const attack = [...usual, reset, newFactor, farSignIn];

function reactivated(how: 'reactivate' | 'unsuspend', details: Partial<EventParts> = {}): RawEvent {
  return composeEvent({
    eventType: `user.lifecycle.${how}`,
    at: at('12T10:00'),
    actor: LIN,
    targets: [DANA],
    ...details,
  });
}

/** Its exits are of three companies in turn. */
const RELAY = { ...ANONYMIZER, country: 'Germany', city: 'Berlin', asNumber: 64500 };
const OTHER_EXIT = { ...RELAY, address: '203.0.113.98', asNumber: 64501 };
function throughTunnel(operator: string) {
  return { tunnels: JSON.stringify([{ anonymous: true, operator, type: 'PROXY' }]) };
}
const byRelay = { debugData: throughTunnel('ICLOUD_RELAY_PROXY') };

const NEAR = { ...BERLIN_OFFICE, address: '203.0.113.5', asNumber: 64505 };

function find(raws: readonly RawEvent[], tuning: Partial<Tuning> = {}): readonly Match[] {
  return runCheck(createTakeoverChain({ tuning: { ...NO_TUNING, ...tuning } }), raws);
}

const QUIET: readonly { title: string; raws: readonly RawEvent[]; tuning?: Partial<Tuning> }[] = [
  {
    title: 'a new phone at home',
    raws: [
      ...usual,
      reset,
      factorEvent('activate', { target: DANA, at: at('12T10:20') }),
      signIn({ user: DANA, at: at('12T10:30') }),
      adminAppAccess({ user: DANA, at: at('12T10:40') }),
    ],
  },
  {
    title: 'a new phone on another network of the same country',
    raws: [
      ...usual,
      reset,
      factorEvent('activate', {
        target: DANA,
        at: at('12T10:20'),
        place: { ...BERLIN_OFFICE, address: '203.0.113.5', asNumber: 64505 },
      }),
    ],
  },
  {
    title: 'a new phone at home, in the country of an office that is an own network',
    raws: [
      ...usual,
      reset,
      factorEvent('activate', { target: DANA, at: at('12T10:20'), place: NEAR }),
    ],
    tuning: { ownNetworks: ['192.0.2.0/24'] },
  },
  {
    title: 'a new phone on another network of the same country, and power used in the office',
    raws: [
      ...usual,
      reset,
      signIn({ user: DANA, at: at('12T10:10'), place: NEAR }),
      factorEvent('activate', { target: DANA, at: at('12T10:20'), place: NEAR }),
      adminAppAccess({ user: DANA, at: at('12T14:00') }),
    ],
  },
  {
    title: 'a new phone in another office where the person was last week',
    raws: [
      signIn({ user: DANA, at: at('05T08:00'), place: LISBON_OFFICE }),
      ...usual,
      reset,
      factorEvent('activate', { target: DANA, at: at('12T10:20'), place: LISBON_OFFICE }),
    ],
  },
  {
    title: 'a new place without any change',
    raws: [...usual, newFactor, farSignIn, adminApp],
  },
  {
    title: 'a change and a new place, but neither factor nor power',
    raws: [...usual, reset, farSignIn],
  },
  {
    title: 'a sign-in from far away that failed',
    raws: [
      ...usual,
      reset,
      factorEvent('activate', { target: DANA, at: at('12T10:20') }),
      failedSignIn({ user: DANA, at: at('12T10:30'), place: FAR_AWAY }),
    ],
  },
  {
    title: 'a place that is new more than 24 hours later',
    raws: [
      ...usual,
      reset,
      factorEvent('activate', { target: DANA, at: at('12T10:20') }),
      signIn({ user: DANA, at: at('13T10:01'), place: FAR_AWAY }),
    ],
  },
  {
    title: 'a change that failed',
    raws: [
      ...usual,
      factorEvent('reset_all', { actor: LIN, target: DANA, at: at('12T10:00'), result: 'FAILURE' }),
      newFactor,
      farSignIn,
    ],
  },
  {
    title: 'a password that its owner changed',
    raws: [...usual, passwordChange({ target: DANA, at: at('12T10:00') }), newFactor, farSignIn],
  },
  {
    title: 'somebody else’s new factor',
    raws: [
      ...usual,
      reset,
      factorEvent('activate', { target: LIN, at: at('12T10:20'), place: FAR_AWAY }),
      farSignIn,
    ],
  },
  {
    title: 'a new place that is an own network',
    raws: [...attack, adminApp],
    tuning: { ownNetworks: ['203.0.113.0/24'] },
  },
  {
    title: 'a factor that Okta enrolled by itself',
    raws: [
      ...usual,
      factorEvent('activate', { actor: OKTA_SYSTEM, target: DANA, at: at('12T10:00') }),
      farSignIn,
      adminApp,
    ],
  },
  {
    title: 'a newcomer who was given a key for the first day',
    raws: [
      composeEvent({
        eventType: 'user.lifecycle.create',
        at: at('12T09:00'),
        actor: LIN,
        targets: [DANA],
      }),
      factorEvent('activate', { actor: LIN, target: DANA, at: at('12T10:00') }),
      farSignIn,
    ],
  },
  {
    title: 'a first factor given to somebody whose account was made long ago',
    raws: [factorEvent('activate', { actor: LIN, target: DANA, at: at('12T10:00') }), farSignIn],
  },
  {
    title: 'a newcomer who was invited again, weeks after the account was made',
    raws: [reactivated('reactivate'), newFactor, farSignIn],
  },
  {
    title: 'an administrator on a journey whom the personnel system let in again after a leave',
    raws: [
      ...usual,
      reactivated('unsuspend', { actor: OKTA_SYSTEM, place: null }),
      newFactor,
      adminApp,
    ],
  },
  {
    title: 'a factor given by the help desk and used at home',
    raws: [
      ...usual,
      factorEvent('activate', { actor: LIN, target: DANA, at: at('12T10:00') }),
      signIn({ user: DANA, at: at('12T10:30') }),
    ],
  },
  {
    title: 'a newcomer, to whom every place is new',
    raws: [
      composeEvent({
        eventType: 'user.lifecycle.create',
        at: at('12T09:00'),
        actor: LIN,
        targets: [DANA],
      }),
      reset,
      newFactor,
      farSignIn,
    ],
  },
  {
    title: 'a proxy that the person always uses',
    raws: [
      signIn({ user: DANA, at: at('10T08:00'), place: ANONYMIZER }),
      reset,
      factorEvent('activate', { target: DANA, at: at('12T10:20'), place: ANONYMIZER }),
    ],
  },
  {
    title: 'another exit of the private relay that the person always uses',
    raws: [
      signIn({ user: DANA, at: at('10T08:00'), place: RELAY, ...byRelay }),
      reset,
      factorEvent('activate', {
        target: DANA,
        at: at('12T10:20'),
        place: OTHER_EXIT,
        ...byRelay,
      }),
    ],
  },
];

describe('a takeover chain', () => {
  test.each([
    ['a network that is new in a known country', NEAR],
    ['a network of which no country is known', { ...FAR_AWAY, country: null, city: null }],
  ])('that used power from %s has to be explained, and is no evidence', (_, place) => {
    const [match, ...others] = find([
      ...usual,
      reset,
      factorEvent('activate', { target: DANA, at: at('12T10:20'), place: place as typeof NEAR }),
      adminAppAccess({ user: DANA, at: at('12T10:40'), place: place as typeof NEAR }),
    ]);
    expect(others).toEqual([]);
    expect(match).toMatchObject({ circumstances: [], severity: 'high' });
    expect(match?.facts['newPlaces']).toEqual([expect.stringContaining('a new network')]);
    expect(match?.facts['actsOfPower']).toEqual(['user.session.access_admin_app']);
  });

  test('that used power from the country of an office is no evidence where the office is an own network', () => {
    const work = adminAppAccess({ user: DANA, at: at('12T10:40'), place: NEAR });
    const [match] = find([...usual, reset, work], { ownNetworks: ['192.0.2.0/24'] });
    expect(match).toMatchObject({ circumstances: [], severity: 'high' });
  });

  test('names the address of the first use, where the network has others', () => {
    const later = signIn({
      user: DANA,
      at: at('12T10:35'),
      place: { ...FAR_AWAY, address: '203.0.113.250' },
    });
    const [match] = find([...attack, later]);
    expect(match?.facts['newPlaces']).toEqual(['203.0.113.66 (Auckland, New Zealand)']);
    expect(match?.summary).toContain('used from 203.0.113.66 ');
  });

  test('is a change, a new factor and a use from a network and country never seen', () => {
    const [match, ...others] = find(attack);
    expect(others).toEqual([]);
    expect(match?.circumstances).toEqual([]);
    expect(match?.severity).toBe('high');
    expect(match?.anchor.eventType).toBe('user.mfa.factor.reset_all');
    expect(match?.group).toEqual([DANA.id]);
    expect(match?.facts).toEqual({
      newPlaces: ['203.0.113.66 (Auckland, New Zealand)'],
      newFactors: 1,
      actsOfPower: [],
      minutesToUse: 20,
      baseline: 'not seen there in the 14 days before, the last hour aside',
    });
    expect(match?.summary).toBe(
      'After a credential change of dana.reyes@example.com by helpdesk.lin@example.com at 2024-03-12 10:00 UTC, the account enrolled a new factor and was used from 203.0.113.66 (Auckland, New Zealand).',
    );
  });

  test('is evidence once power was used from there', () => {
    const [match] = find([...attack, adminApp]);
    expect(match?.circumstances).toEqual(['privileged-follow-up']);
    expect(match?.severity).toBe('critical');
    expect(match?.summary).toMatch(
      /enrolled a new factor, was used from 203\.0\.113\.66 \(.*\) and used administrator power from there\.$/,
    );
    expect(match?.events.map((event) => event.eventType)).toEqual([
      'user.mfa.factor.reset_all',
      'user.mfa.factor.activate',
      'user.session.access_admin_app',
    ]);
  });

  test('names whose credentials were changed, also where they did something to others in the end', () => {
    const grant = privilegeGrant({
      actor: DANA,
      target: person('j.ortiz@example.com'),
      at: at('12T10:45'),
      place: FAR_AWAY,
    });
    const [match] = find([...attack, grant]);
    expect(match?.events.map(({ eventType }) => eventType)).toContain(grant['eventType']);
    expect(match?.target).toMatchObject({ login: 'dana.reyes@example.com' });
  });

  test('is none where power was used before the session turned up in the new place', () => {
    const earlier = adminAppAccess({ user: DANA, at: at('12T10:10'), session: 'shared' });
    const moved = signIn({ user: DANA, at: at('12T10:40'), session: 'shared', place: FAR_AWAY });
    const [match] = find([...usual, reset, newFactor, earlier, moved]);
    expect(match?.circumstances).toEqual([]);
    expect(find([...usual, reset, earlier, moved])).toEqual([]);
  });

  test('does not take a place for usual because of what happened at the moment of the change', () => {
    const same = signIn({ user: DANA, at: at('12T10:00'), place: FAR_AWAY });
    expect(find([...usual, reset, newFactor, same, farSignIn])).toHaveLength(1);
  });

  test.each(['UNANSWERED', 'ABANDONED'])(
    'does not take a place for usual because of a push from there whose outcome is %s',
    (result) => {
      const push = composeEvent({
        eventType: 'user.authentication.auth_via_mfa',
        at: at('12T08:40'),
        actor: DANA,
        place: FAR_AWAY,
        result,
      });
      expect(find([...attack, push])).toHaveLength(1);
    },
  );

  test('does not take a place for usual because a right password was entered there', () => {
    const enter = (factor: string) =>
      composeEvent({
        eventType: 'user.authentication.auth_via_mfa',
        at: at('10T09:40'),
        actor: DANA,
        targets: [DANA],
        place: FAR_AWAY,
        debugData: { factor },
      });
    expect(find([...attack, enter('PASSWORD_AS_FACTOR')])).toHaveLength(1);
    expect(find([...attack, enter('password_as_factor')])).toHaveLength(1);
    expect(find([...attack, enter('OKTA_VERIFY_PUSH')])).toEqual([]);
  });

  test('knows a password by its authenticator where the record keeps no factor', () => {
    const enter = (displayName: string) =>
      composeEvent({
        eventType: 'user.authentication.auth_via_mfa',
        at: at('10T09:40'),
        actor: DANA,
        targets: [DANA, thing('AuthenticatorEnrollment', displayName)],
        place: FAR_AWAY,
      });
    expect(find([...attack, enter('Password')])).toHaveLength(1);
    expect(find([...attack, enter('password')])).toHaveLength(1);
    expect(find([...attack, enter('Okta Verify')])).toEqual([]);
  });

  describe('where a program acts with a token of the person', () => {
    const grant = (time: string, apiTokenId: string) =>
      composeEvent({
        eventType: 'user.account.privilege.grant',
        at: at(time),
        actor: DANA,
        targets: [LIN],
        place: { ...FAR_AWAY, address: '198.51.100.28', asNumber: 64509 },
        ...(apiTokenId === '' ? {} : { apiTokenId }),
      });

    test('takes a reset that it made for the begin all the same', () => {
      const byToken = factorEvent('reset_all', {
        actor: LIN,
        target: DANA,
        at: at('12T10:00'),
        apiTokenId: '00Tpipeline',
      });
      expect(find([...usual, byToken, newFactor, farSignIn])).toHaveLength(1);
    });

    test('does not take its country for usual', () => {
      expect(find([...attack, grant('10T03:00', '00Tpipeline')])).toHaveLength(1);
      expect(find([...attack, grant('10T03:00', '')])).toEqual([]);
    });

    test('does not take its place for a new one of the person', () => {
      const atHome = factorEvent('activate', { target: DANA, at: at('12T10:20') });
      expect(find([...usual, reset, atHome, grant('12T20:00', '00Tpipeline')])).toEqual([]);
      expect(find([...usual, reset, atHome, grant('12T20:00', '')])).toHaveLength(1);
    });
  });

  describe('where Okta itself signs an administrator in to the Admin Console', () => {
    const OKTA: Place = { ...FAR_AWAY, address: '198.51.100.28', asNumber: 64509 };
    const byAgent = { ...OKTA, rawUserAgent: 'Okta-Integrations', os: 'Unknown' };
    const byClient = (raw: RawEvent): RawEvent => ({
      ...raw,
      client: { ...Object(raw['client']), id: 'okta.b58d5b75-07d4-5f25-bf59-368a1261a405' },
    });
    const open = (time: string, place: Place) =>
      composeEvent({
        eventType: 'user.authentication.sso',
        at: at(time),
        actor: DANA,
        targets: [thing('AppInstance', 'Okta Admin Console')],
        place,
      });

    test('takes a reset from there for the begin all the same', () => {
      const fromConsole = byClient(reset);
      expect(find([...usual, fromConsole, newFactor, farSignIn])).toHaveLength(1);
      expect(find([...usual, reset, farSignIn, byClient(adminApp)])).toHaveLength(1);
    });

    test('does not take Okta’s country for usual', () => {
      const lowered = { ...byAgent, rawUserAgent: 'okta-integrations' };
      expect(find([...attack, open('10T09:40', byAgent)])).toHaveLength(1);
      expect(find([...attack, open('10T09:40', lowered)])).toHaveLength(1);
      expect(find([...attack, byClient(open('10T09:40', OKTA))])).toHaveLength(1);
      expect(find([...attack, open('10T09:40', OKTA)])).toEqual([]);
    });

    test('does not take Okta’s address for a new place', () => {
      const atHome = factorEvent('activate', { target: DANA, at: at('12T10:20') });
      expect(find([...usual, reset, atHome, open('12T10:40', byAgent)])).toEqual([]);
      expect(find([...usual, reset, atHome, byClient(open('12T10:40', OKTA))])).toEqual([]);
      expect(find([...usual, reset, atHome, open('12T10:40', OKTA)])).toHaveLength(1);
    });
  });

  test('does not take a place for usual that was new in the hour before the change', () => {
    const stolen = (time: string) => signIn({ user: DANA, at: at(time), place: FAR_AWAY });
    expect(find([...attack, stolen('12T09:40')])).toHaveLength(1);
    expect(find([stolen('12T09:40'), ...attack])).toHaveLength(1);
    expect(find([...attack, stolen('12T09:00')])).toHaveLength(1);
    expect(find([...attack, stolen('12T08:59')])).toEqual([]);
  });

  test('takes the last hour for usual of somebody who was seen nowhere before it', () => {
    const back = signIn({ user: DANA, at: at('12T09:40'), place: FAR_AWAY });
    expect(find([reset, newFactor, farSignIn, back])).toEqual([]);
  });

  test('needs no new factor where power was used', () => {
    const [match] = find([
      ...usual,
      passwordReset({ target: DANA, at: at('12T10:00') }),
      farSignIn,
      adminApp,
    ]);
    expect(match?.circumstances).toEqual(['privileged-follow-up']);
  });

  test('counts power as its own first sign of the new place', () => {
    const [match] = find([...usual, reset, adminApp]);
    expect(match?.circumstances).toEqual(['privileged-follow-up']);
    expect(match?.events).toHaveLength(2);
  });

  test('counts power in the session that came from there, whatever its later place', () => {
    const token = apiTokenCreation({ actor: DANA, at: at('12T11:00'), session: 'far' });
    const ours = apiTokenCreation({ actor: DANA, at: at('12T11:00'), session: 'near' });
    const story = [...usual, reset, farSignIn];
    expect(find([...story, token])[0]?.circumstances).toEqual(['privileged-follow-up']);
    expect(find([...story, ours])).toEqual([]);
  });

  test('does not take power from the usual place as the attacker’s', () => {
    const [match] = find([
      ...attack,
      adminAppAccess({ user: DANA, at: at('12T10:45'), session: 'home' }),
    ]);
    expect(match?.circumstances).toEqual([]);
  });

  test('counts a new proxy in a usual country', () => {
    const proxy = { ...BERLIN_OFFICE, address: '203.0.113.99', asNumber: 64510, isProxy: true };
    const [match] = find([
      ...usual,
      reset,
      factorEvent('activate', { target: DANA, at: at('12T10:20'), place: proxy }),
      adminAppAccess({ user: DANA, at: at('12T10:40'), place: proxy }),
    ]);
    expect(match?.circumstances).toEqual(['privileged-follow-up']);
    expect(match?.facts['newPlaces']).toEqual(['203.0.113.99 (Berlin, Germany, a proxy)']);
  });

  test.each([
    ['the private relay of somebody who never used it', usual, OTHER_EXIT, byRelay],
    [
      'an exit of the private relay in another country',
      [signIn({ user: DANA, at: at('10T08:00'), place: RELAY, ...byRelay })],
      { ...OTHER_EXIT, country: 'Portugal' },
      byRelay,
    ],
    [
      'another service of somebody who uses the private relay',
      [signIn({ user: DANA, at: at('10T08:00'), place: RELAY, ...byRelay })],
      OTHER_EXIT,
      { debugData: throughTunnel('EXAMPLE_VPN') },
    ],
  ])('counts %s', (_, before, place, details) => {
    const enrolled = factorEvent('activate', {
      target: DANA,
      at: at('12T10:20'),
      place,
      ...details,
    });
    const [match] = find([...before, reset, enrolled]);
    expect(match?.facts['newPlaces']).toEqual([expect.stringContaining('a proxy')]);
  });

  test('counts a proxy of a newcomer, to whom every other place is new', () => {
    const created = composeEvent({
      eventType: 'user.lifecycle.create',
      at: at('12T09:00'),
      actor: LIN,
      targets: [DANA],
    });
    const [match] = find([
      created,
      reset,
      factorEvent('activate', { target: DANA, at: at('12T10:20'), place: ANONYMIZER }),
    ]);
    expect(match?.facts['newPlaces']).toEqual([expect.stringContaining('a proxy')]);
  });

  test('without a baseline asks for review and says so, also where power was used', () => {
    const [match] = find([reset, newFactor, farSignIn, adminApp]);
    expect(match?.circumstances).toEqual([]);
    expect(match?.facts['baseline']).toMatch(/no sign-in .* was in reach/);
  });

  test('is evidence without a baseline too where power was used through a proxy', () => {
    const [match] = find([
      reset,
      factorEvent('activate', { target: DANA, at: at('12T10:20'), place: ANONYMIZER }),
      adminAppAccess({ user: DANA, at: at('12T10:40'), place: ANONYMIZER }),
    ]);
    expect(match?.circumstances).toEqual(['privileged-follow-up']);
  });

  test('takes nothing older than 14 days as usual', () => {
    const old = signIn({ user: DANA, at: '2024-02-27T08:59:00Z', place: FAR_AWAY });
    expect(find([old, ...attack])).toHaveLength(1);
    const recent = signIn({ user: DANA, at: '2024-02-27T09:01:00Z', place: FAR_AWAY });
    expect(find([recent, ...attack])).toHaveLength(0);
  });

  test('begins also with a temporary password that somebody was given for an expired one', () => {
    const expired = composeEvent({
      eventType: 'user.account.expire_password',
      at: at('12T10:00'),
      actor: LIN,
      targets: [DANA],
    });
    expect(find([...usual, expired, newFactor, farSignIn])).toHaveLength(1);
  });

  test('begins also with a password that its owner is said to have forgotten', () => {
    const forgotten = passwordReset({
      actor: OKTA_SYSTEM,
      target: DANA,
      at: at('12T10:00'),
      place: FAR_AWAY,
    });
    expect(find([...usual, forgotten, newFactor, farSignIn])).toHaveLength(1);
  });

  test('begins with a later change where an earlier one had no consequence', () => {
    const earlier = passwordReset({ actor: LIN, target: DANA, at: at('05T10:00') });
    const [match, ...others] = find([earlier, ...attack]);
    expect(others).toEqual([]);
    expect(match?.anchor.publishedMs).toBe(Date.parse(at('12T10:00')));
  });

  test('is one for several changes of one person in 24 hours', () => {
    const second = passwordReset({ actor: LIN, target: DANA, at: at('12T10:05') });
    const [match, ...others] = find([...attack, second]);
    expect(others).toEqual([]);
    expect(match?.events).toHaveLength(3);
    expect(match?.summary).toContain('(2 changes)');
  });

  test.each(QUIET)('is not $title', ({ raws, tuning }) => {
    expect(find(raws, tuning)).toEqual([]);
  });

  test('spans all from its first change to its last use, any of which may lie in the window', () => {
    const earlier = passwordReset({ actor: LIN, target: DANA, at: at('12T09:00') });
    const remedy = factorEvent('reset_all', { actor: LIN, target: DANA, at: at('12T15:00') });
    const [found] = find([earlier, ...attack, remedy]);
    expect(found?.events).toHaveLength(4);
    expect(found?.span).toEqual({
      sinceMs: Date.parse(at('12T09:00')),
      untilMs: Date.parse(at('12T10:30')) + 1,
    });
  });

  test('is the same whatever the order and repetition of the events', () => {
    const story = [...attack, adminApp];
    const expected = find(story);
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...story, ...story], { minLength: story.length * 2 }),
        (shuffled) => {
          expect(find(shuffled)).toEqual(expected);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('begins also with a factor that the help desk enrolled for a caller', () => {
    const given = factorEvent('activate', { actor: LIN, target: DANA, at: at('12T10:00') });
    const [match, ...others] = find([...usual, given, farSignIn]);
    expect(others).toEqual([]);
    expect(match).toMatchObject({ circumstances: [], severity: 'high' });
    expect(match?.facts).toMatchObject({ newFactors: 1, minutesToUse: 30 });
    expect(match?.summary).toBe(
      'After a credential change of dana.reyes@example.com by helpdesk.lin@example.com at 2024-03-12 10:00 UTC, the account got a new factor and was used from 203.0.113.66 (Auckland, New Zealand).',
    );
    expect(find([...usual, given, farSignIn, adminApp])[0]?.circumstances).toEqual([
      'privileged-follow-up',
    ]);
  });

  test('begins also with an account that was opened again', () => {
    for (const how of ['reactivate', 'unsuspend'] as const) {
      const [match] = find([...usual, reactivated(how), newFactor]);
      expect(match?.summary).toMatch(
        /^After the reactivation of dana\.reyes@example\.com by helpdesk\.lin@example\.com at /,
      );
    }
    const [dormant] = find([reactivated('reactivate'), newFactor, adminApp]);
    expect(dormant).toMatchObject({ circumstances: [], severity: 'critical' });
  });

  test('begins also with a factor that was suspended', () => {
    const suspended = factorEvent('suspend', { actor: LIN, target: DANA, at: at('12T10:00') });
    expect(find([...usual, suspended, newFactor])).toHaveLength(1);
  });

  test('counts a device that its owner enrolled', () => {
    const device = composeEvent({
      eventType: 'device.enrollment.create',
      at: at('12T10:20'),
      actor: DANA,
      place: FAR_AWAY,
    });
    expect(find([...usual, reset, device])[0]?.facts).toMatchObject({
      newFactors: 1,
      minutesToUse: 20,
    });
  });

  test('reads no sign-ins where a change had no consequence', () => {
    const run = createTakeoverChain({ tuning: NO_TUNING }).begin();
    run.accept(toEvent(reset));
    run.accept(toEvent(factorEvent('activate', { target: LIN, at: at('12T10:20') })));
    expect(run.follow?.()).toEqual([]);
  });

  test('reads what candidates did from 14 days before, and what was done to them', () => {
    const run = createTakeoverChain({ tuning: NO_TUNING }).begin();
    const other = passwordReset({ actor: DANA, target: LIN, at: at('11T10:00') });
    for (const raw of [other, reset, newFactor]) run.accept(toEvent(raw));
    expect(
      run
        .follow?.()
        .map(({ field, values, window }) => [
          field,
          values,
          new Date(window.sinceMs).toISOString(),
        ]),
    ).toEqual([
      ['actor.id', [DANA.id], '2024-02-27T09:00:00.000Z'],
      ['target.id', [DANA.id], '2024-02-27T09:00:00.000Z'],
    ]);
  });
});
