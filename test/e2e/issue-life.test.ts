import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { RawEvent } from '../../src/model/log-event.ts';
import { type FaultEffect, secondaryRateLimit } from '../simulators/github/github-faults.ts';
import type { SeenIssue } from '../simulators/github/github-people.ts';
import { ACTIONS_LOGIN, ACTIONS_TOKEN } from '../simulators/github/github-token.ts';
import {
  apiTokenCreation,
  generateNoise,
  passwordReset,
  person,
  privilegeGrant,
} from '../simulators/okta/build-event.ts';
import { fromRequest } from '../simulators/okta/simulator-fault.ts';
import type { ActionResult } from './run-action.ts';
import { type SimulatedWorld, startWorld } from './simulated-world.ts';

const MONDAY = '2026-11-23T12:17:00Z';
const LATER = '2026-11-23T15:17:00Z';
const TUESDAY = '2026-11-24T12:17:00Z';
const WEDNESDAY = '2026-11-25T12:17:00Z';

const DANA = person('dana.reyes@acme.example');
const LEE = person('lee.kim@acme.example');
const TOKEN = apiTokenCreation({ actor: DANA, at: '2026-11-23T10:00:00Z', token: 'ci-bootstrap' });
const SAME_DAY_TOKEN = apiTokenCreation({ actor: DANA, at: '2026-11-23T14:00:00Z', token: 'two' });
const GRANT = privilegeGrant({ actor: DANA, target: LEE, at: '2026-11-23T14:30:00Z' });
const ROUTINE = passwordReset({
  actor: person('helpdesk.lin@acme.example'),
  target: person('forgetful@acme.example'),
  at: '2026-11-23T11:00:00Z',
});

let world: SimulatedWorld;

afterEach(() => world.close());

async function begin(events: readonly RawEvent[]): Promise<void> {
  const noise = generateNoise({ seed: 5, from: '2026-11-10', to: MONDAY, count: 200 });
  world = await startWorld({ events: [...noise, ...events] });
}

async function run(at: string, inputs: Parameters<SimulatedWorld['audit']>[1] = {}) {
  const result = await world.audit(at, inputs);
  expect(result.exitCode, result.stdout + result.stderr).toBe(0);
  return result.outputs;
}

async function fail(at: string, inputs: Parameters<SimulatedWorld['audit']>[1] = {}) {
  const result = await world.audit(at, inputs);
  expect(result.exitCode, result.stdout).toBe(1);
  return result;
}

const people = () => world.github.people();
const readIssue = (number = 1): Promise<SeenIssue> => people().readIssue(number);
const readComments = () => people().listComments(1);

/** Mark and id of every box, in the order of the body. */
function listBoxes({ body }: Pick<SeenIssue, 'body'>): string[] {
  return [...body.matchAll(/^- \[([ x])\] \*\*(F-\w+)/gm)].map(([, mark, id]) => `${mark}${id}`);
}

async function readIds(): Promise<string[]> {
  return listBoxes(await readIssue()).map((box) => box.slice(1));
}

async function tickAll(): Promise<void> {
  for (const id of await readIds()) await people().tick(1, id);
}

