import type { TimeWindow } from './time-window.ts';
import type { Verdict } from './verdict.ts';

/** What changed since the last run and somebody should hear of: the only thing that a comment is written about. */
export interface AuditNews {
  /** Ids of findings that no run showed for review before, in the order of the audit. */
  readonly newFindings: readonly string[];
  /** Ids of findings that somebody had acknowledged and that are no longer what was acknowledged. */
  readonly reopenedFindings: readonly string[];
  /** The verdict before, where today's is stronger. */
  readonly weakerVerdictBefore: Verdict | null;
  readonly supportAccessEnabled: boolean;
  readonly coverageLost: boolean;
  /** What earlier runs could not read and this one did. */
  readonly closedHoles: readonly TimeWindow[];
}

export const NO_NEWS: AuditNews = {
  newFindings: [],
  reopenedFindings: [],
  weakerVerdictBefore: null,
  supportAccessEnabled: false,
  coverageLost: false,
  closedHoles: [],
};

export function isNews(news: AuditNews): boolean {
  return (
    news.newFindings.length > 0 ||
    news.reopenedFindings.length > 0 ||
    news.weakerVerdictBefore !== null ||
    news.supportAccessEnabled ||
    news.coverageLost ||
    news.closedHoles.length > 0
  );
}
