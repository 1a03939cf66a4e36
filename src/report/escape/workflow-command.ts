import { toVisibleLine } from './visible-text.ts';

/**
 * One line for the standard output of a runner, which takes `::name::` at the start of a line and `##[name]`
 * anywhere in it for a command to itself. Both are broken by a space; spaces that align something stay.
 * Source: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function toRunnerLine(text: string): string {
  return toVisibleLine(text)
    .replace(/^\s*::/, (start) => start.replace('::', ': :'))
    .replaceAll('##[', '## [');
}
