import * as core from '@actions/core';
import { INPUT_TABLE, type RawInputs } from '../config/input-table.ts';

/** Reads every input from the runner, and masks the secret ones before anything else can happen to them. */
export function readActionInputs(): RawInputs {
  const entries = INPUT_TABLE.map(({ name }): [string, string] => [name, core.getInput(name)]);
  const inputs = Object.fromEntries(entries) as RawInputs;
  for (const row of INPUT_TABLE) {
    if ('secretVariable' in row) maskSecret(inputs[row.name]);
  }
  return inputs;
}

/** The runner masks by line: a key of many lines must be masked whole and in each line. */
function maskSecret(secret: string): void {
  if (secret === '') return;
  core.setSecret(secret);
  for (const line of secret.split(/\r?\n|\\n/)) {
    if (line.length > 8 && !line.startsWith('-----')) core.setSecret(line);
  }
}
