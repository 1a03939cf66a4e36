import { formatCount } from '../../model/format-count.ts';
import type { CredentialChange, Investigation, JudgedAudit } from '../../model/judged-audit.ts';
import { markup, NO_HTML, type SafeHtml } from '../escape/html.ts';
import { admitUnreadStories } from '../words/admit-unread-stories.ts';
import { countInvestigated, describeKeptRows } from '../words/describe-kept-rows.ts';
import { describeLoginSpelling } from '../words/describe-login-spelling.ts';
import { describeSharedLogin } from '../words/describe-shared-login.ts';
import { dropKind } from '../words/drop-kind.ts';
import { formatSecond, formatSpan } from '../words/format-time.ts';
import { sayNothingSeen } from '../words/say-nothing-seen.ts';
import { htmlCode, htmlTable, htmlText, htmlTime } from './html-table.ts';

const MOST_ROWS = 500;

/** Credential changes, and what is known around people, sessions and networks. */
export function htmlInvestigations(judged: JudgedAudit): SafeHtml {
  const { credentialChanges, users, sessions, networks } = judged.investigations;
  const subjects = [
    ...users.map((found) => htmlSubject(judged, 'User', found)),
    ...sessions.map((found) => htmlSubject(judged, 'Session', found)),
    ...networks.map((found) => htmlSubject(judged, 'Network', found)),
  ];
  if (credentialChanges.length + subjects.length === 0) return NO_HTML;
  const unread = subjects.length === 0 ? null : admitUnreadStories(judged.coverage);
  return markup`<section><h2>Investigations</h2>
${unread === null ? NO_HTML : markup`<p>${unread}</p>`}
${credentialChanges.length === 0 ? NO_HTML : htmlChanges(credentialChanges)}
${subjects}</section>`;
}

function htmlChanges(changes: readonly CredentialChange[]): SafeHtml {
  return markup`<details><summary>${formatCount(changes.length, 'credential change')}</summary>
${htmlTable(
  'Credential changes',
  ['time (UTC)', 'change', 'by', 'on', 'from', 'caused by'],
  changes
    .slice(0, MOST_ROWS)
    .map((change) => [
      htmlTime(formatSecond(change.atMs)),
      htmlCode(change.eventType),
      htmlCode(change.actor),
      htmlCode(change.target),
      htmlCode(change.address),
      htmlText(change.attribution),
    ]),
)}${htmlLeft(changes.length)}</details>`;
}

function htmlSubject(
  { coverage, findings }: JudgedAudit,
  kind: string,
  found: Investigation,
): SafeHtml {
  const notes = [
    describeLoginSpelling(found, findings),
    describeSharedLogin(found),
    describeKeptRows(found),
  ];
  const when =
    found.firstSeenMs === null || found.lastSeenMs === null
      ? sayNothingSeen(coverage)
      : formatSpan(found.firstSeenMs, found.lastSeenMs);
  return markup`<details><summary>${kind} ${htmlCode(dropKind(found.subject))}: ${formatCount(countInvestigated(found), 'event')}, ${when}</summary>
<ul>
${htmlValues('people', found.actors)}
${htmlValues('addresses', found.addresses)}
${htmlValues('places', found.places)}
${htmlValues('programs', found.userAgents)}
${notes.map((note) => (note === null ? NO_HTML : markup`<li>${note}</li>`))}
</ul>
${htmlTable(
  `${kind} ${dropKind(found.subject)}`,
  ['time (UTC)', 'event', 'outcome', 'by', 'from', 'place', 'with'],
  found.timeline
    .slice(0, MOST_ROWS)
    .map((row) => [
      htmlTime(formatSecond(row.atMs)),
      htmlCode(row.eventType),
      htmlCode(row.outcome),
      htmlCode(row.actor),
      htmlCode(row.address),
      htmlCode(row.place),
      htmlCode(row.userAgent),
    ]),
)}${htmlLeft(found.timeline.length)}</details>`;
}

function htmlValues(name: string, values: readonly string[]): SafeHtml {
  if (values.length === 0) return NO_HTML;
  return markup`<li>${name}: ${values.map((value) => htmlCode(value))}</li>`;
}

function htmlLeft(rows: number): SafeHtml {
  return rows > MOST_ROWS
    ? markup`<p>${formatCount(rows - MOST_ROWS, 'more row')} in report.json.</p>`
    : NO_HTML;
}
