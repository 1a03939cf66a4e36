import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findScope } from '../../src/connect/find-scope.ts';
import { readReportPage } from '../../src/connect/read-report-page.ts';
import { readRuleFiles } from '../../src/connect/read-rule-files.ts';
import { readWorkflowRepository } from '../../src/connect/read-workflow-repository.ts';
import { wordFileFailure } from '../../src/connect/word-file-failure.ts';
import { layFiles } from '../archive/archive-workbench.ts';

it.each([
  ['acme/security', { owner: 'acme', name: 'security' }],
  ['acme/', null],
  ['/security', null],
  ['acme', null],
  ['', null],
  [undefined, null],
])('the repository of a workflow is read from %j', (given, repository) => {
  expect(readWorkflowRepository({ GITHUB_REPOSITORY: given })).toEqual(repository);
});

it.each([
  [{ code: 'ENOENT' }, 'there is no such file'],
  [{ code: 'ENOTDIR' }, 'a folder of its path is a file'],
  [{ code: 'EISDIR' }, 'it is a folder'],
  [{ code: 'EACCES' }, 'its permissions do not let this program read it'],
  [Object.assign(new Error('too many open files'), { code: 'EMFILE' }), 'too many open files'],
  [Object.assign(new Error('no number helps'), { code: 7 }), 'no number helps'],
  [new Error('without a code'), 'without a code'],
  ['thrown as it stands', 'thrown as it stands'],
  [null, 'null'],
])('why a file could not be read is said: %j', (cause, words) => {
  expect(wordFileFailure(cause).reason).toBe(words);
});

it('what is asked is the standing question, an incident by its id, or a file', async () => {
  const folder = layFiles({
    'readable.yml': 'id: [',
    'old.yml': Buffer.from('title: M\u00fcller', 'latin1'),
  });
  mkdirSync(join(folder, 'folder.yml'));
  expect((await findScope(null, folder)).id).toBe('standing');
  await expect(findScope('no-such-incident', folder)).rejects.toMatchObject({
    code: 'incident-unknown',
    message: expect.stringContaining('there is no incident "no-such-incident"'),
  });
  await expect(findScope('readable.yml', folder)).rejects.toMatchObject({ code: 'scope-invalid' });
  await expect(findScope('gone.yaml', folder)).rejects.toMatchObject({
    code: 'incident-unknown',
    message: 'incident: the file gone.yaml cannot be read: there is no such file',
  });
  await expect(findScope('old.yml', folder)).rejects.toThrow(/read: it is not written in UTF-8$/);
  await expect(findScope('folder.yml', folder)).rejects.toThrow(/cannot be read: it is a folder$/);
});

it('a rule in another encoding is told as broken, not taken with letters that meet nothing', async () => {
  const folder = layFiles({
    'old.yml': Buffer.from('title: M\u00fcller', 'latin1'),
    'new.yml': 'title: M\u00fcller',
  });
  expect(await readRuleFiles(['*.yml'], folder)).toEqual([
    { path: 'new.yml', text: 'title: M\u00fcller' },
    {
      path: 'old.yml',
      unreadable: 'The file cannot be read: it is not written in UTF-8; save it as UTF-8',
    },
  ]);
});

it('the page of the report is read beside the program, and is a plain one where it lacks a part', async () => {
  const folder = layFiles({ 'cli.js': '', 'report-page.js': 'run();\n' });
  expect(await readReportPage(undefined)).toBeNull();
  expect(await readReportPage(join(folder, 'cli.js'))).toBeNull();
  writeFileSync(join(folder, 'report-page.css'), 'a {}\n');
  expect(await readReportPage(join(folder, 'cli.js'))).toEqual({
    program: 'run();',
    style: 'a {}',
  });
});
