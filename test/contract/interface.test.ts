import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { addInputFlags } from '../../src/cli/read-flags.ts';
import { INPUT_SCHEMA } from '../../src/config/input-schema.ts';
import { INPUT_TABLE, OUTPUT_TABLE } from '../../src/config/input-table.ts';

const ROOT = join(import.meta.dirname, '../..');
const NAMES = INPUT_TABLE.map((row) => row.name);
const ACTION = parse(readText('action.yml'));
const README = readText('README.md');

function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function namesInTable(section: string): string[] {
  const [, table = ''] = README.split(`<!-- begin: ${section} -->`);
  const [rows = ''] = table.split(`<!-- end: ${section} -->`);
  return [...rows.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name = '']) => name);
}

describe('the contract of inputs and outputs', () => {
  it('is the same in action.yml, schema and README', () => {
    expect(Object.keys(ACTION.inputs)).toEqual(NAMES);
    expect(Object.keys(INPUT_SCHEMA.shape)).toEqual(NAMES);
    expect(namesInTable('inputs')).toEqual(NAMES);
  });

  it('offers every input but the secret ones as a flag', () => {
    const flags = addInputFlags(new Command())
      .options.filter((option) => !option.hidden)
      .map((option) => option.long);
    const open = INPUT_TABLE.filter((row) => row.secretVariable === undefined);
    expect(flags).toEqual(open.map((row) => `--${row.name}`));
  });

  it('fills in the defaults of the table and none beside them', () => {
    const defaults = Object.entries(ACTION.inputs).map(([name, input]) => [
      name,
      (input as { default?: string }).default ?? null,
    ]);
    expect(defaults).toEqual(INPUT_TABLE.map((row) => [row.name, row.default]));
  });

  it('names the same outputs everywhere', () => {
    const names = OUTPUT_TABLE.map((row) => row.name);
    expect(Object.keys(ACTION.outputs)).toEqual(names);
    expect(namesInTable('outputs')).toEqual(names);
  });

  it('runs on Node 24 from dist', () => {
    expect(ACTION.runs).toEqual({ using: 'node24', main: 'dist/index.js' });
  });
});
