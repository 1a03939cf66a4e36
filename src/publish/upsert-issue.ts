import { AuditError, toAuditError } from '../errors.ts';
import { createIssue } from './create-issue.ts';
import { type FoundIssue, findIssue, toFoundIssue } from './find-issue.ts';
import { postComment } from './issue-comments.ts';
import { changeIssue, fetchIssue, type IssueSite } from './issue-site.ts';
import { tellDuplicates } from './tell-duplicates.ts';
import { type DecideIssue, type IssueDraft, writeIssue } from './write-issue.ts';

export interface PublishedIssue {
  readonly number: number;
  readonly url: string;
  readonly action: 'created' | 'updated' | 'unchanged' | 'reopened' | 'closed';
}

export interface IssueUpsert {
  readonly markerKey: string;
  /** What `findIssue` gave earlier in the same run. */
  readonly found: FoundIssue | null;
  readonly decide: DecideIssue;
}

/** Creates the issue, or brings it up to date from what stands in it now. Throws AuditError `github-*`. */
export async function upsertIssue(site: IssueSite, upsert: IssueUpsert): Promise<PublishedIssue> {
  const { markerKey, found, decide } = upsert;
  const current = found === null ? null : await readAgain(site, { markerKey, found });
  if (current === null) {
    const { number, url } = await createIssue(site, { markerKey, decide });
    return { number, url, action: 'created' };
  }
  const first = decide(current);
  const standing = await writeIssue(site, { before: current, draft: first, current, decide });
  if (first.comment !== null) await tellNews(site, { current, standing, comment: first.comment });
  await tellDuplicates(site, current);
  return {
    number: current.number,
    url: current.url,
    action: nameAction({ wasOpen: current.isOpen, first, standing }),
  };
}

/** Null where the issue was deleted since it was found; one that is still listed was not. */
async function readAgain(
  site: IssueSite,
  { markerKey, found }: { markerKey: string; found: FoundIssue },
): Promise<FoundIssue | null> {
  try {
    const current = toFoundIssue(site, await fetchIssue(site, found.number));
    return { ...current, duplicates: found.duplicates };
  } catch (thrown) {
    const isGone = thrown instanceof AuditError && thrown.code === 'github-not-found';
    if (isGone && (await findIssue(site, markerKey)) === null) return null;
    throw thrown;
  }
}

interface News {
  readonly current: FoundIssue;
  readonly standing: IssueDraft;
  readonly comment: string;
}

async function tellNews(site: IssueSite, news: News): Promise<void> {
  const { number, updatedAt } = news.current;
  try {
    await postComment(site, { number, body: news.comment, since: updatedAt });
  } catch (thrown) {
    await forgetNews(site, news);
    throw thrown;
  }
}

/** Puts the text back that knows nothing of the news, so that the next run finds and tells it, unless somebody has edited since. */
async function forgetNews(site: IssueSite, { current, standing }: News): Promise<void> {
  const { number } = current;
  try {
    const { body } = await fetchIssue(site, number);
    if (body.trimEnd() !== standing.body.trimEnd()) return;
    const fields = { body: standing.bodyBeforeNews };
    await changeIssue(site, { number, task: 'put the text back in issue', fields });
  } catch (thrown) {
    site.warn(
      `Issue #${number} says the news, and no comment tells it: ${toAuditError(thrown).message}`,
    );
  }
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
