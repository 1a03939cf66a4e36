import { coversEvent } from '../../model/covers-event.ts';
import type { Finding } from '../../model/finding.ts';
import { formatUtcDay } from '../../model/time-window.ts';
import type { Suppression, Tuning } from '../../model/tuning.ts';

interface Suppressing {
  readonly nowMs: number;
  readonly tuning: Tuning;
}

/**
 * Marks the findings that the tuning file silences. A finding is silenced only where every event of it is, each by a
 * suppression of its check that has not expired: one that covers a part would hide the rest.
 */
export function suppressFindings(
  findings: readonly Finding[],
  { nowMs, tuning }: Suppressing,
): Finding[] {
  const active = tuning.suppressions.filter(({ expiresMs }) => expiresMs > nowMs);
  return findings.map((finding) => suppressFinding(finding, active));
}

function suppressFinding(finding: Finding, suppressions: readonly Suppression[]): Finding {
  const [first, ...rest] = findSilencing(finding, suppressions);
  if (first === undefined) return finding;
  // The last day that it holds, as the file has it.
  const reasons = [first, ...rest].map(
    ({ reason, expiresMs }) => `${reason} (until ${formatUtcDay(expiresMs - 1)})`,
  );
  return { ...finding, status: 'suppressed', suppressedBy: reasons.join('; ') };
}

/** The suppressions that together cover every event, in the file's order; none where an event is left, or there is none. */
function findSilencing(finding: Finding, suppressions: readonly Suppression[]): Suppression[] {
  const own = suppressions.filter(({ check }) => check === finding.check);
  const used = new Set<Suppression>();
  for (const event of finding.events) {
    const silencing = own.find((suppression) => coversEvent(suppression, event));
    if (silencing === undefined) return [];
    used.add(silencing);
  }
  return own.filter((suppression) => used.has(suppression));
}
