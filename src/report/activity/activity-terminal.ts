import type { Activity, ActivityQuestion } from '../../model/activity.ts';
import { CREDENTIAL_CHANGES } from '../../model/activity.ts';
import { formatCount } from '../../model/format-count.ts';
import { formatNumber } from '../../model/format-number.ts';
import { formatWindow } from '../../model/format-window.ts';
import type { CredentialChange, Investigation } from '../../model/judged-audit.ts';
import { chooseColumns } from '../choose-columns.ts';
import { drawTable } from '../draw-table.ts';
import { terminal } from '../escape/terminal.ts';
import { labelLines } from '../label-lines.ts';
import { describeHole } from '../words/describe-hole.ts';
import { countInvestigated, describeKeptRows } from '../words/describe-kept-rows.ts';
import { describeLoginSpelling } from '../words/describe-login-spelling.ts';
import { describeSharedLogin } from '../words/describe-shared-login.ts';
import { formatMinute, formatSecond, formatSpan } from '../words/format-time.ts';
import { sayAmountRead } from '../words/say-amount-read.ts';
import { wrapText } from '../words/wrap-text.ts';
import { listSubjects } from './list-subjects.ts';
import { type Tally, tallyRows } from './tally-rows.ts';

const NONE = '-';

/** The investigations as aligned tables for a person at a terminal, what was and was not read first. */
export function renderActivityTerminal({
  activity,
  width,
}: {
  readonly activity: Activity;
  /** Columns of the terminal; undefined where it has none. */
  readonly width?: number | undefined;
}): string {
  const columns = chooseColumns(width);
  return [
    describeReading(activity, columns),
    describeChanges(activity, columns),
    ...listSubjects(activity).map((subject) => describeSubject(subject, columns)),
  ].join('\n');
}

