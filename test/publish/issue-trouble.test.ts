import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuditError } from '../../src/errors.ts';
import type { FoundIssue } from '../../src/publish/find-issue.ts';
import type { PublishedIssue } from '../../src/publish/upsert-issue.ts';
import type { IssueDraft } from '../../src/publish/write-issue.ts';
import {
  type Fault,
  type FaultEffect,
  secondaryRateLimit,
} from '../simulators/github/github-faults.ts';
import { ACTIONS_LOGIN, ACTIONS_TOKEN } from '../simulators/github/github-token.ts';
import { type GitHubSimulator, startGitHub } from '../simulators/github/start-github.ts';
import { openTestBoard, type TestBoard, type TestBoardOptions } from './open-test-board.ts';
import { decideFor, KEY, marker, type PretendedRun, readMarkerKey } from './pretended-audit.ts';

const RESET: FaultEffect = { kind: 'reset' };
const LOST_ANSWER: FaultEffect = { kind: 'lost-answer' };
const HALF_ANSWER: FaultEffect = { kind: 'half-answer' };

let github: GitHubSimulator;

beforeEach(async () => {
  github = await startGitHub();
});

afterEach(() => github.close());

async function runOnce(
  run: PretendedRun,
  options: TestBoardOptions = {},
): Promise<TestBoard & { published: PublishedIssue }> {
  const opened = openTestBoard(github, options);
  const found = await opened.board.findIssue(KEY);
  const decide = decideFor(run);
  const published = await opened.board.upsertIssue({ markerKey: KEY, found, decide });
  return { ...opened, published };
}

async function failRun(run: PretendedRun, options: TestBoardOptions = {}): Promise<AuditError> {
  try {
    await runOnce(run, options);
  } catch (thrown) {
    if (thrown instanceof AuditError) return thrown;
    throw thrown;
  }
  throw new Error('The run should have failed');
}

function answer(status: number, message = 'Simulated'): FaultEffect {
  return { kind: 'answer', status, message };
}

