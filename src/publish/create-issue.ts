import { AuditError } from '../errors.ts';
import { catchFailure } from './catch-failure.ts';
import { findIssue, toFoundIssue } from './find-issue.ts';
import { type IssueRecord, parseIssueRecord } from './issue-record.ts';
import { changeIssue, type IssueSite, siteParameters, sitePurpose } from './issue-site.ts';
import { tellForeignIssue } from './tell-foreign-issue.ts';
import { tellLostMarker } from './tell-lost-marker.ts';
import { confirmWriting, type DecideIssue, type IssueDraft } from './write-issue.ts';

export interface CreatedIssue {
  readonly number: number;
  readonly url: string;
  /** Why the new issue does not stand as it should; else null. */
  readonly failure: AuditError | null;
}

export interface IssueCreation {
  readonly markerKey: string;
  readonly decide: DecideIssue;
}

/**
 * Creates the issue with labels and assignees, and closes it at once where the draft says so.
 * Labels and assignees that GitHub does not take are warned of. Throws AuditError `github-*` where there is no issue.
 */
export async function createIssue(
  site: IssueSite,
  { markerKey, decide }: IssueCreation,
): Promise<CreatedIssue> {
  const draft = decide(null);
  const record = await postIssue(site, { markerKey, draft });
  warnOfDropped(site, record);
  const failure = await catchFailure(() => settleIssue(site, { record, draft, decide }));
  await tellLostMarker(site, { markerKey, record });
  await tellForeignIssue(site, { markerKey, number: record.number });
  return { number: record.number, url: record.url, failure };
}

async function settleIssue(
  site: IssueSite,
  { record, draft, decide }: { record: IssueRecord; draft: IssueDraft; decide: DecideIssue },
): Promise<void> {
  if (!draft.open) {
    const fields = { state: 'closed', state_reason: 'completed' };
    await changeIssue(site, { number: record.number, task: 'close the new issue', fields });
  }
  const current = toFoundIssue(site, record);
  const before = { ...current, body: '', isOpen: draft.open };
  await confirmWriting(site, { before, draft, current, decide });
}

/** An answer that nobody understands is no refusal: the issue may have been made. */
async function postIssue(
  site: IssueSite,
  issue: { markerKey: string; draft: IssueDraft },
): Promise<IssueRecord> {
  try {
    return await postIssueWith(site, { ...issue, assignees: site.assignees });
  } catch (thrown) {
    const isRefused = thrown instanceof AuditError && thrown.code === 'github-unexpected-response';
    if (!isRefused || site.assignees.length === 0) throw thrown;
    const made = await findCreated(site, issue.markerKey);
    return made === null
      ? postIssueWith(site, { ...issue, assignees: [] })
      : parseIssueRecord(made);
  }
}

async function postIssueWith(
  site: IssueSite,
  issue: { markerKey: string; draft: IssueDraft; assignees: readonly string[] },
): Promise<IssueRecord> {
  const { title, body } = issue.draft;
  const answer = await site.client.send({
    route: 'POST /repos/{owner}/{repo}/issues',
    parameters: {
      ...siteParameters(site),
      title,
      body,
      labels: site.labels,
      assignees: issue.assignees,
    },
    purpose: sitePurpose(site, 'create the issue'),
    findDone: () => findCreated(site, issue.markerKey),
  });
  return parseIssueRecord(answer);
}

async function findCreated(site: IssueSite, markerKey: string): Promise<unknown> {
  const found = await findIssue(site, markerKey);
  if (found === null) return null;
  return site.client.send({
    route: 'GET /repos/{owner}/{repo}/issues/{issue_number}',
    parameters: { ...siteParameters(site), issue_number: found.number },
    purpose: sitePurpose(site, 'read the new issue'),
  });
}

/** Without triage rights GitHub drops both without a word. */
function warnOfDropped(site: IssueSite, record: IssueRecord): void {
  warnOfMissing(site, { input: 'issue-labels', wanted: site.labels, given: record.labels });
  warnOfMissing(site, {
    input: 'issue-assignees',
    wanted: site.assignees,
    given: record.assignees,
  });
}

function warnOfMissing(
  site: IssueSite,
  { input, wanted, given }: { input: string; wanted: readonly string[]; given: readonly string[] },
): void {
  const known = new Set(given.map((name) => name.toLowerCase()));
  const missing = wanted.filter((name) => !known.has(name.toLowerCase()));
  if (missing.length === 0) return;
  site.warn(
    `GitHub did not set ${missing.join(', ')} (\`${input}\`) on the new issue: check the spelling, and that \`github-token\` may triage issues.`,
  );
}
