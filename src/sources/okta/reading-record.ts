import type { ErrorCode } from '../../errors.ts';
import type { LogEvent } from '../../model/log-event.ts';
import type { Progress } from '../../model/reading.ts';
import { formatUtcDay, isInside, type TimeWindow } from '../../model/time-window.ts';
import type { LogPage } from './log-page.ts';
import type { OktaFailure } from './okta-failure.ts';

type Page = Extract<LogPage, { readonly kind: 'page' }>;

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
  accept(page: Page, window: TimeWindow): void;
  acceptFailure(failure: OktaFailure): void;
  /** Notes that something happened then, without delivering it. */
  noteTime(publishedMs: number): void;
}

/**
 * After so many requests in a row that failed with all their retries, the org is taken to be down.
 * One more than a page that always fails costs while it is cut to quarters.
 */
const MOST_FAILURES_IN_A_ROW = 4;
/** No other request will fare better. */
const HOPELESS: readonly ErrorCode[] = [
  'okta-credentials-rejected',
  'okta-scope-missing',
  'okta-forbidden',
  'okta-not-an-org',
  'okta-foreign-link',
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
    accept({ events, malformed }, window) {
      record.pagesRead += 1;
      failuresInARow = 0;
      const inside = events.filter((event) => isInside(window, event.publishedMs));
      const fresh: LogEvent[] = [];
      for (const event of inside) {
        if (seen.has(event.uuid)) continue;
        seen.add(event.uuid);
        fresh.push(event);
        record.noteTime(event.publishedMs);
      }
      countPage(record.counts, { inside: inside.length, fresh: fresh.length, malformed });
      const last = events.at(-1);
      const note = last === undefined ? '' : `up to ${formatUtcDay(last.publishedMs)}`;
      progress.advance(record.counts.eventsRead, note);
      if (fresh.length > 0) deliver(fresh);
    },
    acceptFailure(failure) {
      record.firstFailure ??= failure;
      failuresInARow += 1;
      const isHopeless = HOPELESS.includes(failure.error.code);
      if (isHopeless || failuresInARow >= MOST_FAILURES_IN_A_ROW) record.givenUp ??= failure;
    },
    noteTime(publishedMs) {
      record.firstEventMs = Math.min(record.firstEventMs ?? publishedMs, publishedMs);
      record.lastEventMs = Math.max(record.lastEventMs ?? publishedMs, publishedMs);
    },
  };
  return record;
}

function countPage(
  counts: ReadingRecord['counts'],
  page: { readonly inside: number; readonly fresh: number; readonly malformed: number },
): void {
  counts.eventsRead += page.inside + page.malformed;
  counts.eventsParsed += page.inside;
  counts.malformed += page.malformed;
  counts.duplicates += page.inside - page.fresh;
}