describe('a race between a reviewer and a run', () => {
  beforeEach(async () => {
    await runOnce({ run: 1, findings: ['F-1', 'F-2'] });
  });

  async function readBody(): Promise<string> {
    return (await github.people().readIssue(1)).body;
  }

  it('keeps a tick made after the issue was found and before it is written', async () => {
    const { board } = openTestBoard(github);
    const found = await board.findIssue(KEY);
    await github.people().tick(1, 'F-2');
    const decide = decideFor({ run: 2, findings: ['F-1', 'F-2'] });
    await board.upsertIssue({ markerKey: KEY, found, decide });
    expect(await readBody()).toContain('run 2\n- [ ] F-1\n- [x] F-2');
  });

  it('keeps a tick made between the last reading and the writing', async () => {
    github.addFault({ method: 'PATCH', effect: { kind: 'before', act: tickSecond } });
    await runOnce({ run: 2, findings: ['F-1', 'F-2'] });
    expect(await readBody()).toContain('run 2\n- [ ] F-1\n- [x] F-2');
  });

  it('calls a quiet night changed where a tick came between', async () => {
    github.addFault({ method: 'PATCH', effect: { kind: 'before', act: tickSecond } });
    const { board } = openTestBoard(github);
    const found = await board.findIssue(KEY);
    let decided = 0;
    const decide = (current: FoundIssue | null) => {
      decided += 1;
      const draft = decideFor({ run: 2, findings: ['F-1', 'F-2'] })(current);
      return { ...draft, isUnchanged: decided === 1 };
    };
    const { action } = await board.upsertIssue({ markerKey: KEY, found, decide });
    expect([decided, action]).toEqual([2, 'updated']);
  });

  it('writes no second time where what came between changes nothing', async () => {
    const edit = (body: string) => `${body}\nA line that no run reads`;
    github.addFault({
      method: 'PATCH',
      effect: { kind: 'before', act: () => github.people().editBody(1, edit) },
    });
    await runOnce({ run: 2, findings: ['F-1', 'F-2'] });
    expect(countPatches()).toBe(1);
  });

  it.each([false, true])(
    'reads its marker where a note came above it meanwhile, without GraphQL: %s',
    async (byRest) => {
      const edit = (body: string) => `Ann looks into this.\n\n${body}`;
      const effect = { kind: 'after' as const, act: () => github.people().editBody(1, edit) };
      if (byRest) github.addFault({ path: /graphql$/, times: 9, effect: answer(403) });
      const { board } = openTestBoard(github);
      const found = await board.findIssue(KEY);
      github.addFault({ method: 'PATCH', effect });
      const keys: (string | null)[] = [];
      const decide = (current: FoundIssue | null) => {
        keys.push(readMarkerKey(current?.body ?? ''));
        return decideFor({ run: 2, findings: ['F-1', 'F-2'] })(current);
      };
      await board.upsertIssue({ markerKey: KEY, found, decide });
      expect(keys).toEqual([KEY]);
      expect(countPatches()).toBe(1);
    },
  );

  it('knows its marker in a text with a note above it that it wrote over', async () => {
    const edit = (body: string) => `Ann looks into this.\n\n${body.replace('[ ] F-2', '[x] F-2')}`;
    const act = () => github.people().editBody(1, edit);
    github.addFault({ method: 'PATCH', effect: { kind: 'before', act } });
    const { board } = openTestBoard(github);
    const found = await board.findIssue(KEY);
    const keys: (string | null)[] = [];
    const decide = (current: FoundIssue | null) => {
      keys.push(readMarkerKey(current?.body ?? ''));
      return decideFor({ run: 2, findings: ['F-1', 'F-2'] })(current);
    };
    await board.upsertIssue({ markerKey: KEY, found, decide });
    expect(keys).toEqual([KEY, KEY]);
    expect(await readBody()).toContain('run 2\n- [ ] F-1\n- [x] F-2');
  });

  it('keeps a tick made right after the writing, and writes no second time', async () => {
    github.addFault({ method: 'PATCH', effect: { kind: 'after', act: tickSecond } });
    await runOnce({ run: 2, findings: ['F-1', 'F-2'] });
    expect(await readBody()).toContain('run 2\n- [ ] F-1\n- [x] F-2');
    expect(countPatches()).toBe(1);
  });

  it.each(['tick', 'untick'] as const)(
    'keeps the %s of a box in the new text before the loss of its answer was noticed',
    async (change) => {
      await github.people().tick(1, 'F-1');
      const act = async () => github.people()[change](1, change === 'tick' ? 'F-2' : 'F-1');
      github.addFault({ method: 'PATCH', effect: { kind: 'after', act } });
      github.addFault({ method: 'PATCH', effect: LOST_ANSWER });
      await runOnce({ run: 2, findings: ['F-1', 'F-2'] });
      const [one, two] = change === 'tick' ? ['x', 'x'] : [' ', ' '];
      expect(await readBody()).toContain(`run 2\n- [${one}] F-1\n- [${two}] F-2`);
    },
  );

  it('writes again where a page that was opened before saved its old text over ours', async () => {
    const old = await readBody();
    github.addFault({
      method: 'PATCH',
      effect: {
        kind: 'after',
        act: () => github.people().editBody(1, () => old.replace('[ ] F-1', '[x] F-1')),
      },
    });
    await runOnce({ run: 2, findings: ['F-1', 'F-2', 'F-3'] });
    expect(await readBody()).toContain('run 2\n- [x] F-1\n- [ ] F-2\n- [ ] F-3');
    expect(await github.people().listComments(1)).toEqual([
      { author: ACTIONS_LOGIN, body: 'New: F-3' },
    ]);
  });

  it('leaves an edit of the new text alone', async () => {
    const edit = (body: string) => `${body}\nA note by ann`;
    github.addFault({
      method: 'PATCH',
      effect: { kind: 'after', act: () => github.people().editBody(1, edit) },
    });
    await runOnce({ run: 2, findings: ['F-1', 'F-2'] });
    expect(await readBody()).toMatch(/run 2\n[\s\S]*A note by ann$/);
    expect(countPatches()).toBe(1);
  });

  it('does not undo a closing that happens while it writes', async () => {
    github.addFault({
      method: 'PATCH',
      effect: { kind: 'before', act: () => github.people().close(1) },
    });
    await runOnce({ run: 2, findings: ['F-1', 'F-2'] });
    expect((await github.people().readIssue(1)).isOpen).toBe(false);
  });

  it('opens again what it closed where somebody took a tick back meanwhile', async () => {
    const people = github.people();
    await people.tick(1, 'F-1');
    await people.tick(1, 'F-2');
    const untick = { kind: 'before', act: () => people.untick(1, 'F-2') } as const;
    github.addFault({ method: 'PATCH', effect: untick });
    await runOnce({ run: 2, findings: ['F-1', 'F-2'] });
    expect(await readBody()).toContain('run 2\n- [x] F-1\n- [ ] F-2');
    expect((await people.readIssue(1)).isOpen).toBe(true);
  });

  it('gives way with a warning where somebody overwrites it twice', async () => {
    const old = await readBody();
    github.addFault({
      method: 'PATCH',
      times: 2,
      effect: {
        kind: 'after',
        act: () => github.people().editBody(1, () => old.replace('[ ]', '[x]')),
      },
    });
    const { warnings } = await runOnce({ run: 2, findings: ['F-1', 'F-2'] });
    expect(warnings).toEqual([expect.stringContaining('#1 was edited')]);
    expect(countPatches()).toBe(2);
  });

  function tickSecond(): Promise<void> {
    return github.people().tick(1, 'F-2');
  }

  function countPatches(): number {
    return github.requests.filter((request) => request.method === 'PATCH').length;
  }
});

