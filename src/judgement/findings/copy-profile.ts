import type { CheckProfile } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';

/** What every finding of a check says about it. */
export function copyProfile(
  check: CheckProfile,
): Pick<
  Finding,
  | 'check'
  | 'title'
  | 'description'
  | 'confidence'
  | 'techniques'
  | 'ask'
  | 'nextSteps'
  | 'falsePositives'
> {
  const { id, title, description, confidence } = check;
  const { techniques, ask, nextSteps, falsePositives } = check;
  return {
    check: id,
    title,
    description,
    confidence,
    techniques,
    ask,
    nextSteps,
    falsePositives,
  };
}
