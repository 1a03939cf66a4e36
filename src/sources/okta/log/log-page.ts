import { type LogEvent, parseLogEvent } from '../../../model/log-event.ts';
import { formatInstant, type TimeWindow } from '../../../model/time-window.ts';
import { makeFailure, type OktaFailure } from '../transport/okta-failure.ts';
import { releaseBytes } from '../transport/release-bytes.ts';
import { LOGS_PATH, type OktaReply, type OktaTransport } from '../transport/transport.ts';
import { parseNextLink } from './parse-next-link.ts';
import { type ElementSpan, splitJsonList } from './split-json-list.ts';

export interface LogQuery {
  readonly window: TimeWindow;
  /** Null asks for every event. */
  readonly filter: string | null;
  readonly limit: number;
  readonly isDescending?: boolean;
}

export type LogPage =
  | {
      readonly kind: 'page';
      /** Parses the records one after the other, once; null for one that is no event. */
      readonly parse: () => Iterable<LogEvent | null>;
      readonly next: URL | null;
      /** Whether it names any page; every page of Okta names itself. */
      readonly isLinked: boolean;
      /** Whether it holds nothing either, so that it may be of somebody who stands between Okta and here. */
      readonly isDoubtful: boolean;
    }
  | { readonly kind: 'failure'; readonly failure: OktaFailure };

/** The most that Okta gives at once; its own default is 100. */
export const PAGE_LIMIT = 1000;

/**
 * The first page's address of a bounded query.
 * It begins a millisecond early, because Okta does not say whether an event at exactly `since` belongs to the answer.
 */
export function toLogUrl(origin: string, query: LogQuery): URL {
  const url = new URL(LOGS_PATH, origin);
  const { sinceMs, untilMs } = query.window;
  url.searchParams.set('since', formatInstant(sinceMs - 1));
  url.searchParams.set('until', formatInstant(untilMs));
  url.searchParams.set('sortOrder', query.isDescending ? 'DESCENDING' : 'ASCENDING');
  url.searchParams.set('limit', String(query.limit));
  if (query.filter !== null) url.searchParams.set('filter', query.filter);
  return url;
}

/** Gets one page of the System Log. */
export async function readLogPage(transport: OktaTransport, url: URL): Promise<LogPage> {
  const ask = () => transport.get(url, readRecords);
  const first = await ask();
  const reply = isDoubtful(first) ? await ask() : first;
  if (reply.kind === 'failure') return reply;
  if (isDoubtful(reply) && transport.bringsLinks()) {
    return { kind: 'failure', failure: ofSomebodyElse(transport.host) };
  }
  const { bytes, spans } = reply.content;
  const next = parseNextLink(reply.link, url);
  if (next !== null && !(next instanceof URL)) return { kind: 'failure', failure: next };
  return {
    kind: 'page',
    parse: () => parseRecords(bytes, spans),
    next,
    isLinked: reply.link !== null,
    isDoubtful: isDoubtful(reply),
  };
}

/**
 * Every page of Okta names itself, also one that holds nothing.
 * Source: https://developer.okta.com/docs/reference/api/system-log/
 */
function isDoubtful(reply: OktaReply<Records>): boolean {
  return reply.kind === 'answer' && reply.link === null && reply.content.spans.length === 0;
}

function ofSomebodyElse(host: string): OktaFailure {
  return makeFailure({
    code: 'okta-unexpected-response',
    message: `An empty answer of ${host} does not say which page of its System Log it is, as every other one does.`,
    hint: 'Run the audit again; if it stays so, look for a proxy or cache that answers in place of Okta.',
    next: 'repeat',
  });
}

interface Records {
  readonly bytes: Buffer;
  readonly spans: readonly ElementSpan[];
}

function readRecords(bytes: Buffer): Records | null {
  const spans = splitJsonList(bytes);
  return spans === null ? null : { bytes, spans };
}

function* parseRecords(bytes: Buffer, spans: readonly ElementSpan[]): Iterable<LogEvent | null> {
  for (const { start, end } of spans) yield parseRecord(bytes.toString('utf8', start, end));
  releaseBytes(bytes);
}

function parseRecord(text: string): LogEvent | null {
  try {
    return parseLogEvent(JSON.parse(text));
  } catch {
    return null;
  }
}
