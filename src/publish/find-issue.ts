import type { IssueRecord } from './issue-record.ts';
import { parseIssueRecord } from './issue-record.ts';
import {
  fetchIssue,
  type IssueSite,
  isOwnLogin,
  siteParameters,
  sitePurpose,
} from './issue-site.ts';
import { liftMarker } from './lift-marker.ts';

/** The issue of one tenant and scope, as it stands. */
export interface FoundIssue {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  /** With line feeds alone, and the marker first. */
  readonly body: string;
  readonly isOpen: boolean;
  /** Closed, and neither by the token's own login nor by another program. */
  readonly closedByPerson: boolean;
  readonly labels: readonly string[];
  /** GitHub's own time of the last change. */
  readonly updatedAt: string;
  /** Our own comments since the news that it announced last; empty before it is read for writing, or without such news. */
  readonly ownComments: readonly string[];
  /** Issues of ours with the same marker and a higher number. */
  readonly duplicates: readonly { readonly number: number; readonly commentCount: number }[];
}

/**
 * Finds the issue that holds a marker: among the token's own issues, or those with our label should that list lack it.
 * The lowest number wins. A marker in somebody else's issue is ignored, and so is one that is quoted. One below the
 * start, as somebody wrote a note above it, counts where no other issue holds it, in an issue with our label: the token's login
 * may be that of other workflows too, which write down what outsiders say.
 * Throws AuditError `github-*`.
 */
export async function findIssue(site: IssueSite, markerKey: string): Promise<FoundIssue | null> {
  const byAuthor = await listMarked(site, { markerKey, filter: { creator: site.login } });
  const [label] = site.labels;
  const marked =
    byAuthor.length > 0 || label === undefined
      ? byAuthor
      : await listMarked(site, { markerKey, filter: { labels: label } });
  const [first, ...others] = marked.toSorted((one, other) => one.number - other.number);
  if (first === undefined) return null;
  const hidesCloser = !first.isOpen && first.closedBy === null;
  const record = hidesCloser ? await fetchIssue(site, first.number) : first;
  const duplicates = others.map(({ number, commentCount }) => ({ number, commentCount }));
  return { ...toFoundIssue(site, record), duplicates };
}

export function toFoundIssue(site: IssueSite, record: IssueRecord): FoundIssue {
  const { number, url, title, isOpen, closedBy, labels, updatedAt } = record;
  const closedByPerson =
    !isOpen && closedBy?.isPerson === true && !isOwnLogin(site, closedBy.login);
  return {
    number,
    url,
    title,
    body: liftMarker(site, record.body),
    isOpen,
    closedByPerson,
    labels,
    updatedAt,
    ownComments: [],
    duplicates: [],
  };
}

/** The token's own issues among those of a list. Throws AuditError `github-*`. */
export async function listOwnIssues(
  site: IssueSite,
  filter: Readonly<Record<string, string>>,
): Promise<IssueRecord[]> {
  const issues = await listIssues(site, filter);
  return issues.filter(({ author }) => isOwnLogin(site, author));
}

/**
 * Issues of everybody, open and closed, without pull requests; lists are consistent at once where GitHub's search may lag
 * by minutes. Throws AuditError `github-*`.
 */
export async function listIssues(
  site: IssueSite,
  filter: Readonly<Record<string, string>>,
): Promise<IssueRecord[]> {
  const rows = await site.client.list({
    route: 'GET /repos/{owner}/{repo}/issues',
    parameters: {
      ...siteParameters(site),
      ...filter,
      state: 'all',
      sort: 'created',
      direction: 'asc',
    },
    purpose: sitePurpose(site, 'look for the issue of this audit'),
  });
  return rows.map(parseIssueRecord).filter(({ isPullRequest }) => !isPullRequest);
}

async function listMarked(
  site: IssueSite,
  { markerKey, filter }: { markerKey: string; filter: Readonly<Record<string, string>> },
): Promise<IssueRecord[]> {
  const own = await listOwnIssues(site, filter);
  const marked = own.filter(({ body }) => site.readMarkerKey(body) === markerKey);
  if (marked.length > 0) return marked;
  return own.filter(
    (record) =>
      hasOurLabel(site, record) && site.readMarkerKey(liftMarker(site, record.body)) === markerKey,
  );
}

/** GitHub gives a label in the letters of whoever created it, and takes it in any. */
export function hasOurLabel(site: IssueSite, { labels }: IssueRecord): boolean {
  const ours = new Set(site.labels.map((label) => label.toLowerCase()));
  return labels.some((label) => ours.has(label.toLowerCase()));
}
