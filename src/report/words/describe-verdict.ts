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

export function describeVerdict(verdict: Verdict, openFindings: number): VerdictWords {
  return openFindings === 0 ? (REVIEWED[verdict] ?? WORDS[verdict]) : WORDS[verdict];
}

/** The first words of a verdict sentence that already say the verdict. */
const LABEL = /^(?:Evidence found|Needs review|No evidence|Not assessable): /;

export interface SplitVerdict {
  /** Ends with a colon where it leads into the sentence, else with a full stop. */
  readonly headline: string;
  readonly sentence: string;
}

/** Headline and sentence so that neither repeats the other. */
export function splitVerdict(verdictSentence: string, headline: string): SplitVerdict {
  const label = LABEL.exec(verdictSentence)?.[0] ?? '';
  if (`${label.slice(0, -2)}.` !== headline) return { headline, sentence: verdictSentence };
  return { headline: label.trimEnd(), sentence: verdictSentence.slice(label.length) };
}
