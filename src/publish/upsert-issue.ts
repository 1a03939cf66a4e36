import { AuditError } from '../errors.ts';
import { catchFailure } from './catch-failure.ts';
import { createIssue } from './create-issue.ts';
import { type FoundIssue, findIssue, toFoundIssue } from './find-issue.ts';
import { listOwnComments, postComment } from './issue-comments.ts';
import { fetchIssue, type IssueSite } from './issue-site.ts';
import { tellDuplicates, tellIfSecond } from './tell-duplicates.ts';
import { type DecideIssue, type IssueDraft, writeIssue } from './write-issue.ts';

export interface PublishedIssue {
  readonly number: number;
  readonly url: string;
  readonly action: 'created' | 'updated' | 'unchanged' | 'reopened' | 'closed';
  /** What the step must fail with although the issue stands: its news were not told, or a new one is not settled; else null. */
  readonly failure: AuditError | null;
}

export interface IssueUpsert {
  readonly markerKey: string;
  /** What `findIssue` gave earlier in the same run. */
  readonly found: FoundIssue | null;
  readonly decide: DecideIssue;
}

/** Creates the issue, or brings it up to date from what stands in it now. Throws AuditError `github-*`. */
export async function upsertIssue(site: IssueSite, upsert: IssueUpsert): Promise<PublishedIssue> {
  const { markerKey, decide } = upsert;
  // Reading Okta takes a while, in which another first run may have made it.
  const found = upsert.found ?? (await findIssue(site, markerKey));
  const current = found === null ? null : await readAgain(site, { markerKey, found });
  if (current === null) {
    const created = await createIssue(site, { markerKey, decide });
    await tellIfSecond(site, { markerKey, number: created.number });
    return { ...created, action: 'created' };
  }
  const first = decide(current);
  const standing = await writeIssue(site, { before: current, draft: first, current, decide });
  const failure = await catchFailure(() => tellNews(site, current, standing.comment));
  await tellDuplicates(site, current);
  return {
    number: current.number,
    url: current.url,
    action: nameAction({ wasOpen: current.isOpen, first, standing }),
    failure,
  };
}

/** Null where the issue was deleted since it was found; one that is still listed was not. */
async function readAgain(
  site: IssueSite,
  { markerKey, found }: { markerKey: string; found: FoundIssue },
): Promise<FoundIssue | null> {
  try {
    const current = toFoundIssue(site, await fetchIssue(site, found.number));
    const since = site.readAnnouncedSince(current.body);
    const ownComments = since === null ? [] : await listOwnComments(site, current.number, since);
    return { ...current, ownComments, duplicates: found.duplicates };
  } catch (thrown) {
    const isGone = thrown instanceof AuditError && thrown.code === 'github-not-found';
    if (isGone && (await findIssue(site, markerKey)) === null) return null;
    throw thrown;
  }
}

/** Another run at the same time may have told the same. */
async function tellNews(
  site: IssueSite,
  { number, updatedAt }: FoundIssue,
  body: string | null,
): Promise<void> {
  if (body === null) return;
  const told = await listOwnComments(site, number, updatedAt);
  if (told.some((comment) => comment.trimEnd() === body.trimEnd())) return;
  await postComment(site, { number, body, since: updatedAt });
}

function nameAction(writing: {
  wasOpen: boolean;
  first: IssueDraft;
  standing: IssueDraft;
}): PublishedIssue['action'] {
  const { wasOpen, first, standing } = writing;
  if (!wasOpen && standing.open) return 'reopened';
  if (wasOpen && !standing.open) return 'closed';
  return first.isUnchanged && standing.isUnchanged ? 'unchanged' : 'updated';
}
