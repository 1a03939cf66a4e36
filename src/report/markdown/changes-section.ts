import type { AuditNews } from '../../model/audit-news.ts';
import type { Finding } from '../../model/finding.ts';
import { formatCount } from '../../model/format-count.ts';
import { formatWindow } from '../../model/format-window.ts';
import { prose } from '../escape/markdown.ts';
import { nameVerdict } from '../words/describe-verdict.ts';
import { formatMoment } from '../words/format-time.ts';
import { listLogValues } from './finding-entry.ts';
import type { MarkdownContext } from './markdown-context.ts';

const MOST_NAMED = 5;

/** What changed since the run before, one line each; empty where nothing did. */
export function renderChanges(context: MarkdownContext, news: AuditNews): string {
  const { judged, byUse } = context;
  const listed = new Map([...byUse.open].map((finding) => [finding.id, finding]));
  return [
    ...(news.weakerVerdictBefore === null
      ? []
      : [
          `- The verdict was "${nameVerdict(news.weakerVerdictBefore)}", now it is "${nameVerdict(judged.verdict)}".`,
        ]),
    ...(news.supportAccessEnabled ? [`- ${describeSupportEnabled(context)}`] : []),
    ...listFindings('new', news.newFindings, listed),
    ...listFindings('reopened', news.reopenedFindings, listed),
    ...(news.coverageLost
      ? ['- The log could not be read completely any more; what is missing stands below.']
      : []),
    ...listClosed(news.closedHoles),
  ].join('\n');
}

function listClosed(holes: AuditNews['closedHoles']): string[] {
  const left = holes.length - MOST_NAMED;
  return [
    ...holes
      .slice(0, MOST_NAMED)
      .map((hole) => `- The hole ${formatWindow(hole)} UTC has been read since.`),
    ...(left > 0 ? [`- ${formatCount(left, 'more hole')} read since.`] : []),
  ];
}

export function describeSupportEnabled({ judged }: MarkdownContext): string {
  const { expiresAtMs } = judged.supportAccess;
  const until = expiresAtMs === null ? '' : `, until ${formatMoment(expiresAtMs)}`;
  return `**Okta Support can enter the tenant now**${until}.`;
}

function listFindings(
  word: 'new' | 'reopened',
  ids: readonly string[],
  listed: ReadonlyMap<string, Finding>,
): string[] {
  const known = ids.flatMap((id) => listed.get(id) ?? []);
  const named = known
    .slice(0, MOST_NAMED)
    .map(
      (finding) =>
        `- ${word === 'new' ? 'New' : 'Back again'}: **${finding.id} · ${finding.severity}**, ${prose(finding.summary, listLogValues(finding))}`,
    );
  const left = ids.length - named.length;
  if (left === 0) return named;
  return [...named, `- ${formatCount(left, `more ${word} finding`)}, listed below or counted.`];
}
