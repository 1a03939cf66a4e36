import { NO_NEWS } from '../model/audit-news.ts';
import { prose } from './escape/markdown.ts';
import { renderIssueTitle } from './issue-title.ts';
import { composePage, placePage } from './markdown/compose-page.ts';
import { type AnswerToRender, createMarkdownContext } from './markdown/markdown-context.ts';
import { measureBytes } from './markdown/piece.ts';

/**
 * GitHub drops the summary of a step as a whole where it is larger than a mebibyte.
 * Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits
 */
const SUMMARY_BUDGET_BYTES = 900_000;

export interface PagesInput extends AnswerToRender {
  /** Through when all was read that a night can read; null where nothing was, or nothing is remembered. */
  readonly completeThroughMs: number | null;
  readonly summaryBudgetBytes?: number;
}

export interface ReportPages {
  /** `report.md`: what the issue says, unabridged, without boxes. */
  readonly reportMd: string;
  /** The job summary: the same text, shortened only where it would outgrow its limit. */
  readonly jobSummary: string;
}

/** The answer as pages of their own: a title, the same sections as the issue, no boxes to tick. */
export function renderReportPages(input: PagesInput): ReportPages {
  const { summaryBudgetBytes = SUMMARY_BUDGET_BYTES } = input;
  const title = `# ${prose(renderIssueTitle(input.judged))}\n\n`;
  const page = placePage({
    ...input,
    context: createMarkdownContext(input, 'document'),
    news: NO_NEWS,
    notices: [],
    mentions: [],
    wrap: (_name, content) => content,
    alsoCut: [],
  });
  const write = (budgetBytes: number): string =>
    `${title}${composePage(page, budgetBytes - measureBytes(`${title}\n`)).text}\n`;
  const reportMd = write(Number.POSITIVE_INFINITY);
  const isSmall = measureBytes(reportMd) <= summaryBudgetBytes;
  return { reportMd, jobSummary: isSmall ? reportMd : write(summaryBudgetBytes) };
}
