import { AuditError, toAuditError } from '../errors.ts';
import type { FoundIssue } from './find-issue.ts';
import { changeIssue, type IssueSite } from './issue-site.ts';
import { isSameText, judgeWriting, type WritingResult } from './judge-writing.ts';
import { readBack } from './read-back.ts';

/** What an issue should say. */
export interface IssueDraft {
  readonly title: string;
  /** Begins with the marker. */
  readonly body: string;
  /** Posted once the body is written, never on creation; null for none. */
  readonly comment: string | null;
  readonly open: boolean;
  /** True where only status line and marker differ from what stands. */
  readonly isUnchanged: boolean;
}

/**
 * Makes the draft from what stands in the issue at this moment, ticks included; null where there is none.
 * Pure, as it is asked again where somebody changed the issue meanwhile.
 */
export type DecideIssue = (current: FoundIssue | null) => IssueDraft;

export interface WritingTask {
  /** What GitHub holds now, as far as we know. */
  readonly before: FoundIssue;
  readonly draft: IssueDraft;
  /** The issue as the draft's decision knew it. */
  readonly current: FoundIssue;
  readonly decide: DecideIssue;
}

/** Changes what differs and makes sure that it stands; gives the draft that does. Throws AuditError `github-*`. */
export async function writeIssue(site: IssueSite, task: WritingTask): Promise<IssueDraft> {
  const fields = listChanges(task.before, task.draft);
  if (Object.keys(fields).length === 0) return task.draft;
  await sendChanges(site, { number: task.before.number, fields, body: task.draft.body });
  return confirmWriting(site, task);
}

/** Reads the issue back after a writing, and writes once more where something was lost. */
export async function confirmWriting(site: IssueSite, task: WritingTask): Promise<IssueDraft> {
  const { before, draft, current, decide } = task;
  const first = await checkWriting(site, before, draft);
  if (first.kind === 'kept') return draft;
  const second = decide({ ...current, body: first.body });
  const standing = {
    ...before,
    body: first.reason === 'other-overwritten' ? draft.body : first.body,
    title: draft.title,
    isOpen: draft.open,
  };
  const fields = listChanges(standing, second);
  if (Object.keys(fields).length === 0) return second;
  await sendChanges(site, { number: before.number, fields, body: second.body });
  const last = await checkWriting(site, standing, second);
  if (last.kind === 'decide-again') reportLoss(site, before.number, last);
  return second;
}

async function sendChanges(
  site: IssueSite,
  { number, fields, body }: { number: number; fields: Record<string, unknown>; body: string },
): Promise<void> {
  await changeIssue(site, {
    number,
    task: 'update issue',
    fields,
    ...('body' in fields && { isDone: (standing) => isSameText(standing.body, body) }),
  });
}

async function checkWriting(
  site: IssueSite,
  before: FoundIssue,
  { body }: IssueDraft,
): Promise<WritingResult> {
  try {
    const standing = await readBack(site, before.number);
    return judgeWriting({ before, written: body, readBack: standing });
  } catch (thrown) {
    site.warn(
      `Issue #${before.number} was written but could not be read back: ${toAuditError(thrown).message}`,
    );
    return { kind: 'kept' };
  }
}

function reportLoss(
  site: IssueSite,
  number: number,
  { reason }: WritingResult & { kind: 'decide-again' },
): void {
  if (reason !== 'old-body-kept') {
    site.warn(`Issue #${number} was edited while it was written; the next run reads what stands.`);
    return;
  }
  throw new AuditError({
    code: 'github-unexpected-response',
    message: `GitHub accepted a new text for issue #${number} twice and kept the old one.`,
    hint: 'Read the report files instead. A text that is too long is kept out silently: raise `minimum-severity`, and please report this with the version.',
  });
}

function listChanges(before: FoundIssue, draft: IssueDraft): Record<string, unknown> {
  return {
    ...(before.title === draft.title ? {} : { title: draft.title }),
    ...(before.body === draft.body ? {} : { body: draft.body }),
    ...(before.isOpen === draft.open ? {} : stateFields(draft.open)),
  };
}

function stateFields(open: boolean): Record<string, string> {
  return open
    ? { state: 'open', state_reason: 'reopened' }
    : { state: 'closed', state_reason: 'completed' };
}
