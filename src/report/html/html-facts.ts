import { awaitsReview } from '../../model/finding.ts';
import { formatNumber } from '../../model/format-number.ts';
import { formatWindow } from '../../model/format-window.ts';
import type { JudgedAudit } from '../../model/judged-audit.ts';
import type { RunIdentity } from '../../model/run-identity.ts';
import type { Severity } from '../../model/severity.ts';
import { markup, type SafeHtml } from '../escape/html.ts';
import { sortFindingsByUse } from '../sort-findings-by-use.ts';
import { formatMinute } from '../words/format-time.ts';
import { sayAmountRead } from '../words/say-amount-read.ts';
import { sayHoles } from '../words/say-holes.ts';

/** When was looked, over which time and at what cost, in one soft line. */
export function htmlStatus(judged: JudgedAudit, identity: RunIdentity): SafeHtml {
  const parts = [
    `Window ${formatWindow(judged.window)} UTC`,
    `looked at ${formatMinute(judged.generatedAtMs)} UTC`,
    `started by ${identity.run?.trigger ?? 'a person'}`,
    ...sayAmountRead(judged.coverage),
  ];
  return markup`<p class="soft">${parts.join(' · ')}</p>`;
}

interface Fact {
  readonly name: string;
  readonly value: string;
  readonly note: string;
  /** What it means, as a colour. */
  readonly tone: 'calm' | 'medium' | 'critical' | 'plain';
}

/** The three facts that say how it stands, each with the colour of what it means. */
export function htmlFacts(judged: JudgedAudit, minimumSeverity: Severity): SafeHtml {
  const facts = [
    describeReview(judged, minimumSeverity),
    describeCoverage(judged),
    describeSupport(judged),
  ];
  return markup`<dl class="facts">
${facts.map(({ name, value, note, tone }) => markup`<div class="tone-${tone}"><dt>${name}</dt><dd>${value}</dd><dd class="note">${note}</dd></div>`)}
</dl>`;
}

function describeReview(judged: JudgedAudit, minimumSeverity: Severity): Fact {
  const { open, unlisted } = sortFindingsByUse(judged.findings, minimumSeverity);
  // The list further down has all of them, which needs no minimum: it has a filter.
  const { acknowledged, suppressed, context } = sortFindingsByUse(judged.findings, 'informational');
  const hidden = unlisted.filter(awaitsReview).length;
  const evidence = open.filter(({ role }) => role === 'evidence').length;
  return {
    name: 'To review',
    value: formatNumber(open.length),
    note: [
      ...(evidence > 0 ? [`${formatNumber(evidence)} of them evidence`] : []),
      [
        `${formatNumber(acknowledged.length)} acknowledged`,
        ...(suppressed.length > 0 ? [`${formatNumber(suppressed.length)} suppressed`] : []),
        `${formatNumber(context.length)} for context`,
      ].join(', '),
      ...(hidden > 0 ? [`${formatNumber(hidden)} more to review below ${minimumSeverity}`] : []),
    ].join('; '),
    tone: evidence > 0 ? 'critical' : open.length + hidden > 0 ? 'medium' : chooseIdleTone(judged),
  };
}

/** That nothing waits is good news only where enough was read to find it. */
function chooseIdleTone({ verdict, coverage }: JudgedAudit): Fact['tone'] {
  return verdict === 'not-assessable' || coverage.state !== 'complete' ? 'plain' : 'calm';
}

function describeCoverage({ coverage }: JudgedAudit): Fact {
  return {
    name: 'Coverage',
    value: coverage.state,
    note: sayHoles(coverage),
    tone: ({ complete: 'calm', partial: 'medium', none: 'critical' } as const)[coverage.state],
  };
}

function describeSupport({ supportAccess: { state, expiresAtMs } }: JudgedAudit): Fact {
  return {
    name: 'Support access now',
    value: { enabled: 'on', disabled: 'off', unknown: 'unknown' }[state],
    note: expiresAtMs === null ? '' : `until ${formatMinute(expiresAtMs)} UTC`,
    tone: ({ enabled: 'critical', disabled: 'plain', unknown: 'medium' } as const)[state],
  };
}
