import { describe, expect, test } from 'vitest';
import { createAddressMatcher } from '../../src/checks/address-matcher.ts';
import { isSameParty, keyOf, nameParty } from '../../src/checks/name-party.ts';
import { readPlace } from '../../src/checks/read-place.ts';
import { readSessionIds } from '../../src/checks/read-session-ids.ts';
import { readCaseNumber } from '../../src/checks/support-access/impersonation-record.ts';
import { createPlaceBaseline } from '../../src/checks/takeover/place-baseline.ts';
import type { Party } from '../../src/model/log-event.ts';
import { DAY_MS } from '../../src/model/time-window.ts';
import { composeEvent, FAR_AWAY, person } from '../simulators/okta/build-event.ts';
import { toEvent } from './to-event.ts';

const DANA = person('dana.reyes@example.com');
const NOON = Date.parse('2024-03-12T12:00:00Z');

function event(replace: Record<string, unknown>) {
  return toEvent(composeEvent({ eventType: 'user.session.start', at: NOON, actor: DANA, replace }));
}

describe('the sessions of an event', () => {
  test.each([
    { context: { externalSessionId: 'a', rootSessionId: 'a' }, ids: ['a'] },
    { context: { externalSessionId: 'a', rootSessionId: 'b' }, ids: ['a', 'b'] },
    { context: { externalSessionId: 'a' }, ids: ['a'] },
    { context: { externalSessionId: 'unknown', rootSessionId: 'b' }, ids: ['b'] },
    { context: { externalSessionId: 'a', rootSessionId: 'unknown' }, ids: ['a'] },
    { context: { externalSessionId: 'unknown', rootSessionId: 'null' }, ids: [] },
    { context: { externalSessionId: '', rootSessionId: null }, ids: [] },
    { context: null, ids: [] },
  ])('of $context are $ids', ({ context, ids }) => {
    expect(readSessionIds(event({ authenticationContext: context }))).toEqual(ids);
  });
});

describe('the support case of an event', () => {
  const named = { type: 'CaseNumber', id: 'x1', alternateId: 'unknown', displayName: '01234567' };
  test.each([
    { title: 'is the name of its target', replace: { target: [DANA, named] }, found: '01234567' },
    {
      title: 'is the login where there is no name',
      replace: { target: [{ type: 'CaseNumber', alternateId: '7' }] },
      found: '7',
    },
    {
      title: 'is the id where there is nothing else',
      replace: { target: [{ ...named, displayName: 'unknown' }] },
      found: 'x1',
    },
    { title: 'is no other target', replace: { target: [{ ...named, type: 'Case' }] }, found: null },
    {
      title: 'may stand in the debug data',
      replace: { target: null, debugContext: { debugData: { caseNumber: '9' } } },
      found: '9',
    },
    {
      title: 'is not the word unknown',
      replace: { target: [], debugContext: { debugData: { caseNumber: 'unknown' } } },
      found: null,
    },
    {
      title: 'is no number',
      replace: { target: [], debugContext: { debugData: { caseNumber: 9 } } },
      found: null,
    },
    {
      title: 'is missing where nothing is said',
      replace: { target: null, debugContext: null },
      found: null,
    },
  ])('$title', ({ replace, found }) => {
    expect(readCaseNumber(event(replace))).toBe(found);
  });
});

describe('people', () => {
  function party(parts: Partial<Party>): Party {
    return { id: null, type: 'User', login: null, name: null, ...parts };
  }

  test.each([
    {
      title: 'by id, whatever the login',
      one: party({ id: '1', login: 'a' }),
      other: party({ id: '1', login: 'b' }),
      same: true,
    },
    {
      title: 'not by login where ids differ',
      one: party({ id: '1', login: 'a' }),
      other: party({ id: '2', login: 'a' }),
      same: false,
    },
    {
      title: 'by login where an id is missing',
      one: party({ login: 'A', name: 'A' }),
      other: party({ id: '2', login: 'a' }),
      same: true,
    },
    {
      title: 'not where nothing is known',
      one: party({ name: 'A' }),
      other: party({ name: 'A' }),
      same: false,
    },
    {
      title: 'not where Okta did not know who it was',
      one: party({ id: 'unknown', login: 'a' }),
      other: party({ id: 'unknown', login: 'a' }),
      same: false,
    },
  ])('are the same $title: $same', ({ one, other, same }) => {
    expect(isSameParty(one, other)).toBe(same);
  });

  test('have their id as key, else their login, and none where nobody is known', () => {
    expect(keyOf(party({ id: '1', login: 'a' }))).toBe('1');
    expect(keyOf(party({ login: 'A@example.com', name: 'A' }))).toBe('a@example.com');
    expect(keyOf(party({ id: 'unknown', login: 'a' }))).toBeNull();
    expect(keyOf(null)).toBeNull();
  });

  test('are named by login, name or id', () => {
    expect(nameParty(party({ id: '1', login: 'a', name: 'b' }))).toBe('a');
    expect(nameParty(party({ id: '1', name: 'b' }))).toBe('b');
    expect(nameParty(party({ id: '1' }))).toBe('1');
    expect(nameParty(null)).toBeNull();
  });

  test('are named by what they are called where they are no people', () => {
    const group = { id: '00g1', type: 'UserGroup', login: 'unknown', name: 'Staff' };
    expect(nameParty(party(group))).toBe('Staff');
    expect(nameParty(party({ ...group, name: null }))).toBe('00g1');
  });
});

