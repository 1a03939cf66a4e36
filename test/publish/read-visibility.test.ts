import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GitHubClient } from '../../src/publish/github-client.ts';
import { createIssueBoard, type IssueBoard } from '../../src/publish/issue-board.ts';
import {
  type GitHubSituation,
  type OwnLogin,
  readGitHubSituation,
} from '../../src/publish/read-visibility.ts';
import type { FaultEffect } from '../simulators/github/github-faults.ts';
import {
  ACTIONS_LOGIN,
  ACTIONS_TOKEN,
  type GitHubToken,
} from '../simulators/github/github-token.ts';
import {
  ACTIONS_SECRET,
  type GitHubOptions,
  type GitHubSimulator,
  startGitHub,
} from '../simulators/github/start-github.ts';
import { openTestClient } from './open-test-board.ts';
import { decideFor, KEY, readMarkerKey } from './pretended-audit.ts';

const SECURITY = { owner: 'acme', name: 'security' };
const WORKFLOWS = { owner: 'acme', name: 'workflows' };
const PERSON: GitHubToken = { ...ACTIONS_TOKEN, login: 'bo', kind: 'personal' };
const OUTAGE: FaultEffect = { kind: 'answer', status: 500 };

let github: GitHubSimulator;

afterEach(() => github.close());

async function start(options: GitHubOptions): Promise<void> {
  github = await startGitHub(options);
}

function read(secret: string | undefined, workflowRepository = SECURITY): Promise<GitHubSituation> {
  const { client } = openTestClient(github, secret === undefined ? {} : { secret });
  return readGitHubSituation(client, { workflowRepository, issueRepository: SECURITY });
}

