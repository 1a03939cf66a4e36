import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openGitHub } from '../../src/connect/open-github.ts';
import { secondaryRateLimit } from '../simulators/github/github-faults.ts';
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
  const info: string[] = [];
  const { board } = await openGitHub({
    plan: {
      allowPublicRepository: false,
      publish: 'issue',
      issue: { token: ACTIONS_SECRET, repository, labels: [], assignees: [], mentions: [] },
    },
    surroundings: { githubApiUrl: github.url, workflowRepository: repository },
    tell: { info: (line) => info.push(line), warn: (line) => info.push(line) },
  });
  expect(board).not.toBeNull();
  expect(info).toEqual([expect.stringMatching(/^Waiting 37 seconds, as GitHub asks: /)]);
});
