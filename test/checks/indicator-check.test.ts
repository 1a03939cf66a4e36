import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAddressMatcher, listAddresses } from '../../src/checks/address-matcher.ts';
import { createIndicatorChecks } from '../../src/checks/indicators/indicator-check.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import type { Match } from '../../src/model/match.ts';
import type { Indicator, IndicatorKind } from '../../src/model/scope.ts';
import {
  adminAppAccess,
  BERLIN_OFFICE,
  composeEvent,
  FAR_AWAY,
  failedSignIn,
  passwordReset,
  person,
  signIn,
} from '../simulators/okta/build-event.ts';
import { toEvent } from './to-event.ts';

const DANA = person('dana.reyes@example.com');
const AT = '2023-10-02T10:00:00Z';

function indicator(
  kind: IndicatorKind,
  value: string,
  strength: Indicator['strength'] = 'strong',
): Indicator {
  return { kind, value, strength, source: `https://publisher.example/${kind}` };
}

function find(listed: readonly Indicator[], raw: RawEvent): readonly Match[] {
  return createIndicatorChecks(listed).flatMap((check) => {
    const run = check.begin();
    run.accept(toEvent(raw));
    return run.finish();
  });
}

const signInFar = signIn({ user: DANA, at: AT, place: FAR_AWAY });

describe('an indicator is seen', () => {
  const seen: readonly { title: string; listed: Indicator; raw: RawEvent; isSeen: boolean }[] = [
    {
      title: 'the same address',
      listed: indicator('address', FAR_AWAY.address),
      raw: signInFar,
      isSeen: true,
    },
    {
      title: 'an address in a range',
      listed: indicator('address', '203.0.113.0/24'),
      raw: signInFar,
      isSeen: true,
    },
    {
      title: 'an address beside a range',
      listed: indicator('address', '203.0.113.0/26'),
      raw: signInFar,
      isSeen: false,
    },
    {
      title: 'an IPv6 address written otherwise',
      listed: indicator('address', '2001:DB8:0:0::1'),
      raw: signIn({ user: DANA, at: AT, place: { ...FAR_AWAY, address: '2001:db8::1' } }),
      isSeen: true,
    },
    {
      title: 'an IPv6 address in a range',
      listed: indicator('address', '2001:db8::/48'),
      raw: signIn({ user: DANA, at: AT, place: { ...FAR_AWAY, address: '2001:db8::ffff:1' } }),
      isSeen: true,
    },
    {
      title: 'no address at all',
      listed: indicator('address', '0.0.0.0/0'),
      raw: signIn({ user: DANA, at: AT, place: null }),
      isSeen: false,
    },
    {
      title: 'the network number',
      listed: indicator('asn', 'AS64511'),
      raw: signInFar,
      isSeen: true,
    },
    {
      title: 'the network number as text',
      listed: indicator('asn', '64511'),
      raw: signIn({ user: DANA, at: AT, replace: { securityContext: { asNumber: '64511' } } }),
      isSeen: true,
    },
    {
      title: 'the network number with zeros before it',
      listed: indicator('asn', 'AS0064511'),
      raw: signInFar,
      isSeen: true,
    },
    {
      title: 'a network number that only begins alike',
      listed: indicator('asn', '6451'),
      raw: signInFar,
      isSeen: false,
    },
    {
      title: 'a browser signature published with a stray blank',
      listed: indicator('user-agent', ` ${FAR_AWAY.rawUserAgent}`),
      raw: signInFar,
      isSeen: true,
    },
    {
      title: 'a browser signature logged with a stray blank',
      listed: indicator('user-agent', FAR_AWAY.rawUserAgent),
      raw: signIn({
        user: DANA,
        at: AT,
        place: { ...FAR_AWAY, rawUserAgent: `${FAR_AWAY.rawUserAgent} ` },
      }),
      isSeen: true,
    },
    {
      title: 'a browser signature that a store wrote small',
      listed: indicator('user-agent', FAR_AWAY.rawUserAgent),
      raw: signIn({
        user: DANA,
        at: AT,
        place: { ...FAR_AWAY, rawUserAgent: FAR_AWAY.rawUserAgent.toLowerCase() },
      }),
      isSeen: true,
    },
    {
      title: 'a part of a browser signature',
      listed: indicator('user-agent', 'Firefox/128.0'),
      raw: signInFar,
      isSeen: false,
    },
    {
      title: 'an account as the actor, in any case',
      listed: indicator('account', 'Dana.Reyes@EXAMPLE.com'),
      raw: signInFar,
      isSeen: true,
    },
    {
      title: 'an account that the log has in capitals',
      listed: indicator('account', 'dana.reyes'),
      raw: signIn({ user: { ...DANA, alternateId: 'DANA.REYES@EXAMPLE.COM' }, at: AT }),
      isSeen: true,
    },
    {
      title: 'an account whose accents are characters of their own',
      listed: indicator('account', 'Rene\u0301 Malherbe'),
      raw: signIn({ user: { ...DANA, displayName: 'Ren\u00e9 Malherbe' }, at: AT }),
      isSeen: true,
    },
    {
      title: 'an account as the target, by what stands before the at sign',
      listed: indicator('account', 'svc_network_backup'),
      raw: passwordReset({
        actor: DANA,
        target: { ...person('svc_network_backup@example.com'), displayName: 'Backup' },
        at: AT,
      }),
      isSeen: true,
    },
    {
      title: 'an account by its id',
      listed: indicator('account', DANA.id),
      raw: signInFar,
      isSeen: true,
    },
    {
      title: 'an account that only begins alike',
      listed: indicator('account', 'svc_network'),
      raw: passwordReset({ actor: DANA, target: person('svc_network_backup@example.com'), at: AT }),
      isSeen: false,
    },
    {
      title: 'a page',
      listed: indicator('url', '/reports/password-health/'),
      raw: adminAppAccess({
        user: DANA,
        at: AT,
        debugData: { requestUri: '/API/reports/Password-Health/x' },
      }),
      isSeen: true,
    },
    {
      title: 'another page',
      listed: indicator('url', '/reports/password-health/'),
      raw: signInFar,
      isSeen: false,
    },
  ];
  test.each(seen)('$title: $isSeen', ({ listed, raw, isSeen }) => {
    expect(find([listed], raw)).toHaveLength(isSeen ? 1 : 0);
  });
});

