import { filter as compileFilter, parse } from 'scim2-parse-filter';
import { describe, expect, test } from 'vitest';
import { writeQuery } from '../../src/judgement/findings/write-query.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import { readEvent } from '../../src/sources/archive/formats/read-event.ts';
import {
  composeEvent,
  passwordReset,
  person,
  privilegeGrant,
  signIn,
  supportToolReset,
  thing,
} from '../simulators/okta/build-event.ts';
import { at, toEvent } from './judgement-case.ts';

const dana = { ...person('dana.reyes@example.com'), id: '00udana' };
const lee = { ...person('lee.kim@example.com'), id: '00ulee' };
const time = at('2022-01-21T10:14:07');

function write(...raw: readonly RawEvent[]): string {
  return writeQuery(raw.map(toEvent));
}

test.each<[string, readonly RawEvent[], string]>([
  [
    'actor and target of one event',
    [passwordReset({ actor: dana, target: lee, at: time })],
    'eventType eq "user.account.reset_password" and actor.id eq "00udana" and target.id eq "00ulee" · since 2022-01-21T10:00:00Z until 2022-01-21T11:00:00Z',
  ],
  [
    'the actor alone where the targets differ',
    [
      passwordReset({ actor: dana, target: lee, at: time }),
      passwordReset({ actor: dana, target: person('a@example.com'), at: time + 3_600_000 }),
    ],
    'eventType eq "user.account.reset_password" and actor.id eq "00udana" · since 2022-01-21T10:00:00Z until 2022-01-21T12:00:00Z',
  ],
  [
    'the person once where they did it to themself',
    [passwordReset({ actor: dana, target: dana, at: time })],
    'eventType eq "user.account.reset_password" and actor.id eq "00udana" · since 2022-01-21T10:00:00Z until 2022-01-21T11:00:00Z',
  ],
  [
    'several event types in parentheses',
    [
      passwordReset({ actor: dana, target: lee, at: time }),
      composeEvent({
        eventType: 'user.mfa.factor.deactivate',
        at: time,
        actor: dana,
        targets: [lee],
      }),
    ],
    '(eventType eq "user.account.reset_password" or eventType eq "user.mfa.factor.deactivate") and actor.id eq "00udana" and target.id eq "00ulee" · since 2022-01-21T10:00:00Z until 2022-01-21T11:00:00Z',
  ],
  [
    'the session where nobody is known',
    [
      composeEvent({
        eventType: 'user.session.start',
        at: time,
        actor: { ...lee, id: 'unknown' },
        session: 'idx1',
      }),
    ],
    'eventType eq "user.session.start" and authenticationContext.externalSessionId eq "idx1" · since 2022-01-21T10:00:00Z until 2022-01-21T11:00:00Z',
  ],
  [
    'the events themselves where nothing else is known',
    [
      composeEvent({
        eventType: 'user.session.start',
        at: time,
        actor: { ...lee, id: 'unknown' },
        session: 'unknown',
        uuid: 'u-1',
      }),
    ],
    'uuid eq "u-1" · since 2022-01-21T10:00:00Z until 2022-01-21T11:00:00Z',
  ],
  [
    'the type where not even the uuid is Okta’s',
    [
      {
        ...composeEvent({
          eventType: 'user.session.start',
          at: time,
          actor: { ...lee, id: 'unknown' },
          session: 'unknown',
        }),
        uuid: undefined,
      },
    ],
    'eventType eq "user.session.start" · since 2022-01-21T10:00:00Z until 2022-01-21T11:00:00Z',
  ],
])('asks for %s', (_title, raw, query) => {
  expect(write(...raw)).toBe(query);
});

test('asks for the events by the ids that Okta has, however a store spells them', () => {
  const uuid = 'c7fcf5b6-7665-11ec-a40c-0123456789ab';
  const raw = composeEvent({
    eventType: 'user.session.start',
    at: time,
    actor: { ...lee, id: 'unknown' },
    session: 'unknown',
    uuid: uuid.toUpperCase(),
  });
  const event = readEvent(raw);
  expect(writeQuery(event === null ? [] : [event])).toBe(
    `uuid eq "${uuid}" · since 2022-01-21T10:00:00Z until 2022-01-21T11:00:00Z`,
  );
});

describe('the filter', () => {
  test('names who has a part in every event, where nobody did all of it or had all of it done to them', () => {
    const story = [
      passwordReset({ actor: dana, target: lee, at: time }),
      signIn({ user: lee, at: time + 60_000, session: 'new' }),
      privilegeGrant({ actor: lee, target: dana, at: time + 120_000 }),
    ];
    const filter = write(...story).split(' · ')[0] ?? '';
    expect(filter).toMatch(/ and \(actor\.id eq "00ulee" or target\.id eq "00ulee"\)$/);
    const matches = compileFilter(parse(filter));
    expect(story.map((raw) => matches(raw))).toEqual([true, true, true]);
    expect(matches(signIn({ user: dana, at: time }))).toBe(false);
  });

  test('is valid, and finds its events alone', () => {
    const raw = passwordReset({ actor: dana, target: lee, at: time });
    const matches = compileFilter(parse(write(raw).split(' · ')[0] ?? ''));
    expect(matches(raw)).toBe(true);
    expect(matches(passwordReset({ actor: dana, target: dana, at: time }))).toBe(false);
  });

  test.each(['00u" or eventType pr', '00u\\', 'a b', '"'])('leaves out the id %j', (id) => {
    const raw = passwordReset({ actor: dana, target: { ...lee, id }, at: time });
    expect(write(raw)).toBe(
      'eventType eq "user.account.reset_password" and actor.id eq "00udana" · since 2022-01-21T10:00:00Z until 2022-01-21T11:00:00Z',
    );
  });

  test('quotes an event type that was made up', () => {
    const raw = composeEvent({ eventType: 'x" or uuid pr', at: time, actor: dana });
    const matches = compileFilter(parse(write(raw).split(' · ')[0] ?? ''));
    expect(matches(raw)).toBe(true);
    expect(matches({ ...raw, eventType: 'x' })).toBe(false);
  });

  test('names no login, which somebody may have mistyped', () => {
    const query = write(
      signIn({ user: lee, at: time }),
      supportToolReset({ target: lee, at: time }),
      composeEvent({
        eventType: 'x',
        at: time,
        actor: lee,
        targets: [thing('Token', 'secret-name')],
      }),
    );
    expect(query).not.toMatch(/lee\.kim|secret-name|published/);
  });
});

test('a finding without events has no query', () => {
  expect(writeQuery([])).toBe('');
});
