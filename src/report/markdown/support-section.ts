import { formatCount } from '../../model/format-count.ts';
import {
  endOfAccess,
  type SupportAccess,
  type SupportCase,
  type SupportInterval,
} from '../../model/support-access.ts';
import { formatUtcClock, isSameUtcDay } from '../../model/time-window.ts';
import { cellCode, prose } from '../escape/markdown.ts';
import { capitalise } from '../words/capitalise.ts';
import { type DescribedInterval, describeInterval } from '../words/describe-interval.ts';
import { formatMinute, formatMoment } from '../words/format-time.ts';
import { listIntervalNotes } from '../words/list-interval-notes.ts';
import { sayNoGrants } from '../words/say-no-grants.ts';
import { sayPastAccess } from '../words/say-past-access.ts';
import { sayTool } from '../words/say-tool.ts';
import type { MarkdownContext } from './markdown-context.ts';
import { renderSupportGantt } from './support-gantt.ts';
import { renderCappedTable, renderFold } from './table.ts';

/** Whether Okta Support may enter now, and when it could, as far as the log tells. */
export function renderSupport(context: MarkdownContext): string {
  const { supportAccess, supportIntervals, verdictSentence, coverage } = context.judged;
  const open = supportAccess.cases.filter((supportCase) => supportCase.isOpen);
  return [
    describeState(supportAccess, verdictSentence),
    open.length === 0 ? '' : renderCases(open, context.maxRows),
    ...(supportIntervals.length === 0 ? [sayNoGrants(coverage)] : [renderPast(context)]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Drawing and table of when access was open: folded once nothing waits and nobody can enter. */
function renderPast(context: MarkdownContext): string {
  const { judged, openCount, maxRows } = context;
  const { supportIntervals, supportAccess } = judged;
  const past = [
    renderSupportGantt(context),
    renderIntervals(supportIntervals, maxRows),
    ...listNotes(supportIntervals, maxRows),
  ].join('\n\n');
  if (openCount > 0 || supportAccess.state === 'enabled') return past;
  return renderFold(capitalise(sayPastAccess(supportIntervals)), past);
}

function describeState(
  { state, expiresAtMs, reason }: SupportAccess,
  verdictSentence: string,
): string {
  const because = reason === null ? '' : ` ${prose(reason)}`;
  if (state === 'unknown') return `Whether Okta Support can enter now is **unknown**.${because}`;
  if (state === 'enabled') {
    const until = expiresAtMs === null ? '' : `, until ${formatMoment(expiresAtMs)}`;
    return `Okta Support **can enter the tenant now**${until}.${because}`;
  }
  return `Support access is **off**. That says nothing about the past${sayTool(verdictSentence)}.${because}`;
}

function renderCases(cases: readonly SupportCase[], maxRows: number): string {
  return renderCappedTable(
    ['open case', 'subject', 'access until (UTC)'],
    cases.map((supportCase) => [
      cellCode(supportCase.caseNumber),
      cellCode(supportCase.subject),
      describeEndOfAccess(supportCase),
    ]),
    maxRows,
  );
}

function describeEndOfAccess(supportCase: SupportCase): string {
  const endMs = endOfAccess(supportCase);
  return endMs === null ? '' : formatMinute(endMs);
}

function renderIntervals(intervals: readonly SupportInterval[], maxRows: number): string {
  return renderCappedTable(
    ['open from', 'to (UTC)', 'granted by', 'case', 'extended', 'used', 'how the end is known'],
    intervals.map((interval) => {
      const words = describeInterval(interval);
      return [
        formatMinute(interval.startMs),
        words.openEnd ?? describeEnd(interval),
        cellCode(interval.grantedBy),
        cellCode(interval.caseNumber),
        words.extended,
        describeUse(words, interval),
        words.howEndIsKnown,
      ];
    }),
    maxRows,
  );
}

function describeEnd({ startMs, endMs }: SupportInterval): string {
  if (endMs === null) return '';
  return isSameUtcDay(startMs, endMs) ? formatUtcClock(endMs) : formatMinute(endMs);
}

function describeUse(
  { used, firstUse }: DescribedInterval,
  { sessions: [first] }: SupportInterval,
): string {
  if (firstUse === null) return used;
  const by = first === undefined || first.by === null ? '' : ` by ${cellCode(first.by)}`;
  return `**${used}**, ${firstUse}${by}`;
}

function listNotes(intervals: readonly SupportInterval[], maxRows: number): string[] {
  const notes = listIntervalNotes(intervals);
  const left = notes.length - maxRows;
  const lines = [
    ...notes.slice(0, maxRows).map((note) => `- ${prose(note)}`),
    ...(left > 0 ? [`- ${formatCount(left, 'more', 'more')} in the report files.`] : []),
  ];
  return lines.length === 0 ? [] : [lines.join('\n')];
}
