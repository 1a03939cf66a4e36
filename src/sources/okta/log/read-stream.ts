import { durationMs, HOUR_MS, isEmptyWindow, type TimeWindow } from '../../../model/time-window.ts';
import { makeFailure, type OktaFailure } from '../transport/okta-failure.ts';
import type { OktaTransport } from '../transport/transport.ts';
import { locateMalformed, type MalformedLocator } from './locate-malformed.ts';
import { PAGE_LIMIT, readLogPage, toLogUrl } from './log-page.ts';
import { findLastTime, type ReadingRecord } from './reading-record.ts';
import type { Stream } from './stream.ts';

export interface StreamContext {
  readonly transport: OktaTransport;
  readonly record: ReadingRecord;
}

/** A stretch of a stream that was lost: to a failure, or to records that are no events. */
export interface Loss {
  readonly window: TimeWindow;
  readonly failure: OktaFailure | null;
}

/** What of a stream was not read; nothing, if it went well. */
export interface StreamOutcome {
  readonly stream: Stream;
  readonly losses: Loss[];
}

/** One bounded query on its way; whoever helps may move its end closer. */
export interface Slice {
  readonly sinceMs: number;
  untilMs: number;
  /** The time of the last event seen. */
  reachedMs: number;
  /** How much time the last page of this or of the slice it was cut from held. */
  pageSpanMs: number;
}

/** A page may hold nothing, or nothing that is new or later, and still have a next one; but no bounded query goes on like that. */
const MOST_EMPTY_PAGES = 100;
const MOST_STALE_PAGES = 3;
/** A page that fails for good is looked at in halves of what is left, then in quarters. */
const MOST_HALVINGS = 2;

export function startSlice({ sinceMs, untilMs }: TimeWindow, pageSpanMs = 0): Slice {
  return { sinceMs, untilMs, reachedMs: sinceMs, pageSpanMs };
}

/** Reads a stream with all its pages and says what of it was lost. */
export async function readStream(stream: Stream, context: StreamContext): Promise<StreamOutcome> {
  const outcome: StreamOutcome = { stream, losses: [] };
  await readSlice({ slice: startSlice(stream.window), outcome, context, onPage: () => {} });
  return outcome;
}

interface SliceReading {
  readonly slice: Slice;
  readonly outcome: StreamOutcome;
  readonly context: StreamContext;
  readonly onPage: () => void;
}

interface OngoingReading extends SliceReading {
  readonly malformed: MalformedLocator;
  readonly halvings: number;
}

/**
 * Follows a slice to its end. Where a page fails with all its retries, what is left is tried in two halves, because
 * a smaller query often succeeds and a page that always fails then costs the least.
 */
export async function readSlice(reading: SliceReading): Promise<void> {
  const { outcome } = reading;
  const malformed = locateMalformed((window) => outcome.losses.push({ window, failure: null }));
  malformed.end(await readInHalves({ ...reading, malformed, halvings: 0 }));
}

/** Gives the end of what it followed, which helpers may have moved. */
async function readInHalves(reading: OngoingReading): Promise<number> {
  const { slice, outcome, context, halvings } = reading;
  const failure = await followPages(reading);
  if (failure === null) return slice.untilMs;
  const rest = { sinceMs: slice.reachedMs, untilMs: slice.untilMs };
  if (isEmptyWindow(rest)) return rest.untilMs;
  const isWorthHalving = failure.next === 'repeat' && durationMs(rest) > HOUR_MS;
  if (context.record.givenUp !== null || halvings === MOST_HALVINGS || !isWorthHalving) {
    outcome.losses.push({ window: rest, failure });
    return rest.untilMs;
  }
  // The rest is read here: a helper that took half of it would read it twice.
  slice.untilMs = slice.reachedMs;
  const middleMs = Math.floor((rest.sinceMs + rest.untilMs) / 2);
  for (const half of [
    { sinceMs: rest.sinceMs, untilMs: middleMs },
    { sinceMs: middleMs, untilMs: rest.untilMs },
  ]) {
    await readInHalves({ ...reading, slice: startSlice(half), halvings: halvings + 1 });
  }
  return rest.untilMs;
}

