import * as core from '@actions/core';
import type { Progress } from '../model/reading.ts';
import { toRunnerLine } from '../report/escape/workflow-command.ts';

/** Writes one line when a read ends, saying what it was; the runner's log has no use for what lies between. */
export function logProgress(): Progress {
  let reading = '';
  return {
    start(task) {
      reading = task;
    },
    advance() {
      // A log cannot take a line back, so it is spared the steps.
    },
    finish(summary) {
      core.info(toRunnerLine(reading === '' ? summary : `${reading}: ${summary}`));
    },
  };
}
