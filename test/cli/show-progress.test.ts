import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { showProgress } from '../../src/cli/show-progress.ts';

it.each([true, false])('lets no file name command the terminal: %s', (isTTY) => {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 200 });
  const progress = showProgress(stream);
  progress.start('Reading a\u001b]0;owned\u0007', 10);
  progress.advance(5, 'logs.zip:b\u001b[2J\u202e.json');
  progress.finish('Read from c\u001b]52;c;eA==\u0007');
  const shown = String(stream.read());
  for (const command of ['\u001b]', '\u001b[2J', '\u0007', '\u202e']) {
    expect(shown).not.toContain(command);
  }
  expect(shown).toContain('Reading a\ufffd]0;owned\ufffd');
  if (isTTY) expect(shown).toContain('logs.zip:b\ufffd[2J\ufffd.json');
});

it('draws no time that nobody knows yet, and says of a terminal which read has ended', () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 200 });
  const progress = showProgress(stream);
  progress.start('Reading the archive', 100);
  progress.advance(0, 'a.json');
  progress.finish('2 events read.');
  const shown = String(stream.read());
  expect(shown).toContain(' 0% · 0.0 MB/s · ? left a.json');
  expect(shown).not.toMatch(/NF|·\s+·/);
  expect(shown).toMatch(/Reading the archive: 2 events read\.\n$/);
});
