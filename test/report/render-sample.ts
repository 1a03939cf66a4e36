import { type AuditNews, NO_NEWS } from '../../src/model/audit-news.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import {
  type IssueBody,
  type IssueBodyInput,
  renderIssueBody,
} from '../../src/report/issue-body.ts';
import type { AnswerToRender } from '../../src/report/markdown/markdown-context.ts';
import { SAMPLE_EVIDENCE, SAMPLE_IDENTITY } from './sample-audit.ts';

export const SAMPLE_MARKER = '<!-- okta-tenant-audit:v1 key=0123456789abcdef memory=xyz -->';

/** News that fit `newsAudit`. */
export const SAMPLE_NEWS: AuditNews = {
  ...NO_NEWS,
  newFindings: ['F-M4C7D2QA'],
  reopenedFindings: ['F-P93XAB5C'],
  supportAccessEnabled: true,
};

export function answerOf(judged: JudgedAudit): AnswerToRender {
  return {
    judged,
    identity: SAMPLE_IDENTITY,
    evidence: SAMPLE_EVIDENCE,
    minimumSeverity: 'low',
  };
}

/** The issue body of an answer on an ordinary night, with whatever a test wants otherwise. */
export function renderBody(judged: JudgedAudit, changes: Partial<IssueBodyInput> = {}): IssueBody {
  return renderIssueBody({
    ...answerOf(judged),
    memoryMarker: SAMPLE_MARKER,
    completeThroughMs: null,
    news: NO_NEWS,
    notes: '',
    notices: [],
    mentions: [],
    ...changes,
  });
}

/** The lines that offer a box, in order: `[' ', 'F-7Q2K4M9X']`. */
export function listBoxes(body: string): [string, string][] {
  return [...body.matchAll(/^- \[(.)\] \*\*([FD]-[0-9A-Z]+)/gm)].map(([, mark = '', id = '']) => [
    mark,
    id,
  ]);
}
