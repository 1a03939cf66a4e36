import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Fault,
  type FaultEffect,
  secondaryRateLimit,
} from '../simulators/github/github-faults.ts';
import {
  apiTokenCreation,
  generateNoise,
  person,
  privilegeGrant,
} from '../simulators/okta/build-event.ts';
import type { ActionResult } from './run-action.ts';
import { type SimulatedWorld, startWorld } from './simulated-world.ts';

const MONDAY = '2026-11-23T12:17:00Z';
const LATER = '2026-11-23T15:17:00Z';
const AGAIN = '2026-11-23T16:17:00Z';

const DANA = person('dana.reyes@acme.example');
const TOKEN = apiTokenCreation({ actor: DANA, at: '2026-11-23T10:00:00Z', token: 'ci-bootstrap' });
const GRANT = privilegeGrant({
  actor: DANA,
  target: person('lee.kim@acme.example'),
  at: '2026-11-23T14:30:00Z',
});

const LIST = { method: 'GET', path: /issues\?/ };
const READ = { method: 'GET', path: /issues\/1$/ };
const WRITE = { method: 'PATCH' };
const COMMENT = { method: 'POST', path: /comments$/ };
const FORBIDDEN = answer(403, 'Resource not accessible by integration');
const NOISE = generateNoise({ seed: 5, from: '2026-11-10', to: MONDAY, count: 50 });
/** As long as a run lasts. */
const ALWAYS = 50;

let world: SimulatedWorld;

afterEach(() => world.close());

function answer(status: number, message?: string): FaultEffect {
  return { kind: 'answer', status, ...(message === undefined ? {} : { message }) };
}

/** One finding is known, another one is news to the run that meets the fault. */
async function beginWithNews(): Promise<void> {
  world = await startWorld({ events: [...NOISE, TOKEN] });
  await world.audit(MONDAY);
  world.okta.addEvents([GRANT]);
}

/** Runs while the fault lasts and reads what it left behind; afterwards everything works again. */
async function meet(fault: Omit<Fault, 'times'>): Promise<ActionResult> {
  rmSync(join(world.workspace, 'okta-audit-report'), { recursive: true, force: true });
  world.github.addFault({ ...fault, times: ALWAYS });
  const result = await world.audit(LATER);
  world.github.clearFaults();
  return result;
}

function readReport(): { verdict: string; findings: unknown[]; coverage: { state: string } } {
  return JSON.parse(readFileSync(join(world.workspace, 'okta-audit-report/report.json'), 'utf8'));
}

function listErrors({ stdout }: ActionResult): string[] {
  return stdout.split('\n').filter((line) => line.startsWith('::error'));
}

async function expectRecovery(): Promise<void> {
  const { exitCode } = await world.audit(AGAIN);
  expect(exitCode).toBe(0);
  const people = world.github.people();
  expect(await people.listIssues()).toHaveLength(1);
  const { body } = await people.readIssue(1);
  expect(body.match(/^- \[ \] \*\*F-/gm)).toHaveLength(2);
  expect(body).not.toContain('attempt failed');
  expect(await people.listComments(1)).toHaveLength(1);
}

