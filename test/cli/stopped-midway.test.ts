import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const SOURCES = join(import.meta.dirname, '../../src');

/** The signal that ended a program, or null where it ended by itself. */
function waitForEnd(child: ChildProcess): Promise<NodeJS.Signals | null> {
  return new Promise((resolve) => child.on('close', (_code, signal) => resolve(signal)));
}

it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
  'leaves no copy of a log behind, and tells who waits that %s ended it',
  async (signal) => {
    const temporary = mkdtempSync(join(tmpdir(), 'stopped-'));
    const child = spawn(process.execPath, [join(SOURCES, 'cli.ts'), 'audit', '--archive', '-'], {
      cwd: temporary,
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.stdin?.write('{"half a record');
    const ended = waitForEnd(child);
    await expect.poll(() => readdirSync(temporary), { timeout: 20_000 }).toHaveLength(1);
    child.kill(signal);
    expect(await ended).toBe(signal);
    expect(readdirSync(temporary)).toEqual([]);
  },
  30_000,
);

it.skipIf(process.platform === 'win32')(
  'gives the terminal its cursor and its line ends back',
  async () => {
    const program = `
      import { showProgress } from ${JSON.stringify(join(SOURCES, 'cli/show-progress.ts'))};
      process.stderr.isTTY = true;
      showProgress(process.stderr).start('Reading the archive', 100);
      setInterval(() => {}, 1_000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let shown = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      shown += chunk;
    });
    const ended = waitForEnd(child);
    await expect.poll(() => shown, { timeout: 20_000 }).toContain('\u001b[?25l');
    child.kill('SIGINT');
    expect(await ended).toBe('SIGINT');
    expect(shown.slice(shown.lastIndexOf('Reading'))).toContain('\u001b[?25h\u001b[?7h');
  },
  30_000,
);
