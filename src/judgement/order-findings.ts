import type { Finding } from '../model/finding.ts';
import { compareRole, compareSeverity } from '../model/severity.ts';

/** Strongest role first, then severity, then what concerns somebody with power, then first seen, then id. */
export function compareFindings(one: Finding, other: Finding): number {
  return (
    compareRole(other.role, one.role) ||
    compareSeverity(other.severity, one.severity) ||
    Number(concernsPower(other)) - Number(concernsPower(one)) ||
    one.firstSeenMs - other.firstSeenMs ||
    compareTexts(one.id, other.id)
  );
}

function concernsPower({ circumstances }: Finding): boolean {
  return circumstances.includes('privileged');
}

/** By code units, so that no locale can change the order. */
export function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
