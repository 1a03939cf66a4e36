import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { readConfigFile } from '../../src/connect/read-config-file.ts';
import { layFiles } from '../archive/archive-workbench.ts';

const TEXT = 'help-desk: [lin@example.com]\n';
const sha256 = createHash('sha256').update(TEXT).digest('hex');

it.each([
  ['at its usual place', null, '.github/okta-audit.yml'],
  ['that is named', 'tuning.yml', 'tuning.yml'],
])('reads the tuning file %s', async (_, given, path) => {
  const directory = layFiles({ [path]: TEXT });
  expect(await readConfigFile({ given, directory })).toEqual({ path, text: TEXT, sha256 });
});

it('needs none at the usual place', async () => {
  expect(await readConfigFile({ given: null, directory: layFiles({}) })).toBeNull();
});

it('does not do without one at the usual place whose name ends otherwise', async () => {
  const directory = layFiles({ '.github/okta-audit.yaml': TEXT });
  await expect(readConfigFile({ given: null, directory })).rejects.toMatchObject({
    code: 'config-invalid',
    message: 'config: the file .github/okta-audit.yaml is not read by itself',
    hint: expect.stringContaining('.github/okta-audit.yml'),
  });
  const given = '.github/okta-audit.yaml';
  expect(await readConfigFile({ given, directory })).toMatchObject({ path: given });
});

it.each([
  ['one that is named and not there', 'tuning.yml', 'there is no such file'],
  ['one that is named below a file', 'a-file/tuning.yml', 'a folder of its path is a file'],
  ['a folder', '.github', 'it is a folder'],
  ['one at the usual place that cannot be read', null, 'it is a folder'],
])('never does without %s, and says why', async (_, given, reason) => {
  const directory = layFiles({ '.github/okta-audit.yml/a-folder': '', 'a-file': '' });
  const path = given ?? '.github/okta-audit.yml';
  await expect(readConfigFile({ given, directory })).rejects.toMatchObject({
    code: 'config-invalid',
    message: `config: the file ${path} cannot be read: ${reason}`,
  });
});

it.each([
  ['Latin-1', Buffer.from('privileged-users: [m\u00fcller@example.com]\n', 'latin1')],
  ['UTF-16 with its mark', Buffer.from('\ufeffhelp-desk: [lin@example.com]\n', 'utf16le')],
  ['UTF-16 without one', Buffer.from('help-desk: [lin@example.com]\n', 'utf16le')],
])('reads no tuning file in %s, whose names would be met by nobody', async (_, bytes) => {
  const directory = layFiles({ 'tuning.yml': bytes });
  await expect(readConfigFile({ given: 'tuning.yml', directory })).rejects.toMatchObject({
    code: 'config-invalid',
    message: 'config: the file tuning.yml cannot be read: it is not written in UTF-8',
    hint: expect.stringContaining('Save it as UTF-8'),
  });
});

it('reads a tuning file in UTF-8, with letters of any language and a byte order mark', async () => {
  const text = '\ufeffprivileged-users: [m\u00fcller@example.com]\n';
  const directory = layFiles({ 'tuning.yml': text });
  expect(await readConfigFile({ given: 'tuning.yml', directory })).toMatchObject({ text });
});
