import type { ErrorCode } from '../../../errors.ts';
import type { LogEvent } from '../../../model/log-event.ts';
import type { Progress } from '../../../model/reading.ts';
import { formatUtcDay, isInside, type TimeWindow } from '../../../model/time-window.ts';
import type { OktaFailure } from '../transport/okta-failure.ts';
import type { LogPage } from './log-page.ts';

type Page = Extract<LogPage, { readonly kind: 'page' }>;

/** What a page turned out to hold. */
export interface PageFinding {
  readonly records: number;
  readonly malformed: number;
  /** The time of its last event, inside the window or not; null for an empty page. */
  readonly lastMs: number | null;
  /** The time of the last event before the first record that is none; null where none is before it, or all are events. */
  readonly malformedAfterMs: number | null;
  /** True where no event follows a record that is none: how late that happened, the page does not tell. */
  readonly endsMalformed: boolean;
}

/** What one read has brought so far. */
export interface ReadingRecord {
  readonly counts: {
    eventsRead: number;
    eventsParsed: number;
    malformed: number;
    duplicates: number;
  };
  firstEventMs: number | null;
  lastEventMs: number | null;
  pagesRead: number;
  /** The first failure of all; thrown where nothing else came. */
  firstFailure: OktaFailure | null;
  /** Why nothing more is asked for; null while there is hope. */
  givenUp: OktaFailure | null;
  /** Counts a page and delivers what is in the window and new. */
  accept(page: Page, window: TimeWindow): PageFinding;
  acceptFailure(failure: OktaFailure): void;
  /** Notes that something happened then, without delivering it. */
  noteTime(publishedMs: number): void;
}

/**
 * After so many requests in a row that failed with all their retries, the org is taken to be down.
 * One more than a page that always fails costs while it is cut to quarters.
 */
const MOST_FAILURES_IN_A_ROW = 4;
/** Few enough that the events of a page need not all exist at once. */
const BATCH = 8;
/** No other request will fare better. */
const HOPELESS: readonly ErrorCode[] = [
  'okta-credentials-rejected',
  'okta-scope-missing',
  'okta-forbidden',
  'okta-not-an-org',
  'okta-foreign-link',
  'clock-wrong',
];

export function startRecord({
  deliver,
  progress,
}: {
  readonly deliver: (events: readonly LogEvent[]) => void;
  readonly progress: Progress;
}): ReadingRecord {
  const seen = new Set<string>();
  let failuresInARow = 0;
  const record: ReadingRecord = {
    counts: { eventsRead: 0, eventsParsed: 0, malformed: 0, duplicates: 0 },
    firstEventMs: null,
    lastEventMs: null,
    pagesRead: 0,
    firstFailure: null,
    givenUp: null,
    accept(page, window) {
      record.pagesRead += 1;
      failuresInARow = 0;
      let records = 0;
      let malformed = 0;
      let lastMs: number | null = null;
      let malformedAfterMs: number | null = null;
      let endsMalformed = false;
      let batch: LogEvent[] = [];
      for (const event of page.parse()) {
        records += 1;
        endsMalformed = event === null;
        if (event === null && malformed === 0) malformedAfterMs = lastMs;
        if (event === null) malformed += 1;
        lastMs = event?.publishedMs ?? lastMs;
        if (event === null || !isInside(window, event.publishedMs)) continue;
        if (!isNew(event)) continue;
        batch.push(event);
        if (batch.length < BATCH) continue;
        deliver(batch);
        batch = [];
      }
      if (batch.length > 0) deliver(batch);
      record.counts.eventsRead += malformed;
      record.counts.malformed += malformed;
      const note = lastMs === null ? '' : `up to ${formatUtcDay(lastMs)}`;
      progress.advance(record.counts.eventsRead, note);
      return { records, malformed, lastMs, malformedAfterMs, endsMalformed };
    },
    acceptFailure(failure) {
      record.firstFailure ??= failure;
      failuresInARow += 1;
      const { code } = failure.error;
      const isNobodyThere = code === 'okta-unreachable' && record.pagesRead === 0;
      const isHopeless = isNobodyThere || HOPELESS.includes(code);
      if (isHopeless || failuresInARow >= MOST_FAILURES_IN_A_ROW) record.givenUp ??= failure;
    },
    noteTime(publishedMs) {
      record.firstEventMs = Math.min(record.firstEventMs ?? publishedMs, publishedMs);
      record.lastEventMs = Math.max(record.lastEventMs ?? publishedMs, publishedMs);
    },
  };

  function isNew(event: LogEvent): boolean {
    record.counts.eventsRead += 1;
    record.counts.eventsParsed += 1;
    if (seen.has(event.uuid)) {
      record.counts.duplicates += 1;
      return false;
    }
    seen.add(event.uuid);
    record.noteTime(event.publishedMs);
    return true;
  }

  return record;
}
