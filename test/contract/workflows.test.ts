import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from '@actions/languageservice';
import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';

const ROOT = join(import.meta.dirname, '../..');
const WORKFLOWS = readdirSync(join(ROOT, '.github/workflows')).map(
  (name) => `.github/workflows/${name}`,
);

async function problemsOf(path: string, text = readFileSync(join(ROOT, path), 'utf8')) {
  const document = TextDocument.create(`file:///${path}`, 'yaml', 1, text);
  const diagnostics = await validate(document);
  return diagnostics.map(({ message, range }) => `${path}:${range.start.line + 1}: ${message}`);
}

describe('workflows and action.yml', () => {
  it.each(['action.yml', ...WORKFLOWS])('%s is valid for GitHub', async (path) => {
    expect(await problemsOf(path)).toEqual([]);
  });

  it('would not pass with a mistake', async () => {
    const text = readFileSync(join(ROOT, 'action.yml'), 'utf8').replace(
      'icon: shield',
      'icon: sheild',
    );
    expect(await problemsOf('broken/action.yml', text)).toHaveLength(1);
  });

  it.each(WORKFLOWS)('%s pins every action by commit and begins without permissions', (path) => {
    const text = readFileSync(join(ROOT, path), 'utf8');
    const uses = [...text.matchAll(/uses: (\S+)/g)].map(([, action = '']) => action);
    for (const action of uses) expect(action).toMatch(/^\.\/$|@[0-9a-f]{40}$/);
    expect(text).toMatch(/^permissions: \{\}$/m);
  });
});
