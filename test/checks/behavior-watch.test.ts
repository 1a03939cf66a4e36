import { expect, test } from 'vitest';
import { beginBehaviorWatch } from '../../src/checks/behavior-watch.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import { toEvent } from './to-event.ts';

const AT = '2026-01-14T15:02:00Z';

function isUntold(...records: readonly RawEvent[]): boolean {
  const watch = beginBehaviorWatch();
  for (const record of records) {
    watch.accept(toEvent({ eventType: 'user.session.start', published: AT, ...record }));
  }
  return watch.isUntold();
}

const debugging = (debugData: RawEvent): RawEvent => ({ debugContext: { debugData } });

test.each<[string, RawEvent]>([
  ['without debug data', {}],
  ['with other debug data', debugging({ risk: '{level=LOW}' })],
  ['with an evaluation of nothing', debugging({ behaviors: '{}' })],
  [
    'with a risk that is only logged',
    debugging({ logOnlySecurityData: '{"risk":{"level":"LOW"},"behaviors":{}}' }),
  ],
  ['with an empty list of behaviours', { securityContext: { userBehaviors: [] } }],
])('a sign-in %s says nothing of what was new', (_, record) => {
  expect(isUntold(record, record)).toBe(true);
});

test.each<[string, RawEvent]>([
  ['as text', debugging({ behaviors: '{New Device=NEGATIVE, New IP=UNKNOWN}' })],
  [
    'in what is only logged',
    debugging({ logOnlySecurityData: '{"behaviors":{"New Device":"POSITIVE"}}' }),
  ],
  [
    'in a list of its own',
    { securityContext: { userBehaviors: [{ name: 'New Device', result: 'NEGATIVE' }] } },
  ],
])('one sign-in that tells it %s is enough', (_, record) => {
  expect(isUntold({}, record, {})).toBe(false);
});

test('a log without any sign-in is a matter of coverage', () => {
  expect(isUntold()).toBe(false);
});
