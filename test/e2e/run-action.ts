import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { INPUT_TABLE, type InputName } from '../../src/config/input-table.ts';

const SHIFT_CLOCK = join(import.meta.dirname, 'shift-clock.ts');
export const DIST = join(import.meta.dirname, '../../dist');

/** What the runner would know of the workflow that it runs. */
export interface ActionRun {
  readonly inputs: Partial<Record<InputName, string>>;
  readonly githubApiUrl?: string;
  /** `owner/name` of the repository that the workflow runs in. */
  readonly repository?: string;
  /** Moves the clock of the run to this instant. */
  readonly now?: string;
  readonly workspace?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface ActionResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly workspace: string;
}

/** Runs the built `dist/index.js` as GitHub's runner does: inputs and files through the environment, and nothing else. */
export async function runAction(run: ActionRun): Promise<ActionResult> {
  const workspace = run.workspace ?? makeDirectory();
  const protocol = makeDirectory();
  const outputPath = touch(join(protocol, 'output'));
  const summaryPath = touch(join(protocol, 'summary'));
  const statePath = touch(join(protocol, 'state'));
  const eventPath = join(protocol, 'event.json');
  writeFileSync(eventPath, JSON.stringify({ schedule: '17 2 * * *' }));
  const repository = run.repository ?? 'acme/security';
  const finished = await runNode([join(DIST, 'index.js')], {
    cwd: workspace,
    env: {
      PATH: process.env['PATH'] ?? '',
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION: 'audit',
      GITHUB_ACTOR: 'octocat',
      GITHUB_API_URL: run.githubApiUrl ?? 'http://127.0.0.1:9',
      GITHUB_GRAPHQL_URL: `${run.githubApiUrl ?? 'http://127.0.0.1:9'}/graphql`,
      GITHUB_EVENT_NAME: 'schedule',
      GITHUB_EVENT_PATH: eventPath,
      GITHUB_JOB: 'audit',
      GITHUB_OUTPUT: outputPath,
      GITHUB_REF: 'refs/heads/main',
      GITHUB_REPOSITORY: repository,
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_RUN_ID: '4711',
      GITHUB_RUN_NUMBER: '1',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_SHA: '0000000000000000000000000000000000000000',
      GITHUB_STATE: statePath,
      GITHUB_STEP_SUMMARY: summaryPath,
      GITHUB_WORKFLOW: 'Okta audit',
      GITHUB_WORKSPACE: workspace,
      RUNNER_OS: 'Linux',
      RUNNER_TEMP: protocol,
      ...(run.now === undefined ? {} : { TEST_NOW: run.now }),
      ...toInputVariables(run.inputs, repository),
      ...run.env,
    },
  });
  const outputs = parseOutputs(readFileSync(outputPath, 'utf8'));
  const summary = readFileSync(summaryPath, 'utf8');
  rmSync(protocol, { recursive: true, force: true });
  return { ...finished, outputs, summary, workspace };
}

export interface CliRun {
  readonly args: readonly string[];
  /** A copy of the built program elsewhere. */
  readonly program?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Closes the pipe that the answer goes to before anything is written. */
  readonly closesOutput?: boolean;
}

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `dist/cli.js` with a clean environment. */
export async function runCli({
  args,
  program,
  cwd,
  env,
  closesOutput,
}: CliRun): Promise<CliResult> {
  return runNode([program ?? join(DIST, 'cli.js'), ...args], {
    cwd: cwd ?? makeDirectory(),
    env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', ...env },
    closesOutput: closesOutput ?? false,
  });
}

export function makeDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'okta-audit-'));
}

function toInputVariables(inputs: ActionRun['inputs'], repository: string): Record<string, string> {
  const entries = INPUT_TABLE.map(({ name, default: fallback }) => {
    const filled = fallback === '${{ github.repository }}' ? repository : fallback;
    const value = inputs[name] ?? (filled?.startsWith('${{') ? '' : (filled ?? ''));
    return [`INPUT_${name.toUpperCase()}`, value];
  });
  return Object.fromEntries(entries);
}

function runNode(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly closesOutput?: boolean;
  },
): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', SHIFT_CLOCK, ...args], {
      cwd: options.cwd,
      env: { TMPDIR: tmpdir(), ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    if (options.closesOutput === true) child.stdout.destroy();
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

/** The form that the toolkit writes: `name<<delimiter`, value lines, `delimiter`. */
function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const pattern = /^([^\n<]+)<<(\S+)\n([\s\S]*?)\n?^\2$/gm;
  for (const [, name = '', , value = ''] of text.matchAll(pattern)) outputs[name] = value;
  return outputs;
}

function touch(path: string): string {
  writeFileSync(path, '');
  return path;
}