function tune(text: string): void {
  const path = join(world.workspace, '.github/okta-audit.yml');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

describe('what people do with a finding', () => {
  it('a tick ends when more of the same happens, and one comment says how much', async () => {
    await begin([TOKEN]);
    await run(MONDAY);
    await tickAll();
    world.okta.addEvents([SAME_DAY_TOKEN]);
    expect(await run(LATER)).toMatchObject({ 'issue-action': 'updated', 'new-finding-count': '0' });
    const issue = await readIssue();
    expect(listBoxes(issue)).toEqual([expect.stringMatching(/^ F-/)]);
    expect(issue.body).toContain('**1 more since acknowledged**');
    expect(issue.isOpen).toBe(true);
    const [comment, ...others] = await readComments();
    expect(comment?.body).toContain('1 finding back after review');
    expect(others).toEqual([]);
  });

  it('an end of the tick by hand is kept as well', async () => {
    await begin([TOKEN, GRANT]);
    await run(LATER);
    const [first = '', second = ''] = await readIds();
    await people().tick(1, first);
    await run(LATER);
    await people().untick(1, first);
    await run(TUESDAY);
    expect(listBoxes(await readIssue()).toSorted()).toEqual([` ${first}`, ` ${second}`].toSorted());
  });

  it('a suppression silences until it expires, and then asks again', async () => {
    await begin([TOKEN]);
    tune(
      'suppressions:\n  - check: api-token-created\n    actor: dana.reyes@acme.example\n    reason: a new pipeline\n    expires: 2026-11-24\n',
    );
    expect(await run(MONDAY)).toMatchObject({ 'finding-count': '0', verdict: 'needs-review' });
    const silenced = await readIssue();
    expect(silenced.isOpen).toBe(false);
    expect(listBoxes(silenced)).toEqual([]);
    expect(silenced.body).toContain('a new pipeline');
    expect(await run(WEDNESDAY)).toMatchObject({
      'finding-count': '1',
      'issue-action': 'reopened',
    });
    const back = await readIssue();
    expect(listBoxes(back)).toHaveLength(1);
    expect(back.isOpen).toBe(true);
    expect(await readComments()).toHaveLength(1);
  });

  it('what was ticked, then suppressed and grew, comes back when the suppression expires', async () => {
    await begin([TOKEN]);
    await run(MONDAY);
    await tickAll();
    await run('2026-11-23T13:17:00Z');
    tune(
      'suppressions:\n  - check: api-token-created\n    actor: dana.reyes@acme.example\n    reason: a new pipeline\n    expires: 2026-11-24\n',
    );
    world.okta.addEvents([SAME_DAY_TOKEN]);
    await run(LATER);
    expect(await run(WEDNESDAY)).toMatchObject({ 'issue-action': 'reopened' });
    const back = await readIssue();
    expect(back.isOpen).toBe(true);
    expect(back.body).toContain('**1 more since acknowledged**');
    const [comment] = await readComments();
    expect(comment?.body).toContain('1 finding back after review');
  });

  it('closing the issue acknowledges all that it lists, until something new happens', async () => {
    await begin([TOKEN]);
    await run(MONDAY);
    const [known = ''] = await readIds();
    await people().close(1);
    expect(await run('2026-11-23T13:17:00Z')).toMatchObject({ 'highest-severity': 'none' });
    const closed = await readIssue();
    expect(closed.isOpen).toBe(false);
    expect(listBoxes(closed)).toEqual([`x${known}`]);
    world.okta.addEvents([GRANT]);
    expect(await run(LATER)).toMatchObject({ 'issue-action': 'reopened', 'finding-count': '2' });
    expect(listBoxes(await readIssue()).filter((box) => box.startsWith('x'))).toEqual([
      `x${known}`,
    ]);
  });

  it('what was listed waits on although one run lists less, and opens the issue again', async () => {
    await begin([TOKEN]);
    await run(MONDAY);
    const ids = await readIds();
    for (const at of ['2026-11-29T12:17:00Z', '2026-12-07T12:17:00Z']) await run(at);
    await run('2026-12-08T12:17:00Z', { 'minimum-severity': 'critical' });
    expect(await readIds()).toEqual([]);
    expect(await run('2026-12-09T12:17:00Z')).toMatchObject({ 'issue-action': 'reopened' });
    expect(await readIds()).toEqual(ids);
  });

  it('context comes and goes without a comment, a box or an open issue', async () => {
    await begin([]);
    await run(MONDAY.replace('12:17', '10:17'));
    world.okta.addEvents([ROUTINE]);
    expect(await run(MONDAY)).toMatchObject({ 'finding-count': '0', verdict: 'no-evidence' });
    const came = await readIssue();
    expect(came.body).toContain('helpdesk.lin@acme.example');
    expect(came.isOpen).toBe(false);
    for (const at of ['2026-11-29T12:17:00Z', '2026-12-07T12:17:00Z']) await run(at);
    const went = await readIssue();
    expect(went.body).not.toContain('helpdesk.lin@acme.example');
    expect(went.isOpen).toBe(false);
    expect(listBoxes(went)).toEqual([]);
    expect(await readComments()).toEqual([]);
  });

  it('what they write into the body outside of its blocks is kept as notes, what they change inside is not', async () => {
    await begin([TOKEN]);
    await run(MONDAY);
    await people().editBody(1, (body) =>
      body
        .replace('## Findings', 'Nothing to see here\n\n## Findings')
        .replace(/^(<!-- okta-tenant-audit:.*-->)$/m, '$1\n\nTicket SEC-12 covers this.'),
    );
    world.okta.addEvents([GRANT]);
    await run(LATER);
    const { body } = await readIssue();
    const notes = body.slice(body.indexOf('## Notes'));
    expect(body).toContain('## Notes');
    expect(notes).toContain('Ticket SEC-12 covers this.');
    expect(body.split('Ticket SEC-12')).toHaveLength(2);
    expect(body).not.toContain('Nothing to see here');
    await run(TUESDAY);
    expect((await readIssue()).body.split('Ticket SEC-12')).toHaveLength(2);
  });
});

describe('what people do to the text', () => {
  it('a box that somebody deleted stands again after a night without news', async () => {
    await begin([TOKEN]);
    await run(MONDAY);
    const ids = await readIds();
    await people().editBody(1, (body) => body.replace(/^- \[ \] \*\*F-.*$/m, ''));
    expect(await readIds()).toEqual([]);
    expect(await run(LATER)).toMatchObject({ 'issue-action': 'updated' });
    expect(await readIds()).toEqual(ids);
    expect(await run(TUESDAY)).toMatchObject({ 'issue-action': 'unchanged' });
    expect(await readComments()).toEqual([]);
  });

  it('a damaged memory makes everything new again, aloud', async () => {
    await begin([TOKEN]);
    await run(MONDAY);
    await tickAll();
    await run(LATER);
    expect((await readIssue()).isOpen).toBe(false);
    await people().editBody(1, (body) => body.replace(/ memory=m1\.\w{9}/, ' memory=m1.'));
    expect(await run(TUESDAY)).toMatchObject({
      'issue-action': 'reopened',
      'new-finding-count': '1',
    });
    expect((await readIssue()).isOpen).toBe(true);
    const [comment, ...others] = await readComments();
    expect(comment?.body).toContain('1 new finding');
    expect(comment?.body).toContain('what the issue keeps from earlier runs is missing');
    expect(others).toEqual([]);
    expect(await run(WEDNESDAY)).toMatchObject({ coverage: 'complete', 'new-finding-count': '0' });
    expect(await readComments()).toHaveLength(1);
  });
});

describe('which issue it is', () => {
  it('stays the same without its label, which is not put back', async () => {
    await begin([TOKEN]);
    await run(MONDAY);
    await people().removeLabel(1, 'okta-audit');
    expect(await run(TUESDAY)).toMatchObject({ 'issue-number': '1' });
    expect((await readIssue()).labels).toEqual([]);
    expect(await people().listIssues()).toHaveLength(1);
  });

  it('is the older one of two with the same marker, and the other is told once', async () => {
    await begin([TOKEN]);
    await run(MONDAY);
    const { title, body } = await readIssue();
    await people().createIssue({ login: ACTIONS_LOGIN, title, body });
    expect(await run(TUESDAY)).toMatchObject({ 'issue-number': '1' });
    expect(await run(WEDNESDAY)).toMatchObject({ 'issue-number': '1' });
    expect((await readIssue(2)).body).toBe(body);
    expect(await people().listComments(2)).toEqual([
      { author: ACTIONS_LOGIN, body: expect.stringContaining('#1') },
    ]);
    expect(await readComments()).toEqual([]);
  });

  it("is never somebody else's with a copied marker, whatever it has ticked", async () => {
    await begin([TOKEN]);
    await run(MONDAY);
    const { title, body } = await readIssue();
    const shared = world.github.people('acme/shared');
    const copy = body.replaceAll('- [ ]', '- [x]');
    await shared.createIssue({ login: 'mallory', title, body: copy, labels: ['okta-audit'] });
    expect(await run(TUESDAY, { 'issue-repository': 'acme/shared' })).toMatchObject({
      'issue-number': '2',
      'issue-action': 'created',
      'new-finding-count': '1',
    });
    expect((await shared.readIssue(1)).body).toBe(copy);
    expect(listBoxes(await shared.readIssue(2))).toEqual([expect.stringMatching(/^ F-/)]);
  });
});

it('what does not fit into the issue is told in the log of the run', async () => {
  await begin([TOKEN]);
  expect((await world.audit(MONDAY)).stdout).not.toContain('leaves out');
  const tokens = Array.from({ length: 300 }, (_, index) => {
    const actor = person(`developer.${index}@acme.example`);
    return apiTokenCreation({ actor, at: '2026-11-23T14:00:00Z', token: `token ${index}` });
  });
  world.okta.addEvents(tokens);
  const { stdout } = await world.audit(LATER);
  expect(stdout).toMatch(/^To fit its limit, the issue leaves out: \S.*\.$/m);
});

describe('a dry run', () => {
  it('knows the issue and writes nothing to it, whether it can look or not', async () => {
    await begin([TOKEN]);
    await run(MONDAY);
    const before = [await readIssue(), await readComments()];
    world.okta.addEvents([GRANT]);
    expect(await run(LATER, { publish: 'none' })).toMatchObject({
      'finding-count': '2',
      'new-finding-count': '1',
      'issue-action': 'none',
      'issue-number': '',
    });
    tune('own-domain: [example.com]\n');
    await fail(TUESDAY, { publish: 'none' });
    expect([await readIssue(), await readComments()]).toEqual(before);
  });
});

describe('a run that could not look', () => {
  it('adds that to the status line and changes nothing else; the next run takes it away', async () => {
    await begin([TOKEN]);
    await run(MONDAY);
    await tickAll();
    const before = await readIssue();
    world.okta.setFaults([fromRequest('logs', 1, { kind: 'status', status: 401 })]);
    await fail(TUESDAY);
    const { body, ...rest } = await readIssue();
    const link = '[run](https://github.com/acme/security/actions/runs/4711)';
    expect(body).toContain(`**Last attempt failed:** 2026-11-24 12:17 UTC · ${link}`);
    const note = /<!-- okta-audit:attempt -->.*?<!-- okta-audit:end -->\n\n/s;
    expect({ body: body.replace(note, ''), ...rest }).toEqual(before);
    expect(await readComments()).toEqual([]);
    world.okta.setFaults([]);
    await run(WEDNESDAY);
    expect((await readIssue()).body).not.toContain('Last attempt failed');
  });

  it('says so of a tuning file that does not hold, too', async () => {
    await begin([TOKEN]);
    await run(MONDAY);
    const before = await readIssue();
    const asked = world.okta.requestsTo('logs').length;
    tune('own-domain: [example.com]\n');
    const { stdout, outputs } = await fail(TUESDAY);
    expect(stdout).toContain('[config-invalid]');
    expect(outputs).toEqual({});
    expect(world.okta.requestsTo('logs')).toHaveLength(asked);
    const { body, isOpen } = await readIssue();
    expect(body).toContain('**Last attempt failed:** 2026-11-24 12:17 UTC');
    expect(body).toContain('did you mean own-domains?');
    expect({ isOpen, boxes: listBoxes({ body }) }).toEqual({
      isOpen: true,
      boxes: listBoxes(before),
    });
  });

  it('says when coverage is lost, carries what waits, and says when the hole was read after all', async () => {
    await begin([TOKEN]);
    await run(MONDAY);
    const ids = await readIds();
    const foreignRecord = { uuid: 'broken', published: 'no time', eventType: 'user.session.start' };
    world.okta.setFaults([fromRequest('logs', 1, { kind: 'page', page: { foreignRecord } })]);
    const { outputs, summary } = await world.audit(TUESDAY);
    expect(outputs).toMatchObject({ coverage: 'partial', 'finding-count': '1' });
    expect(summary).toContain('read as far as possible through 2026-11-23');
    const lost = await readIssue();
    expect(lost.body).toContain('## What was not read');
    expect(lost.body).toContain('read as far as possible through 2026-11-23');
    expect(listBoxes(lost).map((box) => box.slice(1))).toEqual(ids);
    world.okta.setFaults([]);
    expect(await run(WEDNESDAY)).toMatchObject({ coverage: 'complete' });
    const regained = await readIssue();
    expect(regained.body).not.toContain('## What was not read');
    const said = (await readComments()).map(({ body }) => body);
    expect(said).toEqual([
      expect.stringContaining('ot everything could be read'),
      expect.stringContaining('hole'),
    ]);
  });

  it('an issue with lost coverage stays open although everything is explained', async () => {
    await begin([]);
    const foreignRecord = { uuid: 'broken', published: 'no time', eventType: 'user.session.start' };
    world.okta.setFaults([fromRequest('logs', 1, { kind: 'page', page: { foreignRecord } })]);
    expect(await run(MONDAY)).toMatchObject({ verdict: 'not-assessable', coverage: 'none' });
    expect((await readIssue()).isOpen).toBe(true);
  });
});

describe('an incident issue', () => {
  const incident = 'okta-2022-01-lapsus';

  it('is never closed by the audit, and what a person closed stays closed', async () => {
    await begin([]);
    expect(await run(MONDAY, { incident })).toMatchObject({ 'issue-action': 'created' });
    expect((await readIssue()).isOpen).toBe(true);
    expect(await run(TUESDAY, { incident })).toMatchObject({ 'issue-action': 'unchanged' });
    expect((await readIssue()).isOpen).toBe(true);
    await people().close(1);
    await run(MONDAY, { incident });
    expect((await readIssue()).isOpen).toBe(false);
    expect(await readComments()).toEqual([]);
  });

  it('stays open with every finding ticked, and is opened again by news', async () => {
    const file =
      'id: ours\ntitle: Ours\nwindow:\n  core: { since: 2026-11-22, until: 2026-11-23 }\n';
    await begin([TOKEN]);
    writeFileSync(join(world.workspace, 'ours.yml'), file);
    const inputs = { incident: 'ours.yml' };
    await run(WEDNESDAY, inputs);
    await tickAll();
    await run(WEDNESDAY, inputs);
    expect((await readIssue()).isOpen).toBe(true);
    await people().close(1);
    world.okta.addEvents([GRANT]);
    expect(await run(WEDNESDAY, inputs)).toMatchObject({ 'issue-action': 'reopened' });
    expect(await readComments()).toHaveLength(1);
  });
});

describe('a race', () => {
  it('between a tick and a run is won by the tick', async () => {
    await begin([TOKEN]);
    await run(MONDAY);
    const [id = ''] = await readIds();
    world.okta.addEvents([GRANT]);
    world.github.addFault({
      method: 'PATCH',
      effect: { kind: 'before', act: () => people().tick(1, id) },
    });
    await run(LATER);
    expect(listBoxes(await readIssue())).toContain(`x${id}`);
    expect(await readComments()).toHaveLength(1);
  });
});

describe('what GitHub answers', () => {
  const answer = (status: number): FaultEffect => ({ kind: 'answer', status });

  function said({ stdout }: ActionResult): string {
    return stdout
      .split('\n')
      .filter((line) => line.startsWith('::error'))
      .join('\n');
  }

  it('names the permission that the token lacks, and leaves everything as it was', async () => {
    await begin([TOKEN]);
    await run(MONDAY);
    const before = await readIssue();
    world.github.setToken('reader', { ...ACTIONS_TOKEN, issues: 'read' });
    world.okta.addEvents([GRANT]);
    const result = await fail(LATER, { 'github-token': 'reader' });
    expect(said(result)).toContain('issues: write');
    expect(said(result)).toContain('[github-forbidden]');
    expect(await readIssue()).toEqual(before);
  });

  it.each([
    [403, 'github-forbidden', 'issues: write'],
    [404, 'github-not-found', 'issue-repository'],
    [422, 'github-unexpected-response', '422'],
  ])('a %i fails the step with %s and one clear error', async (status, code, hint) => {
    await begin([TOKEN]);
    world.github.addFault({ method: 'POST', path: /issues$/, effect: answer(status) });
    const result = await fail(MONDAY);
    expect(said(result).match(/::error/g)).toHaveLength(1);
    expect(said(result)).toContain(`[${code}]`);
    expect(said(result)).toContain(hint);
    expect(await people().listIssues()).toEqual([]);
  });

  it('a 502 and a secondary limit are waited out as told', async () => {
    await begin([TOKEN]);
    await run(MONDAY);
    world.okta.addEvents([GRANT]);
    world.github.addFault({ method: 'GET', path: /issues/, effect: answer(502) });
    world.github.addFault({ method: 'PATCH', effect: secondaryRateLimit(2) });
    const startedMs = performance.now();
    expect(await run(LATER)).toMatchObject({ 'issue-action': 'updated' });
    expect(performance.now() - startedMs).toBeGreaterThan(3_000);
    expect(listBoxes(await readIssue())).toHaveLength(2);
    expect(await readComments()).toHaveLength(1);
  });
});
