import { toAuditError } from '../errors.ts';
import { hasOurLabel, listOwnIssues } from './find-issue.ts';
import { postComment } from './issue-comments.ts';
import type { IssueRecord } from './issue-record.ts';
import type { IssueSite } from './issue-site.ts';
import { liftMarker } from './lift-marker.ts';

/**
 * Says in the log and in a new issue which older one it does not go on with: one of our own that has its title, but whose
 * marker somebody deleted, or wrote above and took our label away. Only warns where that fails.
 */
export async function tellLostMarker(
  site: IssueSite,
  { markerKey, record }: { readonly markerKey: string; readonly record: IssueRecord },
): Promise<void> {
  const { number, title } = record;
  try {
    const own = await listOwnIssues(site, { creator: site.login });
    const lost = own.filter(
      (issue) =>
        issue.number < number &&
        issue.title === title &&
        site.readMarkerKey(issue.body) === null &&
        site.readMarkerKey(liftMarker(site, issue.body)) ===
          (hasOurLabel(site, issue) ? null : markerKey),
    );
    if (lost.length === 0) return;
    const names = lost.map((issue) => `#${issue.number}`).join(', ');
    const text = `${names} had this title before, without the hidden first line by which an audit knows its issue: somebody deleted that, or wrote above it and took the label away. So #${number} begins anew: nothing that was ticked there is known here, and what waits there is listed here only where this look found it again.`;
    site.warn(text);
    await postComment(site, { number, body: text, since: null });
  } catch (thrown) {
    site.warn(
      `Nobody could look for, or tell of, an earlier issue than #${number}: ${toAuditError(thrown).message}`,
    );
  }
}
