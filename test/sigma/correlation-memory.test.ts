import { expect, test } from 'vitest';
import { measureHeap } from '../measure-heap.ts';
import { compileFiles, toEvent } from './compile-yaml.ts';

const EVENTS = 50_000;
const SESSIONS = 100;
/** The pointer that says how its record can be had again, and room to grow. */
const MOST_BYTES_OF_AN_EVENT = 20;

const TWO_NETWORKS = `title: One session on two networks
name: two-networks
correlation:
  type: value_count
  rules: [use]
  group-by: [authenticationContext.externalSessionId]
  timespan: 12h
  condition: {field: client.ipAddress, gte: 2}
---
title: Use
name: use
logsource: {product: okta}
detection:
  sel: {eventType: user.authentication.sso}
  condition: sel
`;

/** As records of an archive are: no two of them share a text. */
function makeEvent(index: number) {
  const digits = index.toString(16).padStart(12, '0');
  const session = index % SESSIONS;
  return toEvent(
    JSON.parse(
      `{"uuid": "2796c04c-4a7b-11ec-8c43-${digits}", "eventType": "user.authentication.sso",
        "client": {"ipAddress": "192.0.2.${session}"}, "authenticationContext": {"externalSessionId": "session ${session}"}}`,
    ),
    index,
  );
}

test('a correlation that may read again remembers of an archive nothing that fills the heap', () => {
  const check = compileFiles(TWO_NETWORKS).checks.find(({ id }) => id === 'two-networks');
  const run = check?.begin({ readsAgain: true });
  for (let index = 0; index < 1_000; index += 1) run?.accept(makeEvent(index));
  const before = measureHeap();
  for (let index = 1_000; index < EVENTS; index += 1) run?.accept(makeEvent(index));
  const bytes = measureHeap() - before;
  expect(bytes / EVENTS).toBeLessThan(MOST_BYTES_OF_AN_EVENT);
  expect(run?.follow?.()).toEqual([]);
});
