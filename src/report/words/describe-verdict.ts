import { awaitsReview, type Finding } from '../../model/finding.ts';
import type { JudgedAudit } from '../../model/judged-audit.ts';
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

const ALL_REVIEWED = 'all of it reviewed';

/** The same verdict is said calmly once everything that led to it has been reviewed and nothing was left unread. */
const REVIEWED: Partial<Record<Verdict, VerdictWords>> = {
  'evidence-found': { headline: `Evidence found, ${ALL_REVIEWED}.`, alert: 'NOTE' },
  'needs-review': { headline: 'Nothing waits for review.', alert: 'NOTE' },
};

/** What was not read may hold more of it. */
const REVIEWED_IN_PART: Partial<Record<Verdict, VerdictWords>> = {
  'evidence-found': {
    headline: `Evidence found, ${ALL_REVIEWED}; not everything was read.`,
    alert: 'IMPORTANT',
  },
  'needs-review': {
    headline: 'Nothing waits for review, but not everything was read.',
    alert: 'IMPORTANT',
  },
};

/** And what found nothing itself is no calm answer while something from before it waits. */
const WAITING: Partial<Record<Verdict, VerdictWords>> = {
  'no-evidence': { headline: 'No evidence in this window.', alert: 'WARNING' },
};

/** How a verdict is said beside its findings and its coverage. */
export function describeVerdict({
  verdict,
  findings,
  coverage,
}: Pick<JudgedAudit, 'verdict' | 'findings' | 'coverage'>): VerdictWords {
  const reviewed = coverage.state === 'complete' ? REVIEWED : REVIEWED_IN_PART;
  const words = (findings.some(awaitsReview) ? WAITING : reviewed)[verdict] ?? WORDS[verdict];
  return findings.some(isSuppressedEvidence) ? admitSuppression(words) : words;
}

function isSuppressedEvidence({ role, status }: Finding): boolean {
  return role === 'evidence' && status === 'suppressed';
}

/** Whoever wrote the suppression had not seen what it silences since. */
function admitSuppression({ headline, alert }: VerdictWords): VerdictWords {
  if (!headline.includes(ALL_REVIEWED)) return { headline, alert };
  return {
    headline: headline.replace(ALL_REVIEWED, `${ALL_REVIEWED} or suppressed`),
    alert: 'IMPORTANT',
  };
}

/** `needs review`, for a sentence about verdicts. */
export function nameVerdict(verdict: Verdict): string {
  return WORDS[verdict].headline.replace(/\.$/, '').toLowerCase();
}
