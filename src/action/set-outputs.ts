import * as core from '@actions/core';
import type { OutputName } from '../config/input-table.ts';

export type Outputs = Readonly<Record<OutputName, string>>;

export function setOutputs(outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
}
