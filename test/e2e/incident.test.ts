import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { firstNight, january2022Export } from '../scenarios/acme-tenant.ts';
import { type SimulatedWorld, startWorld } from './simulated-world.ts';

const NOW = '2026-11-23T10:00:00Z';

let world: SimulatedWorld;

afterEach(() => world.close());

async function startAcme(): Promise<SimulatedWorld> {
  return startWorld({ events: firstNight({ nowMs: Date.parse(NOW), noise: 500 }) });
}

function saveArchive(name: string, keep: (published: string) => boolean = () => true): void {
  const lines = january2022Export({ noise: 6_000 })
    .filter((event) => keep(String(event['published'])))
    .map((event) => JSON.stringify(event));
  const text =
    name.endsWith('.json') || name.endsWith('.json.gz')
      ? `[${lines.join(',\n')}]`
      : `${lines.join('\n')}\n`;
  writeFileSync(join(world.workspace, name), name.endsWith('.gz') ? gzipSync(text) : text);
}

function readReport() {
  return JSON.parse(readFileSync(join(world.workspace, 'okta-audit-report/report.json'), 'utf8'));
}

describe('an incident that is older than the log', () => {
  it('is not assessable from the live log alone, and the issue says which archive would tell', async () => {
    world = await startAcme();
    const result = await world.audit(NOW, { incident: 'okta-2022-01-lapsus' });
    expect(result.exitCode, result.stdout).toBe(0);
    expect(result.outputs).toMatchObject({
      verdict: 'not-assessable',
      coverage: 'none',
      'issue-action': 'created',
      'finding-count': '0',
    });
    const { body, isOpen } = await world.github.people().readIssue(1);
    expect(isOpen).toBe(true);
    expect(body).toContain('archive that covers');
    expect(body).toContain('2022-01-16');
  });

  it.each(['logs.ndjson', 'logs.ndjson.gz', 'logs.json', 'logs.json.gz'])(
    'is answered from %s',
    async (name) => {
      world = await startAcme();
      saveArchive(name);
      const result = await world.audit(NOW, { incident: 'okta-2022-01-lapsus', archive: name });
      expect(result.outputs).toMatchObject({ verdict: 'needs-review', coverage: 'complete' });
      const checks = readReport().findings.map((finding: { check: string }) => finding.check);
      expect(checks).toContain('support-tool-reset');
      expect(checks).toContain('support-access-open');
      expect(checks).toContain('api-token-created');
    },
  );

  it('is not cleared by an archive that begins in the middle of it', async () => {
    world = await startAcme();
    saveArchive(
      'late.ndjson',
      (published) => published >= '2022-01-19' && published < '2022-01-21',
    );
    const result = await world.audit(NOW, {
      incident: 'okta-2022-01-lapsus',
      archive: 'late.ndjson',
    });
    expect(result.outputs['coverage']).toBe('partial');
    expect(result.outputs['verdict']).not.toBe('no-evidence');
  });

  it('counts what the inputs leave out of its core window as a hole', async () => {
    world = await startAcme();
    saveArchive('logs.ndjson');
    const result = await world.audit(NOW, {
      incident: 'okta-2022-01-lapsus',
      archive: 'logs.ndjson',
      since: '2022-01-16',
      until: '2022-01-17',
    });
    expect(result.outputs['coverage']).toBe('partial');
    expect(result.outputs['verdict']).not.toBe('no-evidence');
  });

  it('can be one that only this team knows', async () => {
    world = await startAcme();
    saveArchive('logs.ndjson');
    writeFileSync(
      join(world.workspace, 'mine.yml'),
      'id: acme-2022-01\ntitle: Ours alone\nwindow:\n  core: { since: 2022-01-20, until: 2022-01-21 }\n',
    );
    const result = await world.audit(NOW, { incident: 'mine.yml', archive: 'logs.ndjson' });
    expect(result.outputs).toMatchObject({ verdict: 'needs-review', coverage: 'complete' });
    expect(readReport().scope).toEqual({ id: 'acme-2022-01', title: 'Ours alone' });
  });

  it('is asked for by since and until alone as well', async () => {
    world = await startAcme();
    saveArchive('logs.ndjson');
    const result = await world.audit(NOW, {
      archive: 'logs.ndjson',
      since: '2022-01-16',
      until: '2022-01-21',
    });
    expect(result.outputs).toMatchObject({ verdict: 'needs-review', coverage: 'complete' });
    expect(readReport().window).toEqual({
      since: '2022-01-16T00:00:00.000Z',
      until: '2022-01-22T00:00:00.000Z',
    });
  });

  it('has an issue of its own beside the nightly one', async () => {
    world = await startAcme();
    await world.audit(NOW);
    const result = await world.audit(NOW, { incident: 'okta-2022-01-lapsus' });
    expect(result.outputs['issue-number']).toBe('2');
  });
});

describe('an archive beside the live log', () => {
  it('gives every event once', async () => {
    world = await startAcme();
    const events = firstNight({ nowMs: Date.parse(NOW), noise: 500 });
    writeFileSync(
      join(world.workspace, 'same.ndjson'),
      events
        .toSorted((one, other) => (String(one['published']) < String(other['published']) ? -1 : 1))
        .map((event) => JSON.stringify(event))
        .join('\n'),
    );
    await world.audit(NOW, { publish: 'none' });
    const live = readReport().findings;
    await world.audit(NOW, { publish: 'none', archive: 'same.ndjson' });
    const merged = readReport().findings.filter(({ check }: { check: string }) =>
      live.some((finding: { check: string }) => finding.check === check),
    );
    const facts = (findings: { id: string; eventCount: number }[]) =>
      findings.map(({ id, eventCount }) => `${id} ${eventCount}`).toSorted();
    expect(facts(merged)).toEqual(facts(live));
  });
});
