import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createStoppableWaits } from '../../src/connect/stoppable-waits.ts';

const SHORT_MS = 5;
const LONGER_MS = 50;

test('a wait ends after its time until waits are stopped, and none that begins before or after that does', async () => {
  const { sleep, stop } = createStoppableWaits();
  const ended: string[] = [];
  const begin = (name: string): void => {
    void sleep(SHORT_MS).then(() => ended.push(name));
  };
  await sleep(SHORT_MS);
  begin('before');
  stop();
  begin('after');
  await wait(LONGER_MS);
  expect(ended).toEqual([]);
});