describe('the note of a failed run', () => {
  const addNote = (body: string) => body.replace(/^Last look: .*$/m, 'Last attempt failed');

  async function failAfter(...faults: Fault[]): Promise<void> {
    await runOnce({ run: 1, findings: ['F-1', 'F-2'] });
    const { board } = openTestBoard(github);
    const found = await board.findIssue(KEY);
    for (const fault of faults) github.addFault({ method: 'PATCH', ...fault });
    await board.noteFailure({ found, addNote });
  }

  it('keeps a tick made while GitHub let it wait', async () => {
    const tick = () => github.people().tick(1, 'F-2');
    const before: FaultEffect = { kind: 'before', act: tick };
    await failAfter({ effect: before }, { effect: secondaryRateLimit(600) });
    const { body } = await github.people().readIssue(1);
    expect(body).toContain('- [x] F-2');
    expect(body).toContain('Last attempt failed');
  });

  it('fails where GitHub accepts it and keeps the old text', async () => {
    const noted = failAfter({ times: 9, effect: { kind: 'old-body' } });
    await expect(noted).rejects.toThrow('kept the old one');
  });
});

describe('a writing that GitHub accepts and does not do', () => {
  it('is done again', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    github.addFault({ method: 'PATCH', effect: { kind: 'old-body' } });
    await runOnce({ run: 2, findings: ['F-1', 'F-2'] });
    expect((await github.people().readIssue(1)).body).toContain('- [ ] F-2');
    expect(await github.people().listComments(1)).toHaveLength(1);
  });

  it('is done again where a new issue was overwritten at once', async () => {
    github.addFault({
      method: 'POST',
      path: /issues$/,
      effect: { kind: 'after', act: () => github.people().editBody(1, () => 'Something else') },
    });
    await runOnce({ run: 1, findings: ['F-1'] });
    expect((await github.people().readIssue(1)).body).toContain('- [ ] F-1');
  });

  it('fails loudly when it happens twice, as with a text that is too long', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    const { board } = openTestBoard(github);
    const found = await board.findIssue(KEY);
    const long: IssueDraft = {
      title: 'Okta audit: acme.okta.example',
      body: `${marker(KEY, 2)}\n${'x'.repeat(65_536)}`,
      comment: 'New: F-2',
      open: true,
      isUnchanged: false,
    };
    const writing = board.upsertIssue({ markerKey: KEY, found, decide: () => long });
    await expect(writing).rejects.toMatchObject({ code: 'github-unexpected-response' });
    expect(await github.people().listComments(1)).toEqual([]);
  });

  it("names GitHub's reason where a new issue is too long", async () => {
    const { board } = openTestBoard(github);
    const decide = () => ({
      title: 'Long',
      body: `${marker(KEY, 1)}\n${'x'.repeat(65_536)}`,
      comment: null,
      open: true,
      isUnchanged: false,
    });
    const creating = board.upsertIssue({ markerKey: KEY, found: null, decide });
    await expect(creating).rejects.toMatchObject({
      code: 'github-unexpected-response',
      message: expect.stringContaining('body is too long'),
    });
  });
});

