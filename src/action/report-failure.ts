import * as core from '@actions/core';
import { toAuditError } from '../errors.ts';
import { failStep } from './fail-step.ts';

/** Fails the step with one clear error: what failed, what to change, and the code that the guide explains. */
export function reportFailure(thrown: unknown): void {
  const { code, message, hint, cause } = toAuditError(thrown);
  failStep(`${message}\n${hint}\n[${code}]`);
  if (code === 'bug' && cause instanceof Error) core.debug(cause.stack ?? cause.message);
}
