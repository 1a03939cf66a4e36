import type { Coverage } from '../../model/judged-audit.ts';
import type { CoverageState } from '../../model/verdict.ts';

const WORDS: Readonly<Record<CoverageState, string>> = {
  complete: 'The log shows no time at which access was granted.',
  partial: 'What was read of the log shows no time at which access was granted.',
  none: 'Nothing was read that could show when access was granted.',
};

/** The check that looks for such times. */
const CHECK_ID = 'support-access-open';

/** Where no time of open support access was seen: no more than was looked at, also around what decides. */
export function sayNoGrants({ state, holes }: Pick<Coverage, 'state' | 'holes'>): string {
  const missesSome = holes.some(({ checks }) => checks.includes(CHECK_ID));
  return WORDS[state === 'complete' && missesSome ? 'partial' : state];
}
