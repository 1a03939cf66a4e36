import type { Finding } from '../model/finding.ts';
import { compareSeverity, type Severity } from '../model/severity.ts';

/** The findings by what a reader does with them; each list keeps the order of the answer. */
export interface FindingsByUse {
  /** Role evidence or review, waiting for somebody. */
  readonly open: readonly Finding[];
  readonly acknowledged: readonly Finding[];
  readonly suppressed: readonly Finding[];
  readonly context: readonly Finding[];
  /** Below the minimum severity: counted, never listed. */
  readonly unlisted: readonly Finding[];
}

export function sortFindingsByUse(
  findings: readonly Finding[],
  minimumSeverity: Severity,
): FindingsByUse {
  const sorted: Record<keyof FindingsByUse, Finding[]> = {
    open: [],
    acknowledged: [],
    suppressed: [],
    context: [],
    unlisted: [],
  };
  for (const finding of findings) sorted[chooseUse(finding, minimumSeverity)].push(finding);
  return sorted;
}

function chooseUse(finding: Finding, minimumSeverity: Severity): keyof FindingsByUse {
  if (compareSeverity(finding.severity, minimumSeverity) < 0) return 'unlisted';
  if (finding.role === 'context') return 'context';
  if (finding.status === 'suppressed') return 'suppressed';
  return finding.status === 'acknowledged' ? 'acknowledged' : 'open';
}
