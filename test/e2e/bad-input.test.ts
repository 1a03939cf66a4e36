import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { InputName } from '../../src/config/input-table.ts';
import { type ActionResult, makeDirectory, runAction } from './run-action.ts';

type Inputs = Partial<Record<InputName, string>>;

const TOKEN_ACCESS: Inputs = {
  'okta-org-url': 'http://127.0.0.1:9',
  'okta-api-token': 'synthetic',
};
const DRY: Inputs = { publish: 'none' };

/** The one error annotation of a run, with its line breaks. */
function errorOf(result: ActionResult): string {
  const errors = [...result.stdout.matchAll(/^::error::(.*)$/gm)].map(([, text = '']) => text);
  expect(errors, result.stdout + result.stderr).toHaveLength(1);
  return (errors[0] ?? '').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

async function fail(inputs: Inputs, files: Readonly<Record<string, string | Buffer>> = {}) {
  const workspace = makeDirectory();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(workspace, path, '..'), { recursive: true });
    writeFileSync(join(workspace, path), content);
  }
  const result = await runAction({ workspace, inputs: { ...DRY, ...inputs } });
  expect(result.exitCode).toBe(1);
  expect(result.outputs).toEqual({});
  return errorOf(result);
}

const LINE = JSON.stringify({ hello: 'world' });

describe('what people get wrong', () => {
  it.each<[string, Inputs, Readonly<Record<string, string | Buffer>>, string[]]>([
    [
      'nothing at all',
      {},
      {},
      ['okta-org-url: is required unless archive is given', '[input-invalid]'],
    ],
    [
      'both kinds of credentials',
      { ...TOKEN_ACCESS, 'okta-client-id': '0oa1' },
      {},
      ['okta-api-token: is given together with a service app', '[input-invalid]'],
    ],
    [
      'an http address',
      { ...TOKEN_ACCESS, 'okta-org-url': 'http://acme.okta.com' },
      {},
      ['okta-org-url: must be https; write https://acme.okta.com', '[input-invalid]'],
    ],
    [
      'a window that ends before it begins',
      { ...TOKEN_ACCESS, since: '2026-01-10', until: '2026-01-01' },
      {},
      ['since: must be before until', '[input-invalid]'],
    ],
    [
      'a window in the future',
      { ...TOKEN_ACCESS, since: '2099-01-01' },
      {},
      ['since: lies in the future', '[input-invalid]'],
    ],
    [
      'several things at once',
      { 'okta-org-url': 'acme', 'lookback-days': '0', pull: 'all' },
      {},
      [
        '4 inputs do not hold',
        'okta-org-url: is not a URL',
        'lookback-days: write',
        'pull: write one of',
      ],
    ],
    [
      'an incident that does not exist',
      { ...TOKEN_ACCESS, incident: 'okta-2021' },
      {},
      ['there is no incident "okta-2021"', 'okta-2022-01-lapsus', '[incident-unknown]'],
    ],
    [
      'an incident file that is not there',
      { ...TOKEN_ACCESS, incident: 'mine.yml' },
      {},
      ['mine.yml cannot be read', '[incident-unknown]'],
    ],
    [
      'an incident file with a mistake',
      { ...TOKEN_ACCESS, incident: 'mine.yml' },
      {
        'mine.yml': 'id: mine\ntitle: Mine\nwindow:\n  core: { since: soon, until: 2026-01-01 }\n',
      },
      ['mine.yml:4: ', '[scope-invalid]'],
    ],
    [
      'a tuning file with a typo',
      TOKEN_ACCESS,
      { '.github/okta-audit.yml': 'help-desk: [lin@example.com]\nown-domain: [example.com]\n' },
      [
        '.github/okta-audit.yml:2: Unrecognized key: "own-domain"; did you mean own-domains?',
        '[config-invalid]',
      ],
    ],
    [
      'a tuning file that is not there',
      { ...TOKEN_ACCESS, config: 'no.yml' },
      {},
      ['no.yml cannot be read', '[config-invalid]'],
    ],
    [
      'rules that are not there',
      { ...TOKEN_ACCESS, rules: 'no/*.yml' },
      {},
      ['no file matches', 'no/*.yml', '[rules-invalid]'],
    ],
    ['an org that nobody serves', TOKEN_ACCESS, {}, ['127.0.0.1:9', '[okta-unreachable]']],
    [
      'an archive that is not there',
      { archive: 'logs/*.gz' },
      {},
      ['logs/*.gz', '[archive-not-found]'],
    ],
    [
      'an empty archive',
      { archive: 'a.ndjson' },
      { 'a.ndjson': '' },
      ['a.ndjson', '[archive-empty]'],
    ],
    [
      'an archive of something else',
      { archive: 'a.ndjson.gz' },
      { 'a.ndjson.gz': gzipSync(`${LINE}\n${LINE}\n`) },
      ['a.ndjson.gz', '[archive-not-okta]'],
    ],
    [
      'an archive whose name plays tricks on a terminal',
      { archive: '*.ndjson' },
      { 'a\u001B[2J.ndjson': `${LINE}\n${LINE}\n` },
      ['a\uFFFD[2J.ndjson', '[archive-not-okta]'],
    ],
  ])('%s', async (_what, inputs, files, expected) => {
    const error = await fail(inputs, files);
    for (const part of expected) expect(error).toContain(part);
  });
});
