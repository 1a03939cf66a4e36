import { expect, test } from 'vitest';
import { toFindingKey } from '../../src/judgement/findings/finding-key.ts';
import { passwordReset, person, thing } from '../simulators/okta/build-event.ts';
import { makeMatch, toEvent } from './judgement-case.ts';

const LIN = person('helpdesk.lin@example.com');
const [DANA, MAX] = [person('dana.reyes@example.com'), person('max.mule@example.com')];

function keyOf(targets: readonly object[]) {
  const raw = { ...passwordReset({ actor: LIN, target: DANA, at: '2024-03-12T10:00:00Z' }) };
  return toFindingKey('check', makeMatch([toEvent({ ...raw, target: targets })])).group;
}

test('a finding is keyed by actor and users, whatever else an event names and in whatever order', () => {
  const app = thing('AppInstance', 'Payroll');
  expect(keyOf([DANA, app, MAX])).toEqual(keyOf([MAX, DANA]));
  expect(keyOf([DANA, app])).toEqual([LIN.id, DANA.id]);
});

test('who has no id is keyed by login, in whatever letters', () => {
  const nameless = (login: string) => ({ type: 'User', id: null, alternateId: login });
  const raw = passwordReset({ actor: LIN, target: DANA, at: '2024-03-12T10:00:00Z' });
  const keyed = (actor: string, target: string) => {
    const event = toEvent({ ...raw, actor: nameless(actor), target: [nameless(target)] });
    return toFindingKey('check', makeMatch([event])).group;
  };
  const group = ['lin@example.com', 'dana@example.com'];
  expect(keyed('Lin@Example.com', 'DANA@example.com')).toEqual(group);
  expect(keyed('lin@example.com', 'dana@example.com')).toEqual(group);
});
