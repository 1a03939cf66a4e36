import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PublishedIssue } from '../../src/publish/upsert-issue.ts';
import { ACTIONS_LOGIN, ACTIONS_TOKEN } from '../simulators/github/github-token.ts';
import { type GitHubSimulator, startGitHub } from '../simulators/github/start-github.ts';
import { openTestBoard, type TestBoard, type TestBoardOptions } from './open-test-board.ts';
import { decideFor, KEY, marker, type PretendedRun } from './pretended-audit.ts';

let github: GitHubSimulator;

beforeEach(async () => {
  github = await startGitHub({
    repositories: { 'acme/security': 'private', 'acme/elsewhere': 'private' },
  });
});

afterEach(() => github.close());

interface RunResult extends TestBoard {
  readonly published: PublishedIssue;
}

async function runOnce(run: PretendedRun, options: TestBoardOptions = {}): Promise<RunResult> {
  const opened = openTestBoard(github, options);
  const found = await opened.board.findIssue(KEY);
  const published = await opened.board.upsertIssue({
    markerKey: KEY,
    found,
    decide: decideFor(run),
  });
  return { ...opened, published };
}

function countRequests(method: string, path: RegExp): number {
  return github.requests.filter((sent) => sent.method === method && path.test(sent.path)).length;
}

