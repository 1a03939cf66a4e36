/** A query as a person uses it: the filter goes into one field of the System Log, the window into two others. */
export interface SplitQuery {
  readonly filter: string;
  /** `2026-11-20T00:00:00Z until 2026-11-21T00:00:00Z`; null where the query has none. */
  readonly since: string | null;
}

/** The last mark counts: a value of the filter may hold one that somebody wrote into a name. */
export function splitQuery(query: string): SplitQuery {
  const at = query.lastIndexOf(MARK);
  if (at === -1) return { filter: query, since: null };
  return { filter: query.slice(0, at), since: query.slice(at + MARK.length) };
}

const MARK = ' · since ';

/** What stands above the filter. */
export function labelQuery({ since }: SplitQuery): string {
  return `To paste into the System Log${since === null ? '' : `, since ${since}`}:`;
}
