import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Runs the demonstration of the checkout that this program belongs to: two nights and one incident of a simulated tenant.
 * Resolves with its exit code; null where there is no checkout around the program, as in an installed package.
 */
export async function runDemo(process: NodeJS.Process): Promise<number | null> {
  const root = join(dirname(realpathSync(process.argv[1] ?? '')), '..');
  if (!existsSync(join(root, 'scripts', 'demo.ts'))) return null;
  // Through npm, which puts the Node that the checkout installed first.
  const child = spawn('npm', ['run', '--silent', 'demo'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
