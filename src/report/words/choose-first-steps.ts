import type { Finding } from '../../model/finding.ts';
import { groupByKey } from '../../model/group-by-key.ts';
import type { JudgedAudit } from '../../model/judged-audit.ts';

const MOST_STEPS = 5;

/** One thing to do before reading on. */
export type FirstStep =
  /** Okta Support can enter now; until when, where that is known. */
  | { readonly kind: 'door'; readonly untilMs: number | null }
  /** One question to one person, about all of their findings in the window. */
  | { readonly kind: 'ask'; readonly whom: string; readonly findings: readonly Finding[] }
  /** What waits from earlier runs; whom to ask about those only their own text tells. */
  | { readonly kind: 'carried'; readonly findings: readonly Finding[] }
  /** What would fill a hole that decides. */
  | { readonly kind: 'remedy'; readonly remedy: string };

export interface FirstSteps {
  readonly steps: readonly FirstStep[];
  /** How many more there are. */
  readonly left: number;
}

/** The few things to do first: close an open door, ask the right people, fill a hole. */
export function chooseFirstSteps(
  { supportAccess, coverage }: JudgedAudit,
  open: readonly Finding[],
): FirstSteps {
  const { state, expiresAtMs } = supportAccess;
  const carried = open.filter(({ inWindow }) => !inWindow);
  const remedies = coverage.holes.filter(({ decides }) => decides).map(({ remedy }) => remedy);
  const all: FirstStep[] = [
    ...(state === 'enabled' ? [{ kind: 'door' as const, untilMs: expiresAtMs }] : []),
    ...beginWithEvidence([
      ...groupByWhom(open.filter(({ inWindow }) => inWindow)),
      ...(carried.length > 0 ? [{ kind: 'carried' as const, findings: carried }] : []),
    ]),
    ...[...new Set(remedies)].map((remedy) => ({ kind: 'remedy' as const, remedy })),
  ];
  return { steps: all.slice(0, MOST_STEPS), left: Math.max(0, all.length - MOST_STEPS) };
}

type StepAboutFindings = Extract<FirstStep, { findings: unknown }>;

/** Evidence that an earlier run saw does not wait behind questions of this one. */
function beginWithEvidence(steps: readonly StepAboutFindings[]): FirstStep[] {
  const isEvidence = ({ findings }: StepAboutFindings): boolean =>
    findings.some(({ role }) => role === 'evidence');
  return [...steps.filter(isEvidence), ...steps.filter((step) => !isEvidence(step))];
}

/** In the order of the findings. */
function groupByWhom(findings: readonly Finding[]): StepAboutFindings[] {
  const byWhom = groupByKey(findings, ({ askWhom }) => askWhom);
  return [...byWhom].map(([whom, asked]) => ({
    kind: 'ask',
    whom: whom.replace(/\.$/, ''),
    findings: asked,
  }));
}
