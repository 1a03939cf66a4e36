import type { Finding } from '../../model/finding.ts';
import { LIVE_RETENTION_MS } from '../../model/live-log.ts';

/** A query as a person uses it: the filter goes into one field of the System Log, the window of the label into two others. */
export interface DescribedQuery {
  /** What stands above the filter. */
  readonly label: string;
  readonly filter: string;
}

/**
 * Words the query of a finding as it can be used now. Of a time that Okta no longer keeps the System Log shows nothing,
 * which would look like an answer. A query without a time, as of access that is open now, is for the log as it is.
 */
export function describeQuery(
  { query, lastSeenMs }: Pick<Finding, 'query' | 'lastSeenMs'>,
  nowMs: number,
): DescribedQuery {
  const { filter, since } = splitQuery(query);
  const isForgotten = since !== null && lastSeenMs < nowMs - LIVE_RETENTION_MS;
  const use = isForgotten
    ? 'To look for in an archive, as Okta no longer keeps this time'
    : 'To paste into the System Log';
  return { label: `${use}${since === null ? '' : `, since ${since}`}:`, filter };
}

/** The last mark counts: a value of the filter may hold one that somebody wrote into a name. */
function splitQuery(query: string): { filter: string; since: string | null } {
  const at = query.lastIndexOf(MARK);
  if (at === -1) return { filter: query, since: null };
  return { filter: query.slice(0, at), since: query.slice(at + MARK.length) };
}

const MARK = ' · since ';
