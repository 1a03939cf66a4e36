import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { recallMemory } from '../../src/audit/recall-memory.ts';
import { openGitHub } from '../../src/connect/open-github.ts';
import { writeMarker } from '../../src/memory/issue-marker.ts';
import { secondaryRateLimit } from '../simulators/github/github-faults.ts';
import { ACTIONS_LOGIN } from '../simulators/github/github-token.ts';
import {
  ACTIONS_SECRET,
  type GitHubSimulator,
  startGitHub,
} from '../simulators/github/start-github.ts';

const WAIT_MS = 37_000;
const repository = { owner: 'acme', name: 'security' };

let github: GitHubSimulator;

beforeEach(async () => {
  github = await startGitHub();
  const { setTimeout } = globalThis;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((
    run: (...given: unknown[]) => void,
    delayMs?: number,
    ...given: unknown[]
  ) => setTimeout(run, delayMs === WAIT_MS ? 0 : delayMs, ...given)) as typeof setTimeout);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await github.close();
});

test('a run that waits for GitHub says so', async () => {
  github.addFault({ effect: secondaryRateLimit(WAIT_MS / 1_000) });
  const { board, told } = await openBoard();
  expect(board).not.toBeNull();
  expect(told).toEqual([expect.stringMatching(/^Waiting 37 seconds, as GitHub asks: /)]);
});

test('an issue that a later version wrote is no lost one: another beside it would forget what it knows', async () => {
  const key = '0123456789abcdef';
  const body = writeMarker({ key, memory: 'm1.x' }).replace(':v1', ':v2');
  await github.people().createIssue({ login: ACTIONS_LOGIN, title: 'Okta audit', body });
  const { board } = await openBoard();
  const found = (await board?.findIssue(key)) ?? null;
  expect(found).toMatchObject({ number: 1 });
  expect(() => recallMemory(found)).toThrow('a later version');
});

test.each([
  ['prints counts alone in a workflow, as nothing tells who reads its log', repository, false],
  ['prints the findings on a terminal', null, true],
])('without a token a run %s', async (_, workflowRepository, mayPrint) => {
  const { board, privacy } = await openGitHub({
    plan: { allowPublicRepository: false, publish: 'none', issue: null },
    surroundings: { githubApiUrl: github.url, workflowRepository },
    tell: { info: () => {}, warn: () => {} },
  });
  expect(board).toBeNull();
  expect(privacy).toMatchObject({ mayPrint, mayPublish: false });
});

test('an issue that everybody can read is not looked for', async () => {
  const open = await startGitHub({ repositories: { 'acme/security': 'public' } });
  onTestFinished(() => open.close());
  expect((await openBoard(open.url)).board).toBeNull();
});

async function openBoard(githubApiUrl = github.url) {
  const told: string[] = [];
  const { board } = await openGitHub({
    plan: {
      allowPublicRepository: false,
      publish: 'issue',
      issue: { token: ACTIONS_SECRET, repository, labels: [], assignees: [], mentions: [] },
    },
    surroundings: { githubApiUrl, workflowRepository: repository },
    tell: { info: (line) => told.push(line), warn: (line) => told.push(line) },
  });
  return { board, told };
}
