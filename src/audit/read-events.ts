import type { LogEvent } from '../model/log-event.ts';
import type { EventSource, ReadRequest, SourceReading } from '../model/reading.ts';

/**
 * Reads all sources side by side and delivers every event once, although two sources may hold it.
 * @throws AuditError where a source could not look at all.
 */
export async function readEvents({
  sources,
  requestOf,
  deliver,
}: {
  sources: readonly EventSource[];
  requestOf: (source: EventSource) => ReadRequest;
  deliver: (event: LogEvent) => void;
}): Promise<SourceReading[]> {
  const deliverEach = sources.length > 1 ? deliverOnce(deliver) : deliver;
  const deliverBatch = (events: readonly LogEvent[]) => {
    for (const event of events) deliverEach(event);
  };
  return Promise.all(sources.map((source) => source.read(requestOf(source), deliverBatch)));
}

function deliverOnce(deliver: (event: LogEvent) => void): (event: LogEvent) => void {
  const seen = new Set<string>();
  return (event) => {
    if (seen.has(event.uuid)) return;
    seen.add(event.uuid);
    deliver(event);
  };
}
