import { describe, expect, test } from 'vitest';
import { beginInvestigations } from '../../src/checks/investigations/investigate.ts';
import { needFocus } from '../../src/checks/investigations/investigation-needs.ts';
import type { Focus } from '../../src/model/audit-plan.ts';
import type { Investigations } from '../../src/model/judged-audit.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import {
  adminAppAccess,
  BERLIN_OFFICE,
  composeEvent,
  FAR_AWAY,
  factorEvent,
  failedSignIn,
  impersonationEvent,
  LISBON_OFFICE,
  passwordChange,
  passwordReset,
  person,
  signIn,
} from '../simulators/okta/build-event.ts';
import { toEvent } from './to-event.ts';

const DANA = person('dana.reyes@example.com');
const LIN = person('helpdesk.lin@example.com');
const ENGINEER = person('engineer@support.example');
const WINDOW = { sinceMs: Date.parse('2022-01-16'), untilMs: Date.parse('2022-01-22') };

function at(dayAndTime: string): string {
  return `2022-01-${dayAndTime}:00Z`;
}

function investigate(raws: readonly RawEvent[], focus: readonly Focus[] = []): Investigations {
  const investigator = beginInvestigations({ focus, window: WINDOW });
  for (const raw of raws) investigator.accept(toEvent(raw));
  return investigator.finish();
}

describe('credential changes', () => {
  test('are listed in the order of time with actor, target, address and attribution', () => {
    const { credentialChanges } = investigate([
      passwordReset({ actor: LIN, target: DANA, at: at('18T10:00') }),
      passwordChange({ target: DANA, at: at('17T10:00'), place: LISBON_OFFICE }),
    ]);
    expect(credentialChanges).toEqual([
      {
        atMs: Date.parse(at('17T10:00')),
        eventType: 'user.account.update_password',
        actor: 'dana.reyes@example.com',
        target: 'dana.reyes@example.com',
        address: LISBON_OFFICE.address,
        attribution: 'self',
      },
      {
        atMs: Date.parse(at('18T10:00')),
        eventType: 'user.account.reset_password',
        actor: 'helpdesk.lin@example.com',
        target: 'dana.reyes@example.com',
        address: BERLIN_OFFICE.address,
        attribution: 'administrator',
      },
    ]);
  });

  test('of one operation are one', () => {
    const raws = ['SIGNED_NONCE', 'OKTA_VERIFY_PUSH', 'OKTA_SOFT_TOKEN'].map((factor) =>
      factorEvent('deactivate', {
        actor: LIN,
        target: DANA,
        at: at('18T10:00'),
        factor,
        transactionId: 't1',
      }),
    );
    expect(investigate(raws).credentialChanges).toHaveLength(1);
  });

  test.each([
    {
      title: 'outside the window',
      raw: passwordReset({ actor: LIN, target: DANA, at: at('22T00:00') }),
    },
    {
      title: 'that failed',
      raw: passwordReset({ actor: LIN, target: DANA, at: at('18T10:00'), result: 'FAILURE' }),
    },
    {
      title: 'that are one’s own new factor',
      raw: factorEvent('activate', { target: DANA, at: at('18T10:00') }),
    },
    { title: 'that are none', raw: signIn({ user: DANA, at: at('18T10:00') }) },
  ])('$title are left out', ({ raw }) => {
    expect(investigate([raw]).credentialChanges).toEqual([]);
  });

  test.each([
    ['PublicClientApp', '0oa1'],
    ['PublicClientAppEntity', 'unknown'],
  ])('by an application (%s) name it, and not its login %s', (type, alternateId) => {
    const app = { ...LIN, type, alternateId, displayName: 'Terraform' };
    const raw = passwordReset({ actor: app, target: DANA, at: at('18T10:00') });
    expect(investigate([raw]).credentialChanges[0]?.actor).toBe('Terraform');
  });

  test('a factor that somebody else enrolled is one', () => {
    const raw = factorEvent('activate', { actor: LIN, target: DANA, at: at('18T10:00') });
    expect(investigate([raw]).credentialChanges).toHaveLength(1);
  });

  test('inside a support session are support’s, also where the session was read later', () => {
    const { credentialChanges } = investigate([
      passwordReset({ actor: LIN, target: DANA, at: at('18T10:00'), session: 's1' }),
      impersonationEvent('initiate', { actor: ENGINEER, at: at('18T09:00'), session: 's1' }),
    ]);
    expect(credentialChanges[0]?.attribution).toBe('support-impersonation');
  });

  test('that name a support session after its end are nobody’s', () => {
    const { credentialChanges } = investigate([
      impersonationEvent('initiate', { actor: ENGINEER, at: at('18T09:00'), session: 's1' }),
      impersonationEvent('end', { actor: ENGINEER, at: at('18T09:30'), session: 's1' }),
      passwordReset({ actor: LIN, target: DANA, at: at('18T10:00'), session: 's1' }),
    ]);
    expect(credentialChanges[0]?.attribution).toBe('unknown');
  });
});

