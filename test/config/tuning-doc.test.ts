import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseTuning } from '../../src/config/parse-tuning.ts';

const DOC = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'TUNING.md'), 'utf8');
const [, example = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(DOC) ?? [];
const explained = [...DOC.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, key]) => key);

test('the example of docs/TUNING.md is read, and has every key that there is', () => {
  const parsed = parseTuning('okta-audit.yml', example);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed));
  const { place: _, ...sections } = parsed.value;
  const empty = Object.entries(sections).filter(([, value]) => Object.keys(value).length === 0);
  expect(empty).toEqual([]);
  expect(explained.toSorted()).toEqual(Object.keys(parse(example)).sort());
});