describe('readGitHubSituation', () => {
  it.each(['public', 'private', 'internal'] as const)(
    'learns by one request that a repository is %s and who asks',
    async (visibility) => {
      await start({ repositories: { 'acme/security': visibility } });
      const known = { repository: 'acme/security', visibility, failure: null };
      expect(await read(undefined)).toEqual({
        ownLogin: { login: ACTIONS_LOGIN, failure: null, doubt: null },
        workflow: known,
        issues: known,
      });
      expect(github.requests).toHaveLength(1);
    },
  );

  it('learns the visibility of two repositories by one request', async () => {
    await start({ repositories: { 'acme/security': 'private', 'acme/workflows': 'public' } });
    const { workflow, issues } = await read(undefined, WORKFLOWS);
    expect([workflow?.visibility, issues.visibility]).toEqual(['public', 'private']);
    expect(github.requests).toHaveLength(1);
  });

  it('knows no repository of a workflow on a terminal', async () => {
    await start({});
    const { client } = openTestClient(github);
    const situation = await readGitHubSituation(client, {
      workflowRepository: null,
      issueRepository: SECURITY,
    });
    expect(situation).toMatchObject({ workflow: null, issues: { visibility: 'private' } });
  });

  it.each([
    ['of a workflow', { ...ACTIONS_TOKEN, mayUseGraphql: false }],
    ['of a person', { ...PERSON, mayUseGraphql: false }],
  ])('asks by REST with a token %s that may not use GraphQL', async (_, token) => {
    await start({ tokens: { rest: token } });
    const situation = await read('rest');
    expect(situation.ownLogin.login).toBe(token.login);
    expect(situation.issues.visibility).toBe('private');
  });

  it.each<[string, FaultEffect]>([
    ['does not know the query', graphqlErrors({ extensions: { code: 'undefinedField' } })],
    ['has no GraphQL', { kind: 'answer', status: 404 }],
    ['refuses GraphQL', { kind: 'answer', status: 403 }],
  ])('asks by REST, and doubts nothing, where a server %s', async (_, effect) => {
    await start({});
    github.addFault({ path: /graphql/, times: 9, effect });
    const { ownLogin, issues } = await read(undefined);
    expect(ownLogin).toMatchObject({ login: ACTIONS_LOGIN, failure: null, doubt: null });
    expect(issues.visibility).toBe('private');
  });

  it('takes a token whose login GitHub does not find for that of a workflow', async () => {
    await start({ tokens: { rest: { ...PERSON, mayUseGraphql: false } } });
    github.addFault({ path: /user$/, effect: { kind: 'answer', status: 404 } });
    expect((await read('rest')).ownLogin).toMatchObject({ login: ACTIONS_LOGIN, failure: null });
  });

  it('leaves a visibility unknown that GitHub does not tell, with the reason', async () => {
    await start({ repositories: { 'acme/security': 'unknown' } });
    const { issues, ownLogin } = await read(undefined);
    expect(issues).toMatchObject({ visibility: 'unknown', failure: { code: 'github-not-found' } });
    expect(issues.failure?.hint).toContain('`issue-repository`');
    expect(issues.failure?.hint).toContain('Nothing is published');
    expect(ownLogin.login).toBe(ACTIONS_LOGIN);
  });

  it('calls nothing public because something else than GitHub answers', async () => {
    await start({});
    const headers = { 'content-type': 'text/html' };
    const effect = { kind: 'answer', status: 200, body: 'Please sign in', headers } as const;
    github.addFault({ times: 99, effect });
    const { issues } = await read(undefined);
    expect(issues).toMatchObject({
      visibility: 'unknown',
      failure: { code: 'github-unexpected-response' },
    });
    expect(issues.failure?.hint).toContain('GITHUB_API_URL');
  });

  it("leaves unknown what another repository's token cannot see", async () => {
    await start({
      repositories: { 'acme/security': 'private', 'acme/workflows': 'private' },
      tokens: { narrow: { ...PERSON, repositories: ['acme/security'] } },
    });
    const { workflow, issues } = await read('narrow', WORKFLOWS);
    expect(workflow).toMatchObject({
      visibility: 'unknown',
      failure: { code: 'github-not-found' },
    });
    expect(issues.visibility).toBe('private');
  });

  it.each<[string, FaultEffect | null, string]>([
    ['a wrong token', null, 'github-credentials-rejected'],
    ['an outage', OUTAGE, 'github-unreachable'],
  ])('throws nothing for %s', async (_, effect, code) => {
    await start({});
    if (effect !== null) github.addFault({ times: 99, effect });
    const situation = await read('wrong');
    expect(situation.issues).toMatchObject({ visibility: 'unknown', failure: { code } });
    expect(situation.ownLogin).toMatchObject({ login: null, failure: { code } });
  });

  it('does not take a stumbling GitHub for one that refuses', async () => {
    await start({ tokens: { person: PERSON } });
    github.addFault({ path: /graphql/, times: 4, effect: OUTAGE });
    github.addFault({ path: /user$/, times: 4, effect: OUTAGE });
    expect((await read('person')).ownLogin.login).toBeNull();
  });
});

