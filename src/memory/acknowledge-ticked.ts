import { isWaiting } from '../model/finding.ts';
import { deriveBatchId } from '../model/finding-id.ts';
import type { IssueMemory, RememberedFinding } from '../model/issue-memory.ts';
import type { IssueTicks } from './read-ticks.ts';

interface Acknowledging {
  /** What the marker of the body says in which the ticks stand: a tick acknowledges what was shown there. */
  readonly memory: IssueMemory;
  readonly ticks: IssueTicks;
  readonly closedByPerson: boolean;
}

/**
 * The memory after what people did in the issue since the last run.
 * A tick acknowledges a finding with the number of events that it had; taking the tick away takes that back. The
 * checkbox of a batch acknowledges all of its findings, but without a tick it says nothing about any of them.
 * Doing it twice changes nothing.
 */
export function acknowledgeTicked(acknowledging: Acknowledging): IssueMemory {
  const { memory, ticks } = acknowledging;
  const settling = { ticks, ticksAll: isClosingUnanswered(acknowledging) };
  return { ...memory, findings: memory.findings.map((row) => settleRow(row, settling)) };
}

/**
 * A person who closes the issue acknowledges everything that it listed, which is what has a checkbox there. The run
 * that finds it closed answers that once; a box of the issue that it left closed is a person's own again.
 */
function isClosingUnanswered({
  memory,
  closedByPerson,
}: Pick<Acknowledging, 'memory' | 'closedByPerson'>): boolean {
  return closedByPerson && memory.leftClosed !== true;
}

function settleRow(
  row: RememberedFinding,
  { ticks, ticksAll }: { readonly ticks: IssueTicks; readonly ticksAll: boolean },
): RememberedFinding {
  if (isWaiting(row) && (hasBox(row, ticks.ticked) || (ticksAll && hasBox(row, ticks.unticked)))) {
    return { ...row, status: 'acknowledged', acknowledgedCount: row.eventCount };
  }
  if (row.status === 'acknowledged' && !ticksAll && ticks.unticked.has(row.id)) {
    return { ...row, status: 'open', acknowledgedCount: null };
  }
  return row;
}

/** Its own, or the one of its batch, where it was listed there: nobody answers for what nobody was shown. */
function hasBox(row: RememberedFinding, boxes: ReadonlySet<string>): boolean {
  const isInBatch = row.status !== 'new' && row.isHidden !== true;
  return boxes.has(row.id) || (isInBatch && boxes.has(deriveBatchId(row)));
}
