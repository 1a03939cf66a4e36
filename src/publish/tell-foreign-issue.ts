import { toAuditError } from '../errors.ts';
import { listIssues } from './find-issue.ts';
import { postComment } from './issue-comments.ts';
import { type IssueSite, isOwnLogin } from './issue-site.ts';

/**
 * Says in the log and in a new issue which older ones, with our label, begin with the same marker and are of another login:
 * whoever gives the audit another token must hear that it goes on with none of them. Only warns where that fails.
 */
export async function tellForeignIssue(
  site: IssueSite,
  { markerKey, number }: { readonly markerKey: string; readonly number: number },
): Promise<void> {
  const [label] = site.labels;
  if (label === undefined) return;
  try {
    const labelled = await listIssues(site, { labels: label });
    const foreign = labelled.filter(
      (issue) =>
        issue.number < number &&
        !isOwnLogin(site, issue.author) &&
        site.readMarkerKey(issue.body) === markerKey,
    );
    if (foreign.length === 0) return;
    const names = foreign.map((issue) => `#${issue.number}`).join(', ');
    const authors = new Set(foreign.map(({ author }) => author ?? 'an account that is gone'));
    const text = `${names} of ${[...authors].join(', ')} had the hidden first line of this audit before, and this audit, which writes as ${site.login}, goes on with its own issues alone. If \`github-token\` was another one then, #${number} begins anew: nothing that was ticked there is known here, and what waits there is listed here only where this look found it again. If it was not, somebody copied that line.`;
    site.warn(text);
    await postComment(site, { number, body: text, since: null });
  } catch (thrown) {
    site.warn(
      `Nobody could look for, or tell of, an issue of another login than that of #${number}: ${toAuditError(thrown).message}`,
    );
  }
}
