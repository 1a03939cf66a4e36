import { formatCount } from '../../model/format-count.ts';
import { formatNumber } from '../../model/format-number.ts';
import type { Investigation } from '../../model/judged-audit.ts';

/** Says that an investigation shows its earliest events alone; null where it shows them all. */
export function describeKeptRows(found: Investigation): string | null {
  const total = countInvestigated(found);
  const kept = found.timeline.length;
  if (kept === total) return null;
  return `Of ${formatCount(total, 'event')} the first ${formatNumber(kept)} are kept; a narrower window shows later ones.`;
}

/** All events, also those of which no row is kept. */
export function countInvestigated({ countsByEventType }: Investigation): number {
  return Object.values(countsByEventType).reduce((sum, count) => sum + count, 0);
}
