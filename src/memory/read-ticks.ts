import { TICKABLE_ID } from '../model/finding-id.ts';

/** What the reviewers did with the checkboxes of an issue's body: ids of findings (`F-`) and of batches (`D-`). */
export interface IssueTicks {
  readonly ticked: ReadonlySet<string>;
  readonly unticked: ReadonlySet<string>;
}

/**
 * A checkbox at the left margin whose text begins with an id, bold, in backticks or in a comment:
 * `- [x] **F-7Q2K4M9X · high · ...`, `- [ ] <!-- D-0M3ZB8TC --> ...`.
 */
const CHECKBOX = /^- \[([ xX])\] (?:\*\*|`|<!-- )*([FD]-[0-9A-Z]+)(?![0-9A-Za-z-])/;

/**
 * A code fence, which shows text and ticks nothing. Backticks with others further on in the line are a code span, as of
 * a name that holds two. Source: https://github.github.com/gfm/#fenced-code-blocks
 */
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;

/**
 * Reads the checkboxes of an issue's body. Only lines of the form that the report writes count; anything else, such
 * as a checkbox inside quoted text or a code block, is nobody's tick. An id with two checkboxes counts as ticked only
 * where both are.
 */
export function readTicks(body: string): IssueTicks {
  const ticked = new Set<string>();
  const unticked = new Set<string>();
  for (const line of listProseLines(body)) {
    const [, mark, id] = CHECKBOX.exec(line) ?? [];
    if (mark === undefined || id === undefined || !TICKABLE_ID.test(id)) continue;
    (mark === ' ' ? unticked : ticked).add(id);
  }
  for (const id of unticked) ticked.delete(id);
  return { ticked, unticked };
}

function listProseLines(body: string): string[] {
  const lines: string[] = [];
  let fence: string | null = null;
  for (const line of body.split(/\r\n|\n|\r/)) {
    const mark = FENCE.exec(line)?.[1];
    if (fence === null && mark === undefined) lines.push(line);
    else if (fence === null) fence = mark ?? null;
    else if (mark?.startsWith(fence) && line.trim() === mark) fence = null;
  }
  return lines;
}
