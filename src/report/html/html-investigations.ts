import { formatCount } from '../../model/format-count.ts';
import type { CredentialChange, Investigation, JudgedAudit } from '../../model/judged-audit.ts';
import { markup, NO_HTML, type SafeHtml } from '../escape/html.ts';
import { countInvestigated, describeKeptRows } from '../words/describe-kept-rows.ts';
import { describeLoginSpelling } from '../words/describe-login-spelling.ts';
import { describeSharedLogin } from '../words/describe-shared-login.ts';
import { dropKind } from '../words/drop-kind.ts';
import { formatSecond, formatSpan } from '../words/format-time.ts';
import { htmlCode, htmlTable, htmlText, htmlTime } from './html-table.ts';

const MOST_ROWS = 500;

/** Credential changes, and what is known around people, sessions and networks. */
export function htmlInvestigations({ investigations }: JudgedAudit): SafeHtml {
  const { credentialChanges, users, sessions, networks } = investigations;
  const subjects = [
    ...users.map((found) => htmlSubject('User', found)),
    ...sessions.map((found) => htmlSubject('Session', found)),
    ...networks.map((found) => htmlSubject('Network', found)),
  ];
  if (credentialChanges.length + subjects.length === 0) return NO_HTML;
  return markup`<section><h2>Investigations</h2>
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

function htmlSubject(kind: string, found: Investigation): SafeHtml {
  const notes = [describeLoginSpelling(found), describeSharedLogin(found), describeKeptRows(found)];
  const when =
    found.firstSeenMs === null || found.lastSeenMs === null
      ? 'nothing in the log'
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
