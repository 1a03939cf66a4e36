import { isWaiting } from '../model/finding.ts';
import { deriveBatchId } from '../model/finding-id.ts';
import type { IssueMemory, RememberedFinding } from '../model/issue-memory.ts';
import type { IssueTicks } from './read-ticks.ts';

interface Acknowledging {
  /** What the marker of the body says in which the ticks stand: a tick acknowledges what was shown there. */
  readonly memory: IssueMemory;
  readonly ticks: IssueTicks;
  /** A person who closes the issue acknowledges everything that it listed, which is what has a checkbox there. */
  readonly closedByPerson: boolean;
}

/**
 * The memory after what people did in the issue since the last run.
 * A tick acknowledges a finding with the number of events that it had; taking the tick away takes that back. The
 * checkbox of a batch acknowledges all of its findings, but without a tick it says nothing about any of them.
 * Doing it twice changes nothing.
 */
export function acknowledgeTicked(acknowledging: Acknowledging): IssueMemory {
  const { memory } = acknowledging;
  return { ...memory, findings: memory.findings.map((row) => settleRow(row, acknowledging)) };
}

function settleRow(row: RememberedFinding, acknowledging: Acknowledging): RememberedFinding {
  const { ticks, closedByPerson } = acknowledging;
  if (
    isWaiting(row) &&
    (hasBox(row, ticks.ticked) || (closedByPerson && hasBox(row, ticks.unticked)))
  ) {
    return { ...row, status: 'acknowledged', acknowledgedCount: row.eventCount };
  }
  if (row.status === 'acknowledged' && !closedByPerson && ticks.unticked.has(row.id)) {
    return { ...row, status: 'open', acknowledgedCount: null };
  }
  return row;
}

/** Its own, or the one of its batch. */
function hasBox(row: RememberedFinding, boxes: ReadonlySet<string>): boolean {
  return boxes.has(row.id) || boxes.has(deriveBatchId(row));
}