describe('a strong indicator', () => {
  const strong = indicator('address', FAR_AWAY.address);
  const weak = indicator('address', FAR_AWAY.address, 'weak');
  const place = FAR_AWAY;
  test.each([
    { title: 'on a sign-in', listed: [strong], raw: signInFar, counts: true },
    {
      title: 'on a failed sign-in',
      listed: [strong],
      raw: failedSignIn({ user: DANA, at: AT, place }),
      counts: false,
    },
    { title: 'on a sign-in, but weak', listed: [weak], raw: signInFar, counts: false },
    {
      title: 'as a range that holds a weak address',
      listed: [weak, indicator('address', '203.0.113.64/28')],
      raw: signInFar,
      counts: true,
    },
    {
      title: 'as an address in a weak range',
      listed: [indicator('address', '203.0.113.64/28', 'weak'), strong],
      raw: signInFar,
      counts: true,
    },
    {
      title: 'beside a weak one',
      listed: [weak, indicator('address', '203.0.113.0/24', 'weak')],
      raw: signInFar,
      counts: false,
    },
    {
      title: 'on a password reset',
      listed: [strong],
      raw: passwordReset({ actor: DANA, target: DANA, at: AT, place }),
      counts: true,
    },
    {
      title: 'on a sign-on policy that was only evaluated',
      listed: [strong],
      raw: composeEvent({
        eventType: 'policy.evaluate_sign_on',
        at: AT,
        actor: DANA,
        place,
        result: 'ALLOW',
      }),
      counts: false,
    },
    {
      title: 'on an event without an outcome',
      listed: [strong],
      raw: signIn({ user: DANA, at: AT, place, replace: { outcome: null } }),
      counts: false,
    },
  ])('$title: $counts', ({ listed, raw, counts }) => {
    const [match] = find(listed, raw);
    expect(match?.circumstances).toEqual(counts ? ['strong-indicator'] : []);
  });

  test('says its strength, its source and whom it concerns', () => {
    const raw = passwordReset({ actor: DANA, target: person('lee@example.com'), at: AT, place });
    expect(find([strong], raw)[0]?.facts).toEqual({
      indicators: [FAR_AWAY.address],
      strength: 'strong',
      publishedBy: ['https://publisher.example/address'],
      concerned: 'lee@example.com',
    });
  });

  test('is told alone of all that are listed, and weak ones apart', () => {
    const others = [indicator('address', '192.0.2.200'), indicator('address', '192.0.2.0/24')];
    const [match] = find(
      [...others, weak, indicator('address', '198.51.100.1', 'weak')],
      signInFar,
    );
    expect(match?.facts['indicators']).toEqual([weak.value]);
    expect(match?.group).toEqual([weak.value, DANA.id]);
  });

  test('never repeats what an unknown person typed as login', () => {
    const typed = { id: 'unknown', type: 'User', alternateId: 'hunter2!', displayName: 'unknown' };
    const raw = failedSignIn({ user: typed, at: AT, place });
    expect(
      JSON.stringify(find([strong], raw).map(({ facts, group }) => ({ facts, group }))),
    ).not.toContain('hunter2');
  });
});

