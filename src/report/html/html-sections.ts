import { formatCount } from '../../model/format-count.ts';
import { formatNumber } from '../../model/format-number.ts';
import { formatSome } from '../../model/format-some.ts';
import { formatWindow } from '../../model/format-window.ts';
import type { CoverageHole, JudgedAudit } from '../../model/judged-audit.ts';
import type { SourceReading } from '../../model/reading.ts';
import type { RunIdentity } from '../../model/run-identity.ts';
import { endOfAccess, type SupportInterval } from '../../model/support-access.ts';
import type { TimeWindow } from '../../model/time-window.ts';
import { htmlHref, markup, NO_HTML, type SafeHtml } from '../escape/html.ts';
import type { EvidenceJson } from '../report-json-document.ts';
import { describeInterval } from '../words/describe-interval.ts';
import { describeVerdict } from '../words/describe-verdict.ts';
import { formatMinute } from '../words/format-time.ts';
import { listIntervalNotes } from '../words/list-interval-notes.ts';
import { describeReasons, listNotes } from '../words/number-reasons.ts';
import { sayBeyond } from '../words/say-beyond.ts';
import { sayNoGrants } from '../words/say-no-grants.ts';
import { sayTool } from '../words/say-tool.ts';
import { htmlCode, htmlTable, htmlText, htmlTime } from './html-table.ts';

/** The verdict in a box, and the numbers that a reader wants first. */
export function htmlVerdict(judged: JudgedAudit): SafeHtml {
  const words = describeVerdict(judged);
  const unsaid = judged.cannotTell.filter((text) => !judged.verdictSentence.includes(text));
  return markup`<section class="verdict ${words.alert}" aria-label="Verdict">
<p><strong>${words.headline}</strong> ${judged.verdictSentence}</p>
${unsaid.map((text) => markup`<p>${text}</p>`)}
</section>`;
}

export function htmlSupport({
  supportAccess,
  supportIntervals,
  verdictSentence,
  coverage,
}: JudgedAudit): SafeHtml {
  const now = {
    enabled: `Okta Support can enter the tenant now${supportAccess.expiresAtMs === null ? '' : `, until ${formatMinute(supportAccess.expiresAtMs)} UTC`}.`,
    disabled: `Support access is off. That says nothing about the past${sayTool(verdictSentence)}.`,
    unknown: 'Whether Okta Support can enter now is unknown.',
  }[supportAccess.state];
  const rows = supportIntervals.map(listIntervalCells);
  const cases = supportAccess.cases.filter(({ isOpen }) => isOpen);
  const notes = listIntervalNotes(supportIntervals);
  return markup`<section><h2>Support access</h2>
<p>${now} ${supportAccess.reason}</p>
${cases.length === 0 ? NO_HTML : htmlCases(cases)}
${
  rows.length === 0
    ? markup`<p>${sayNoGrants(coverage)}</p>`
    : htmlTable(
        'Times at which support access was open',
        ['open from', 'to (UTC)', 'granted by', 'case', 'extended', 'used', 'how the end is known'],
        rows,
      )
}${notes.length === 0 ? NO_HTML : markup`<ul>${notes.map((note) => markup`<li>${note}</li>`)}</ul>`}</section>`;
}

function listIntervalCells(interval: SupportInterval): SafeHtml[] {
  const { openEnd, extended, used, firstUse, howEndIsKnown } = describeInterval(interval);
  const { endMs, sessions } = interval;
  const by = sessions[0]?.by ?? null;
  return [
    htmlTime(formatMinute(interval.startMs)),
    endMs === null ? htmlText(openEnd ?? '') : htmlTime(formatMinute(endMs)),
    htmlCode(interval.grantedBy),
    htmlCode(interval.caseNumber),
    htmlText(extended),
    markup`${used}${firstUse === null ? NO_HTML : markup`, ${firstUse}`}${by === null ? NO_HTML : markup` by ${htmlCode(by)}`}`,
    htmlText(howEndIsKnown),
  ];
}

function htmlCases(cases: JudgedAudit['supportAccess']['cases']): SafeHtml {
  const rows = cases.map((supportCase) => {
    const endMs = endOfAccess(supportCase);
    return [
      htmlCode(supportCase.caseNumber),
      htmlCode(supportCase.subject),
      endMs === null ? NO_HTML : htmlTime(formatMinute(endMs)),
    ];
  });
  return htmlTable('Open cases', ['open case', 'subject', 'access until (UTC)'], rows);
}

