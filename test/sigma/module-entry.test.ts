import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const sigma = join(import.meta.dirname, '../../src/sigma');
const folder = join(import.meta.dirname, '../../node_modules/.cache/sigma-readme');
const example = join(folder, 'example.ts');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the example of the README does what it says', async () => {
  const readme = readFileSync(join(sigma, 'README.md'), 'utf8');
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const placed = code.replaceAll(/from '(\.[^']*)'/g, (_, path) => `from '${join(sigma, path)}'`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(example, placed);
  const { findMatches } = await import(example);
  const rule =
    'title: One\nlogsource: {product: okta}\ndetection: {selection: {eventType: zone.delete}, condition: selection}\n---\ntitle: Two\nlogsource: {product: okta}\ndetection: {condition: nothing}\n';
  const record = { uuid: 'u1', published: '2026-01-15T12:00:00Z', eventType: 'zone.delete' };
  const found = findMatches(rule, [record, { ...record, uuid: 'u2', eventType: 'zone.create' }]);
  expect(found.matches.map((match: { anchor: { uuid: string } }) => match.anchor.uuid)).toEqual([
    'u1',
  ]);
  expect(found.unavailable).toMatchObject([{ id: 'Two', status: 'failed' }]);
  expect(found.problems).toMatchObject([{ path: 'rule.yml', line: 7, severity: 'error' }]);
});
