import type { Finding } from '../../model/finding.ts';
import { formatCount } from '../../model/format-count.ts';
import type { JudgedAudit } from '../../model/judged-audit.ts';
import type { Severity } from '../../model/severity.ts';
import { markup, NO_HTML, type SafeHtml } from '../escape/html.ts';
import { sortFindingsByUse } from '../sort-findings-by-use.ts';
import { chooseFirstSteps, type FirstStep } from '../words/choose-first-steps.ts';
import { formatMoment } from '../words/format-time.ts';

const MOST_NAMED = 3;

/** What to do before reading on, each finding as a link to its story. */
export function htmlFirstSteps(judged: JudgedAudit, minimumSeverity: Severity): SafeHtml {
  const { open } = sortFindingsByUse(judged.findings, minimumSeverity);
  const { steps, left } = chooseFirstSteps(judged, open);
  if (steps.length === 0) return NO_HTML;
  return markup`<section><h2>What to do first</h2>
<ol>${steps.map((step) => markup`<li>${htmlStep(step)}</li>`)}</ol>
${left > 0 ? markup`<p class="soft">and ${formatCount(left, 'more step')} below.</p>` : NO_HTML}
</section>`;
}

function htmlStep(step: FirstStep): SafeHtml {
  if (step.kind === 'door') {
    const until = step.untilMs === null ? NO_HTML : markup` until ${formatMoment(step.untilMs)}`;
    return markup`<strong>Okta Support can enter the tenant now</strong>${until}. If nobody needs that, revoke it in the Admin Console.`;
  }
  if (step.kind === 'remedy') return markup`To fill a hole in what was read: ${step.remedy}.`;
  const about = htmlNamed(step.findings);
  return step.kind === 'carried'
    ? markup`Look at what still waits from earlier runs: ${about}.`
    : markup`Ask ${step.whom}: ${about}.`;
}

function htmlNamed(findings: readonly Finding[]): SafeHtml {
  const left = findings.length - MOST_NAMED;
  const named = findings.slice(0, MOST_NAMED).map(({ id, title }, index, { length }) => {
    const end = index + 1 < length || left > 0 ? ';' : '';
    return markup`<a class="time" href="#${id}">${id}</a> ${title}${end}`;
  });
  return left > 0 ? markup`${named} and ${formatCount(left, 'more finding')}` : markup`${named}`;
}