describe('a user under investigation', () => {
  const story = [
    signIn({ user: DANA, at: at('18T10:00') }),
    signIn({ user: DANA, at: at('18T11:00'), place: FAR_AWAY }),
    passwordReset({ actor: LIN, target: DANA, at: at('18T09:00') }),
    signIn({ user: LIN, at: at('18T08:00') }),
  ];

  test.each(['Dana.Reyes@example.com', DANA.id])('is found as %s', (value) => {
    const [user] = investigate(story, [{ kind: 'user', value }]).users;
    expect(user).toMatchObject({
      subject: `user:${value}`,
      firstSeenMs: Date.parse(at('18T09:00')),
      lastSeenMs: Date.parse(at('18T11:00')),
      countsByEventType: { 'user.session.start': 2, 'user.account.reset_password': 1 },
      addresses: [BERLIN_OFFICE.address, FAR_AWAY.address].sort(),
      places: ['Auckland, New Zealand', 'Berlin, Germany'],
      actors: ['dana.reyes@example.com', 'helpdesk.lin@example.com'],
    });
    expect(user?.timeline.map((row) => row.actor)).toEqual([
      'helpdesk.lin@example.com',
      'dana.reyes@example.com',
      'dana.reyes@example.com',
    ]);
  });

  test.each([0, 1])(
    'is found as a target beside another user, whoever is named first: %i',
    (index) => {
      const users = [DANA, person('deputy@example.com')];
      const raw = composeEvent({
        eventType: 'user.delegate.appointment.create',
        at: at('18T10:00'),
        actor: LIN,
        targets: users,
      });
      const value = users[index]?.alternateId ?? '';
      const [user] = investigate([raw], [{ kind: 'user', value }]).users;
      expect(user?.timeline).toHaveLength(1);
    },
  );

  test('who was never seen is still answered', () => {
    const [user] = investigate(story, [{ kind: 'user', value: 'nobody@example.com' }]).users;
    expect(user).toMatchObject({ firstSeenMs: null, lastSeenMs: null, timeline: [] });
  });

  test('is told once, although a second reading repeats the first', () => {
    const [user] = investigate([...story, ...story], [{ kind: 'user', value: DANA.id }]).users;
    expect(user?.timeline).toHaveLength(3);
    expect(user?.countsByEventType).toEqual({
      'user.session.start': 2,
      'user.account.reset_password': 1,
    });
  });

  test('asked for twice is answered once', () => {
    const focus: Focus[] = [
      { kind: 'user', value: 'dana.reyes@example.com' },
      { kind: 'user', value: 'DANA.REYES@example.com' },
    ];
    expect(investigate(story, focus).users).toHaveLength(1);
  });

  test('added before a follow-up read sees what comes from then on, in and outside the window', () => {
    const investigator = beginInvestigations({ focus: [], window: WINDOW });
    investigator.watch([{ kind: 'user', value: DANA.id }]);
    investigator.accept(toEvent(signIn({ user: DANA, at: at('25T10:00') })));
    expect(investigator.finish().users[0]?.timeline).toHaveLength(1);
  });

  test('keeps at most 5,000 rows, the earliest, and counts all', () => {
    const investigator = beginInvestigations({
      focus: [{ kind: 'user', value: DANA.id }],
      window: WINDOW,
    });
    const event = toEvent(signIn({ user: DANA, at: at('18T10:00') }));
    for (let index = 0; index < 12_000; index++) {
      investigator.accept({ ...event, uuid: `${index}`, publishedMs: event.publishedMs - index });
    }
    const [user] = investigator.finish().users;
    expect(user?.timeline).toHaveLength(5_000);
    expect(user?.timeline[0]?.atMs).toBe(event.publishedMs - 11_999);
    expect(user?.countsByEventType).toEqual({ 'user.session.start': 12_000 });
  });
});