describe('a token without GraphQL', () => {
  it('writes and reads back by REST', async () => {
    github.setToken('rest', { ...ACTIONS_TOKEN, mayUseGraphql: false });
    await runOnce({ run: 1, findings: ['F-1'] }, { secret: 'rest' });
    const { published, warnings } = await runOnce(
      { run: 2, findings: ['F-1'] },
      { secret: 'rest' },
    );
    expect(published.action).toBe('unchanged');
    expect(warnings).toEqual([]);
  });
});

describe('what GitHub refuses', () => {
  it('is not tried without assignees where they were not the reason', async () => {
    github.addFault({ method: 'POST', path: /issues$/, effect: answer(403) });
    const error = await failRun({ run: 1, findings: ['F-1'] }, { assignees: ['ann'] });
    expect(error.code).toBe('github-forbidden');
    expect(await github.people().listIssues()).toEqual([]);
  });

  it('names the permission that is missing, and where to give it', async () => {
    github.setToken('reader', { ...ACTIONS_TOKEN, issues: 'read' });
    const error = await failRun({ run: 1, findings: ['F-1'] }, { secret: 'reader' });
    expect(error.code).toBe('github-forbidden');
    expect(error.message).toContain('create the issue in acme/security');
    expect(error.hint).toContain('permissions: { issues: write }');
    expect(error.hint).toContain('`issue-repository`');
  });

  it('names the permission that a token needs to find the issue', async () => {
    github.setToken('blind', { ...ACTIONS_TOKEN, issues: 'none' });
    const error = await failRun({ run: 1, findings: [] }, { secret: 'blind' });
    expect(error).toMatchObject({ code: 'github-forbidden' });
    expect(error.hint).toContain('issues: write');
  });

  it('names the token where it is wrong, without quoting it', async () => {
    const error = await failRun({ run: 1, findings: [] }, { secret: 'wrong-secret' });
    expect(error).toMatchObject({ code: 'github-credentials-rejected' });
    expect(error.hint).toContain('`github-token`');
    expect(JSON.stringify({ ...error, message: error.message })).not.toContain('wrong-secret');
  });

  it('does not quote a token that cannot even be sent', async () => {
    const error = await failRun({ run: 1, findings: [] }, { secret: 'broken\nsecret' });
    expect(error.code).toBe('github-credentials-rejected');
    expect(error.cause).toBeUndefined();
    expect(error.message).not.toContain('broken');
  });

  it('names the repository that it cannot find', async () => {
    const error = await failRun({ run: 1, findings: [] }, { repository: 'acme/typo' });
    expect(error).toMatchObject({ code: 'github-not-found' });
    expect(error.message).toContain('acme/typo');
    expect(error.hint).toContain('`issue-repository`');
  });

  it.each([
    [404, 'github-not-found', 'issues are turned on'],
    [410, 'github-not-found', 'turn them on'],
    [422, 'github-unexpected-response', '`issue-labels`'],
    [403, 'github-forbidden', '`issue-repository`'],
  ])('explains a %i at the creation as %s', async (status, code, hint) => {
    github.addFault({ method: 'POST', path: /issues$/, effect: answer(status) });
    const error = await failRun({ run: 1, findings: [] });
    expect(error.code).toBe(code);
    expect(error.message).toContain(String(status));
    expect(error.hint).toContain(hint);
  });

  const NO_PERMISSION = 'permissions: { issues: write }';

  it.each([
    ['Repository was archived so is read-only.', 'acme/security is archived'],
    ['Resource protected by organization SAML enforcement.', 'single sign-on'],
    [
      'Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.',
      'allowed addresses',
    ],
    ['`acme` forbids access via a personal access token (classic).', 'another kind of token'],
    ['Repository access blocked', NO_PERMISSION],
    ['Resource not accessible by integration', NO_PERMISSION],
  ])('says what to change where GitHub forbids it with: %s', async (message, hint) => {
    github.addFault({ method: 'POST', path: /issues$/, effect: answer(403, message) });
    const error = await failRun({ run: 1, findings: [] });
    expect(error.code).toBe('github-forbidden');
    expect(error.hint).toContain(hint);
    expect(error.hint.includes(NO_PERMISSION)).toBe(hint === NO_PERMISSION);
  });

  it('says what makes a text shorter that GitHub refuses as too long', async () => {
    const findings = Array.from({ length: 40_000 }, (_, index) => `F-${index}`);
    const error = await failRun({ run: 1, findings });
    expect(error.message).toContain('too long');
    expect(error.hint).toContain('Raise `minimum-severity`');
    expect(error.hint).not.toContain('`issue-labels`');
  });

  it('sends nobody to the findings where the name of a label is too long', async () => {
    const effect = answer(422, 'name is too long (maximum is 50 characters)');
    github.addFault({ method: 'POST', path: /issues$/, effect });
    const error = await failRun({ run: 1, findings: ['F-1'] });
    expect(error.hint).toContain('`issue-labels`');
    expect(error.hint).not.toContain('minimum-severity');
  });

  it('leaves the issue as it was', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    const before = await github.people().readIssue(1);
    github.setToken('reader', { ...ACTIONS_TOKEN, issues: 'read' });
    await failRun({ run: 2, findings: ['F-1', 'F-2'] }, { secret: 'reader' });
    expect(await github.people().readIssue(1)).toEqual(before);
  });
});