export function htmlChecks({ checks }: JudgedAudit): SafeHtml {
  if (checks.length === 0) {
    return markup`<section><h2>What was looked at</h2><p>No check looks for this.</p></section>`;
  }
  const notes = listNotes(checks);
  const evaluated = checks.filter(({ status }) => status === 'evaluated').length;
  return markup`<section><h2>What was looked at</h2>
<details><summary>${formatCount(checks.length, 'check')}, ${evaluated} of them evaluated in full</summary>
${htmlTable(
  'Checks',
  ['check', 'id', 'counts as', 'result', 'findings', 'events', 'what to know'],
  checks.map((check) => [
    htmlText(check.title),
    htmlCode(check.id),
    htmlText(check.role),
    htmlText(check.status),
    htmlText(check.findings),
    htmlText(check.events),
    htmlText(describeReasons(check.reasons, notes)),
  ]),
)}${notes.length === 0 ? NO_HTML : markup`<p>Notes:</p><ol>${notes.map((note) => markup`<li>${note}</li>`)}</ol>`}</details></section>`;
}

export function htmlCoverage({ coverage, window }: JudgedAudit): SafeHtml {
  const holes = coverage.holes.map((hole) => [
    htmlHoleTime(hole, window),
    htmlText(hole.decides ? 'yes' : 'no'),
    htmlText(hole.reason),
    htmlText(formatCount(hole.checks.length, 'check')),
    htmlText(hole.remedy),
  ]);
  const sources = coverage.sources.map(({ kind, name, firstEventMs, lastEventMs, counts }) => [
    markup`${kind} ${htmlCode(name)}`,
    htmlTime(firstEventMs === null ? 'none' : formatMinute(firstEventMs)),
    htmlTime(lastEventMs === null ? 'none' : formatMinute(lastEventMs)),
    ...[
      counts.eventsRead,
      counts.eventsParsed,
      counts.malformed,
      counts.duplicates,
      counts.requests,
    ].map((count) => htmlText(formatNumber(count))),
  ]);
  return markup`<section><h2>Coverage: ${coverage.state}</h2>
${
  holes.length === 0
    ? markup`<p>${coverage.state === 'complete' ? 'Nothing is missing in the window.' : 'No check looked at the window.'}</p>`
    : htmlTable(
        'What was not read',
        ['not read (UTC)', 'decides', 'why', 'touches', 'what would fill it'],
        holes,
      )
}
${htmlTable(
  'Sources',
  [
    'source',
    'first event (UTC)',
    'last event',
    'read',
    'parsed',
    'malformed',
    'duplicates',
    'requests',
  ],
  sources,
)}
${coverage.sources.map(htmlFamilies)}</section>`;
}

/** What there is to say of the time may break, the time itself may not. */
function htmlHoleTime(hole: CoverageHole, asked: TimeWindow): SafeHtml {
  const time = htmlTime(formatWindow(hole.window));
  const beyond = sayBeyond(hole, asked).trim();
  return beyond === '' ? time : markup`${time} ${beyond}`;
}

const MOST_FAMILIES = 40;

/** On how many days each family came: an archive from which some were left out shows it here. */
function htmlFamilies({ name, held }: SourceReading): SafeHtml {
  if (held === undefined || held.families.length === 0) return NO_HTML;
  const families = held.families.map(([family, days]) => `${family} ${formatNumber(days)}`);
  return markup`<p>Families of events in ${htmlCode(name)}, by the days on which each came: ${htmlText(formatSome(families, MOST_FAMILIES))}.</p>`;
}

export function htmlFooter({
  judged,
  identity,
  evidence,
}: {
  judged: JudgedAudit;
  identity: RunIdentity;
  evidence: EvidenceJson | null;
}): SafeHtml {
  const run = identity.run === null ? null : htmlHref(identity.run.url);
  const references = judged.scope.references.flatMap(({ title, url }) => {
    const href = htmlHref(url);
    return href === null
      ? []
      : [markup`<li><a href="${href}" rel="noreferrer noopener">${title}</a></li>`];
  });
  return markup`<footer>
${references.length === 0 ? NO_HTML : markup`<p>Read more:</p><ul>${references}</ul>`}
<p>${identity.tool.name} ${identity.tool.version}${run === null ? NO_HTML : markup` · <a href="${run}" rel="noreferrer noopener">run</a>`}${evidence === null ? NO_HTML : markup` · <code>${evidence.file}</code> sha256 <code>${evidence.sha256}</code>`}</p>
</footer>`;
}