describe('a session and a network under investigation', () => {
  const story = [
    signIn({ user: DANA, at: at('18T10:00'), session: 's1' }),
    adminAppAccess({ user: DANA, at: at('18T10:05'), session: 's1', place: FAR_AWAY }),
    signIn({ user: LIN, at: at('18T11:00'), session: 's2', place: FAR_AWAY }),
  ];

  test('a session is everything with its id', () => {
    const [session] = investigate(story, [{ kind: 'session', value: 's1' }]).sessions;
    expect(session?.timeline).toEqual([
      expect.objectContaining({
        eventType: 'user.session.start',
        address: BERLIN_OFFICE.address,
        place: 'Berlin, Germany',
        userAgent: BERLIN_OFFICE.rawUserAgent,
        outcome: 'SUCCESS',
      }),
      expect.objectContaining({
        eventType: 'user.session.access_admin_app',
        address: FAR_AWAY.address,
      }),
    ]);
  });

  test('a network says who came from it', () => {
    const [network] = investigate(story, [{ kind: 'ip', value: '203.0.113.0/24' }]).networks;
    expect(network?.actors).toEqual(['dana.reyes@example.com', 'helpdesk.lin@example.com']);
    expect(network?.timeline).toHaveLength(2);
  });

  test('what an unknown person typed as login is not repeated', () => {
    const typed = { id: 'unknown', type: 'User', alternateId: 'hunter2!', displayName: 'unknown' };
    const raw = failedSignIn({ user: typed, at: at('18T10:00'), place: FAR_AWAY });
    const [network] = investigate([raw], [{ kind: 'ip', value: FAR_AWAY.address }]).networks;
    expect(network?.actors).toEqual(['(unknown login, 8 characters)']);
  });
});

describe('what must be read around a focus', () => {
  const asked = (focus: Focus) => {
    const { eventTypes } = needFocus(focus);
    if (eventTypes.kind === 'all') return 'everything';
    return eventTypes.terms.flatMap(({ narrowings }) =>
      narrowings.map(({ field, values }) => `${field} ${values.join(' ')}`),
    );
  };

  test('a user by login needs logins, and one by id needs ids', () => {
    const fieldsOf = (value: string) => needFocus({ kind: 'user', value }).fields;
    expect(fieldsOf('dana@example.com')).toEqual(['actor.alternateId', 'target.alternateId']);
    expect(fieldsOf(DANA.id)).toEqual(['actor.id', 'target.id']);
  });

  test('a user by id, a user by login, a session and addresses', () => {
    expect(asked({ kind: 'user', value: DANA.id })).toEqual([
      `actor.id ${DANA.id}`,
      `target.id ${DANA.id}`,
    ]);
    expect(asked({ kind: 'user', value: 'Lin@example.com' })).toEqual([
      'actor.alternateId Lin@example.com',
      'actor.alternateId lin@example.com',
      'target.alternateId Lin@example.com',
      'target.alternateId lin@example.com',
    ]);
    expect(asked({ kind: 'session', value: 's1' })).toEqual([
      'authenticationContext.externalSessionId s1',
      'authenticationContext.rootSessionId s1',
    ]);
    expect(asked({ kind: 'ip', value: '192.0.2.0/31' })).toEqual([
      'client.ipAddress 192.0.2.0',
      'client.ipAddress 192.0.2.1',
    ]);
  });

  test('a range too large to be asked for address by address takes everything', () => {
    expect(asked({ kind: 'ip', value: '192.0.2.0/24' })).toBe('everything');
  });
});
