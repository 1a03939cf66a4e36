import type { Finding } from '../../model/finding.ts';
import { formatCount } from '../../model/format-count.ts';
import { formatList } from '../../model/format-list.ts';
import { formatSome } from '../../model/format-some.ts';
import type { CredentialChange, Investigation, JudgedAudit } from '../../model/judged-audit.ts';
import { cellCode, code, prose } from '../escape/markdown.ts';
import { admitUnreadStories } from '../words/admit-unread-stories.ts';
import { capitalise } from '../words/capitalise.ts';
import { countInvestigated, describeKeptRows } from '../words/describe-kept-rows.ts';
import { describeLoginSpelling } from '../words/describe-login-spelling.ts';
import { describeSharedLogin } from '../words/describe-shared-login.ts';
import { dropKind } from '../words/drop-kind.ts';
import { formatSecond, formatSpan } from '../words/format-time.ts';
import { sayNothingSeen } from '../words/say-nothing-seen.ts';
import type { MarkdownContext } from './markdown-context.ts';
import { type Piece, toPiece } from './piece.ts';
import { renderFold, renderTable } from './table.ts';

const MOST_VALUES = 10;

interface Looked {
  readonly kind: 'user' | 'session' | 'network';
  readonly found: Investigation;
}

/** Credential changes and what is known around people, sessions and networks: with their events, without them, or counts; folded where nothing waits. */
export function toInvestigationsPiece({ judged, maxRows, openCount }: MarkdownContext): Piece {
  const { credentialChanges, users, sessions, networks } = judged.investigations;
  const subjects: Looked[] = [
    ...users.map((found) => ({ kind: 'user' as const, found })),
    ...sessions.map((found) => ({ kind: 'session' as const, found })),
    ...networks.map((found) => ({ kind: 'network' as const, found })),
  ];
  if (credentialChanges.length + subjects.length === 0) return toPiece(() => '');
  const { telling, repeating } = splitByNews(subjects, judged.findings);
  const unread = subjects.length === 0 ? null : admitUnreadStories(judged.coverage);
  const render = (rows: number): string =>
    [
      ...(unread === null ? [] : [unread]),
      ...telling.map((looked) => renderSubject(judged, looked, rows)),
      ...(repeating.length > 0 ? [renderRepeating(repeating)] : []),
      ...(credentialChanges.length > 0 && rows > 0 ? [renderChanges(credentialChanges, rows)] : []),
    ].join('\n\n');
  const counts = formatList([
    ...countSome(credentialChanges, 'credential change'),
    ...countSome(users, 'user'),
    ...countSome(sessions, 'session'),
    ...countSome(networks, 'network'),
  ]);
  const frame = (text: string): string =>
    openCount === 0
      ? renderFold(`Investigations: ${counts}`, text)
      : `## Investigations\n\n${text}`;
  const brief = (): string =>
    `## Investigations\n\nThe report files tell what was found around ${counts}.`;
  return toPiece(
    () => frame(render(maxRows)),
    () => (subjects.length === 0 ? brief() : frame(render(0))),
    brief,
  );
}

function countSome({ length }: readonly unknown[], noun: string): string[] {
  return length === 0 ? [] : [formatCount(length, noun)];
}

function renderChanges(changes: readonly CredentialChange[], maxRows: number): string {
  const table = renderTable(
    ['time (UTC)', 'change', 'by', 'on', 'from', 'caused by'],
    changes
      .slice(0, maxRows)
      .map((change) => [
        formatSecond(change.atMs),
        cellCode(change.eventType),
        cellCode(change.actor),
        cellCode(change.target),
        cellCode(change.address),
        cellCode(change.attribution),
      ]),
  );
  return renderFold(
    `Credential changes: ${formatCount(changes.length, 'event')}`,
    `${table}${describeLeft(changes.length - maxRows)}`,
  );
}

/** Those that saw anything beside the events of the findings, and those that only repeat them. */
function splitByNews(
  subjects: readonly Looked[],
  findings: readonly Finding[],
): { telling: Looked[]; repeating: Looked[] } {
  const known = new Set(
    findings.flatMap(({ events }) => events.map((event) => keyMoment(event.publishedMs, event))),
  );
  const repeats = ({ found }: Looked): boolean =>
    found.timeline.length > 0 &&
    found.timeline.length === countInvestigated(found) &&
    found.timeline.every((row) => known.has(keyMoment(row.atMs, row)));
  return {
    telling: subjects.filter((looked) => !repeats(looked)),
    repeating: subjects.filter(repeats),
  };
}

function keyMoment(atMs: number, { eventType }: { readonly eventType: string }): string {
  return `${atMs} ${eventType}`;
}

function renderRepeating(subjects: readonly Looked[]): string {
  const named = subjects.map(({ kind, found }) => `${kind} ${code(dropKind(found.subject))}`);
  return `Nothing beside the events of the findings above was seen of ${formatList(named, MOST_VALUES)}.`;
}

function renderSubject(
  { coverage, findings }: JudgedAudit,
  { kind, found }: Looked,
  maxRows: number,
): string {
  const when =
    found.firstSeenMs === null || found.lastSeenMs === null
      ? sayNothingSeen(coverage)
      : formatSpan(found.firstSeenMs, found.lastSeenMs);
  const notes = [
    describeLoginSpelling(found, findings),
    describeSharedLogin(found),
    describeKeptRows(found),
  ];
  const lines = [
    `**${capitalise(kind)}** ${code(dropKind(found.subject))}: ${formatCount(countInvestigated(found), 'event')}, ${when}`,
    ...listValues('people', found.actors),
    ...listValues('addresses', found.addresses),
    ...listValues('places', found.places),
    ...listValues('programs', found.userAgents),
    ...notes.flatMap((note) => (note === null ? [] : `- ${prose(note)}`)),
  ];
  if (maxRows === 0 || found.timeline.length === 0) return lines.join('\n');
  const summary = `${capitalise(kind)}: ${formatCount(found.timeline.length, 'event')} in order`;
  return `${lines.join('\n')}\n\n${renderFold(summary, renderTimeline(found, maxRows))}`;
}

function listValues(name: string, values: readonly string[]): string[] {
  return values.length === 0 ? [] : [`- ${name}: ${formatSome(values.map(code), MOST_VALUES)}`];
}

function renderTimeline(found: Investigation, maxRows: number): string {
  const table = renderTable(
    ['time (UTC)', 'event', 'outcome', 'by', 'from', 'with'],
    found.timeline
      .slice(0, maxRows)
      .map((row) => [
        formatSecond(row.atMs),
        cellCode(row.eventType),
        cellCode(row.outcome),
        cellCode(row.actor),
        [row.address, row.place].flatMap((text) => (text === null ? [] : cellCode(text))).join(' '),
        cellCode(row.userAgent),
      ]),
  );
  return `${table}${describeLeft(found.timeline.length - maxRows)}`;
}

function describeLeft(left: number): string {
  return left > 0 ? `\n\n${prose(formatCount(left, 'more event'))} in the report files.` : '';
}
