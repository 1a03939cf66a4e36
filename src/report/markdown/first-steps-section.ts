import type { Finding } from '../../model/finding.ts';
import { prose } from '../escape/markdown.ts';
import { formatCount } from '../words/format-count.ts';
import { formatMoment } from '../words/format-time.ts';
import { listLogValues } from './finding-entry.ts';
import type { MarkdownContext } from './markdown-context.ts';

const MOST_STEPS = 5;
const MOST_IDS = 3;

/** The few things to do before reading on: close an open door, ask the right people, fill a gap. */
export function renderFirstSteps(context: MarkdownContext): string {
  const steps = [
    ...listDoors(context),
    ...listAsks(context),
    ...listCarried(context),
    ...listRemedies(context),
  ];
  const shown = steps.slice(0, MOST_STEPS).map((step, index) => `${index + 1}. ${step}`);
  const left = steps.length - shown.length;
  return [
    ...shown,
    ...(left > 0 ? [`\nand ${formatCount(left, 'more question')} below.`] : []),
  ].join('\n');
}

function listDoors({ judged }: MarkdownContext): string[] {
  const { state, expiresAtMs } = judged.supportAccess;
  if (state !== 'enabled') return [];
  const until = expiresAtMs === null ? '' : ` until ${formatMoment(expiresAtMs)}`;
  return [
    `**Okta Support can enter the tenant now**${until}. If nobody needs that, revoke it in the Admin Console.`,
  ];
}

/** One question per person, in the order of the findings. */
function listAsks({ byUse }: MarkdownContext): string[] {
  const byWhom = new Map<string, Finding[]>();
  for (const finding of byUse.open.filter(({ inWindow }) => inWindow)) {
    const asked = byWhom.get(finding.askWhom) ?? [];
    asked.push(finding);
    byWhom.set(finding.askWhom, asked);
  }
  return [...byWhom].map(([whom, findings]) => {
    const values = findings.slice(0, 1).flatMap(listLogValues);
    return `Ask ${prose(whom.replace(/\.$/, ''), values)}: ${describeFindings(findings)}.`;
  });
}

/** Whom to ask about those only their own text tells. */
function listCarried({ byUse }: MarkdownContext): string[] {
  const carried = byUse.open.filter(({ inWindow }) => !inWindow);
  if (carried.length === 0) return [];
  return [`Look at what still waits from before this window: ${describeFindings(carried)}.`];
}

function describeFindings(findings: readonly Finding[]): string {
  const [first] = findings;
  if (first === undefined) return '';
  if (findings.length === 1) {
    return `**${first.id}**, ${prose(first.title)}, ${formatMoment(first.firstSeenMs)}`;
  }
  const named = findings.slice(0, MOST_IDS).map(({ id, title }) => `**${id}**, ${prose(title)}`);
  const left = findings.length - named.length;
  return `${named.join('; ')}${left > 0 ? `; and ${formatCount(left, 'more finding')}` : ''}`;
}

function listRemedies({ judged }: MarkdownContext): string[] {
  const remedies = judged.coverage.holes.filter((hole) => hole.decides).map((hole) => hole.remedy);
  return [...new Set(remedies)].map(
    (remedy) => `To close a gap in what was read: ${prose(remedy)}.`,
  );
}