describe('whatever GitHub refuses, the answer is told and a later run recovers', () => {
  it.each([
    ['the list of issues', LIST, FORBIDDEN, ['[github-forbidden]', 'issues: write']],
    ['the issue', READ, FORBIDDEN, ['[github-forbidden]', 'issues: write']],
    ['the issue', READ, answer(404), ['[github-not-found]', 'issue-repository']],
    ['the new text', WRITE, FORBIDDEN, ['[github-forbidden]', 'issues: write']],
    ['the new text', WRITE, answer(422, 'body is too long'), ['too long', 'minimum-severity']],
    ['the new text', WRITE, secondaryRateLimit(1), ['[github-rate-limited]', 'github-token']],
    ['the comment', COMMENT, FORBIDDEN, ['[github-forbidden]', 'issues: write']],
    ['the comment', COMMENT, answer(403, 'issue is locked'), ['unlock it']],
    ['the comment', COMMENT, answer(502), ['[github-unreachable]', 'comment on issue #1']],
  ])('%s', async (_, request, effect, words) => {
    await beginWithNews();
    const result = await meet({ ...request, effect });
    expect(result.exitCode).toBe(1);
    const [error = '', ...others] = listErrors(result);
    expect(others).toEqual([]);
    for (const word of ['acme/security', ...words]) expect(error).toContain(word);
    expect(result.stdout).toContain('NEEDS REVIEW');
    const isWritten = request === COMMENT;
    expect(result.outputs).toMatchObject({
      verdict: 'needs-review',
      'issue-number': request === LIST ? '' : '1',
      'issue-action': isWritten ? 'updated' : 'none',
    });
    const { body } = await world.github.people().readIssue(1);
    expect(body.includes('Last attempt failed')).toBe(isWritten);
    for (const told of ['Issue not written: http', 'The issue does not say that this run failed'])
      expect(result.stdout.includes(told), told).toBe(!isWritten && request !== LIST);
    expect(readReport().findings).toHaveLength(2);
    await expectRecovery();
  });
});

describe('an issue that cannot be read', () => {
  it('makes nothing clear: what waits in it is missing', async () => {
    world = await startWorld({ events: NOISE });
    world.github.addFault({ ...LIST, effect: FORBIDDEN, times: ALWAYS });
    const result = await world.audit(MONDAY);
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({ verdict: 'not-assessable', coverage: 'partial' });
    expect(readReport()).toMatchObject({
      verdict: 'not-assessable',
      coverage: {
        state: 'partial',
        holes: [{ reason: expect.stringContaining('earlier runs'), checks: [] }],
      },
    });
    world.github.clearFaults();
    expect((await world.audit(LATER)).outputs).toMatchObject({ verdict: 'no-evidence' });
  });

  it('is not written either, though by then it could be', async () => {
    await beginWithNews();
    const people = world.github.people();
    const before = await people.readIssue(1);
    world.github.addFault({ ...LIST, effect: FORBIDDEN, times: 1 });
    const result = await world.audit(LATER);
    expect(result.exitCode).toBe(1);
    expect(result.outputs).toMatchObject({ 'finding-count': '2', 'issue-action': 'none' });
    expect(await people.readIssue(1)).toEqual(before);
    expect(await people.listComments(1)).toEqual([]);
    await expectRecovery();
  });
});

describe('closing and reopening', () => {
  async function beginExplained(): Promise<void> {
    await beginWithNews();
    await world.audit(LATER);
    const people = world.github.people();
    const { body } = await people.readIssue(1);
    for (const [, id = ''] of body.matchAll(/^- \[ \] \*\*(F-\w+)/gm)) await people.tick(1, id);
  }

  it('are made up for by the next run', async () => {
    await beginExplained();
    world.github.addFault({ ...WRITE, effect: FORBIDDEN, times: ALWAYS });
    const refused = await world.audit(AGAIN);
    expect(refused.exitCode).toBe(1);
    expect(listErrors(refused).join()).toContain('issues: write');
    const people = world.github.people();
    expect((await people.readIssue(1)).isOpen).toBe(true);
    world.github.clearFaults();
    expect((await world.audit(AGAIN)).outputs).toMatchObject({ 'issue-action': 'closed' });

    world.okta.addEvents([
      apiTokenCreation({ actor: DANA, at: '2026-11-23T16:30:00Z', token: 'another' }),
    ]);
    world.github.addFault({ ...COMMENT, effect: answer(502), times: ALWAYS });
    expect((await world.audit('2026-11-23T18:17:00Z')).exitCode).toBe(1);
    const told = (await people.listComments(1)).length;
    world.github.clearFaults();
    expect((await world.audit('2026-11-23T19:17:00Z')).exitCode).toBe(0);
    expect((await people.readIssue(1)).isOpen).toBe(true);
    expect(await people.listComments(1)).toHaveLength(told + 1);
    expect(existsSync(join(world.workspace, 'okta-audit-report/report.json'))).toBe(true);
  });
});