describe('the first run', () => {
  it('creates an issue with labels and assignees and without a comment', async () => {
    const { published, warnings } = await runOnce(
      { run: 1, findings: ['F-1'] },
      { labels: ['okta-audit', 'security'], assignees: ['ann'] },
    );
    const issue = await github.people().readIssue(1);
    expect(published).toEqual({
      number: 1,
      url: `${github.url}/acme/security/issues/1`,
      action: 'created',
      failure: null,
    });
    expect(issue).toMatchObject({
      title: 'Okta audit: acme.okta.example',
      isOpen: true,
      author: ACTIONS_LOGIN,
      labels: ['okta-audit', 'security'],
      assignees: ['ann'],
    });
    expect(issue.body).toContain('- [ ] F-1');
    expect(await github.people().listComments(1)).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('closes the issue at once where there is nothing to review', async () => {
    const { published } = await runOnce({ run: 1, findings: [] });
    expect(published.action).toBe('created');
    expect(await github.people().readIssue(1)).toMatchObject({
      isOpen: false,
      stateReason: 'completed',
      closedBy: ACTIONS_LOGIN,
    });
  });

  it.each(['okta-audit', ''])('warns where the token may not set the label "%s"', async (label) => {
    github.setToken('weak', { ...ACTIONS_TOKEN, mayLabel: false });
    const labels = label === '' ? [] : [label];
    const { published, warnings } = await runOnce(
      { run: 1, findings: ['F-1'] },
      { secret: 'weak', labels },
    );
    expect(published.action).toBe('created');
    expect(warnings).toHaveLength(labels.length);
    expect(warnings.join()).toContain(label === '' ? '' : '`issue-labels`');
    const again = await runOnce({ run: 2, findings: ['F-1'] }, { secret: 'weak', labels });
    expect(again.published).toMatchObject({ number: 1, action: 'unchanged' });
  });

  it('creates the issue without an assignee whom GitHub refuses, and warns', async () => {
    const { published, warnings } = await runOnce(
      { run: 1, findings: ['F-1'] },
      { assignees: ['ann', 'nobody'] },
    );
    expect(published.action).toBe('created');
    expect(warnings).toEqual([expect.stringContaining('`issue-assignees`')]);
  });
});

it('is one issue also for two first runs at the same time', async () => {
  const [{ board }, { board: other }] = [openTestBoard(github), openTestBoard(github)];
  const found = await board.findIssue(KEY);
  expect([found, await other.findIssue(KEY)]).toEqual([null, null]);
  const run = { markerKey: KEY, found, decide: decideFor({ run: 1, findings: ['F-1'] }) };
  expect(await other.upsertIssue(run)).toMatchObject({ number: 1, action: 'created' });
  await github.people().tick(1, 'F-1');
  expect(await board.upsertIssue(run)).toMatchObject({ number: 1, action: 'closed' });
  expect(await github.people().listIssues()).toHaveLength(1);
});

describe('a later run', () => {
  it('rewrites only what differs on a night without change, and says so', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    const { published } = await runOnce({ run: 2, findings: ['F-1'] });
    const issue = await github.people().readIssue(1);
    expect(published).toMatchObject({ number: 1, action: 'unchanged' });
    expect(issue.body).toContain('Last look: run 2');
    expect(issue.isOpen).toBe(true);
    expect(await github.people().listComments(1)).toEqual([]);
  });

  it('asks GitHub four times on a quiet night, whether the issue is open or closed', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    const open = await runOnce({ run: 2, findings: ['F-1'] });
    await github.people().tick(1, 'F-1');
    await runOnce({ run: 3, findings: ['F-1'] });
    const closed = await runOnce({ run: 4, findings: ['F-1'] });
    expect(open.client.countRequests()).toBe(4);
    expect(closed.published.action).toBe('unchanged');
    // One more than open, as lists do not tell who closed an issue.
    expect(closed.client.countRequests()).toBe(5);
  });

  it('adds news to the body and tells it in one comment', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    const { published } = await runOnce({ run: 2, findings: ['F-1', 'F-2', 'F-3'] });
    expect(published.action).toBe('updated');
    expect((await github.people().readIssue(1)).body).toContain('- [ ] F-2\n- [ ] F-3');
    expect(await github.people().listComments(1)).toEqual([
      { author: ACTIONS_LOGIN, body: 'New: F-2, F-3' },
    ]);
  });

  it('keeps a tick and closes the issue when nothing waits any more', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    await github.people().tick(1, 'F-1');
    const { published } = await runOnce({ run: 2, findings: ['F-1'] });
    expect(published.action).toBe('closed');
    expect(await github.people().readIssue(1)).toMatchObject({
      body: expect.stringContaining('- [x] F-1'),
      isOpen: false,
      stateReason: 'completed',
    });
  });

  it('reopens a closed issue for news, with one comment', async () => {
    await runOnce({ run: 1, findings: [] });
    const { published } = await runOnce({ run: 2, findings: ['F-1'] });
    expect(published.action).toBe('reopened');
    expect(await github.people().readIssue(1)).toMatchObject({ isOpen: true });
    expect(await github.people().listComments(1)).toHaveLength(1);
  });

  it('takes the closing by a person as an acknowledgement and leaves the issue closed', async () => {
    await runOnce({ run: 1, findings: ['F-1', 'F-2'] });
    await github.people().close(1);
    const { board } = openTestBoard(github);
    expect(await board.findIssue(KEY)).toMatchObject({ isOpen: false, closedByPerson: true });
    const { published } = await runOnce({ run: 2, findings: ['F-1', 'F-2'] });
    const issue = await github.people().readIssue(1);
    expect(published.action).toBe('updated');
    expect(issue.isOpen).toBe(false);
    expect(issue.body).toContain('- [x] F-1\n- [x] F-2');
  });

  it('does not take its own closing for a person', async () => {
    await runOnce({ run: 1, findings: [] });
    const { board } = openTestBoard(github);
    expect(await board.findIssue(KEY)).toMatchObject({ isOpen: false, closedByPerson: false });
  });

  it('never closes an incident issue by itself', async () => {
    await runOnce({ run: 1, findings: [], isIncident: true });
    const { published } = await runOnce({ run: 2, findings: [], isIncident: true });
    expect(published.action).toBe('unchanged');
    expect((await github.people().readIssue(1)).isOpen).toBe(true);
  });

  it('creates a new issue where the old one was deleted after it was found', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    const read = { method: 'GET', path: /issues\/1$/ };
    const vanish = () => github.people().editBody(1, () => 'gone');
    github.addFault({ ...read, effect: { kind: 'before', act: vanish } });
    github.addFault({
      ...read,
      effect: { kind: 'answer', status: 410, message: 'This issue was deleted' },
    });
    const { published } = await runOnce({ run: 2, findings: ['F-1'] });
    expect(published).toMatchObject({ number: 2, action: 'created' });
  });

  it('leaves the issue alone that has its new number here where it was transferred after it was found', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    const people = github.people();
    await people.createIssue({ login: 'ann', title: 'Buy milk', body: 'Two litres.' });
    const elsewhere = github.people('acme/elsewhere');
    await elsewhere.createIssue({ login: 'ann', title: 'The first', body: '' });
    await elsewhere.createIssue({ login: ACTIONS_LOGIN, title: 'Moved', body: marker(KEY, 1) });
    const read = { method: 'GET', path: /security\/issues\/1$/ };
    const location = `${github.url}/repos/acme/elsewhere/issues/2`;
    const moveAway = () => people.editBody(1, () => 'moved');
    github.addFault({ ...read, effect: { kind: 'before', act: moveAway } });
    github.addFault({ ...read, effect: { kind: 'answer', status: 301, headers: { location } } });
    const { published } = await runOnce({ run: 2, findings: ['F-1'] });
    expect(published).toMatchObject({ number: 3, action: 'created' });
    expect(await people.readIssue(2)).toMatchObject({ title: 'Buy milk', body: 'Two litres.' });
  });

  it('does not call an issue written that was transferred after it was read', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    const elsewhere = github.people('acme/elsewhere');
    await elsewhere.createIssue({ login: 'ann', title: 'The first', body: '' });
    await elsewhere.createIssue({ login: ACTIONS_LOGIN, title: 'Moved', body: marker(KEY, 1) });
    const headers = { location: `${github.url}/repos/acme/elsewhere/issues/2` };
    const effect = { kind: 'answer', status: 307, headers } as const;
    github.addFault({ method: 'PATCH', path: /security\/issues\/1$/, effect });
    await expect(runOnce({ run: 2, findings: ['F-1', 'F-2'] })).rejects.toMatchObject({
      code: 'github-not-found',
      message: expect.stringContaining('was transferred to another repository'),
    });
    expect(await github.people().listComments(1)).toEqual([]);
  });

  it('creates no second issue where the first is listed and cannot be read', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    github.addFault({
      method: 'GET',
      path: /issues\/1$/,
      effect: { kind: 'answer', status: 404, message: 'Not Found' },
    });
    await expect(runOnce({ run: 2, findings: ['F-1'] })).rejects.toThrow('Could not read issue #1');
    expect(await github.people().listIssues()).toHaveLength(1);
  });

  it('calls a night unchanged although a browser saved the body with carriage returns', async () => {
    await runOnce({ run: 1, findings: ['F-1', 'F-2'] });
    await github.people().editBody(1, (body) => body.replaceAll('\n', '\r\n'));
    const { published } = await runOnce({ run: 2, findings: ['F-1', 'F-2'] });
    expect(published.action).toBe('unchanged');
  });

  it('puts the title back that somebody changed', async () => {
    await github.people().createIssue({
      login: ACTIONS_LOGIN,
      title: 'All clear',
      body: `${marker(KEY, 1)}\nA pretended audit.\nLast look: run 1\n- [ ] F-1`,
    });
    await runOnce({ run: 2, findings: ['F-1'] });
    expect((await github.people().readIssue(1)).title).toBe('Okta audit: acme.okta.example');
  });

  it('reads a body that a browser saved with carriage returns', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    await github
      .people()
      .editBody(1, (body) => body.replace('[ ]', '[x]').replaceAll('\n', '\r\n'));
    const found = await openTestBoard(github).board.findIssue(KEY);
    expect(found?.body).not.toContain('\r');
    const { published } = await runOnce({ run: 2, findings: ['F-1'] });
    expect(published.action).toBe('closed');
  });
});

