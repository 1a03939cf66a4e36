import { type Finding, isWaiting } from '../model/finding.ts';
import type { RememberedFinding } from '../model/issue-memory.ts';
import { strongerRole, strongerSeverity } from '../model/severity.ts';

/** What the memory knows of a situation, under this finding's id and under those that it superseded. */
export type RecalledRow = Pick<
  RememberedFinding,
  'status' | 'severity' | 'role' | 'firstSeenMs' | 'lastSeenMs' | 'acknowledgedCount'
>;

/**
 * Recalls a finding: its own row, or those of the findings that it was part of, joined with the rows of the findings that
 * it superseded, each with as many acknowledged events as went over. Null where nothing is remembered.
 */
export function recallRow(
  { id: ownId, supersedes = [], partOf = [] }: Pick<Finding, 'id' | 'supersedes' | 'partOf'>,
  rows: ReadonlyMap<string, RememberedFinding>,
): RecalledRow | null {
  const own = rows.get(ownId);
  const givers = own === undefined ? [...supersedes, ...partOf] : supersedes;
  const handed = givers.flatMap(({ id, eventCount }) => {
    const row = rows.get(id);
    return row === undefined || id === ownId ? [] : handOver(row, eventCount);
  });
  const [first, ...rest] = own === undefined ? handed : [own, ...handed];
  if (first === undefined) return null;
  return rest.reduce(joinRows, first);
}

function handOver(row: RememberedFinding, eventCount: number): RecalledRow {
  const { acknowledgedCount } = row;
  return {
    ...row,
    acknowledgedCount: acknowledgedCount === null ? null : Math.min(acknowledgedCount, eventCount),
  };
}

/** What waits in either waits in both; what was acknowledged and what was silenced were never shown as one. */
function joinRows(one: RecalledRow, other: RecalledRow): RecalledRow {
  const waits = isWaiting(one) || isWaiting(other);
  const counts = [one.acknowledgedCount, other.acknowledgedCount].filter((count) => count !== null);
  return {
    status: one.status === other.status ? one.status : waits ? 'open' : 'suppressed',
    severity: strongerSeverity(one.severity, other.severity),
    role: strongerRole(one.role, other.role),
    firstSeenMs: Math.min(one.firstSeenMs, other.firstSeenMs),
    lastSeenMs: Math.max(one.lastSeenMs, other.lastSeenMs),
    acknowledgedCount: counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0),
  };
}