function describeReading({ tenant, window, coverage }: Activity, columns: number): string {
  const { state, sources, holes } = coverage;
  const amount = sayAmountRead(coverage).join(', ');
  const lines = [
    ...labelLines('Log', tenant ?? 'the archive alone', columns),
    ...labelLines('Window', `${formatWindow(window)} UTC`, columns),
    ...labelLines('Read', `${STATES[state]}; ${amount}`, columns),
    ...sources.flatMap((source) => labelLines('', describeSource(source), columns)),
    ...holes.flatMap((hole, index) =>
      labelLines(index === 0 ? 'Not read' : '', describeHole(hole), columns),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

const STATES = {
  complete: 'everything that was asked about',
  partial: 'NOT EVERYTHING that was asked about',
  none: 'NOTHING that was asked about',
} as const satisfies Record<Activity['coverage']['state'], string>;

function describeSource({
  name,
  firstEventMs,
  lastEventMs,
}: Activity['coverage']['sources'][number]): string {
  const span =
    firstEventMs === null || lastEventMs === null
      ? 'gave no event'
      : `events of ${formatMinute(firstEventMs)} to ${formatMinute(lastEventMs)} UTC`;
  return `${name}: ${span}`;
}

function describeChanges({ questions, investigations }: Activity, columns: number): string {
  const changes = investigations.credentialChanges;
  const isOfSubjects = questions.length > 1;
  const whose = isOfSubjects ? ' among these events' : '';
  const heading = `CREDENTIAL CHANGES${whose.toUpperCase()}: ${formatCount(changes.length, 'change', 'changes')}`;
  const question = questions.find(({ subject }) => subject === CREDENTIAL_CHANGES);
  return section(heading, [
    ...warn(question, changes.length === 0, columns),
    ...(changes.length === 0 ? [] : [tableOfChanges(changes)]),
  ]);
}

function tableOfChanges(changes: readonly CredentialChange[]): string {
  return drawTable({
    head: ['time (UTC)', 'change', 'by', 'on', 'from', 'caused by'],
    rows: changes.map((change) => [
      formatSecond(change.atMs),
      change.eventType,
      change.actor ?? NONE,
      change.target ?? NONE,
      change.address ?? NONE,
      change.attribution,
    ]),
  });
}

function describeSubject(
  { kind, value, question, found }: ReturnType<typeof listSubjects>[number],
  columns: number,
): string {
  const total = countInvestigated(found);
  const notes = [
    describeLoginSpelling(found, []),
    describeSharedLogin(found) ?? sayId(found),
    describeKeptRows(found),
  ];
  const { firstSeenMs, lastSeenMs } = found;
  const span =
    firstSeenMs === null || lastSeenMs === null ? '' : `, ${formatSpan(firstSeenMs, lastSeenMs)}`;
  const heading = `${HEADINGS[kind]} ${value}: ${formatCount(total, 'event')}${span}`;
  return section(terminal(heading), [
    ...warn(question, total === 0, columns),
    ...notes.flatMap((note) =>
      note === null ? [] : `${wrapText(terminal(note), columns).join('\n')}\n`,
    ),
    ...(total === 0 ? [] : TABLES[kind](found)),
  ]);
}

/** A login may have been another one before, or after: the log tells them apart, an id does not change. */
function sayId({ ids }: Investigation): string | null {
  return ids === undefined
    ? null
    : `The id of this user is ${ids.join(', ')}; ask for it to see what the log has under another login, too.`;
}

const HEADINGS = { user: 'USER', session: 'SESSION', ip: 'NETWORK' } as const;

const TABLES: Readonly<Record<keyof typeof HEADINGS, (found: Investigation) => readonly string[]>> =
  {
    user: (found) => [tableOfTypes(found), tableOfPlaces(found), tableOfDevices(found)],
    session: (found) => [tableOfTypes(found), tableOfTimeline(found)],
    ip: (found) => [
      tableOfTallies(
        ['who'],
        tallyRows(found.timeline, (row) => [row.actor ?? NONE]),
      ),
      tableOfTypes(found),
      tableOfPlaces(found),
      tableOfDevices(found),
    ],
  };

function tableOfTypes({ countsByEventType }: Investigation): string {
  return drawTable({
    head: ['events', 'type'],
    rows: Object.entries(countsByEventType).map(([type, count]) => [formatNumber(count), type]),
  });
}

function tableOfPlaces({ timeline }: Investigation): string {
  const tallies = tallyRows(timeline, ({ address, place }) => [address ?? NONE, place ?? NONE]);
  return tableOfTallies(['from', 'place'], tallies);
}

function tableOfDevices({ timeline }: Investigation): string {
  return tableOfTallies(
    ['with'],
    tallyRows(timeline, ({ userAgent }) => [userAgent ?? NONE]),
  );
}

/** What was seen stands last, because it may be long. */
function tableOfTallies(head: readonly string[], tallies: readonly Tally[]): string {
  return drawTable({
    head: ['events', 'first (UTC)', 'last (UTC)', ...head],
    rows: tallies.map(({ count, firstMs, lastMs, values }) => [
      formatNumber(count),
      formatMinute(firstMs),
      formatMinute(lastMs),
      ...values,
    ]),
  });
}

function tableOfTimeline({ timeline }: Investigation): string {
  return drawTable({
    head: ['time (UTC)', 'event', 'outcome', 'by', 'from', 'place', 'with'],
    rows: timeline.map((row) => [
      formatSecond(row.atMs),
      row.eventType,
      row.outcome ?? NONE,
      row.actor ?? NONE,
      row.address ?? NONE,
      row.place ?? NONE,
      row.userAgent ?? NONE,
    ]),
  });
}

/** An empty table must never look like a quiet log, and no row like all there is. */
function warn(question: ActivityQuestion | undefined, isEmpty: boolean, columns: number): string[] {
  if (question === undefined) return [];
  const { status, reason } = question;
  const why = reason === null ? '' : `: ${reason}`;
  const sentence =
    status === 'evaluated'
      ? isEmpty
        ? 'Nothing, and everything that could hold it was read.'
        : null
      : status === 'partly'
        ? `A part of what this takes was not read${why}.`
        : !isEmpty
          ? `At no time was all read that this takes, so there may be more than stands here${why}.`
          : `What this takes was not read, so this says nothing about what happened${why}.`;
  return sentence === null ? [] : [`${wrapText(terminal(sentence), columns).join('\n')}\n`];
}

function section(heading: string, parts: readonly string[]): string {
  return `${heading}\n\n${parts.join('\n')}`;
}
