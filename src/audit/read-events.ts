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

interface ReadSource {
  readonly request: ReadRequest;
  readonly reading: SourceReading;
}

/**
 * Reads the live log and then the archives, and delivers every event once, although two sources may hold it: of its copies
 * that of the live log, whatever an export made of the others. A source that is out of order is a hole where another one
 * answered, and an archive is held to what the live log has. Where one could not look at all, the others go on no further.
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

  async function read(source: EventSource, turn?: Promise<unknown>): Promise<ReadSource> {
    const request = requestOf(source);
    const accept = (events: readonly LogEvent[]): void => {
      if (failures.length > 0) throw failures[0];
      for (const event of events) joined.accept(source.kind, event);
    };
    try {
      await source.open?.();
      await turn;
      accept([]);
      return { request, reading: await source.read(request, accept) };
    } catch (thrown) {
      if (!(thrown instanceof AuditError) || !OUTAGES.has(thrown.code)) {
        failures.push(thrown);
        throw thrown;
      }
      outages.push(thrown);
      return { request, reading: loseReading(source, { request, outage: thrown }) };
    }
  }

  const live = new Map(
    sources.filter(({ kind }) => kind === 'okta').map((source) => [source, read(source)]),
  );
  const isLiveOver = Promise.allSettled(live.values());
  const answers = await Promise.all(
    sources.map((source) => live.get(source) ?? read(source, isLiveOver)),
  );
  const [outage] = outages;
  if (outage !== undefined && outages.length === sources.length) throw outage;
  return answers.map(({ reading, request }) => joined.review(reading, request));
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
