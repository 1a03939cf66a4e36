import type { Finding } from '../model/finding.ts';
import { compareRole, compareSeverity } from '../model/severity.ts';

/** Strongest role first, then severity, then first seen, then id. */
export function compareFindings(one: Finding, other: Finding): number {
  return (
    compareRole(other.role, one.role) ||
    compareSeverity(other.severity, one.severity) ||
    one.firstSeenMs - other.firstSeenMs ||
    compareTexts(one.id, other.id)
  );
}

/** By code units, so that no locale can change the order. */
export function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
