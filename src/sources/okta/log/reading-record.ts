import type { ErrorCode } from '../../../errors.ts';
import type { LogEvent } from '../../../model/log-event.ts';
import type { Progress } from '../../../model/reading.ts';
import { formatUtcDay, isInside, type TimeWindow } from '../../../model/time-window.ts';
import type { OktaFailure } from '../transport/okta-failure.ts';
import type { LogPage } from './log-page.ts';

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
  /** Taken for want of a better answer: nothing in them, and not even their own name. */
  doubtfulPages: number;
  /** The first failure of all; thrown where nothing else came. */
  firstFailure: OktaFailure | null;
  /** Why nothing more is asked for; null while there is hope. */
  givenUp: OktaFailure | null;
  /** Counts a page, delivers what is in the window and new, and gives the time of each record; null for one that is no event. */
  accept(page: Page, window: TimeWindow): (number | null)[];
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
  'okta-foreign-link',
];
/** Nor here, unless Okta has answered before: then something on the way did this to one request. */
const HOPELESS_AT_FIRST: readonly ErrorCode[] = [
  'okta-unreachable',
  'okta-not-an-org',
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
    doubtfulPages: 0,
    firstFailure: null,
    givenUp: null,
    accept(page, window) {
      record.pagesRead += 1;
      failuresInARow = 0;
      const times: (number | null)[] = [];
      let batch: LogEvent[] = [];
      for (const event of page.parse()) {
        times.push(event?.publishedMs ?? null);
        if (event === null || !isInside(window, event.publishedMs)) continue;
        if (!isNew(event)) continue;
        batch.push(event);
        if (batch.length < BATCH) continue;
        deliver(batch);
        batch = [];
      }
      deliver(batch);
      const malformed = times.filter((time) => time === null).length;
      record.counts.eventsRead += malformed;
      record.counts.malformed += malformed;
      const lastMs = findLastTime(times);
      const note = lastMs === null ? '' : `up to ${formatUtcDay(lastMs)}`;
      progress.advance(record.counts.eventsRead, note);
      return times;
    },
    acceptFailure(failure) {
      record.firstFailure ??= failure;
      failuresInARow += 1;
      const { code } = failure.error;
      const isNobodyThere = record.pagesRead === 0 && HOPELESS_AT_FIRST.includes(code);
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

/** The time of a page's last event, of those from `sinceMs` to `untilMs` where they are given; null where it holds none. */
export function findLastTime(
  times: readonly (number | null)[],
  within?: TimeWindow,
): number | null {
  const isWithin = (time: number) =>
    within === undefined || (time >= within.sinceMs && time <= within.untilMs);
  return times.findLast((time) => time !== null && isWithin(time)) ?? null;
}
