import { toAuditError } from '../errors.ts';
import { catchFailure } from './catch-failure.ts';
import { type FoundIssue, findIssue } from './find-issue.ts';
import { listOwnComments, postComment } from './issue-comments.ts';
import type { IssueSite } from './issue-site.ts';

/** By it a comment that was posted in an earlier run is known again. */
const COMMENT_MARKER = '<!-- okta-audit: duplicate -->';

/** Tells each issue with the same marker, once, which one is kept up to date. Only warns where that fails. */
export async function tellDuplicates(
  site: IssueSite,
  { number, duplicates }: Pick<FoundIssue, 'number' | 'duplicates'>,
): Promise<void> {
  for (const duplicate of duplicates) {
    try {
      if (await wasTold(site, duplicate)) continue;
      const body = `${COMMENT_MARKER}\nThis issue and #${number} belong to the same audit. Only #${number} is kept up to date; this one can be closed.`;
      await postComment(site, { number: duplicate.number, body, since: null });
    } catch (thrown) {
      site.warn(
        `Issue #${duplicate.number} holds the same audit as #${number} and could not be told so: ${toAuditError(thrown).message}`,
      );
    }
  }
}

/** Two first runs within the same second both find no issue: the higher of the two is told at once, not a night later. */
export async function tellIfSecond(
  site: IssueSite,
  { markerKey, number }: { readonly markerKey: string; readonly number: number },
): Promise<void> {
  const failure = await catchFailure(async () => {
    const first = await findIssue(site, markerKey);
    if (first === null || first.number >= number) return;
    const own = first.duplicates.filter((duplicate) => duplicate.number === number);
    await tellDuplicates(site, { number: first.number, duplicates: own });
  });
  if (failure === null) return;
  site.warn(
    `Whether another run made the same issue as #${number} is not known: ${failure.message}`,
  );
}

async function wasTold(
  site: IssueSite,
  { number, commentCount }: FoundIssue['duplicates'][number],
): Promise<boolean> {
  if (commentCount === 0) return false;
  const comments = await listOwnComments(site, number, null);
  return comments.some((comment) => comment.startsWith(COMMENT_MARKER));
}
