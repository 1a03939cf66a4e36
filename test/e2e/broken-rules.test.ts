import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { january2022Export } from '../scenarios/acme-tenant.ts';
import { makeDirectory, runCli } from './run-action.ts';

const GOOD = `title: A zone was deleted
name: my-zone
id: 3f0c6d5e-1111-4222-8333-444455556666
logsource: {product: okta}
detection: {selection: {eventType: zone.delete}, condition: selection}
`;

/** Everything that the audit must survive, and say. */
const FILES: Readonly<Record<string, string>> = {
  'good.yml': GOOD,
  'malformed.yml': 'title: Broken\nlogsource: {product: okta\n',
  'twin.yml': GOOD.replace('my-zone', 'my-twin'),
  'missing.yml': GOOD.replace('my-zone', 'missing-selection')
    .replace('444455556666', '444455556667')
    .replace('condition: selection', 'condition: other'),
  'circle.yml':
    'title: Circle\nname: circle\ncorrelation: {type: event_count, rules: [circle], timespan: 1h, condition: {gte: 2}}\n',
  'huge.yml': `title: ${'x'.repeat(10_000_000)}\n`,
  'catastrophic.yml': GOOD.replace('my-zone', 'catastrophic')
    .replace('444455556666', '444455556668')
    .replace('eventType: zone.delete', "displayMessage|re: '(a+)+(?!b)'"),
};

it('names in the coverage every rule that did not run, and runs the others', async () => {
  const cwd = makeDirectory();
  mkdirSync(join(cwd, 'mine'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(cwd, 'mine', name), text);
  const lines = january2022Export({ noise: 500 }).map((event) => JSON.stringify(event));
  writeFileSync(join(cwd, 'logs.ndjson'), lines.join('\n'));
  const result = await runCli({
    cwd,
    args: [
      'audit',
      '--since',
      '2022-01-16',
      '--until',
      '2022-01-21',
      '--archive',
      'logs.ndjson',
      '--rules',
      'mine',
    ],
  });
  expect(result.exitCode, result.stderr).toBe(0);
  const report = JSON.parse(readFileSync(join(cwd, 'okta-audit-report/report.json'), 'utf8'));
  const statusOf = (id: string): unknown =>
    report.checks.find((check: { id: string }) => check.id === id)?.status;
  expect(statusOf('my-zone')).not.toBe('failed');
  const failed = report.checks
    .filter((check: { status: string }) => check.status === 'failed')
    .map((check: { id: string }) => check.id);
  expect(failed.toSorted()).toEqual([
    'catastrophic',
    'circle',
    'mine/huge.yml',
    'mine/malformed.yml',
    'missing-selection',
    'my-twin (mine/twin.yml:1)',
  ]);
  expect(report.coverage.state).not.toBe('complete');
  const holes = JSON.stringify(report.coverage.holes);
  for (const id of failed) expect(holes).toContain(id);
  for (const place of [
    'malformed.yml:',
    'twin.yml:3',
    'missing.yml:',
    'circle.yml:',
    'huge.yml:1',
    'catastrophic.yml:',
  ]) {
    expect(result.stderr).toContain(`mine/${place}`);
  }
});