async function followPages(reading: OngoingReading): Promise<OktaFailure | null> {
  const { slice, outcome, context, malformed, onPage } = reading;
  const { transport, record } = context;
  const asked = { sinceMs: slice.sinceMs, untilMs: slice.untilMs };
  const { filter } = outcome.stream;
  const visited = new Set<string>();
  const askFrom = (sinceMs: number): URL =>
    toLogUrl(transport.origin, { window: { ...asked, sinceMs }, filter, limit: PAGE_LIMIT });
  const isStuck = watchProgress();
  let url: URL | null = askFrom(asked.sinceMs);
  while (url !== null) {
    if (record.givenUp !== null) return record.givenUp;
    if (visited.has(url.href)) return endless(record, transport.host);
    visited.add(url.href);
    const page = await readLogPage(transport, url);
    if (page.kind === 'failure') {
      record.acceptFailure(page.failure);
      return page.failure;
    }
    if (page.isDoubtful) record.doubtfulPages += 1;
    const newBefore = countNew(record);
    const times = record.accept(page, asked);
    malformed.see(times, slice.reachedMs);
    const lastMs = findLastTime(times, { ...asked, sinceMs: asked.sinceMs - 1 });
    if (lastMs === null && findLastTime(times) !== null) return unasked(record, transport.host);
    const isFurther = countNew(record) > newBefore || (lastMs ?? slice.reachedMs) > slice.reachedMs;
    const leadsNowhere = isStuck({ isEmpty: lastMs === null, isFurther });
    if (lastMs !== null) advance(slice, lastMs);
    onPage();
    if (slice.reachedMs >= slice.untilMs) return null;
    // What stands between may have taken the link to the next page away: from a full page, or with all its links.
    const rest = askFrom(lastMs ?? slice.reachedMs);
    const mayGoOn = times.length >= PAGE_LIMIT || (!page.isLinked && !visited.has(rest.href));
    url = page.next ?? (mayGoOn ? rest : null);
    if (leadsNowhere && url !== null) return endless(record, transport.host);
  }
  return null;
}

/** Says after each page whether those in a row that went no further are too many; cursors may differ and yet lead back. */
function watchProgress(): (page: { isEmpty: boolean; isFurther: boolean }) => boolean {
  let emptyPages = 0;
  let stalePages = 0;
  return ({ isEmpty, isFurther }) => {
    if (isFurther) {
      emptyPages = 0;
      stalePages = 0;
    } else if (isEmpty) emptyPages += 1;
    else stalePages += 1;
    return emptyPages > MOST_EMPTY_PAGES || stalePages > MOST_STALE_PAGES;
  };
}

function countNew({ counts }: ReadingRecord): number {
  return counts.eventsParsed - counts.duplicates;
}

function advance(slice: Slice, lastMs: number): void {
  const reachedMs = Math.max(slice.reachedMs, lastMs);
  slice.pageSpanMs = reachedMs - slice.reachedMs;
  slice.reachedMs = reachedMs;
}

function endless(record: ReadingRecord, host: string): OktaFailure {
  return refuse(record, {
    message: `${host} leads from page to page of its System Log in a circle.`,
    hint: 'Run the audit again; if it stays so, ask Okta Support.',
  });
}

function unasked(record: ReadingRecord, host: string): OktaFailure {
  return refuse(record, {
    message: `${host} answered with events of another time than it was asked about.`,
    hint: 'Run the audit again; if it stays so, look for a proxy or cache that answers in place of Okta.',
  });
}

function refuse(
  record: ReadingRecord,
  words: { readonly message: string; readonly hint: string },
): OktaFailure {
  const failure = makeFailure({ ...words, code: 'okta-unexpected-response', next: 'repeat' });
  record.acceptFailure(failure);
  return failure;
}
