import { expect, it } from 'vitest';
import { shareProgress } from '../../src/connect/share-progress.ts';

function openBoth() {
  const said: string[] = [];
  const display = {
    start: (task: string) => said.push(`start ${task}`),
    advance: (done: number) => said.push(`at ${done}`),
    finish: (summary: string) => said.push(`finish ${summary}`),
  };
  const open = shareProgress(display, (line) => said.push(`line ${line}`));
  return { said, live: open(), archive: open() };
}

it('gives the display to whichever read begins first, and a line to the other', () => {
  const { said, live, archive } = openBoth();
  live.start('the log', null);
  archive.start('the archive', 100);
  live.advance(1);
  archive.advance(50);
  archive.finish('2 files');
  live.finish('1 event');
  expect(said).toEqual(['start the log', 'at 1', 'line the archive: 2 files', 'finish 1 event']);
});

it('gives it to the next read once it is free', () => {
  const { said, live, archive } = openBoth();
  live.start('the log', null);
  live.finish('1 event');
  archive.start('the archive', 100);
  archive.advance(50);
  archive.finish('2 files');
  expect(said).toEqual([
    'start the log',
    'finish 1 event',
    'start the archive',
    'at 50',
    'finish 2 files',
  ]);
});
