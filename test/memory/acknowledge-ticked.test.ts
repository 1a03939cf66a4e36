import { expect, test } from 'vitest';
import { acknowledgeTicked } from '../../src/memory/acknowledge-ticked.ts';
import { deriveBatchId } from '../../src/model/finding-id.ts';
import type { IssueMemory, RememberedFinding } from '../../src/model/issue-memory.ts';
import { makeMemory, makeRow } from './make-finding.ts';

const ID = 'F-7Q2K4M9X';
const BATCH = deriveBatchId(makeRow());

function settle(
  row: Partial<RememberedFinding>,
  ticked: readonly string[],
  unticked: readonly string[],
  closedByPerson = false,
  changes: Partial<IssueMemory> = {},
) {
  const memory = makeMemory({ findings: [makeRow({ eventCount: 3, ...row })], ...changes });
  const ticks = { ticked: new Set(ticked), unticked: new Set(unticked) };
  const acknowledging = { ticks, closedByPerson };
  const once = acknowledgeTicked({ memory, ...acknowledging });
  expect(acknowledgeTicked({ memory: once, ...acknowledging })).toEqual(once);
  const [settled] = once.findings;
  return [settled?.status, settled?.acknowledgedCount];
}

test.each<[string, Partial<RememberedFinding>, readonly string[], readonly string[], unknown]>([
  ['a tick acknowledges as many events as were shown', {}, [ID], [], ['acknowledged', 3]],
  ['a tick on a new one too', { status: 'new' }, [ID], [], ['acknowledged', 3]],
  [
    'a tick acknowledges a reopened one as it is now',
    { acknowledgedCount: 1 },
    [ID],
    [],
    ['acknowledged', 3],
  ],
  ['a tick on the batch acknowledges its findings', {}, [BATCH], [], ['acknowledged', 3]],
  [
    'a tick on the batch says nothing of what is too weak to be listed there',
    { status: 'new' },
    [BATCH],
    [],
    ['new', null],
  ],
  [
    'nor of what a raised minimum severity has hidden since',
    { isHidden: true },
    [BATCH],
    [],
    ['open', null],
  ],
  ['and its own tick acknowledges that too', { isHidden: true }, [ID], [], ['acknowledged', 3]],
  ['an empty box leaves it open', {}, [], [ID], ['open', null]],
  [
    'an empty box leaves a reopened one with what was acknowledged of it',
    { acknowledgedCount: 1 },
    [],
    [ID],
    ['open', 1],
  ],
  ['somebody else’s tick leaves it open', {}, ['F-00000000'], [], ['open', null]],
  [
    'a kept tick keeps the count',
    { status: 'acknowledged', acknowledgedCount: 2 },
    [ID],
    [],
    ['acknowledged', 2],
  ],
  [
    'a tick that was taken away opens it',
    { status: 'acknowledged', acknowledgedCount: 2 },
    [],
    [ID],
    ['open', null],
  ],
  [
    'no box at all changes nothing',
    { status: 'acknowledged', acknowledgedCount: 2 },
    [],
    [],
    ['acknowledged', 2],
  ],
  [
    'an empty box of the batch opens nothing',
    { status: 'acknowledged', acknowledgedCount: 2 },
    [],
    [BATCH],
    ['acknowledged', 2],
  ],
  ['a suppressed one stays so', { status: 'suppressed' }, [ID], [], ['suppressed', null]],
])('%s', (_title, row, ticked, unticked, expected) => {
  expect(settle(row, ticked, unticked)).toEqual(expected);
});

test.each<[string, Partial<RememberedFinding>, string, unknown]>([
  ['what was listed', {}, ID, ['acknowledged', 3]],
  ['also what is new', { status: 'new' }, ID, ['acknowledged', 3]],
  ['what stood behind the box of its batch', {}, BATCH, ['acknowledged', 3]],
  ['not what had no box, whatever its severity', {}, 'F-00000000', ['open', null]],
  [
    'and opens nothing again',
    { status: 'acknowledged', acknowledgedCount: 2 },
    ID,
    ['acknowledged', 2],
  ],
])('closing the issue acknowledges %s', (_title, row, box, expected) => {
  expect(settle(row, [], [box], true)).toEqual(expected);
});

test.each<[string, Partial<RememberedFinding>, unknown]>([
  [
    'a tick that was taken away opens',
    { status: 'acknowledged', acknowledgedCount: 2 },
    ['open', null],
  ],
  ['an empty box stays so', {}, ['open', null]],
])('in an issue that a run left closed %s', (_title, row, expected) => {
  expect(settle(row, [], [ID], true, { leftClosed: true })).toEqual(expected);
});
