import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { INPUT_TABLE } from '../../src/config/input-table.ts';
import { firstNight, secondNight } from '../scenarios/acme-tenant.ts';
import { generateNoise, person, privilegeGrant } from '../simulators/okta/build-event.ts';
import { type ActionResult, makeDirectory } from './run-action.ts';
import { type SimulatedWorld, startWorld } from './simulated-world.ts';

const NIGHT_ONE = '2026-11-23T02:17:00Z';
const NIGHT_TWO = '2026-11-24T02:17:00Z';
const NIGHT_THREE = '2026-11-25T02:17:00Z';

let world: SimulatedWorld;

afterEach(() => world.close());

async function startAcme(): Promise<SimulatedWorld> {
  return startWorld({ events: firstNight({ nowMs: Date.parse(NIGHT_ONE), noise: 3_000 }) });
}

function expectSuccess(result: ActionResult): void {
  expect(result.exitCode, result.stdout + result.stderr).toBe(0);
}

function findingIds(body: string): string[] {
  return [...body.matchAll(/^- \[[ x]\] \*\*(F-\w+)/gm)].map(([, id = '']) => id);
}

describe('the nightly audit', () => {
  it('opens an issue that says what has to be explained, and keeps every output', async () => {
    world = await startAcme();
    const result = await world.audit(NIGHT_ONE);
    expectSuccess(result);
    expect(result.outputs).toEqual({
      verdict: 'needs-review',
      'finding-count': '2',
      'new-finding-count': '2',
      'highest-severity': 'medium',
      'support-access': 'disabled',
      'support-access-expires-at': '',
      coverage: 'complete',
      'issue-number': '1',
      'issue-url': expect.stringContaining('/acme/security/issues/1'),
      'issue-action': 'created',
      'report-directory': 'okta-audit-report',
      'report-json': 'okta-audit-report/report.json',
      'okta-requests': String(world.okta.requestsTo('logs').length),
    });
    const issue = await world.github.people().readIssue(1);
    expect(issue.isOpen).toBe(true);
    expect(issue.labels).toEqual(['okta-audit']);
    expect(findingIds(issue.body)).toHaveLength(2);
    expect(await world.github.people().listComments(1)).toEqual([]);
    expect(result.summary).toContain('Needs review');
  });

  it('takes an empty input for its default, as an expression gives it on a schedule', async () => {
    world = await startAcme();
    const empty = Object.fromEntries(
      INPUT_TABLE.filter(({ default: fallback }) => fallback !== '${{ github.token }}')
        .filter(({ default: fallback }) => fallback !== null)
        .map(({ name }) => [name, '']),
    );
    const result = await world.audit(NIGHT_ONE, empty);
    expectSuccess(result);
    expect(result.outputs).toMatchObject({
      coverage: 'complete',
      'issue-action': 'created',
      'report-directory': 'okta-audit-report',
    });
    expect((await world.github.people().readIssue(1)).labels).toEqual(['okta-audit']);
  });

  it('folds what it did into one group of the log, in the words of one and many', async () => {
    world = await startAcme();
    const { stdout } = await world.audit(NIGHT_ONE);
    const [, did = ''] = /^::group::What the audit did\n(.*?)\n::endgroup::$/ms.exec(stdout) ?? [];
    const host = new URL(world.okta.url).host;
    expect(did).toContain(`Reading the System Log of ${host}: `);
    expect(did).toContain(`Looking around the findings in the System Log of ${host}: `);
    expect(did).not.toMatch(/\b1 (?:events|requests)\b/);
    expect(stdout.indexOf('::group::Verdict')).toBeGreaterThan(stdout.indexOf(did));
  });

  it('marks in the log what it corrected, and which rule of its user does not run', async () => {
    world = await startAcme();
    writeFileSync(join(world.workspace, 'mine.yml'), 'title: Mine\nlogsource: { product: okta }\n');
    const { stdout } = await world.audit(NIGHT_ONE, {
      'okta-org-url': `${world.okta.url}/`,
      rules: 'mine.yml',
    });
    expect(stdout).toContain(`\n::notice::okta-org-url: read as ${world.okta.url}\n`);
    expect(stdout).toMatch(/^::warning::mine\.yml:\d+: .*detection/m);
  });

  it('says where the report is, also in the workspace itself and outside of it', async () => {
    world = await startAcme();
    const inside = await world.audit(NIGHT_ONE, { 'report-directory': '.' });
    expect(inside.outputs).toMatchObject({
      'report-directory': '.',
      'report-json': 'report.json',
    });
    const outside = makeDirectory();
    const elsewhere = await world.audit(NIGHT_ONE, { 'report-directory': outside });
    expect(elsewhere.outputs).toMatchObject({
      'report-directory': outside,
      'report-json': join(outside, 'report.json'),
    });
  });

  it('writes report files that agree with the issue', async () => {
    world = await startAcme();
    const result = await world.audit(NIGHT_ONE);
    const read = (name: string) =>
      readFileSync(join(world.workspace, 'okta-audit-report', name), 'utf8');
    const report = JSON.parse(read('report.json'));
    const issue = await world.github.people().readIssue(1);
    const reviewed = report.findings.filter(
      (finding: { role: string }) => finding.role !== 'context',
    );
    expect(reviewed.map((finding: { id: string }) => finding.id).toSorted()).toEqual(
      findingIds(issue.body).toSorted(),
    );
    expect(report.verdict).toBe(result.outputs['verdict']);
    const url = 'https://github.com/acme/security/actions/runs/4711';
    expect(report.run).toEqual({ url, trigger: 'schedule' });
    expect(issue.body).toContain(url);
    expect(issue.body).toContain(`evidence.ndjson\` sha256 \`${report.evidence.sha256}\``);
    expect(read('report.html')).toContain('<!doctype html>');
    expect(read('report.md')).toContain(reviewed[0].id);
    expect(read('findings.csv')).toContain(reviewed[0].id);
    const evidence = read('evidence.ndjson')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).uuid);
    const claimed = report.findings.flatMap((finding: { events: string[] }) => finding.events);
    expect(evidence.toSorted()).toEqual([...new Set<string>(claimed)].toSorted());
  });

  it('changes nothing but the status line on a night like the one before, with at most six GitHub requests', async () => {
    world = await startAcme();
    await world.audit(NIGHT_ONE);
    const before = await world.github.people().readIssue(1);
    world.github.forgetRequests();
    const result = await world.audit('2026-11-23T02:47:00Z');
    expectSuccess(result);
    expect(result.outputs['issue-action']).toBe('unchanged');
    expect(result.outputs['new-finding-count']).toBe('0');
    expect(world.github.requests.length).toBeLessThanOrEqual(6);
    const after = await world.github.people().readIssue(1);
    expect(findingIds(after.body)).toEqual(findingIds(before.body));
    expect(await world.github.people().listComments(1)).toEqual([]);
  });

  it('tells news in one comment and keeps ticks', async () => {
    world = await startAcme();
    await world.audit(NIGHT_ONE);
    const [ticked = ''] = findingIds((await world.github.people().readIssue(1)).body);
    await world.github.people().tick(1, ticked);
    world.okta.addEvents(secondNight({ nowMs: Date.parse(NIGHT_TWO) }));
    const result = await world.audit(NIGHT_TWO, { 'issue-mentions': 'acme/soc, @mona_acme' });
    expectSuccess(result);
    expect(result.outputs).toMatchObject({
      'issue-action': 'updated',
      'finding-count': '3',
      'new-finding-count': '1',
      'highest-severity': 'high',
    });
    const comments = await world.github.people().listComments(1);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toContain('Super administrator');
    expect(comments[0]?.body).toMatch(/^@acme\/soc @mona_acme /);
    const { body } = await world.github.people().readIssue(1);
    expect(body).toMatch(new RegExp(`^- \\[x\\] \\*\\*${ticked}`, 'm'));
  });

  it('closes when everything is explained and opens again for news', async () => {
    world = await startAcme();
    await world.audit(NIGHT_ONE);
    for (const id of findingIds((await world.github.people().readIssue(1)).body)) {
      await world.github.people().tick(1, id);
    }
    const closed = await world.audit('2026-11-23T03:17:00Z');
    expect(closed.outputs['issue-action']).toBe('closed');
    expect((await world.github.people().readIssue(1)).isOpen).toBe(false);
    world.okta.addEvents(secondNight({ nowMs: Date.parse(NIGHT_TWO) }));
    const reopened = await world.audit(NIGHT_TWO);
    expect(reopened.outputs['issue-action']).toBe('reopened');
    expect((await world.github.people().readIssue(1)).isOpen).toBe(true);
  });

  it('carries what nobody reviewed after its events have left the window', async () => {
    world = await startAcme();
    await world.audit(NIGHT_ONE);
    const ids = findingIds((await world.github.people().readIssue(1)).body);
    const result = await world.audit('2026-12-20T02:17:00Z');
    expectSuccess(result);
    expect(result.outputs['new-finding-count']).toBe('0');
    const { body, isOpen } = await world.github.people().readIssue(1);
    expect(findingIds(body).toSorted()).toEqual(ids.toSorted());
    expect(isOpen).toBe(true);
  });

  it('opens an issue also when there is nothing, and closes it at once', async () => {
    world = await startWorld({
      events: generateNoise({ seed: 1, from: '2026-11-10', to: NIGHT_ONE, count: 500 }),
    });
    const result = await world.audit(NIGHT_ONE);
    expectSuccess(result);
    expect(result.outputs).toMatchObject({
      verdict: 'no-evidence',
      coverage: 'complete',
      'finding-count': '0',
      'highest-severity': 'none',
      'issue-action': 'created',
    });
    expect((await world.github.people().readIssue(1)).isOpen).toBe(false);
  });

  it('leaves no gap after skipped nights', async () => {
    world = await startAcme();
    await world.audit(NIGHT_ONE);
    world.okta.addEvents([
      privilegeGrant({
        actor: person('root@acme.example'),
        target: person('mallory@acme.example'),
        at: '2026-11-24T12:00:00Z',
      }),
    ]);
    const result = await world.audit('2026-12-15T02:17:00Z');
    expectSuccess(result);
    expect(result.outputs['new-finding-count']).toBe('1');
  });

  it('gives the same findings from a full pull as from a targeted one', async () => {
    world = await startAcme();
    const read = (directory: string) =>
      JSON.parse(readFileSync(join(world.workspace, directory, 'report.json'), 'utf8'));
    await world.audit(NIGHT_THREE, { publish: 'none', 'report-directory': 'targeted' });
    await world.audit(NIGHT_THREE, { publish: 'none', 'report-directory': 'full', pull: 'full' });
    const both = new Set<string>(
      read('targeted').checks.flatMap((check: { id: string; status: string }) =>
        check.status === 'evaluated' ? check.id : [],
      ),
    );
    const findings = (directory: string) =>
      read(directory)
        .findings.filter((finding: { check: string }) => both.has(finding.check))
        .map(({ id, severity, role, events }: Record<string, unknown>) => ({
          id,
          severity,
          role,
          events,
        }));
    expect(findings('full')).toEqual(findings('targeted'));
    expect(findings('targeted').length).toBeGreaterThan(3);
  });

  it('says that support access is on, and until when', async () => {
    world = await startAcme();
    world.okta.setSupport({ support: 'ENABLED', expiration: '2026-11-23T10:00:00.000Z' });
    const result = await world.audit(NIGHT_ONE);
    expect(result.outputs).toMatchObject({
      'support-access': 'enabled',
      'support-access-expires-at': '2026-11-23T10:00:00.000Z',
    });
  });
});

describe('exits on purpose', () => {
  it('fails on an unreviewed finding of the severity that was named, with all outputs set', async () => {
    world = await startAcme();
    const result = await world.audit(NIGHT_ONE, { 'fail-on': 'medium' });
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain('fail-on');
    expect(result.outputs['issue-action']).toBe('created');
    const calm = await world.audit('2026-11-23T02:47:00Z', { 'fail-on': 'high' });
    expect(calm.exitCode).toBe(0);
  });
});