describe('an address in the chain of proxies', () => {
  const PUBLISHED = '192.0.2.66';
  const listed = [indicator('address', PUBLISHED), indicator('address', '2001:db8:66::/48')];
  const chained = (...chain: readonly unknown[]) =>
    signIn({
      user: DANA,
      at: AT,
      place: FAR_AWAY,
      replace: { request: { ipChain: chain.map((ip) => ({ ip, version: 'V4', source: null })) } },
    });

  test('is told as said by a client or proxy where it stands before the client', () => {
    const matches = find(listed, chained(PUBLISHED, FAR_AWAY.address, '10.0.0.1'));
    expect(matches).toHaveLength(1);
    expect(matches[0]?.group).toEqual([PUBLISHED, DANA.id]);
    expect(matches[0]?.circumstances).toEqual([]);
    expect(matches[0]?.facts).toEqual({
      indicators: [PUBLISHED],
      strength: 'strong',
      publishedBy: ['https://publisher.example/address'],
      placeInChain: 'said by the client or a proxy before it',
    });
  });

  test('is one finding for everybody where it is a proxy that the network zones trust', () => {
    const [match] = find(listed, chained(FAR_AWAY.address, '2001:DB8:66::1'));
    expect(match?.group).toEqual(['2001:db8:66::/48', 'trusted-proxy']);
    expect(match?.facts['placeInChain']).toBe('a proxy that your network zones trust');
  });

  test.each([
    [`${PUBLISHED}:51234`, PUBLISHED],
    ['[2001:db8:66::1]:51234', '2001:db8:66::/48'],
    ['[2001:db8:66::1]', '2001:db8:66::/48'],
  ])('is told also as %s', (hop, value) => {
    expect(find(listed, chained(hop, FAR_AWAY.address))[0]?.group).toEqual([value, DANA.id]);
  });

  test('is told where Okta names no client', () => {
    const raw = signIn({
      user: DANA,
      at: AT,
      place: null,
      replace: { request: { ipChain: [{ ip: PUBLISHED }] } },
    });
    expect(find(listed, raw)[0]?.facts['placeInChain']).toBe(
      'said by the client or a proxy before it',
    );
  });

  test('is nothing more where the client itself came from a published one', () => {
    const own = [...listed, indicator('address', FAR_AWAY.address)];
    const matches = find(own, chained(PUBLISHED, FAR_AWAY.address));
    expect(matches.map(({ group }) => group)).toEqual([[FAR_AWAY.address, DANA.id]]);
  });

  test.each<[string, unknown]>([
    ['other addresses', { ipChain: [{ ip: '192.0.2.67' }, { ip: FAR_AWAY.address }] }],
    ['no chain', {}],
    ['no request', null],
    ['what is no list', { ipChain: PUBLISHED }],
    ['nothing in it', { ipChain: [null, { ip: null }, { ip: 'unknown' }] }],
  ])('is not seen in %s', (_, request) => {
    expect(
      find(listed, signIn({ user: DANA, at: AT, place: FAR_AWAY, replace: { request } })),
    ).toEqual([]);
  });
});

describe('events that do not say through which addresses they came', () => {
  const remarksOn = (events: readonly RawEvent[]) => {
    const checks = createIndicatorChecks([indicator('address', '192.0.2.66')]);
    const run = checks.find(({ id }) => id === 'indicator-forwarded-address')?.begin();
    for (const raw of events) run?.accept(toEvent(raw));
    return run?.remarks?.();
  };
  const unsaid = signIn({ user: DANA, at: AT, place: FAR_AWAY, replace: { request: null } });

  test('are counted, as nobody can look behind their proxies', () => {
    expect(remarksOn([unsaid, signInFar, { ...unsaid, uuid: 'other' }])).toEqual([
      '2 events do not say through which addresses they came (request.ipChain)',
    ]);
  });

  test('are none where Okta gave its chain, or nobody came from anywhere', () => {
    const job = signIn({ user: DANA, at: AT, place: null, replace: { request: null } });
    expect(remarksOn([signInFar, job])).toEqual([]);
  });
});

