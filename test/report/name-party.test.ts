import { expect, it } from 'vitest';
import { nameParty } from '../../src/report/words/name-party.ts';
import { readEventRow } from '../../src/report/words/read-event-row.ts';
import { toEvent } from '../judgement/judgement-case.ts';

const APPLICATION = { id: '0oa1', type: 'PublicClientApp', login: '0oa1', name: 'HR Sync' };

it.each([
  ['HR Sync', APPLICATION],
  ['0oa1', { ...APPLICATION, name: null }],
  ['HR Sync', { ...APPLICATION, type: 'PublicClientAppEntity' }],
  ['alice@example.com', { id: '00u1', type: 'User', login: 'alice@example.com', name: 'Alice' }],
  ['Alice', { id: '00u1', type: 'User', login: 'unknown', name: 'Alice' }],
])('calls a party %s', (name, party) => {
  expect(nameParty(party)).toBe(name);
});

it('names an application in the table of events as the sentence above it does', () => {
  const event = toEvent({
    published: '2026-01-15T12:00:00.000Z',
    eventType: 'user.account.privilege.grant',
    actor: { id: '0oa1', type: 'PublicClientApp', alternateId: '0oa1', displayName: 'HR Sync' },
  });
  expect(readEventRow(event).actor).toBe('HR Sync');
});
