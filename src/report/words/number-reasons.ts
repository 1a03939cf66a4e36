import type { JudgedCheck } from '../../model/judged-audit.ts';

/** A reason that is longer, or stands with more checks, is told once below the table. */
const LONGEST_REASON = 100;

/** Reasons that are too long for a cell, or that several checks share, in the order of the checks. */
export function listNotes(checks: readonly JudgedCheck[]): string[] {
  const counts = new Map<string, number>();
  for (const reason of checks.flatMap(({ reasons }) => reasons)) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts]
    .filter(([reason, count]) => count > 1 || reason.length > LONGEST_REASON)
    .map(([reason]) => reason);
}

/** What stands in the cell: each reason itself, or the number of its note; still unescaped. */
export function describeReasons(reasons: readonly string[], notes: readonly string[]): string {
  return reasons
    .map((reason) => {
      const note = notes.indexOf(reason);
      return note === -1 ? reason : `note ${note + 1}`;
    })
    .join('; ');
}