describe('the checks of a scope’s indicators', () => {
  test('are one for each kind that is listed', () => {
    const checks = createIndicatorChecks([
      indicator('user-agent', 'x'),
      indicator('address', '192.0.2.1', 'weak'),
      indicator('address', '192.0.2.2', 'weak'),
    ]);
    expect(checks.map(({ id, severity }) => [id, severity])).toEqual([
      ['indicator-address', 'medium'],
      ['indicator-user-agent', 'high'],
      ['indicator-forwarded-address', 'low'],
    ]);
  });

  test('are none where nothing is listed', () => {
    expect(createIndicatorChecks([])).toEqual([]);
  });

  test('tell one person’s events from another’s', () => {
    const listed = [indicator('address', FAR_AWAY.address)];
    const other = signIn({ user: person('lee@example.com'), at: AT, place: FAR_AWAY });
    const home = signIn({ user: DANA, at: AT, place: BERLIN_OFFICE });
    expect(find(listed, home)).toEqual([]);
    expect(find(listed, other)[0]?.group).not.toEqual(find(listed, signInFar)[0]?.group);
  });
});

describe('what has to be read', () => {
  const needs = (indicators: readonly Indicator[]) =>
    createIndicatorChecks(indicators).map(({ id, needs: { eventTypes } }) => [
      id,
      eventTypes.kind === 'all'
        ? 'everything'
        : eventTypes.terms.map(({ match, eventType, narrowings: [narrowing] }) =>
            [match, eventType, narrowing?.field, narrowing?.values.join(' ')].join('|'),
          ),
    ]);

  test('for single addresses and small ranges, the events from them, however IPv6 is written', () => {
    const listed = [
      indicator('address', '203.0.113.66'),
      indicator('address', '198.51.100.9/31'),
      indicator('address', '2001:DB8::1'),
    ];
    const values = [
      '203.0.113.66',
      '198.51.100.8',
      '198.51.100.9',
      '2001:db8::1',
      '2001:db8:0:0:0:0:0:1',
    ];
    expect(needs(listed)).toEqual([
      ['indicator-address', values.map((value) => `prefix||client.ipAddress|${value}`)],
      ['indicator-forwarded-address', 'everything'],
    ]);
  });

  test('for many small ranges, everything, as for a large one', () => {
    const ranges = Array.from({ length: 65 }, (_, index) =>
      indicator('address', `198.51.${index}.0/26`),
    );
    const single = indicator('address', '203.0.113.66');
    expect(needs([...ranges, single])).toEqual([
      ['indicator-address', ['prefix||client.ipAddress|203.0.113.66']],
      ['indicator-range', 'everything'],
      ['indicator-forwarded-address', 'everything'],
    ]);
  });

  test('for a large range and every other kind, everything, in checks of their own', () => {
    const listed = [
      indicator('address', '198.51.100.0/24'),
      indicator('address', '203.0.113.66'),
      indicator('user-agent', 'x'),
    ];
    expect(needs(listed)).toEqual([
      ['indicator-address', ['prefix||client.ipAddress|203.0.113.66']],
      ['indicator-range', 'everything'],
      ['indicator-user-agent', 'everything'],
      ['indicator-forwarded-address', 'everything'],
    ]);
    const far = { ...FAR_AWAY, address: '198.51.100.7' };
    expect(
      find([indicator('address', '198.51.100.0/24')], signIn({ user: DANA, at: AT, place: far })),
    ).toHaveLength(1);
  });
});

describe('addresses', () => {
  test('a range that is written from its middle is the whole range', () => {
    expect(listAddresses('198.51.100.10/30')?.[0]).toBe('198.51.100.8');
  });

  test.each(['010.0.0.1', '127.1', 'not an address', '', '999.1.1.1', '192.0.2.1/33'])(
    '%j is no address and matches nothing',
    (text) => {
      expect(createAddressMatcher([text]).find(text)).toBeNull();
      expect(listAddresses(text)).toBeNull();
    },
  );

  test('an IPv4 address inside IPv6 is that address', () => {
    expect(createAddressMatcher(['192.0.2.0/24']).find('::ffff:192.0.2.7')).toBe('192.0.2.0/24');
  });

  test.each(['::ffff:192.0.2.0/125', '::FFFF:C000:200/125'])(
    'a range %s inside IPv6 is that of IPv4',
    (range) => {
      expect(createAddressMatcher([range]).find('192.0.2.7')).toBe(range);
      expect(createAddressMatcher([range]).find('192.0.2.8')).toBeNull();
      expect(listAddresses(range)).toHaveLength(8);
      expect(listAddresses(range)).toContain('192.0.2.7');
    },
  );

  test('every address that a range is said to hold is found in it', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 27, max: 32 }), (address, prefix) => {
        const range = `${address}/${prefix}`;
        const matcher = createAddressMatcher([range]);
        const listed = listAddresses(range) ?? [];
        expect(listed).toHaveLength(2 ** (32 - prefix));
        expect(listed).toContain(address);
        for (const each of listed) expect(matcher.find(each)).toBe(range);
      }),
    );
  });
});
