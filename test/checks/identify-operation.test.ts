import { expect, test } from 'vitest';
import { identifyOperation } from '../../src/checks/credential-changes/identify-operation.ts';
import { factorEvent, person, signIn } from '../simulators/okta/build-event.ts';
import { toEvent } from './to-event.ts';

const DANA = person('dana.reyes@example.com');
const LIN = person('helpdesk.lin@example.com');

function removal(at: string, transactionId: string, target = DANA) {
  const raw = factorEvent('deactivate', { actor: LIN, target, at });
  return identifyOperation(toEvent({ ...raw, transaction: { id: transactionId, type: 'WEB' } }));
}

test('events of one transaction and person are one operation, whenever they were logged', () => {
  const first = removal('2024-03-12T10:00:00Z', 't1');
  expect(removal('2024-03-12T10:00:09Z', 't1')).toBe(first);
  expect(removal('2024-03-12T10:00:00Z', 't2')).not.toBe(first);
  expect(removal('2024-03-12T10:00:00Z', 't1', LIN)).not.toBe(first);
});

test.each(['unknown', ''])(
  'where no transaction is known, as of "%s", one second of one actor is one operation',
  (transactionId) => {
    const first = removal('2024-03-12T10:00:00.100Z', transactionId);
    expect(removal('2024-03-12T10:00:00.900Z', transactionId)).toBe(first);
    expect(removal('2024-03-12T10:00:01.000Z', transactionId)).not.toBe(first);
  },
);

test('what changes no credential is an operation of its own', () => {
  const event = toEvent(signIn({ user: DANA, at: '2024-03-12T10:00:00Z' }));
  expect(identifyOperation(event)).toBe(event.uuid);
});
