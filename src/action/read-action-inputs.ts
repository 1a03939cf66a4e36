import * as core from '@actions/core';
import {
  INPUT_TABLE,
  type InputName,
  type InputRow,
  type RawInputs,
} from '../config/input-table.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads every input from the runner, and masks the secret ones before anything else can happen to them. */
export function readActionInputs(env: Environment): RawInputs {
  const entries = INPUT_TABLE.map((row): [InputName, string] => [
    row.name,
    core.getInput(row.name) || readDefault(row, env),
  ]);
  const inputs = Object.fromEntries(entries) as RawInputs;
  for (const row of INPUT_TABLE) {
    if (row.secretVariable !== undefined) maskSecret(inputs[row.name]);
  }
  return inputs;
}

/** The runner fills in what is left out, and not what is empty, as `pull: ${{ inputs.pull }}` is on a schedule. */
function readDefault({ default: fallback }: InputRow, env: Environment): string {
  if (fallback === '${{ github.repository }}') return env['GITHUB_REPOSITORY'] ?? '';
  return fallback === null || fallback.startsWith('${{') ? '' : fallback;
}

/**
 * The runner masks by line: a key of many lines must be masked whole and in each line, and a token also without the
 * `SSWS` before it, as we send it.
 */
function maskSecret(secret: string): void {
  if (secret === '') return;
  core.setSecret(secret);
  for (const part of secret.split(/\s+|(?:\\[rn])+/)) {
    if (part.length > 8 && !part.startsWith('-----')) core.setSecret(part);
  }
}
