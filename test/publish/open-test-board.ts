import { createGitHubClient, type GitHubClient } from '../../src/publish/github-client.ts';
import { createIssueBoard, type IssueBoard } from '../../src/publish/issue-board.ts';
import { ACTIONS_LOGIN } from '../simulators/github/github-token.ts';
import { ACTIONS_SECRET, type GitHubSimulator } from '../simulators/github/start-github.ts';
import { readAnnouncedSince, readMarkerKey } from './pretended-audit.ts';

export interface TestBoard {
  readonly board: IssueBoard;
  readonly client: GitHubClient;
  readonly warnings: string[];
  /** What the client asked to wait, in milliseconds; nothing really waits. */
  readonly waits: number[];
  /** What was said about long waits. */
  readonly waitMessages: string[];
}

export interface TestBoardOptions {
  readonly secret?: string;
  readonly login?: string;
  readonly repository?: string;
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
  readonly timeoutMs?: number;
}

/** Opens a board on a simulated GitHub, with a clock that stands and a sleep that only notes. */
export function openTestBoard(github: GitHubSimulator, options: TestBoardOptions = {}): TestBoard {
  const [owner = '', name = ''] = (options.repository ?? 'acme/security').split('/');
  const warnings: string[] = [];
  const { client, waits, waitMessages } = openTestClient(github, options);
  const board = createIssueBoard({
    client,
    ownLogin: { login: options.login ?? ACTIONS_LOGIN, failure: null, doubt: null },
    repository: { owner, name },
    labels: options.labels ?? ['okta-audit'],
    assignees: options.assignees ?? [],
    readMarkerKey,
    readAnnouncedSince,
    warn: (message) => warnings.push(message),
  });
  return { board, client, warnings, waits, waitMessages };
}

export function openTestClient(
  github: Pick<GitHubSimulator, 'url'>,
  { secret = ACTIONS_SECRET, timeoutMs }: Pick<TestBoardOptions, 'secret' | 'timeoutMs'> = {},
): Pick<TestBoard, 'client' | 'waits' | 'waitMessages'> {
  const waits: number[] = [];
  const waitMessages: string[] = [];
  const client = createGitHubClient({
    token: secret,
    apiUrl: github.url,
    nowMs: () => Date.parse('2026-11-23T02:17:00Z'),
    onWait: (message) => waitMessages.push(message),
    sleep: async (durationMs) => {
      waits.push(durationMs);
    },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  return { client, waits, waitMessages };
}
