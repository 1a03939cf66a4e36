import * as core from '@actions/core';
import { toRunnerLine } from '../report/escape/workflow-command.ts';

/** Fails the step with an error of one or several lines; whoever packed an archive named the files in it. */
export function failStep(text: string): void {
  core.setFailed(text.split('\n').map(toRunnerLine).join('\n'));
}