it('is named where GitHub took the new issue and refuses to close it', async () => {
  github.addFault({ method: 'PATCH', effect: answer(403, 'Resource not accessible') });
  const { published } = await runOnce({ run: 1, findings: [] });
  expect(published).toMatchObject({ number: 1, action: 'created' });
  expect(published.failure?.code).toBe('github-forbidden');
  expect(await runOnce({ run: 2, findings: [] })).toMatchObject({
    published: { number: 1, action: 'closed', failure: null },
  });
});

describe('news whose comment GitHub refuses', () => {
  const COMMENT = { method: 'POST', path: /comments$/ };
  const news: PretendedRun = { run: 2, findings: ['F-1', 'F-2'] };

  it('stand in the issue all the same, and the next run tells them once', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    github.addFault({ ...COMMENT, effect: answer(403, 'Resource not accessible') });
    const { published } = await runOnce(news);
    expect(published).toMatchObject({ number: 1, action: 'updated' });
    expect(published.failure?.code).toBe('github-forbidden');
    expect((await github.people().readIssue(1)).body).toContain('- [ ] F-2');
    for (const run of [3, 4]) {
      await runOnce({ ...news, run });
      expect(await github.people().listComments(1)).toMatchObject([{ body: 'New: F-2' }]);
    }
  });

  it('are not told twice where only the answer to the comment was lost', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    github.addFault({ ...COMMENT, effect: LOST_ANSWER });
    github.addFault({ skip: 4, times: 9, effect: RESET });
    expect((await runOnce(news)).published.failure?.code).toBe('github-unreachable');
    github.clearFaults();
    await runOnce({ ...news, run: 3 });
    expect(await github.people().listComments(1)).toHaveLength(1);
  });

  it.each([
    ['a page of a proxy', '<html>Sign in</html>', 'text/html'],
    ['a list', [], 'application/json'],
  ])('are not taken for told where %s answers in its place', async (_, body, type) => {
    await runOnce({ run: 1, findings: ['F-1'] });
    const headers = { 'content-type': type };
    github.addFault({ ...COMMENT, effect: { kind: 'answer', status: 200, headers, body } });
    const { failure } = (await runOnce(news)).published;
    expect(failure).toMatchObject({
      code: 'github-unexpected-response',
      message: expect.stringContaining('comment on issue #1'),
    });
    await runOnce({ ...news, run: 3 });
    expect(await github.people().listComments(1)).toMatchObject([{ body: 'New: F-2' }]);
  });

  it('are told once by two runs at the same time', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    const another = async () => void (await runOnce({ ...news, run: 3 }));
    github.addFault({ method: 'PATCH', effect: { kind: 'before', act: another } });
    await runOnce(news);
    expect(await github.people().listComments(1)).toHaveLength(1);
  });

  it.each([
    [
      'the lock of a conversation',
      'Unable to create comment because issue is locked.',
      'unlock it',
    ],
    [
      'the end of the comments that an issue takes',
      'Commenting is disabled on issues with more than 2500 comments',
      'the next run begins a new issue',
    ],
  ])('name %s', async (_, message, hint) => {
    await runOnce({ run: 1, findings: ['F-1'] });
    github.addFault({ ...COMMENT, effect: answer(403, message) });
    expect((await runOnce(news)).published.failure?.hint).toContain(hint);
  });
});