describe('the token of an app, whose login GraphQL alone tells', () => {
  const APP: GitHubToken = { ...ACTIONS_TOKEN, login: 'acme-audit[bot]' };
  const GRAPHQL = { path: /graphql/, times: 4 };

  beforeEach(async () => {
    await start({ tokens: { app: APP } });
    await runOnce('app');
  });

  async function runOnce(secret: string) {
    const { client, waits } = openTestClient(github, { secret });
    const { ownLogin } = await readGitHubSituation(client, {
      workflowRepository: SECURITY,
      issueRepository: SECURITY,
    });
    const board = openBoard(client, ownLogin);
    const found = await board.findIssue(KEY);
    const decide = decideFor({ run: 1, findings: ['F-1'] });
    return { waits, ...(await board.upsertIssue({ markerKey: KEY, found, decide })) };
  }

  it.each<[string, FaultEffect, string]>([
    ['has an outage', OUTAGE, 'github-unreachable'],
    ['breaks off', { kind: 'half-answer' }, 'github-unreachable'],
    ['answers 200 and that something went wrong', graphqlErrors({}), 'github-unreachable'],
    ['has no points left', graphqlErrors({ type: 'RATE_LIMITED' }), 'github-rate-limited'],
    ['has no points left, by its other word', graphqlErrors({ type: 'RATE_LIMIT' }), 'github-rate'],
  ])('makes no second issue where GraphQL %s', async (_, effect, code) => {
    github.addFault({ ...GRAPHQL, effect });
    await expect(runOnce('app')).rejects.toMatchObject({
      code: expect.stringContaining(code),
      message: expect.stringContaining('whose `github-token` is'),
    });
    expect(await github.people().listIssues()).toHaveLength(1);
    github.clearFaults();
    expect(await runOnce('app')).toMatchObject({ number: 1, action: 'unchanged' });
  });

  describe.each<[string, FaultEffect]>([
    ['refuses it', { kind: 'answer', status: 403 }],
    ['is not there', { kind: 'answer', status: 404 }],
  ])('where GraphQL %s for good', (_, effect) => {
    beforeEach(() => github.addFault({ ...GRAPHQL, times: 99, effect }));

    it('keeps the one issue that it has', async () => {
      expect(await runOnce('app')).toMatchObject({ number: 1, action: 'unchanged' });
    });

    it('keeps the one issue that it begins', async () => {
      await github.close();
      await start({ tokens: { app: APP } });
      github.addFault({ ...GRAPHQL, times: 99, effect });
      expect(await runOnce('app')).toMatchObject({ number: 1, action: 'created' });
      expect(await runOnce('app')).toMatchObject({ number: 1, action: 'unchanged' });
    });

    it("takes neither a person's issue nor one without the label for its own", async () => {
      const people = github.people();
      const { title, body, labels } = await people.readIssue(1);
      await people.removeLabel(1, 'okta-audit');
      await people.createIssue({ login: 'ann', title, body, labels });
      expect(await runOnce('app')).toMatchObject({ number: 3, action: 'created' });
      expect(await runOnce('app')).toMatchObject({ number: 3, action: 'unchanged' });
    });
  });

  it('is doubted in vain where it is that of a workflow, which has its issue', async () => {
    await github.people().close(1);
    await runOnce(ACTIONS_SECRET);
    github.addFault({ ...GRAPHQL, effect: OUTAGE });
    expect(await runOnce(ACTIONS_SECRET)).toMatchObject({ number: 2, action: 'unchanged' });
  });

  it('is known also where GraphQL leaves something else out', async () => {
    const data = { viewer: { login: APP.login }, workflow: null, issues: null };
    const body = { data, errors: [{ message: 'Something else could not be told.' }] };
    github.addFault({ ...GRAPHQL, times: 1, effect: { kind: 'answer', status: 200, body } });
    expect(await runOnce('app')).toMatchObject({ number: 1, action: 'unchanged', waits: [] });
  });

  it('waits for new points as long as GraphQL tells', async () => {
    const headers = { 'retry-after': '37' };
    const effect = { ...graphqlErrors({ type: 'RATE_LIMITED' }), headers };
    github.addFault({ ...GRAPHQL, times: 1, effect });
    expect(await runOnce('app')).toMatchObject({ number: 1, waits: [37_000] });
  });
});

/** GitHub says so with status 200. */
function graphqlErrors(more: Readonly<Record<string, unknown>>): FaultEffect {
  const errors = [{ ...more, message: 'Nothing could be told.' }];
  return { kind: 'answer', status: 200, body: { data: null, errors } };
}

function openBoard(client: GitHubClient, ownLogin: OwnLogin): IssueBoard {
  return createIssueBoard({
    client,
    ownLogin,
    repository: SECURITY,
    labels: ['okta-audit'],
    assignees: [],
    readMarkerKey,
    readAnnouncedSince: () => null,
    warn: () => {},
  });
}

describe('a whole night without change', () => {
  it.each([
    ['in one repository', SECURITY],
    ['in two repositories', WORKFLOWS],
  ])('asks GitHub at most six times %s', async (_, workflowRepository) => {
    await start({ repositories: { 'acme/security': 'private', 'acme/workflows': 'private' } });
    const counts = [];
    for (const run of [1, 2, 3]) {
      const { client } = openTestClient(github);
      const question = { workflowRepository, issueRepository: SECURITY };
      const { ownLogin } = await readGitHubSituation(client, question);
      const board = openBoard(client, ownLogin);
      const found = await board.findIssue(KEY);
      await board.upsertIssue({ markerKey: KEY, found, decide: decideFor({ run, findings: [] }) });
      counts.push(client.countRequests());
    }
    expect(counts.slice(1)).toEqual([6, 6]);
  });
});
