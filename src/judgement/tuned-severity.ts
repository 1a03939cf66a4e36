import type { Severity } from '../model/severity.ts';
import type { Tuning } from '../model/tuning.ts';

/** The team's own level wins over whatever the check says of itself. */
export function readTunedSeverity({ rules }: Tuning, checkId: string): Severity | null {
  return rules[checkId]?.severity ?? null;
}
