import { AuditError, type ErrorCode } from '../errors.ts';
import { ALL_EVENT_TYPES } from '../model/event-type-set.ts';
import type { LogEvent } from '../model/log-event.ts';
import {
  type EventSource,
  hullOfRequest,
  type ReadRequest,
  type SourceReading,
} from '../model/reading.ts';
import { joinSources, passOn } from './join-sources.ts';

/** What nobody has to mend before another source can answer: Okta may be down on the very day that matters. */
const OUTAGES: ReadonlySet<ErrorCode> = new Set([
  'okta-unreachable',
  'okta-timeout',
  'okta-rate-limited',
  'okta-unexpected-response',
]);

/**
 * Reads all sources side by side and delivers every event once, although two sources may hold it. A source that is out
 * of order is a hole where another one answered, and an archive is held to what the live log has. Where one could not
 * look at all, the others go on no further.
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
  const joined = sources.length > 1 ? joinSources(deliver) : passOn(deliver);
  const outages: AuditError[] = [];
  const failures: unknown[] = [];
  const read = await Promise.all(
    sources.map(async (source) => {
      const request = requestOf(source);
      const accept = (events: readonly LogEvent[]): void => {
        if (failures.length > 0) throw failures[0];
        for (const event of events) joined.accept(source.kind, event);
      };
      try {
        return { request, reading: await source.read(request, accept) };
      } catch (thrown) {
        if (!(thrown instanceof AuditError) || !OUTAGES.has(thrown.code)) {
          failures.push(thrown);
          throw thrown;
        }
        outages.push(thrown);
        return { request, reading: loseReading(source, { request, outage: thrown }) };
      } finally {
        joined.end(source.kind);
      }
    }),
  );
  const [outage] = outages;
  if (outage !== undefined && outages.length === sources.length) throw outage;
  return read.map(({ reading, request }) => joined.review(reading, request));
}

function loseReading(
  { kind, name }: EventSource,
  { request, outage }: { readonly request: ReadRequest; readonly outage: AuditError },
): SourceReading {
  return {
    kind,
    name,
    firstEventMs: null,
    lastEventMs: null,
    covered: [],
    holes: [
      {
        window: hullOfRequest(request),
        eventTypes: ALL_EVENT_TYPES,
        reason: outage.message,
        remedy: outage.hint,
        wasLost: true,
      },
    ],
    counts: { eventsRead: 0, eventsParsed: 0, malformed: 0, duplicates: 0, requests: 0 },
  };
}