describe('places', () => {
  const nowhere = createAddressMatcher([]);
  function place(replace: Record<string, unknown>) {
    const raw = composeEvent({
      eventType: 'user.session.start',
      at: NOON,
      actor: DANA,
      place: FAR_AWAY,
    });
    return readPlace(toEvent({ ...raw, ...replace }), nowhere);
  }

  test('are told by the network, else by the neighbourhood of the address', () => {
    expect(place({})?.network).toBe('AS64511');
    expect(place({ securityContext: null })?.network).toBe('203.0.113');
    expect(place({ securityContext: { asNumber: 0 } })?.network).toBe('203.0.113');
    const client = { ipAddress: '2001:db8:7:1::9', geographicalContext: null };
    expect(place({ securityContext: null, client })).toMatchObject({
      network: '2001:db8:7',
      country: null,
    });
  });

  describe('through a service that hides', () => {
    const relay = '{"anonymous":true,"operator":"ICLOUD_RELAY_PROXY","type":"PROXY"}';
    const vpn = '{"anonymous":true,"operator":"EXAMPLE_VPN","type":"VPN"}';
    const told = (debugData: Record<string, unknown>, security: Record<string, unknown> = {}) =>
      place({
        securityContext: { asNumber: 64511, isProxy: true, ...security },
        debugContext: { debugData },
      })?.network;
    const listed = (...services: Record<string, unknown>[]) => ({
      ipDetails: { ipServiceCategories: services },
    });
    const relayListed = { operator: 'APPLE_ICLOUD_RELAY_PROXY', type: 'Proxy', isAnonymous: true };

    test.each([
      ['a tunnel', told({ tunnels: `[${relay}]` })],
      ['two tunnels', told({ tunnels: `[${relay}, ${relay}]` })],
      ['a category', told({}, listed(relayListed))],
      ['both', told({ tunnels: `[${relay}]`, proxyType: 'anonymous' }, listed(relayListed))],
    ])(
      'are one network in a country where it is Apple’s private relay, told by %s',
      (_, network) => {
        expect(network).toBe('private relay in New Zealand');
      },
    );

    test.each([
      ['by nothing', told({})],
      ['as another service', told({ tunnels: `[${vpn}]` })],
      ['as another beside the relay', told({ tunnels: `[${relay},${vpn}]` })],
      ['as Tor beside the relay', told({ tunnels: `[${relay}]`, proxyType: 'tor' })],
      [
        'as a category of another kind',
        told({}, listed(relayListed, { type: 'Residential Proxy' })),
      ],
      [
        'as another category beside the tunnel',
        told({ tunnels: `[${relay}]` }, listed({ operator: 'EXAMPLE_VPN' })),
      ],
      ['as no proxy', told({ tunnels: `[${relay}]` }, { isProxy: false })],
    ])('are told by their network where it is named %s', (_, network) => {
      expect(network).toBe('AS64511');
    });
  });

  test('are none without an address', () => {
    expect(place({ client: { ipAddress: 'unknown' } })).toBeNull();
  });

  test('are proxies where the flag says so, also as text', () => {
    expect(place({ securityContext: { isProxy: 'True' } })?.isProxy).toBe(true);
    expect(place({ securityContext: { isProxy: 'false' } })?.isProxy).toBe(false);
  });

  test('without a country, or in the own networks, are never new', () => {
    const baseline = createPlaceBaseline();
    const far = { network: 'AS1', country: 'A', isProxy: false, address: 'x' };
    expect(baseline.isUnseen(far, NOON)).toBe(true);
    expect(baseline.isUnseen({ ...far, country: null }, NOON)).toBe(false);
    expect(baseline.isUnseen({ ...far, network: 'own' }, NOON)).toBe(false);
  });

  test('are usual from the moment before, for 14 days', () => {
    const baseline = createPlaceBaseline();
    const far = { network: 'AS1', country: 'A', isProxy: true, address: 'x' };
    baseline.add(far, NOON);
    expect(baseline.isUnseen(far, NOON)).toBe(true);
    expect(baseline.isUnseen(far, NOON + 1)).toBe(false);
    expect(baseline.isNewProxy(far, NOON + 1)).toBe(false);
    expect(baseline.hasHistory(NOON + 14 * DAY_MS)).toBe(true);
    expect(baseline.hasHistory(NOON + 14 * DAY_MS + 1)).toBe(false);
    expect(baseline.isUnseen({ ...far, network: 'AS2' }, NOON + 1)).toBe(false);
    expect(baseline.isUnseen({ ...far, country: 'B' }, NOON + 1)).toBe(false);
  });
});
