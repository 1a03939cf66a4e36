import type { Finding } from '../../model/finding.ts';
import { formatList } from '../../model/format-list.ts';
import { formatNumber } from '../../model/format-number.ts';
import type { SupportInterval } from '../../model/support-access.ts';
import { DAY_MS, type TimeWindow } from '../../model/time-window.ts';
import { type MermaidLabel, mermaidId, mermaidLabel, mermaidTime } from '../escape/mermaid.ts';
import type { MarkdownContext } from './markdown-context.ts';

/** Intervals and the sessions in them: no cut can shorten the drawing. */
const MOST_BARS = 60;
const MOST_MILESTONES = 20;

/** Intervals and findings over the window as a Mermaid diagram; its labels are ids and words of ours. */
export function renderSupportGantt(context: MarkdownContext): string {
  const { judged } = context;
  const bars = judged.supportIntervals.flatMap((interval) => drawInterval(context, interval));
  const findings = listDrawable(context);
  const format =
    judged.window.untilMs - judged.window.sinceMs > 2 * DAY_MS ? '%d %b' : '%d %b %H:%M';
  return [
    '```mermaid',
    'gantt',
    '    dateFormat YYYY-MM-DDTHH:mm',
    `    axisFormat ${format}`,
    `    section ${mermaidLabel('window')}`,
    `    ${bar(judged.scope.isRolling ? 'window' : 'core', 'done', judged.scope.core)}`,
    `    section ${mermaidLabel('support')}`,
    ...bars.slice(0, MOST_BARS),
    ...drawFindings(findings.slice(0, MOST_MILESTONES)),
    '```',
    ...tellLeftOut(findings.length, bars.length),
  ].join('\n');
}

function drawInterval({ judged }: MarkdownContext, interval: SupportInterval): string[] {
  const untilMs = interval.endMs ?? interval.expectedEndMs ?? judged.generatedAtMs;
  const label = chooseLabel(interval);
  return [
    `    ${bar(label, label === 'unused' ? 'active' : 'crit', { sinceMs: interval.startMs, untilMs })}`,
    ...interval.sessions.map(
      (session) =>
        `    ${bar('session', 'crit', { sinceMs: session.startMs, untilMs: session.endMs ?? untilMs })}`,
    ),
  ];
}

function chooseLabel(interval: SupportInterval): MermaidLabel {
  if (interval.sessions.length > 0) return 'used';
  if (interval.endMs === null) return 'ongoing';
  return interval.isUnread === true ? 'unread' : 'unused';
}

/** What waits and lies in the window, in the order of the list of findings. */
function listDrawable({ judged, byUse }: MarkdownContext): Finding[] {
  return byUse.open.filter(
    ({ firstSeenMs }) =>
      firstSeenMs >= judged.window.sinceMs && firstSeenMs < judged.window.untilMs,
  );
}

function drawFindings(findings: readonly Finding[]): string[] {
  const milestones = [...findings]
    .sort((one, other) => one.firstSeenMs - other.firstSeenMs)
    .flatMap(({ id, firstSeenMs }) => {
      const label = mermaidId(id);
      return label === null ? [] : [`    ${label} :milestone, ${mermaidTime(firstSeenMs)}, 0m`];
    });
  return milestones.length === 0 ? [] : [`    section ${mermaidLabel('findings')}`, ...milestones];
}

function tellLeftOut(findings: number, bars: number): string[] {
  const parts = [
    ...(findings > MOST_MILESTONES
      ? [`the first ${MOST_MILESTONES} of ${formatNumber(findings)} findings to review`]
      : []),
    ...(bars > MOST_BARS
      ? [`the first ${MOST_BARS} of ${formatNumber(bars)} times with access and sessions`]
      : []),
  ];
  return parts.length === 0 ? [] : ['', `The drawing shows ${formatList(parts)}.`];
}

function bar(label: MermaidLabel, kind: 'done' | 'active' | 'crit', window: TimeWindow): string {
  return `${mermaidLabel(label)} :${kind}, ${mermaidTime(window.sinceMs)}, ${mermaidTime(window.untilMs)}`;
}
