import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startFileReading } from '../../src/sources/archive/coverage/file-reading.ts';
import type { ArchiveMember } from '../../src/sources/archive/files/archive-member.ts';
import type { MemberReader } from '../../src/sources/archive/member-reader.ts';
import {
  noteDelivered,
  noteWaiting,
  readShare,
  sharePieces,
} from '../../src/sources/archive/threads/read-share.ts';

const PIECES = Array.from(
  { length: 9 },
  (_, index): ArchiveMember => ({
    name: `${index}`,
    bytes: 1,
    range: { path: '' },
  }),
);

/** A thread that only notes what it reads. */
function startThread(shared: ReturnType<typeof sharePieces>) {
  const begun: string[] = [];
  const finished: number[] = [];
  const done = readShare(
    shared,
    async ({ name }) => {
      begun.push(name);
      return startFileReading(name);
    },
    { accept: () => {}, advance: () => {}, finish: (index) => finished.push(index) },
  );
  return { begun, finished, done };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
}

it('threads share the pieces, each of which is read once', async () => {
  const shared = sharePieces(PIECES);
  const threads = [startThread(shared), startThread(shared), startThread(shared)];
  await Promise.all(threads.map(({ done }) => done));
  expect(threads.flatMap(({ begun }) => begun).sort()).toEqual(PIECES.map(({ name }) => name));
  expect(threads.every(({ finished }) => finished.length > 0)).toBe(true);
});

it('no piece is begun while too many events wait, but for the one that they wait for', async () => {
  const shared = sharePieces(PIECES);
  noteWaiting(shared, 1_000_000);
  const { begun, done } = startThread(shared);
  await settle();
  expect(begun).toEqual(['0']);
  noteDelivered(shared, 1);
  await settle();
  expect(begun).toEqual(['0', '1']);
  noteWaiting(shared, 0);
  noteDelivered(shared, 2);
  await done;
  expect(begun).toHaveLength(9);
});

it('a piece is read on no further while too many events wait for another', async () => {
  const shared = sharePieces(PIECES.slice(0, 2));
  const steps: string[] = [];
  const read: MemberReader = async ({ name }, { waitForRoom }) => {
    steps.push(`${name} begins`);
    await settle();
    await waitForRoom?.();
    steps.push(`${name} goes on`);
    return startFileReading(name);
  };
  const intake = { accept: () => {}, advance: () => {}, finish: () => {} };
  const done = Promise.all([readShare(shared, read, intake), readShare(shared, read, intake)]);
  await setImmediate();
  noteWaiting(shared, 1_000_000);
  for (let turn = 0; turn < 3; turn += 1) await settle();
  expect(steps).toEqual(['0 begins', '1 begins', '0 goes on']);
  noteDelivered(shared, 1);
  await done;
  expect(steps.at(-1)).toBe('1 goes on');
});
