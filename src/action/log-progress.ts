import * as core from '@actions/core';
import type { Progress } from '../model/reading.ts';

/** Writes a line when a long read ends; the runner's log has no use for what lies between. */
export function logProgress(): Progress {
  return {
    start() {
      // The end says all that matters.
    },
    advance() {
      // A log cannot take a line back, so it is spared the steps.
    },
    finish(summary) {
      core.info(summary);
    },
  };
}
