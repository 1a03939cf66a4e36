import type { CoverageState } from '../../model/verdict.ts';

const WORDS: Readonly<Record<CoverageState, string>> = {
  complete: 'The log shows no time at which access was granted.',
  partial: 'What was read of the log shows no time at which access was granted.',
  none: 'Nothing was read that could show when access was granted.',
};

/** Where no time of open support access was seen: no more than was looked at. */
export function sayNoGrants(coverage: CoverageState): string {
  return WORDS[coverage];
}
