import type { Finding } from '../../model/finding.ts';
import { formatCount } from '../../model/format-count.ts';
import { prose } from '../escape/markdown.ts';
import { chooseFirstSteps, type FirstStep } from '../words/choose-first-steps.ts';
import { formatMoment } from '../words/format-time.ts';
import { listLogValues } from './finding-entry.ts';
import type { MarkdownContext } from './markdown-context.ts';

const MOST_NAMED = 3;

/** The few things to do before reading on; empty where there are none. */
export function renderFirstSteps({ judged, byUse }: MarkdownContext): string {
  const { steps, left } = chooseFirstSteps(judged, byUse.open);
  return [
    ...steps.map((step, index) => `${index + 1}. ${renderStep(step)}`),
    ...(left > 0 ? [`\nand ${formatCount(left, 'more step')} below.`] : []),
  ].join('\n');
}

function renderStep(step: FirstStep): string {
  if (step.kind === 'door') {
    const until = step.untilMs === null ? '' : ` until ${formatMoment(step.untilMs)}`;
    return `**Okta Support can enter the tenant now**${until}. If nobody needs that, revoke it in the Admin Console.`;
  }
  if (step.kind === 'remedy') return `To fill a hole in what was read: ${prose(step.remedy)}.`;
  if (step.kind === 'carried') {
    return `Look at what still waits from earlier runs: ${describeFindings(step.findings)}.`;
  }
  const values = step.findings.slice(0, 1).flatMap(listLogValues);
  return `Ask ${prose(step.whom, values)}: ${describeFindings(step.findings)}.`;
}

function describeFindings(findings: readonly Finding[]): string {
  const [first] = findings;
  if (first === undefined) return '';
  if (findings.length === 1) {
    return `**${first.id}**, ${prose(first.title)}, ${formatMoment(first.firstSeenMs)}`;
  }
  const named = findings.slice(0, MOST_NAMED).map(({ id, title }) => `**${id}**, ${prose(title)}`);
  const left = findings.length - named.length;
  return `${named.join('; ')}${left > 0 ? `; and ${formatCount(left, 'more finding')}` : ''}`;
}
