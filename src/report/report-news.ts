import type { TimeWindow } from '../model/time-window.ts';
import type { Verdict } from '../model/verdict.ts';

/** What is new since the run before: the only thing that a comment is written about. */
export interface ReportNews {
  /** Ids of findings that no run showed before. */
  readonly newFindings: readonly string[];
  /** Ids of findings that had been acknowledged and have got more events. */
  readonly reopenedFindings: readonly string[];
  /** The verdict before, where today's is stronger. */
  readonly weakerVerdictBefore: Verdict | null;
  readonly supportAccessEnabled: boolean;
  readonly coverageLost: boolean;
  readonly closedHoles: readonly TimeWindow[];
}

export const NO_NEWS: ReportNews = {
  newFindings: [],
  reopenedFindings: [],
  weakerVerdictBefore: null,
  supportAccessEnabled: false,
  coverageLost: false,
  closedHoles: [],
};

export function isNews(news: ReportNews): boolean {
  return (
    news.newFindings.length > 0 ||
    news.reopenedFindings.length > 0 ||
    news.weakerVerdictBefore !== null ||
    news.supportAccessEnabled ||
    news.coverageLost ||
    news.closedHoles.length > 0
  );
}
