import type { Verdict } from '../../model/verdict.ts';

export interface VerdictWords {
  /** Two or three words that stand before the verdict sentence. */
  readonly headline: string;
  /** How loudly it is said: the kind of a GitHub alert. */
  readonly alert: 'CAUTION' | 'WARNING' | 'IMPORTANT' | 'NOTE';
}

const WORDS: Record<Verdict, VerdictWords> = {
  'evidence-found': { headline: 'Evidence found.', alert: 'CAUTION' },
  'needs-review': { headline: 'Needs review.', alert: 'WARNING' },
  'no-evidence': { headline: 'No evidence.', alert: 'NOTE' },
  'not-assessable': { headline: 'Not assessable.', alert: 'IMPORTANT' },
};

/** The same verdict is said calmly once everything that led to it has been reviewed. */
const REVIEWED: Partial<Record<Verdict, VerdictWords>> = {
  'evidence-found': { headline: 'Evidence found, all of it reviewed.', alert: 'NOTE' },
  'needs-review': { headline: 'Nothing waits for review.', alert: 'NOTE' },
};

/** And what found nothing itself is no calm answer while something from before it waits. */
const WAITING: Partial<Record<Verdict, VerdictWords>> = {
  'no-evidence': { headline: 'No evidence in this window.', alert: 'WARNING' },
};

/** How a verdict is said beside its findings, of which so many are open. */
export function describeVerdict(verdict: Verdict, openFindings: number): VerdictWords {
  return (openFindings === 0 ? REVIEWED : WAITING)[verdict] ?? WORDS[verdict];
}

/** `needs review`, for a sentence about verdicts. */
export function nameVerdict(verdict: Verdict): string {
  return WORDS[verdict].headline.replace(/\.$/, '').toLowerCase();
}