describe('which issue is ours', () => {
  it('is found without its label', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    await github.people().removeLabel(1, 'okta-audit');
    expect((await runOnce({ run: 2, findings: ['F-1'] })).published.number).toBe(1);
    expect((await github.people().readIssue(1)).labels).toEqual([]);
  });

  it('is found by its label where the list of own issues lacks it', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    github.addFault({ path: /creator=/, effect: { kind: 'before', act: hideFromCreator } });
    const { published } = await runOnce({ run: 2, findings: ['F-1'] });
    expect(published.number).toBe(1);
    expect(countRequests('GET', /labels=okta-audit/)).toBeGreaterThan(0);

    async function hideFromCreator(): Promise<void> {
      github.people().makePullRequest(1);
      github.addFault({
        path: /labels=/,
        effect: { kind: 'before', act: async () => github.people().makeIssue(1) },
      });
    }
  });

  it('is found although GitHub writes our login in another case', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    const { published } = await runOnce(
      { run: 2, findings: ['F-1'] },
      { login: ACTIONS_LOGIN.toUpperCase() },
    );
    expect(published.number).toBe(1);
  });

  it.each([
    ['in an issue of somebody else', 'mallory', (text: string) => text],
    ['anywhere but at the start', ACTIONS_LOGIN, (text: string) => `> ${text}`],
  ])('ignores a copied marker %s', async (_, login, disguise) => {
    const body = disguise(`${marker(KEY, 1)}\nA copy\nrun 1\n- [x] F-1`);
    await github.people().createIssue({ login, title: 'Copy', body, labels: ['okta-audit'] });
    const { published } = await runOnce({ run: 2, findings: ['F-1'] });
    expect(published).toMatchObject({ number: 2, action: 'created' });
    expect((await github.people().readIssue(1)).body).toBe(body);
    expect((await github.people().readIssue(2)).body).toContain('- [ ] F-1');
  });

  it('is found although somebody wrote above its marker, and keeps its ticks', async () => {
    await runOnce({ run: 1, findings: ['F-1', 'F-2'] });
    await github.people().tick(1, 'F-1');
    await github.people().editBody(1, (body) => `Ann looks into this.\n\n${body}`);
    const { published } = await runOnce({ run: 2, findings: ['F-1', 'F-2'] });
    expect(published.number).toBe(1);
    const { body } = await github.people().readIssue(1);
    expect(body.startsWith(marker(KEY, 2))).toBe(true);
    expect(body).toContain('- [x] F-1\n- [ ] F-2');
  });

  it('is found below a note also where the repository writes its label in other letters', async () => {
    await runOnce({ run: 1, findings: ['F-1'] }, { labels: ['Okta-Audit'] });
    await github.people().editBody(1, (body) => `Ann looks into this.\n\n${body}`);
    const { published } = await runOnce({ run: 2, findings: ['F-1'] }, { labels: ['okta-audit'] });
    expect(published.number).toBe(1);
  });

  it('is rather the one that begins with the marker than an older one that holds it', async () => {
    const body = `A copy:\n\n${marker(KEY, 1)}\nA pretended audit.`;
    const labels = ['okta-audit'];
    await github.people().createIssue({ login: ACTIONS_LOGIN, title: 'Copy', body, labels });
    const own = `${marker(KEY, 1)}\nA pretended audit.`;
    await github.people().createIssue({ login: ACTIONS_LOGIN, title: 'Own', body: own });
    const { published } = await runOnce({ run: 2, findings: ['F-1'] });
    expect(published.number).toBe(2);
    expect((await github.people().readIssue(1)).body).toBe(body);
  });

  it('is none that another workflow wrote what outsiders say into, with a marker further down', async () => {
    const body = `Somebody asks:\n\n${marker(KEY, 1)}\nA pretended audit.\n- [x] F-1`;
    await github.people().createIssue({ login: ACTIONS_LOGIN, title: 'Form', body });
    const { published } = await runOnce({ run: 2, findings: ['F-1'] });
    expect(published).toMatchObject({ number: 2, action: 'created' });
    expect((await github.people().readIssue(2)).body).toContain('- [ ] F-1');
  });

  it('is not one with another key, whatever its title', async () => {
    const title = 'Okta audit: acme.okta.example';
    const body = `${marker('acme-incident', 1)}\nOther`;
    await github.people().createIssue({ login: ACTIONS_LOGIN, title, body });
    expect((await runOnce({ run: 1, findings: [] })).published.number).toBe(2);
  });

  it('is a new one where somebody deleted the marker, which says so, and the log too', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    await github.people().tick(1, 'F-1');
    await github.people().editBody(1, (body) => body.split('\n').slice(1).join('\n'));
    const { published, warnings } = await runOnce({ run: 2, findings: ['F-1'] });
    expect(published).toMatchObject({ number: 2, action: 'created', failure: null });
    const told = expect.stringMatching(/^#1 had this title .* So #2 begins anew/);
    expect(warnings).toEqual([told]);
    expect(await github.people().listComments(2)).toEqual([{ author: ACTIONS_LOGIN, body: told }]);
    await runOnce({ run: 3, findings: ['F-1'] });
    expect(await github.people().listComments(2)).toHaveLength(1);
  });

  it('is a new one where somebody wrote above the marker and took the label away, which says so', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    await github.people().editBody(1, (body) => `Ann looks into this.\n\n${body}`);
    await github.people().removeLabel(1, 'okta-audit');
    const { published, warnings } = await runOnce({ run: 2, findings: ['F-1'] });
    expect(published).toMatchObject({ number: 2, action: 'created', failure: null });
    expect(warnings).toEqual([expect.stringMatching(/^#1 had this title .* So #2 begins anew/)]);
  });

  it.each([
    ['of somebody else', { login: 'mallory', labels: ['okta-audit'] }],
    ['without our label', { login: ACTIONS_LOGIN, labels: [] }],
  ])('is not said to go on with one %s', async (_, who) => {
    const title = 'Okta audit: acme.okta.example';
    await github.people().createIssue({ ...who, title, body: 'Something else' });
    expect((await runOnce({ run: 1, findings: ['F-1'] })).warnings).toEqual([]);
    expect(await github.people().listComments(2)).toEqual([]);
  });

  it('is a new one where the token is of another login than before, which says so, and the log too', async () => {
    github.setToken('personal', { ...ACTIONS_TOKEN, kind: 'personal', login: 'bo' });
    await runOnce({ run: 1, findings: ['F-1'] });
    const personal = { secret: 'personal', login: 'bo' };
    const { published, warnings } = await runOnce({ run: 2, findings: ['F-1'] }, personal);
    expect(published).toMatchObject({ number: 2, action: 'created', failure: null });
    const told = expect.stringMatching(
      /^#1 of github-actions\[bot\] .* writes as bo, .* #2 begins anew/,
    );
    expect(warnings).toEqual([told]);
    expect(await github.people().listComments(2)).toEqual([{ author: 'bo', body: told }]);
    expect((await runOnce({ run: 3, findings: ['F-1'] }, personal)).warnings).toEqual([]);
    expect(await github.people().listComments(2)).toHaveLength(1);
    expect(await github.people().listComments(1)).toEqual([]);
  });

  it('is never a pull request', async () => {
    const body = `${marker(KEY, 1)}\nA pull request`;
    await github.people().createIssue({ login: ACTIONS_LOGIN, title: 'x', body });
    github.people().makePullRequest(1);
    expect((await runOnce({ run: 1, findings: [] })).published.number).toBe(2);
  });

  it('is found among more issues than one page holds', async () => {
    for (let i = 0; i < 120; i += 1) {
      await github.people().createIssue({ login: ACTIONS_LOGIN, title: `Other ${i}`, body: 'x' });
    }
    await runOnce({ run: 1, findings: ['F-1'] }, { labels: [] });
    const { published } = await runOnce({ run: 2, findings: ['F-1'] }, { labels: [] });
    expect(published.number).toBe(121);
  });

  it('is the one with the lower number of two, and the other is told once', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    const body = `${marker(KEY, 1)}\nA twin`;
    await github.people().createIssue({ login: ACTIONS_LOGIN, title: 'Twin', body });
    await runOnce({ run: 2, findings: ['F-1'] });
    const { published } = await runOnce({ run: 3, findings: ['F-1'] });
    expect(published.number).toBe(1);
    expect((await github.people().readIssue(2)).body).toBe(body);
    expect(await github.people().listComments(2)).toEqual([
      { author: ACTIONS_LOGIN, body: expect.stringContaining('#1') },
    ]);
    expect(await github.people().listComments(1)).toEqual([]);
  });
});

describe('a failed run', () => {
  it('changes the status line alone', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    const before = await github.people().readIssue(1);
    const { board } = openTestBoard(github);
    await board.noteFailure({
      found: await board.findIssue(KEY),
      addNote: (body) => body.replace('Last look: run 1', 'Last look: run 1 (last attempt failed)'),
    });
    expect(await github.people().readIssue(1)).toEqual({
      ...before,
      body: before.body.replace('run 1\n', 'run 1 (last attempt failed)\n'),
    });
  });

  it('creates no issue to complain in', async () => {
    const { board } = openTestBoard(github);
    await board.noteFailure({ found: null, addNote: (body) => `${body}failed` });
    expect(await github.people().listIssues()).toEqual([]);
  });

  it('writes nothing where the note already stands', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    const { board } = openTestBoard(github);
    const found = await board.findIssue(KEY);
    github.forgetRequests();
    await board.noteFailure({ found, addNote: (body) => body });
    expect(countRequests('PATCH', /./)).toBe(0);
  });
});
