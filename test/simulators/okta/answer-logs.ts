import type { RawEvent } from '../../../src/model/log-event.ts';
import type { EventStore, Order, Position, StoredEvent } from './event-store.ts';
import type { CursorSeal } from './page-cursor.ts';
import { compileFilter, type EventPredicate, FilterError } from './scim-filter.ts';
import { type Answer, oktaError } from './simulator-answer.ts';

/** What a fault may do to one page while the query itself stays whole. */
export interface PageTampering {
  /** Gives no event, but a next link that goes on where this page would have begun. */
  readonly isEmpty?: boolean;
  /** The next page begins so many events before the end of this one. */
  readonly repeats?: number;
  /** The next link names this origin instead of the simulator's own. */
  readonly linkOrigin?: string;
  /** The next link leads to this very page. */
  readonly linksToItself?: boolean;
  /** The next link leads back to where the query began, each time under another address. */
  readonly leadsBack?: boolean;
  /** Gives the events in the reverse order. */
  readonly isReversed?: boolean;
  /** Gives no more events than these, and a next link where there are others. */
  readonly most?: number;
  /** Names no next page, whether there is one or not. */
  readonly isLast?: boolean;
  /** Names no link at all, not even its own. */
  readonly isUnlinked?: boolean;
  /** Put among the events, second unless `foreignAt` says otherwise. */
  readonly foreignRecord?: unknown;
  readonly foreignAt?: number;
}

export interface LogsContext {
  readonly store: EventStore;
  readonly cursors: CursorSeal;
  readonly origin: string;
  readonly nowMs: number;
  readonly retentionMs: number;
  /** Whether an event at exactly `since` or `until` belongs to the answer; Okta does not say. */
  readonly edges: 'inclusive' | 'exclusive';
}

const DAY_MS = 86_400_000;
const OLDEST_SINCE_MS = 180 * DAY_MS;
const MAX_LIMIT = 1000;

interface LogsQuery {
  readonly sinceMs: number;
  /** Null for a polling query. */
  readonly untilMs: number | null;
  readonly isDescending: boolean;
  readonly limit: number;
  readonly holds: EventPredicate;
  /** Everything but the cursor: what a cursor is bound to. */
  readonly identity: string;
  readonly after: Position | null;
}

class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly errorCode: string;

  constructor(errorCode: string, message: string) {
    super(message);
    this.errorCode = errorCode;
  }
}

/**
 * Answers `GET /api/v1/logs` as Okta documents it: bounded queries end at the missing next link, polling queries
 * (no `until`, ascending) never do; what is older than the retention is left out without a word.
 * Source: https://developer.okta.com/docs/reference/system-log-query/
 */
export function answerLogs(
  parameters: URLSearchParams,
  context: LogsContext,
  tampering: PageTampering = {},
): Answer {
  try {
    const query = readQuery(parameters, context);
    return answerQuery({ query, parameters, context, tampering });
  } catch (thrown) {
    if (thrown instanceof QueryError) return oktaError(400, thrown.errorCode, thrown.message);
    if (thrown instanceof FilterError) {
      return oktaError(400, 'E0000001', `Api validation failed: filter: ${thrown.message}`);
    }
    throw thrown;
  }
}

function answerQuery({
  query,
  parameters,
  context,
  tampering,
}: {
  readonly query: LogsQuery;
  readonly parameters: URLSearchParams;
  readonly context: LogsContext;
  readonly tampering: PageTampering;
}): Answer {
  const start = query.after ?? findStart(query, context);
  const found = tampering.isEmpty ? [] : collect({ query, start, context });
  const page = found.slice(0, Math.min(query.limit, tampering.most ?? query.limit));
  const last = page.at(-1 - (tampering.repeats ?? 0));
  const isPolling = query.untilMs === null && !query.isDescending;
  const hasMore = found.length > page.length || tampering.isEmpty === true || isPolling;
  const next = hasMore && !tampering.isLast ? (last ?? start) : null;
  const body: unknown[] = page.map((event): RawEvent => event.raw);
  if (tampering.isReversed) body.reverse();
  if (tampering.foreignRecord !== undefined) {
    body.splice(tampering.foreignAt ?? 1, 0, tampering.foreignRecord);
  }
  if (tampering.isUnlinked) return { status: 200, headers: {}, body };
  const links = [link(context.origin, parameters, 'self')];
  if (next !== null) links.push(nextLink({ parameters, context, tampering, query, next }));
  return { status: 200, headers: { Link: links.join(', ') }, body };
}

