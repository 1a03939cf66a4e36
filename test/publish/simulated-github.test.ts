import { afterEach, describe, expect, it } from 'vitest';
import { secondaryRateLimit } from '../simulators/github/github-faults.ts';
import { ACTIONS_TOKEN, type GitHubToken } from '../simulators/github/github-token.ts';
import {
  ACTIONS_SECRET,
  type GitHubOptions,
  type GitHubSimulator,
  startGitHub,
} from '../simulators/github/start-github.ts';

const ISSUES = '/repos/acme/security/issues';
const PERSONAL: GitHubToken = { ...ACTIONS_TOKEN, login: 'bo', kind: 'personal' };

let github: GitHubSimulator;

afterEach(() => github.close());

async function start(options: GitHubOptions = {}): Promise<void> {
  github = await startGitHub(options);
}

async function ask(
  method: string,
  path: string,
  more: { body?: unknown; secret?: string } = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${github.url}${path}`, {
    method,
    headers: { authorization: `token ${more.secret ?? ACTIONS_SECRET}` },
    ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
  });
  const body = (await response.json()) as Record<string, unknown>;
  return { status: response.status, body };
}

describe('the simulated GitHub', () => {
  it('keeps issues that were created and changed over HTTP', async () => {
    await start();
    const created = await ask('POST', ISSUES, { body: { title: 'One', body: 'first' } });
    await ask('PATCH', `${ISSUES}/1`, { body: { body: 'second', state: 'closed' } });
    const read = await ask('GET', `${ISSUES}/1`);
    expect(created.status).toBe(201);
    expect(created.body['html_url']).toBe(`${github.url}/acme/security/issues/1`);
    expect(read.body).toMatchObject({
      body: 'second',
      state: 'closed',
      closed_by: { login: 'github-actions[bot]' },
    });
  });

  it('refuses a secret that nobody gave out', async () => {
    await start();
    const answer = await ask('GET', ISSUES, { secret: 'wrong' });
    expect(answer).toMatchObject({ status: 401, body: { message: 'Bad credentials' } });
  });

  it.each([
    ['POST', ISSUES],
    ['PATCH', `${ISSUES}/1`],
    ['POST', `${ISSUES}/1/comments`],
  ])('refuses %s %s to a token that may only read issues', async (method, path) => {
    await start({ tokens: { reader: { ...ACTIONS_TOKEN, issues: 'read' } } });
    const answer = await ask(method, path, { secret: 'reader', body: { title: 'x', body: 'x' } });
    expect(answer).toMatchObject({
      status: 403,
      body: { message: 'Resource not accessible by integration' },
    });
  });

  it('does not find a repository that the token may not see', async () => {
    await start({ tokens: { other: { ...PERSONAL, repositories: ['acme/other'] } } });
    expect((await ask('GET', ISSUES, { secret: 'other' })).status).toBe(404);
    expect((await ask('GET', '/repos/acme/security', { secret: 'other' })).status).toBe(404);
  });

  it('tells who asks, by GraphQL to every token and by REST to people alone', async () => {
    await start({ tokens: { personal: PERSONAL } });
    const query = { query: '{ viewer { login } }' };
    const actions = await ask('POST', '/graphql', { body: query });
    expect(actions.body).toEqual({ data: { viewer: { login: 'github-actions[bot]' } } });
    expect((await ask('GET', '/user')).status).toBe(403);
    const person = await ask('GET', '/user', { secret: 'personal' });
    expect(person.body['login']).toBe('bo');
  });

  it('refuses a GraphQL field that GitHub does not have', async () => {
    await start();
    const answer = await ask('POST', '/graphql', { body: { query: '{ viewer { password } }' } });
    expect(answer.body['errors']).toBeDefined();
  });

  it.each(['public', 'private', 'internal'] as const)(
    'shows a %s repository',
    async (visibility) => {
      await start({ repositories: { 'acme/security': visibility } });
      const rest = await ask('GET', '/repos/acme/security');
      const query = '{ repository(owner: "acme", name: "security") { visibility } }';
      const graphql = await ask('POST', '/graphql', { body: { query } });
      expect(rest.body['visibility']).toBe(visibility);
      expect(graphql.body['data']).toEqual({
        repository: { visibility: visibility.toUpperCase() },
      });
    },
  );

  it('hides the visibility of a repository whose issues it shows', async () => {
    await start({ repositories: { 'acme/security': 'unknown' } });
    expect((await ask('GET', '/repos/acme/security')).status).toBe(404);
    expect((await ask('GET', ISSUES)).status).toBe(200);
  });

  it('refuses a new body that is too long and silently keeps the old one of an issue', async () => {
    await start();
    const long = 'x'.repeat(65_537);
    expect((await ask('POST', ISSUES, { body: { title: 'a', body: long } })).status).toBe(422);
    await ask('POST', ISSUES, { body: { title: 'a', body: 'short' } });
    const patched = await ask('PATCH', `${ISSUES}/1`, { body: { body: long } });
    expect(patched).toMatchObject({ status: 200, body: { body: 'short' } });
  });

  it('drops labels and assignees without the right to set them', async () => {
    await start({ tokens: { weak: { ...ACTIONS_TOKEN, mayLabel: false } } });
    const created = await ask('POST', ISSUES, {
      secret: 'weak',
      body: { title: 'a', labels: ['okta-audit'], assignees: ['ann'] },
    });
    expect(created).toMatchObject({ status: 201, body: { labels: [], assignees: [] } });
  });

  it('refuses an assignee who does not exist', async () => {
    await start();
    const answer = await ask('POST', ISSUES, { body: { title: 'a', assignees: ['nobody'] } });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'assignees' }] } });
  });

  it('lists pull requests among issues, and nobody who closed one', async () => {
    await start();
    await ask('POST', ISSUES, { body: { title: 'a' } });
    github.people().makePullRequest(1);
    const listed = await ask('GET', `${ISSUES}?state=all`);
    expect(listed.body).toMatchObject([{ number: 1, pull_request: {} }]);
    expect(listed.body).toMatchObject([{ closed_by: null }]);
  });

  it('lets people tick, edit, close, reopen, comment and unlabel', async () => {
    await start();
    const people = github.people();
    const number = await people.createIssue({
      login: 'ann',
      title: 'By hand',
      body: '- [ ] F-1\n- [ ] F-2',
      labels: ['okta-audit'],
    });
    await people.tick(number, 'F-2');
    await people.close(number);
    await people.addComment(number, 'Done');
    await people.removeLabel(number, 'okta-audit');
    expect(await people.readIssue(number)).toMatchObject({
      body: '- [ ] F-1\n- [x] F-2',
      isOpen: false,
      closedBy: 'ann',
      labels: [],
    });
    expect(await people.listComments(number)).toEqual([{ author: 'ann', body: 'Done' }]);
    expect(github.requests).toEqual([]);
  });

  it('keeps the history of a body, newest first, whoever changed it', async () => {
    await start();
    await ask('POST', ISSUES, { body: { title: 'a', body: '- [ ] F-1' } });
    await github.people().tick(1, 'F-1');
    await ask('PATCH', `${ISSUES}/1`, { body: { body: 'new' } });
    const query = `{ repository(owner: "acme", name: "security") {
      issue(number: 1) { userContentEdits(first: 2) { nodes { diff editor { login } } } } } }`;
    const { body } = await ask('POST', '/graphql', { body: { query } });
    expect(body['data']).toMatchObject({
      repository: {
        issue: {
          userContentEdits: {
            nodes: [
              { diff: 'new', editor: { login: 'github-actions[bot]' } },
              { diff: '- [x] F-1', editor: { login: 'ann' } },
            ],
          },
        },
      },
    });
  });

  it('breaks as often as it is told, after letting pass what it is told to', async () => {
    await start();
    github.addFault({ path: /issues/, skip: 1, effect: secondaryRateLimit(7) });
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await ask('GET', ISSUES)).status);
    expect(statuses).toEqual([200, 403, 200]);
    expect(github.requests.map((request) => request.status)).toEqual([200, 403, 200]);
  });

  it('breaks the connection before or after it has done what was asked', async () => {
    await start();
    github.addFault({ method: 'POST', effect: { kind: 'reset' } });
    github.addFault({ method: 'POST', skip: 1, effect: { kind: 'lost-answer' } });
    await expect(ask('POST', ISSUES, { body: { title: 'lost' } })).rejects.toThrow();
    await expect(ask('POST', ISSUES, { body: { title: 'done' } })).rejects.toThrow();
    const issues = await github.people().listIssues();
    expect(issues.map((issue) => issue.title)).toEqual(['done']);
  });
});
