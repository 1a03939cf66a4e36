import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { firstNight } from '../scenarios/acme-tenant.ts';
import { ACTIONS_SECRET } from '../simulators/github/start-github.ts';
import { generateNoise } from '../simulators/okta/build-event.ts';
import { fromRequest } from '../simulators/okta/simulator-fault.ts';
import { type ActionResult, runAction } from './run-action.ts';
import { type SimulatedWorld, startWorld } from './simulated-world.ts';

const NOW = '2026-11-23T02:17:00Z';
const LOGIN = 'dana.reyes@acme.example';

let world: SimulatedWorld;

afterEach(() => world.close());

async function startAcme(): Promise<SimulatedWorld> {
  return startWorld({ events: firstNight({ nowMs: Date.parse(NOW), noise: 500 }) });
}

/** Everything that a run let out, but the masks that tell the runner what to hide. */
function everythingSaid(result: ActionResult): string {
  const directory = join(result.workspace, 'okta-audit-report');
  const files = existsSync(directory)
    ? readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8'))
    : [];
  const log = result.stdout.replace(/^::add-mask::.*$/gm, '');
  return [log, result.stderr, result.summary, JSON.stringify(result.outputs), ...files].join('\n');
}

describe('a repository that others can read', () => {
  it('gets counts alone, no issue, no summary, and a failed step', async () => {
    world = await startAcme();
    const result = await world.audit(NOW, { 'issue-repository': 'acme/public' });
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain('[repository-public]');
    expect(result.outputs).toMatchObject({
      verdict: 'needs-review',
      'finding-count': '2',
      'issue-action': 'none',
    });
    expect(result.summary).toBe('');
    expect(everythingSaid(result)).not.toContain(LOGIN);
    expect(await world.github.people('acme/public').listIssues()).toEqual([]);
  });

  it('succeeds in a dry run, still without finding text', async () => {
    world = await startAcme();
    const result = await world.audit(NOW, { 'issue-repository': 'acme/public', publish: 'none' });
    expect(result.exitCode).toBe(0);
    expect(result.summary).toBe('');
    expect(everythingSaid(result)).not.toContain(LOGIN);
  });

  it('gets the issue where somebody allowed it', async () => {
    world = await startAcme();
    const result = await world.audit(NOW, {
      'issue-repository': 'acme/public',
      'allow-public-repository': 'true',
    });
    expect(result.exitCode).toBe(0);
    expect(result.outputs['issue-action']).toBe('created');
  });

  it('that a whole enterprise can read carries a warning on top', async () => {
    world = await startAcme();
    const result = await world.audit(NOW, { 'issue-repository': 'acme/shared' });
    expect(result.outputs['issue-action']).toBe('created');
    const { body } = await world.github.people('acme/shared').readIssue(1);
    expect(body.split('\n').slice(0, 6).join('\n')).toContain('internal');
    expect(result.stdout).toMatch(/^::warning::acme\/shared is internal: everybody/m);
  });
});

describe('secrets', () => {
  it('are masked first and said nowhere, on good days and bad ones', async () => {
    world = await startAcme();
    const keyLine = world.app.privateKeyPem.split('\n')[3] ?? '';
    const good = await world.audit(NOW);
    const bad = await world.audit(NOW, { 'okta-client-id': 'somebody-else' });
    const broken = await world.audit(NOW, { 'github-token': `${ACTIONS_SECRET}-wrong` });
    for (const result of [good, bad, broken]) {
      expect(result.stdout.indexOf('::add-mask::')).toBe(0);
      const said = everythingSaid(result);
      expect(said).not.toContain(keyLine);
      expect(said).not.toContain(ACTIONS_SECRET);
    }
    expect(bad.stdout).toContain('okta-client-id');
    expect(bad.stdout).toContain('[okta-credentials-rejected]');
    expect(bad.stdout).not.toContain('undefined');
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['a token behind its word', { 'okta-api-token': 'SSWS token-0123456789' }, 'token-0123456789'],
    ['a short token', { 'okta-api-token': 'token-01' }, 'token-01'],
    ['each line of a key', { 'okta-private-key': 'first-line\nother-line' }, 'other-line'],
    [
      'each line of one of Windows',
      { 'okta-private-key': 'first-line\\r\\nother-line' },
      'first-line',
    ],
    ['each line of a key on one', { 'okta-private-key': 'first-line\\nother-line' }, 'other-line'],
  ])('are masked by what may be said of them: %s', async (_, inputs, mask) => {
    world = await startWorld();
    const { stdout } = await runAction({ inputs });
    expect(stdout.split('\n')).toContain(`::add-mask::${mask}`);
  });

  it('go to the org that was named, whatever okta.yaml and OKTA_CLIENT_ variables say', async () => {
    world = await startAcme();
    const elsewhere = await startWorld();
    writeFileSync(
      join(world.workspace, 'okta.yaml'),
      `okta:\n  client:\n    orgUrl: ${elsewhere.okta.url}\n    authorizationMode: SSWS\n    token: stolen\n`,
    );
    const result = await runAction({
      workspace: world.workspace,
      inputs: {
        'okta-org-url': world.okta.url,
        'okta-client-id': world.app.client.clientId,
        'okta-private-key': world.app.privateKeyPem,
        publish: 'none',
        since: '2026-11-16',
        until: '2026-11-20',
      },
      env: {
        OKTA_CLIENT_ORGURL: elsewhere.okta.url,
        OKTA_CLIENT_TOKEN: 'stolen',
        HOME: world.workspace,
      },
      now: NOW,
    });
    expect(elsewhere.okta.requests).toEqual([]);
    expect(result.outputs['verdict'] ?? result.stdout).not.toBe('');
    expect(world.okta.requests.length).toBeGreaterThan(0);
    await elsewhere.close();
  });
});

describe('bad days', () => {
  it.each([
    ['a page that keeps failing', fromRequest('logs', 4, { kind: 'status', status: 500 })],
    ['a connection that keeps breaking', fromRequest('logs', 4, { kind: 'connection-reset' })],
  ])('%s is a hole, never an all-clear', async (_what, fault) => {
    world = await startWorld({
      events: generateNoise({ seed: 3, from: '2026-11-10', to: NOW, count: 300 }),
    });
    world.okta.setFaults([fault]);
    const result = await world.audit(NOW);
    expect(result.exitCode, result.stdout).toBe(0);
    expect(result.outputs).toMatchObject({ verdict: 'not-assessable', coverage: 'partial' });
    expect(world.okta.requestsTo('logs').length).toBeGreaterThan(6);
  });

  it('a failed run says so in the issue and changes nothing else', async () => {
    world = await startAcme();
    await world.audit(NOW);
    const before = (await world.github.people().readIssue(1)).body;
    const result = await world.audit('2026-11-24T02:17:00Z', { 'okta-client-id': 'somebody-else' });
    expect(result.exitCode).toBe(1);
    const { body, isOpen } = await world.github.people().readIssue(1);
    expect(isOpen).toBe(true);
    expect(body).toContain('Last attempt failed');
    expect(body.split('\n')[0]).toBe(before.split('\n')[0]);
  });
});