function nextLink({
  parameters,
  context,
  tampering,
  query,
  next,
}: {
  readonly parameters: URLSearchParams;
  readonly context: LogsContext;
  readonly tampering: PageTampering;
  readonly query: LogsQuery;
  readonly next: Position;
}): string {
  const following = new URLSearchParams(parameters);
  if (tampering.leadsBack) {
    following.set('after', context.cursors.seal(findStart(query, context), query.identity));
    following.set('turn', String(Number(parameters.get('turn') ?? 0) + 1));
  } else if (!tampering.linksToItself) {
    following.set('after', context.cursors.seal(next, query.identity));
  }
  return link(tampering.linkOrigin ?? context.origin, following, 'next');
}

function link(origin: string, parameters: URLSearchParams, relation: string): string {
  return `<${origin}/api/v1/logs?${parameters}>; rel="${relation}"`;
}

function findStart(query: LogsQuery, { edges }: LogsContext): Position {
  const isInclusive = edges === 'inclusive';
  if (query.isDescending) {
    const key = query.untilMs ?? Number.POSITIVE_INFINITY;
    return { key, serial: isInclusive ? Number.POSITIVE_INFINITY : -1 };
  }
  return { key: query.sinceMs, serial: isInclusive ? -1 : Number.POSITIVE_INFINITY };
}

/** The page and one event more, which tells whether there is a next one. */
function collect({
  query,
  start,
  context,
}: {
  readonly query: LogsQuery;
  readonly start: Position;
  readonly context: LogsContext;
}): StoredEvent[] {
  const { store, nowMs, retentionMs, edges } = context;
  const order: Order = query.untilMs === null && !query.isDescending ? 'persisted' : 'published';
  const isBeyond = (event: StoredEvent) => {
    if (query.isDescending) {
      return edges === 'inclusive' ? event.key < query.sinceMs : event.key <= query.sinceMs;
    }
    if (query.untilMs === null) return false;
    return edges === 'inclusive' ? event.key > query.untilMs : event.key >= query.untilMs;
  };
  const found: StoredEvent[] = [];
  const walk = query.isDescending ? store.before(order, start) : store.after(order, start);
  for (const event of walk) {
    if (isBeyond(event) || found.length > query.limit) break;
    const isThere = event.persistedMs <= nowMs && event.publishedMs >= nowMs - retentionMs;
    if (isThere && query.holds(event.raw)) found.push(event);
  }
  return query.limit === 0 ? [] : found;
}

function readQuery(parameters: URLSearchParams, context: LogsContext): LogsQuery {
  const untilMs = readInstant(parameters, 'until');
  const sinceMs = readInstant(parameters, 'since') ?? (untilMs ?? context.nowMs) - 7 * DAY_MS;
  if (context.nowMs - sinceMs > OLDEST_SINCE_MS) {
    throw new QueryError(
      'E0000053',
      'The since parameter is over 180 days prior to the current day.',
    );
  }
  const sortOrder = parameters.get('sortOrder') ?? 'ASCENDING';
  if (sortOrder !== 'ASCENDING' && sortOrder !== 'DESCENDING') {
    throw new QueryError('E0000001', 'Api validation failed: sortOrder');
  }
  const identity = ['since', 'until', 'filter', 'q', 'sortOrder']
    .map((name) => parameters.get(name) ?? '')
    .join('\n');
  const cursor = parameters.get('after');
  const after = cursor === null ? null : context.cursors.open(cursor, identity);
  if (cursor !== null && after === null) {
    throw new QueryError('E0000001', 'Api validation failed: after is not a cursor of this query');
  }
  return {
    sinceMs,
    untilMs,
    isDescending: sortOrder === 'DESCENDING',
    limit: readLimit(parameters),
    holds: readPredicate(parameters),
    identity,
    after,
  };
}

function readInstant(parameters: URLSearchParams, name: string): number | null {
  const text = parameters.get(name);
  if (text === null) return null;
  const instantMs = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instantMs)) {
    throw new QueryError('E0000001', `Api validation failed: ${name} is not an ISO 8601 instant`);
  }
  return instantMs;
}

function readLimit(parameters: URLSearchParams): number {
  const text = parameters.get('limit');
  if (text === null) return 100;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 0 || limit > MAX_LIMIT) {
    throw new QueryError('E0000001', 'Api validation failed: limit must be between 0 and 1000');
  }
  return limit;
}

function readPredicate(parameters: URLSearchParams): EventPredicate {
  const filter = parameters.get('filter');
  const holdsFilter = filter === null || filter === '' ? () => true : compileFilter(filter);
  const keywords = (parameters.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (keywords.length > 10 || keywords.some((keyword) => keyword.length > 40)) {
    throw new QueryError(
      'E0000001',
      'Api validation failed: q holds too many or too long keywords',
    );
  }
  if (keywords.length === 0) return holdsFilter;
  return (event) => {
    const text = JSON.stringify(event).toLowerCase();
    return keywords.every((keyword) => text.includes(keyword)) && holdsFilter(event);
  };
}
