import { type LogEvent, parseLogEvent } from '../../model/log-event.ts';
import { formatInstant, type TimeWindow } from '../../model/time-window.ts';
import { makeFailure, type OktaFailure } from './okta-failure.ts';
import { parseNextLink } from './parse-next-link.ts';
import { LOGS_PATH, type OktaTransport } from './transport.ts';

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
      readonly events: readonly LogEvent[];
      readonly malformed: number;
      readonly next: URL | null;
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

/**
 * Gets one page of the System Log.
 * @throws AuditError okta-foreign-link where its next link leads elsewhere.
 */
export async function readLogPage(transport: OktaTransport, url: URL): Promise<LogPage> {
  const reply = await transport.get(url);
  if (reply.kind === 'failure') return reply;
  if (!Array.isArray(reply.body)) return { kind: 'failure', failure: notAList(transport.host) };
  const events = reply.body.map(parseLogEvent);
  const parsed = events.filter((event): event is LogEvent => event !== null);
  return {
    kind: 'page',
    events: parsed,
    malformed: events.length - parsed.length,
    next: parseNextLink(reply.link, url),
  };
}

function notAList(host: string): OktaFailure {
  return makeFailure({
    code: 'okta-unexpected-response',
    message: `${host} answered a query of the System Log with something that is no list of events.`,
    hint: 'Check that okta-org-url is an Okta org, and run the audit again.',
  });
}
