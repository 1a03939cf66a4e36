import { isRecord } from '../model/log-event.ts';
import { withLineFeeds } from './issue-record.ts';
import { fetchIssue, type IssueSite, siteParameters, sitePurpose } from './issue-site.ts';
import type { BodyEdit, WritingQuestion } from './judge-writing.ts';
import { liftMarker } from './lift-marker.ts';

const QUERY = `query ReadBack($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) {
    issue(number: $number) {
      body
      userContentEdits(first: 10) { nodes { editedAt diff } }
    }
  }
}`;

/**
 * Reads what stands in an issue after it was written, with the latest edits: each `diff` holds the whole text,
 * newest first. Where GraphQL does not answer, the text alone comes by REST. Throws AuditError `github-*`.
 */
export async function readBack(
  site: IssueSite,
  number: number,
): Promise<WritingQuestion['readBack']> {
  const issue = await queryIssue(site, number);
  if (issue === null) {
    return { body: liftMarker(site, (await fetchIssue(site, number)).body), edits: [] };
  }
  return {
    body: liftMarker(site, withLineFeeds(String(issue['body']))),
    edits: toEdits(site, issue['userContentEdits']),
  };
}

async function queryIssue(
  site: IssueSite,
  number: number,
): Promise<Readonly<Record<string, unknown>> | null> {
  try {
    const { repository } = await site.client.query({
      text: QUERY,
      variables: { ...siteParameters(site), number },
      purpose: sitePurpose(site, `read issue #${number} back`),
    });
    const issue = isRecord(repository) ? repository['issue'] : null;
    return isRecord(issue) && typeof issue['body'] === 'string' ? issue : null;
  } catch {
    // Not every token may use GraphQL; REST answers the more important half.
    return null;
  }
}

function toEdits(site: IssueSite, connection: unknown): BodyEdit[] {
  const nodes =
    isRecord(connection) && Array.isArray(connection['nodes']) ? connection['nodes'] : [];
  return nodes.filter(isRecord).flatMap(({ editedAt, diff }) => {
    if (typeof editedAt !== 'string' || typeof diff !== 'string') return [];
    return [{ editedAt, body: liftMarker(site, withLineFeeds(diff)) }];
  });
}
