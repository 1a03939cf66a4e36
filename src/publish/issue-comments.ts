import { AuditError } from '../errors.ts';
import { isRecord } from '../model/log-event.ts';
import { withLineFeeds } from './issue-record.ts';
import { type IssueSite, isOwnLogin, siteParameters, sitePurpose } from './issue-site.ts';

export interface CommentDraft {
  readonly number: number;
  readonly body: string;
  /** GitHub's time of the last change before the comment; looked through for it if its answer is lost. */
  readonly since: string | null;
}

/** Posts a comment once, also where the answer to the first attempt is lost. Throws AuditError `github-*`. */
export async function postComment(site: IssueSite, draft: CommentDraft): Promise<void> {
  const answer = await site.client.send({
    route: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
    parameters: { ...siteParameters(site), issue_number: draft.number, body: draft.body },
    purpose: sitePurpose(site, `comment on issue #${draft.number}`),
    findDone: async () => {
      const own = await listOwnComments(site, draft.number, draft.since);
      const posted = own.find((body) => body.trimEnd() === draft.body.trimEnd());
      return posted === undefined ? null : { body: posted };
    },
  });
  if (!isRecord(answer) || typeof answer['body'] !== 'string') throw notAComment(site, draft);
}

/** As of a proxy that answers in GitHub's place: taken for a comment, nobody would ever be told. */
function notAComment(site: IssueSite, { number }: CommentDraft): AuditError {
  const { task, repository } = sitePurpose(site, `comment on issue #${number}`);
  return new AuditError({
    code: 'github-unexpected-response',
    message: `Could not ${task} in ${repository}: GitHub answered with something that is no comment.`,
    hint: 'Check `GITHUB_API_URL` and any proxy between the runner and GitHub. The next run tells what was not told.',
  });
}

/** The texts of the token's own comments. Throws AuditError `github-*`. */
export async function listOwnComments(
  site: IssueSite,
  number: number,
  since: string | null,
): Promise<string[]> {
  const rows = await site.client.list({
    route: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
    parameters: {
      ...siteParameters(site),
      issue_number: number,
      ...(since === null ? {} : { since }),
    },
    purpose: sitePurpose(site, `read the comments of issue #${number}`),
  });
  return rows.filter(isRecord).flatMap(({ user, body }) => {
    const login = isRecord(user) ? user['login'] : null;
    if (typeof login !== 'string' || typeof body !== 'string') return [];
    return isOwnLogin(site, login) ? [withLineFeeds(body)] : [];
  });
}
