import type { JudgedAudit } from '../model/judged-audit.ts';
import { compareEvents, type LogEvent } from '../model/log-event.ts';

/**
 * The lines of `evidence.ndjson`, line breaks included: every event behind a finding once, exactly as its source gave
 * it, by time. The only file that holds what unknown people typed.
 */
export function* renderEvidence({
  findings,
}: Pick<JudgedAudit, 'findings'>): Generator<string, void> {
  const byUuid = new Map<string, LogEvent>();
  for (const { events } of findings) {
    for (const event of events) byUuid.set(event.uuid, event);
  }
  for (const event of [...byUuid.values()].sort(compareEvents)) {
    yield `${JSON.stringify(event.raw)}\n`;
  }
}
