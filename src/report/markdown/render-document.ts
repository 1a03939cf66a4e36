import { prose } from '../escape/markdown.ts';
import { renderIssueTitle } from '../issue-title.ts';
import { NO_NEWS } from '../report-news.ts';
import { composeReport } from './compose-report.ts';
import { measureBytes } from './fit-pieces.ts';
import { type AnswerToRender, createMarkdownContext } from './markdown-context.ts';

export interface DocumentInput extends AnswerToRender {
  /** End of the last window that was read completely; null where there was none or nothing is remembered. */
  readonly completeThroughMs: number | null;
}

/** The answer as a page of its own: a title, the same sections as the issue, no boxes to tick. */
export function renderDocument(input: DocumentInput, budgetBytes: number): string {
  const title = `# ${prose(renderIssueTitle(input.judged))}`;
  const { text } = composeReport({
    ...input,
    context: createMarkdownContext(input, 'document'),
    news: NO_NEWS,
    notices: [],
    mentions: [],
    budgetBytes: budgetBytes - measureBytes(`${title}\n\n\n`),
    wrap: (_name, content) => content,
  });
  return `${title}\n\n${text}\n`;
}
