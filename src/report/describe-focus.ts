import type { Focus } from '../model/audit-plan.ts';
import { formatCount } from '../model/format-count.ts';
import { formatSome } from '../model/format-some.ts';
import type { Investigation, JudgedAudit } from '../model/judged-audit.ts';
import { terminal } from './escape/terminal.ts';
import { labelLines } from './label-lines.ts';
import { admitUnreadStories } from './words/admit-unread-stories.ts';
import { countInvestigated, describeKeptRows } from './words/describe-kept-rows.ts';
import { describeLoginSpelling } from './words/describe-login-spelling.ts';
import { describeSharedLogin } from './words/describe-shared-login.ts';
import { formatSpan } from './words/format-time.ts';
import { sayNothingSeen } from './words/say-nothing-seen.ts';
import { wrapText } from './words/wrap-text.ts';

const MOST_VALUES = 10;

/** What was asked about by name, for a person at a terminal; empty where nothing was. */
export function describeFocus(
  judged: JudgedAudit,
  { focus, columns }: { readonly focus: readonly Focus[]; readonly columns: number },
): string[] {
  const { users, sessions, networks } = judged.investigations;
  const asked = new Set(focus.map(({ kind, value }) => `${kind}:${value}`.toLowerCase()));
  const found = [...users, ...sessions, ...networks].filter(({ subject }) =>
    asked.has(subject.toLowerCase()),
  );
  if (found.length === 0) return [];
  const unread = admitUnreadStories(judged.coverage);
  return [
    ...(unread === null ? [] : ['', ...wrapText(unread, columns)]),
    ...found.flatMap((one) => ['', ...describeSubject(one, { judged, columns })]),
  ];
}

function describeSubject(
  found: Investigation,
  { judged, columns }: { readonly judged: JudgedAudit; readonly columns: number },
): string[] {
  const { subject, firstSeenMs, lastSeenMs } = found;
  const when =
    firstSeenMs === null || lastSeenMs === null
      ? sayNothingSeen(judged.coverage)
      : formatSpan(firstSeenMs, lastSeenMs);
  const notes = [
    describeLoginSpelling(found, judged.findings),
    describeSharedLogin(found),
    describeKeptRows(found),
  ];
  const list = (label: string, values: readonly string[]): string[] =>
    values.length === 0 ? [] : labelLines(label, formatSome(values, MOST_VALUES), columns);
  return [
    ...wrapText(
      terminal(
        `Asked about ${subject}: ${formatCount(countInvestigated(found), 'event')}, ${when}`,
      ),
      columns,
    ),
    ...list('People', found.actors),
    ...list('Addresses', found.addresses),
    ...list('Places', found.places),
    ...list('Programs', found.userAgents),
    ...notes.flatMap((note) => (note === null ? [] : wrapText(terminal(note), columns))),
  ];
}
