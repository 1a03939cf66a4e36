import type { Finding } from '../model/finding.ts';
import { markEvent } from '../model/finding-id.ts';
import type { RememberedFinding } from '../model/issue-memory.ts';
import { compareRole } from '../model/severity.ts';

/**
 * Finds the rows that took all events of a finding along; empty where there is none, or an event is left.
 * A story falls apart once the window has left its begin: what was listed as part of it, and stands alone now, is nothing
 * new. Only the very same events count, so that none hides behind others, and no stronger role.
 */
export function createTakerSearch(
  rows: readonly RememberedFinding[],
): (finding: Finding) => NonNullable<Finding['partOf']> {
  const takers = new Map<string, RememberedFinding[]>();
  for (const row of rows) {
    for (const { id } of row.took ?? []) takers.set(id, [...(takers.get(id) ?? []), row]);
  }

  return ({ id, role, events }) => {
    const possible = (takers.get(id) ?? []).filter(
      (row) => row.status !== 'suppressed' && compareRole(role, row.role) <= 0,
    );
    if (possible.length === 0) return [];
    const marks = events.map(({ uuid }) => markEvent(uuid));
    const shares = possible.map((row) => ({ id: row.id, marks: readShare(row, id) }));
    if (!marks.every((mark) => shares.some((share) => share.marks.has(mark)))) return [];
    return shares
      .map((share) => ({
        id: share.id,
        eventCount: marks.filter((mark) => share.marks.has(mark)).length,
      }))
      .filter(({ eventCount }) => eventCount > 0);
  };
}

function readShare({ took = [] }: RememberedFinding, id: string): ReadonlySet<string> {
  return new Set(took.find((taken) => taken.id === id)?.marks);
}
