import { isDeepStrictEqual } from 'node:util';
import { announceNews } from '../memory/announce-news.ts';
import { decideOpenState } from '../memory/decide-open-state.ts';
import { describeMemoryCut } from '../memory/describe-cut.ts';
import { type EncodedMemory, encodeMemory } from '../memory/encode-memory.ts';
import { findNews } from '../memory/find-news.ts';
import { writeMarker } from '../memory/issue-marker.ts';
import { readTicks } from '../memory/read-ticks.ts';
import { rememberAudit } from '../memory/remember-audit.ts';
import { isNews, NO_NEWS } from '../model/audit-news.ts';
import type { IssuePlan } from '../model/audit-plan.ts';
import { type IssueMemory, isSettled } from '../model/issue-memory.ts';
import type { JudgedAudit } from '../model/judged-audit.ts';
import type { FoundIssue } from '../publish/find-issue.ts';
import type { IssueDraft } from '../publish/write-issue.ts';
import { isAsSealed, sealBody } from '../report/content-digest.ts';
import { readNotes } from '../report/issue-blocks.ts';
import { MOST_BODY_CHARACTERS, renderIssueBody } from '../report/issue-body.ts';
import { renderIssueComment } from '../report/issue-comment.ts';
import { isSameIssueContent, rewriteIssueStatus } from '../report/issue-status.ts';
import { renderIssueTitle } from '../report/issue-title.ts';
import type { AnswerToRender } from '../report/markdown/markdown-context.ts';
import { recallMemory } from './recall-memory.ts';

/** A third of the body at most: the rest is for people. */
const MEMORY_BUDGET_BYTES = 20_000;

/** Two thirds where it would else forget a tick on something that the next run sees again and calls new. */
const MOST_MEMORY_BYTES = 40_000;

export interface IssueAnswer extends Omit<AnswerToRender, 'judged'> {
  readonly markerKey: string;
  /** Judges what was read against a memory; pure, so that it can be asked again when somebody ticks meanwhile. */
  readonly judge: (memory: IssueMemory) => JudgedAudit;
  readonly mentions: IssuePlan['mentions'];
  /** Sentences for the top of the issue. */
  readonly notices: readonly string[];
}

/** A draft, and what it could not hold. */
export interface AuditDraft extends IssueDraft {
  /** In words; empty where everything is there. */
  readonly cut: readonly string[];
}

/** Says what the issue should hold, from the answer and from what stands in it at this moment. */
export function draftIssue(answer: IssueAnswer, current: FoundIssue | null): AuditDraft {
  const { minimumSeverity } = answer;
  const memory = recallMemory(current);
  const judged = answer.judge(memory);
  // Creating the issue tells it all.
  const news = current === null ? NO_NEWS : findNews({ audit: judged, memory, minimumSeverity });
  const state = decideOpenState({
    isRolling: judged.scope.isRolling,
    issue: current === null ? 'none' : current.isOpen ? 'open' : 'closed',
    coverage: judged.coverage.state,
    findings: judged.findings,
    minimumSeverity,
    hasNews: isNews(news),
  });
  const comment = renderIssueComment({ ...answer, judged, news });
  const next = {
    ...rememberAudit({ audit: judged, memory, minimumSeverity }),
    leftClosed: state === 'closed',
    ...(comment !== null &&
      current !== null && {
        announced: announceNews({ news, comment, since: current.updatedAt }),
      }),
  };
  const encoded = encodeForIssue(next, judged);
  const rendering = {
    ...answer,
    judged,
    news,
    memoryMarker: writeMarker({ key: answer.markerKey, memory: encoded.text }),
    completeThroughMs: next.completeThroughMs,
  };
  const { body, cut } = renderIssueBody({
    ...rendering,
    memoryCut: describeMemoryCut(encoded.cut),
    notes: current === null ? '' : readNotes(current.body),
    mentions: current === null ? answer.mentions : [],
  });
  const restated =
    current !== null &&
    comment === null &&
    isAsSealed(current.body) &&
    isSameIssueContent(current.body, body) &&
    isDeepStrictEqual(readTicks(current.body), readTicks(body))
      ? rewriteIssueStatus(current.body, rendering)
      : null;
  // The memory may have outgrown the room that the old text leaves to it.
  const isUnchanged = restated !== null && restated.length <= MOST_BODY_CHARACTERS;
  return {
    title: renderIssueTitle(judged),
    body: isUnchanged ? restated : sealBody(body),
    comment,
    open: state === 'open',
    isUnchanged,
    cut,
  };
}

function encodeForIssue(memory: IssueMemory, { findings }: JudgedAudit): EncodedMemory {
  const encoded = encodeMemory({ memory, maxBytes: MEMORY_BUDGET_BYTES });
  const seen = new Set(findings.filter(({ inWindow }) => inWindow).map(({ id }) => id));
  // The oldest go first.
  const forgotten = memory.findings.filter(isSettled).slice(0, encoded.cut.acknowledgedRows);
  return forgotten.some(({ id }) => seen.has(id))
    ? encodeMemory({ memory, maxBytes: MOST_MEMORY_BYTES })
    : encoded;
}
