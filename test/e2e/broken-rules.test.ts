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

/** A search that takes a backtracking engine longer than the age of the world. */
const CATASTROPHIC = '^(a|aa)+!?b';
const HOSTILE_TEXT = `${'a'.repeat(20_000)}!`;

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
  'look-ahead.yml': GOOD.replace('my-zone', 'look-ahead')
    .replace('444455556666', '444455556668')
    .replace('eventType: zone.delete', "displayMessage|re: '(a+)+(?!b)'"),
  'repeats.yml': GOOD.replace('my-zone', 'repeats')
    .replace('444455556666', '444455556669')
    .replace('eventType: zone.delete', "displayMessage|re: '(a{1,900}b{1,900}){1,900}'"),
  'catastrophic.yml': GOOD.replace('my-zone', 'catastrophic')
    .replace('444455556666', '444455556670')
    .replace('eventType: zone.delete', `displayMessage|re: '${CATASTROPHIC}'`),
  'windows.yml': GOOD.replace('my-zone', 'windows')
    .replace('444455556666', '444455556671')
    .replace('product: okta', 'product: windows'),
  'filter.yml':
    'title: Ours\nlogsource: {product: okta}\nfilter: {rules: [my-zone], ours: {client.ipAddress: 192.0.2.1}, condition: not theirs}\n',
};

it('names in the coverage every rule that did not run, and runs the others', async () => {
  const cwd = makeDirectory();
  mkdirSync(join(cwd, 'mine'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(cwd, 'mine', name), text);
  const events = january2022Export({ noise: 500 });
  const hostile = { ...events[0], uuid: 'hostile', displayMessage: HOSTILE_TEXT };
  const lines = [...events, hostile].map((event) => JSON.stringify(event));
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
  expect(statusOf('catastrophic')).toBe(statusOf('my-zone'));
  expect(statusOf('my-zone')).not.toBe('failed');
  expect(statusOf('windows')).toBeUndefined();
  const failed = report.checks
    .filter((check: { status: string }) => check.status === 'failed')
    .map((check: { id: string }) => check.id);
  expect(failed.toSorted()).toEqual([
    'circle',
    'look-ahead',
    'mine/huge.yml',
    'mine/malformed.yml',
    'missing-selection',
    'my-twin (mine/twin.yml:1)',
    'repeats',
  ]);
  expect(report.coverage.state).not.toBe('complete');
  const holes = JSON.stringify(report.coverage.holes);
  for (const id of failed) expect(holes).toContain(id);
  expect(holes).not.toMatch(/windows|filter|Ours/);
  for (const told of [
    'malformed.yml:3: Flow map',
    'twin.yml:3: The id is also that of the rule in mine/good.yml:3; this one does not run.',
    'missing.yml:5: The condition names the selection other, which does not exist.',
    'circle.yml:3: The correlation leads back to itself: circle, circle.',
    'huge.yml:1: The file has 10000008 characters; a rule file may have 1000000.',
    'look-ahead.yml:5: displayMessage|re: the regular expression cannot be used',
    'repeats.yml:5: displayMessage|re: the regular expression',
    'windows.yml:4: It is not an Okta rule (product: windows).',
    'filter.yml:3: The condition names the selection theirs, which does not exist.',
    'filter.yml:3: The filter is left out: what it is for runs without it, and reports more.',
  ]) {
    expect(result.stderr).toContain(`mine/${told}`);
  }
});
