import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const MODULE = join(import.meta.dirname, '../../src/files/clear-up-at-end.ts');

/** What a program that begins with this is ended by, and what it has written by then. */
function run(program: string): Promise<{ signal: NodeJS.Signals | null; written: string }> {
  const text = `import { clearUpAtEnd } from ${JSON.stringify(MODULE)};\n${program}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', text], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let written = '';
  child.stdout.on('data', (chunk: Buffer) => {
    written += chunk;
  });
  return new Promise((resolve) => {
    child.on('close', (_code, signal) => resolve({ signal, written }));
  });
}

const SAY = `import { writeSync } from 'node:fs';
  const say = (words) => writeSync(1, words + ';');`;

it.skipIf(process.platform === 'win32').each([
  {
    title: 'a signal that came while nobody could hear it, before it was called off',
    program: `${SAY}
      const callOff = clearUpAtEnd(() => say('cleared up'));
      process.kill(process.pid, 'SIGINT');
      callOff();
      setTimeout(() => say('went on'), 1_000);`,
    written: 'cleared up;',
  },
  {
    title: 'a signal, at which all is cleared up',
    program: `${SAY}
      clearUpAtEnd(() => say('first'));
      clearUpAtEnd(() => say('second'));
      process.kill(process.pid, 'SIGINT');
      setTimeout(() => say('went on'), 1_000);`,
    written: 'first;second;',
  },
  {
    title: 'a signal, also where something cannot be cleared up',
    program: `${SAY}
      clearUpAtEnd(() => { throw new Error('in use'); });
      process.kill(process.pid, 'SIGINT');
      setTimeout(() => say('went on'), 1_000);`,
    written: '',
  },
  {
    title: 'a signal behind what was called off in good time',
    program: `${SAY}
      clearUpAtEnd(() => say('cleared up'))();
      setTimeout(() => process.kill(process.pid, 'SIGINT'), 50);
      setTimeout(() => say('went on'), 1_000);`,
    written: '',
  },
])('ends at $title', async ({ program, written }) => {
  expect(await run(program)).toEqual({ signal: 'SIGINT', written });
});
