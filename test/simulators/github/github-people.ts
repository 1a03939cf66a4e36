import { isRecord } from '../../../src/model/log-event.ts';
import { actAs, type GitHubWorld, issuePath } from './github-world.ts';

/** An issue as a person sees it. */
export interface SeenIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly isOpen: boolean;
  readonly stateReason: string | null;
  readonly author: string;
  readonly closedBy: string | null;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

interface SeenComment {
  readonly author: string;
  readonly body: string;
}

/** What people do in one repository's issues, outside the audit and its requests. */
export interface GitHubPeople {
  readIssue(number: number): Promise<SeenIssue>;
  /** Every issue, open and closed, lowest number first. */
  listIssues(): Promise<SeenIssue[]>;
  listComments(number: number): Promise<SeenComment[]>;
  createIssue(issue: {
    login: string;
    title: string;
    body: string;
    labels?: readonly string[];
  }): Promise<number>;
  /** Ticks the first unticked checkbox in whose line the text stands. */
  tick(number: number, text: string): Promise<void>;
  untick(number: number, text: string): Promise<void>;
  editBody(number: number, edit: (body: string) => string): Promise<void>;
  close(number: number, login?: string): Promise<void>;
  reopen(number: number, login?: string): Promise<void>;
  addComment(number: number, body: string): Promise<void>;
  removeLabel(number: number, label: string): Promise<void>;
  /** Turns an issue into a pull request, which GitHub lists among the issues. */
  makePullRequest(number: number): void;
  /** Undoes `makePullRequest`. */
  makeIssue(number: number): void;
}

const PERSON = 'ann';

export function createPeople(world: GitHubWorld, repository: string): GitHubPeople {
  const issues = `/repos/${repository}/issues`;

  async function act(call: { login?: string; method: string; path: string; body?: unknown }) {
    const answer = await actAs(world, { ...call, login: call.login ?? PERSON });
    if (answer.status < 300) return answer.body;
    throw new Error(`${call.method} ${call.path} answered ${answer.status} to a person`);
  }

  async function readIssue(number: number): Promise<SeenIssue> {
    return toSeenIssue(await act({ method: 'GET', path: `${issues}/${number}` }));
  }

  async function editBody(number: number, edit: (body: string) => string): Promise<void> {
    const { body } = await readIssue(number);
    await act({ method: 'PATCH', path: `${issues}/${number}`, body: { body: edit(body) } });
  }

  async function setBox(number: number, box: { text: string; from: string; to: string }) {
    await editBody(number, (body) => {
      const lines = body.split('\n');
      const at = lines.findIndex((line) => line.includes(box.from) && line.includes(box.text));
      if (at < 0) throw new Error(`No checkbox ${box.from} with ${box.text} in issue ${number}`);
      return lines.map((line, i) => (i === at ? line.replace(box.from, box.to) : line)).join('\n');
    });
  }

  async function listAll(path: string): Promise<unknown[]> {
    const all: unknown[] = [];
    for (let page = 1; ; page += 1) {
      const rows = await act({ method: 'GET', path: `${path}&per_page=100&page=${page}` });
      if (!Array.isArray(rows) || rows.length === 0) return all;
      all.push(...rows);
    }
  }

  return {
    readIssue,
    editBody,
    listIssues: async () =>
      (await listAll(`${issues}?state=all&sort=created&direction=asc`)).map(toSeenIssue),
    listComments: async (number) =>
      (await listAll(`${issues}/${number}/comments?`)).map(toSeenComment),
    createIssue: async ({ login, ...body }) =>
      toSeenIssue(await act({ login, method: 'POST', path: issues, body })).number,
    tick: (number, text) => setBox(number, { text, from: '- [ ]', to: '- [x]' }),
    untick: (number, text) => setBox(number, { text, from: '- [x]', to: '- [ ]' }),
    close: async (number, login = PERSON) => {
      const body = { state: 'closed', state_reason: 'completed' };
      await act({ login, method: 'PATCH', path: `${issues}/${number}`, body });
    },
    reopen: async (number, login = PERSON) => {
      await act({ login, method: 'PATCH', path: `${issues}/${number}`, body: { state: 'open' } });
    },
    addComment: async (number, body) => {
      await act({ method: 'POST', path: `${issues}/${number}/comments`, body: { body } });
    },
    removeLabel: async (number, label) => {
      const path = `${issues}/${number}/labels/${encodeURIComponent(label)}`;
      await act({ method: 'DELETE', path });
    },
    makePullRequest: (number) => {
      world.pullRequests.add(issuePath(repository, number));
    },
    makeIssue: (number) => {
      world.pullRequests.delete(issuePath(repository, number));
    },
  };
}

function toSeenIssue(issue: unknown): SeenIssue {
  if (!isRecord(issue)) throw new Error('The emulator answered something that is no issue');
  return {
    number: Number(issue['number']),
    title: String(issue['title']),
    body: String(issue['body'] ?? ''),
    isOpen: issue['state'] === 'open',
    stateReason: issue['state_reason'] === null ? null : String(issue['state_reason']),
    author: loginOf(issue['user']) ?? 'ghost',
    closedBy: loginOf(issue['closed_by']),
    labels: listOf(issue['labels']).map((label) => String(label['name'])),
    assignees: listOf(issue['assignees']).map((user) => String(user['login'])),
  };
}

function toSeenComment(comment: unknown): SeenComment {
  if (!isRecord(comment)) throw new Error('The emulator answered something that is no comment');
  return { author: loginOf(comment['user']) ?? 'ghost', body: String(comment['body']) };
}

function loginOf(user: unknown): string | null {
  return isRecord(user) ? String(user['login']) : null;
}

function listOf(rows: unknown): Record<string, unknown>[] {
  return Array.isArray(rows) ? rows.filter(isRecord) : [];
}