it('tells news again, also in the same words, where it is news once more', async () => {
  await runOnce({ run: 1, findings: ['F-1'] });
  await runOnce({ run: 2, findings: ['F-1', 'F-2'] });
  await github.people().editBody(1, (body) => body.replace(/\n- \[ \] F-2/, ''));
  await runOnce({ run: 3, findings: ['F-1', 'F-2'] });
  const [first, second] = await github.people().listComments(1);
  expect(second).toEqual(first);
});

it.each([
  ['with a label', ['okta-audit']],
  ['without any', []],
])(
  'says at once which of two issues stays, where two first runs made one each %s',
  async (_, labels) => {
    const another = async () => void (await runOnce({ run: 1, findings: ['F-1'] }, { labels }));
    github.addFault({ method: 'POST', path: /issues$/, effect: { kind: 'before', act: another } });
    const { published, warnings } = await runOnce({ run: 1, findings: ['F-1'] }, { labels });
    expect(published).toMatchObject({ number: 2, action: 'created', failure: null });
    expect(await github.people().listComments(1)).toEqual([]);
    expect(await github.people().listComments(2)).toMatchObject([
      { body: expect.stringContaining('Only #1 is kept up to date') },
    ]);
    await runOnce({ run: 2, findings: ['F-1'] });
    expect(await github.people().listComments(2)).toHaveLength(1);
    expect(warnings).toEqual([]);
  },
);

