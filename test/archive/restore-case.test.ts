import { expect, it } from 'vitest';
import { isAttempt } from '../../src/model/log-event.ts';
import { factorEvent, person } from '../simulators/okta/build-event.ts';
import { readArchive, toLines } from './archive-workbench.ts';

it('a store that lowers all texts leaves attempts, users and what they are done to as they are', async () => {
  const record = factorEvent('deactivate', {
    actor: person('Ada@acme.example'),
    target: person('Dana@acme.example'),
    at: '2022-01-18T03:00:00.000Z',
    result: 'FAILURE',
  });
  const lowered: unknown = JSON.parse(JSON.stringify(record), (_name, value) =>
    typeof value === 'string' ? value.toLowerCase() : value,
  );
  const { events } = await readArchive({ files: { a: toLines([lowered]) } });
  expect(events.map(({ raw }) => raw)).toMatchObject([
    {
      published: '2022-01-18T03:00:00.000Z',
      actor: { type: 'User', alternateId: 'ada@acme.example' },
      outcome: { result: 'FAILURE' },
      target: [{ type: 'User' }, { type: 'AuthenticatorEnrollment' }],
      transaction: { type: 'WEB' },
    },
  ]);
  expect(events.every(isAttempt)).toBe(true);
});

it.each([
  ['actor', { type: 'user' }, { type: 'User' }],
  ['actor', { type: 'publicclientappentity' }, { type: 'PublicClientAppEntity' }],
  ['outcome', { result: 'failure' }, { result: 'FAILURE' }],
  ['outcome', { result: 'Failure' }, { result: 'FAILURE' }],
  ['target', [{ type: 'appinstance' }], [{ type: 'AppInstance' }]],
  ['target', [{ type: 'appInstance' }], [{ type: 'AppInstance' }]],
  ['transaction', { type: 'web' }, { type: 'WEB' }],
])('one that lowers the %s alone does so too', async (part, lowered, whole) => {
  const record = factorEvent('deactivate', {
    actor: person('ada@acme.example'),
    target: person('dana@acme.example'),
    at: '2022-01-18T03:00:00.000Z',
  });
  const { events } = await readArchive({ files: { a: toLines([{ ...record, [part]: lowered }]) } });
  expect(events[0]?.raw[part]).toEqual(whole);
});
