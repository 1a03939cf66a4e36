import { type AuditNews, isNews } from '../model/audit-news.ts';
import { endSentence } from '../model/end-sentence.ts';
import type { Finding } from '../model/finding.ts';
import { formatCount } from '../model/format-count.ts';
import { formatList } from '../model/format-list.ts';
import { formatNumber } from '../model/format-number.ts';
import { formatWindow } from '../model/format-window.ts';
import type { JudgedAudit } from '../model/judged-audit.ts';
import { mention, prose } from './escape/markdown.ts';
import { describeSupportEnabled } from './markdown/changes-section.ts';
import { listLogValues } from './markdown/finding-entry.ts';
import { type AnswerToRender, createMarkdownContext } from './markdown/markdown-context.ts';
import { capitalise } from './words/capitalise.ts';
import { nameVerdict } from './words/describe-verdict.ts';

/** One screen. */
const MOST_FINDINGS = 5;
const MOST_HOLES = 5;

export interface IssueCommentInput extends AnswerToRender {
  readonly news: AuditNews;
  readonly mentions: readonly string[];
}

/** A comment about the news and nothing else; null where there is none. */
export function renderIssueComment(input: IssueCommentInput): string | null {
  const { news } = input;
  if (!isNews(news)) return null;
  const context = createMarkdownContext(input, 'document');
  const byId = new Map(context.judged.findings.map((finding) => [finding.id, finding]));
  const findings = [...news.newFindings, ...news.reopenedFindings].flatMap(
    (id) => byId.get(id) ?? [],
  );
  const shown = context.byUse.open
    .filter((finding) => findings.includes(finding))
    .slice(0, MOST_FINDINGS);
  const left = news.newFindings.length + news.reopenedFindings.length - shown.length;
  return [
    [...input.mentions.map(mention), `**${renderHeadline(news)}**`].join(' '),
    ...(news.supportAccessEnabled
      ? [`${describeSupportEnabled(context)} If nobody needs that, revoke it in the Admin Console.`]
      : []),
    ...shown.map(renderNewFinding),
    ...(left > 0 ? [`${formatCount(left, 'more finding')} in the issue above.`] : []),
    ...describeRest(input),
    'Details and evidence are in the issue above.',
  ].join('\n\n');
}

function renderHeadline(news: AuditNews): string {
  const parts = [
    ...(news.newFindings.length > 0 ? [formatCount(news.newFindings.length, 'new finding')] : []),
    ...(news.reopenedFindings.length > 0
      ? [`${formatCount(news.reopenedFindings.length, 'finding')} back after review`]
      : []),
    ...(news.supportAccessEnabled ? ['support access is on'] : []),
    ...(news.weakerVerdictBefore === null ? [] : ['the verdict is stronger']),
    ...(news.coverageLost ? ['not everything could be read'] : []),
    ...(news.closedHoles.length > 0
      ? [`${formatCount(news.closedHoles.length, 'hole')} closed`]
      : []),
  ];
  return capitalise(formatList(parts));
}

function renderNewFinding(finding: Finding): string {
  const values = listLogValues(finding);
  const again =
    finding.eventsSinceAcknowledged > 0
      ? `, ${formatNumber(finding.eventsSinceAcknowledged)} more since acknowledged`
      : '';
  return [
    `**${finding.id} · ${finding.severity} · ${prose(finding.title)}**${again}`,
    prose(finding.summary, values),
    `Ask ${prose(endSentence(finding.askWhom), values)}`,
  ].join('\n');
}

function describeRest({ judged, news }: IssueCommentInput): string[] {
  const lost = news.coverageLost ? judged.coverage.holes.filter(({ decides }) => decides) : [];
  return [
    ...(news.weakerVerdictBefore === null ? [] : [renderVerdictSentence(judged)]),
    ...lost
      .slice(0, MOST_HOLES)
      .map(
        ({ window, reason, remedy }) =>
          `Not read: ${formatWindow(window)} UTC, ${prose(reason)}. To fill it: ${prose(remedy)}.`,
      ),
    ...(lost.length > MOST_HOLES
      ? [`${formatCount(lost.length - MOST_HOLES, 'more hole')} in the issue above.`]
      : []),
    ...(news.closedHoles.length > 0 ? [`Read since: ${listClosed(news.closedHoles)}.`] : []),
  ];
}

function listClosed(holes: AuditNews['closedHoles']): string {
  const windows = holes.map((hole) => `${formatWindow(hole)} UTC`);
  return formatList(windows, MOST_HOLES);
}

function renderVerdictSentence({ verdict, verdictSentence }: JudgedAudit): string {
  return `**${capitalise(nameVerdict(verdict))}.** ${prose(verdictSentence)}`;
}