describe('a GitHub that stumbles', () => {
  it.each<[string, FaultEffect]>([
    ['500', answer(500)],
    ['502', answer(502)],
    ['a broken connection', RESET],
    ['a lost answer', LOST_ANSWER],
    ['an answer that breaks off', HALF_ANSWER],
  ])('loses nothing by %s anywhere', async (_, effect) => {
    await runOnce({ run: 1, findings: ['F-1'] });
    for (const method of ['GET', 'PATCH']) github.addFault({ method, effect });
    github.addFault({ method: 'POST', path: /comments/, effect });
    github.addFault({ method: 'POST', path: /graphql/, effect });
    const { published, waits } = await runOnce({ run: 2, findings: ['F-1', 'F-2'] });
    expect(published).toMatchObject({ number: 1, action: 'updated' });
    expect((await github.people().readIssue(1)).body).toContain('- [ ] F-2');
    expect(await github.people().listComments(1)).toHaveLength(1);
    expect(waits.filter((waitMs) => waitMs === 1_000).length).toBeGreaterThanOrEqual(4);
  });

  it.each<[string, FaultEffect]>([
    ['a broken connection', RESET],
    ['a lost answer', LOST_ANSWER],
    ['an answer that breaks off', HALF_ANSWER],
    ['502', answer(502)],
  ])('creates one issue in spite of %s', async (_, effect) => {
    github.addFault({ method: 'POST', path: /issues$/, times: 2, effect });
    const { published } = await runOnce({ run: 1, findings: ['F-1'] }, { assignees: ['ann'] });
    expect(published).toMatchObject({ number: 1, action: 'created' });
    expect(await github.people().listIssues()).toHaveLength(1);
  });

  it('creates one issue although nobody understands the answer to it', async () => {
    const path = /issues$/;
    const create = async () =>
      void (await github.people().createIssue({
        login: ACTIONS_LOGIN,
        title: 'Okta audit: acme.okta.example',
        body: `${marker(KEY, 1)}\nA pretended audit.\nLast look: run 1\n- [ ] F-1`,
      }));
    github.addFault({ method: 'POST', path, effect: { kind: 'before', act: create } });
    github.addFault({ method: 'POST', path, effect: { kind: 'answer', status: 200, body: {} } });
    const { published } = await runOnce({ run: 1, findings: ['F-1'] }, { assignees: ['ann'] });
    expect(published).toMatchObject({ number: 1, action: 'created', failure: null });
    expect(await github.people().listIssues()).toHaveLength(1);
  });

  it('gives up after four attempts, with the waits doubled each time', async () => {
    github.addFault({ method: 'GET', times: 4, effect: answer(503) });
    const opened = openTestBoard(github);
    await expect(opened.board.findIssue(KEY)).rejects.toMatchObject({ code: 'github-unreachable' });
    expect(opened.waits).toEqual([1_000, 2_000, 4_000]);
    expect(opened.client.countRequests()).toBe(4);
  });

  it('does not wait for an answer for ever', async () => {
    github.addFault({ method: 'GET', times: 4, effect: { kind: 'silence' } });
    const { board } = openTestBoard(github, { timeoutMs: 20 });
    await expect(board.findIssue(KEY)).rejects.toMatchObject({ code: 'github-unreachable' });
  });

  it.each(['GET', 'PATCH', 'POST'])('waits as a secondary limit tells for %s', async (method) => {
    await runOnce({ run: 1, findings: ['F-1'] });
    github.addFault({ method, path: /issues/, effect: secondaryRateLimit(37) });
    const { waits, waitMessages } = await runOnce({ run: 2, findings: ['F-1', 'F-2'] });
    expect(waits).toContain(37_000);
    expect(waitMessages).toEqual([expect.stringContaining('37 seconds')]);
    expect(await github.people().listComments(1)).toHaveLength(1);
  });

  it('does not wait for an hour', async () => {
    github.addFault({ method: 'GET', times: 9, effect: secondaryRateLimit(3_600) });
    const error = await failRun({ run: 1, findings: [] });
    expect(error.code).toBe('github-rate-limited');
    expect(github.requests).toHaveLength(1);
  });

  it('pauses between two writes', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    const { waits } = await runOnce({ run: 2, findings: ['F-1', 'F-2'] });
    expect(waits).toEqual([1_000]);
    expect((await runOnce({ run: 3, findings: ['F-1', 'F-2'] })).waits).toEqual([]);
  });

  it('finishes a run whose issue cannot be read back', async () => {
    await runOnce({ run: 1, findings: ['F-1'] });
    github.addFault({ path: /graphql/, times: 4, effect: answer(500) });
    github.addFault({ path: /issues\/1$/, method: 'GET', skip: 1, times: 4, effect: answer(500) });
    const { published, warnings } = await runOnce({ run: 2, findings: ['F-1', 'F-2'] });
    expect(published.action).toBe('updated');
    expect(warnings).toEqual([expect.stringContaining('could not be read back')]);
    expect(await github.people().listComments(1)).toHaveLength(1);
  });
});

it('asks for no issue before its own login is known', async () => {
  const failure = new AuditError({ code: 'github-unreachable', message: 'No.', hint: 'Later.' });
  const { createIssueBoard } = await import('../../src/publish/issue-board.ts');
  const { client } = openTestBoard(github);
  const board = createIssueBoard({
    client,
    ownLogin: { login: null, failure },
    repository: { owner: 'acme', name: 'security' },
    labels: [],
    assignees: [],
    readMarkerKey: () => null,
    readAnnouncedSince: () => null,
    warn: () => {},
  });
  await expect(board.findIssue(KEY)).rejects.toBe(failure);
  expect(github.requests).toEqual([]);
});

it('does not take a page that is no list for an empty one', async () => {
  github.addFault({ path: /issues\?/, effect: { kind: 'answer', status: 200, message: 'Proxy' } });
  const error = await failRun({ run: 1, findings: [] });
  expect(error.code).toBe('github-unexpected-response');
  expect(await github.people().listIssues()).toEqual([]);
});
