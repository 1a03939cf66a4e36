import { compareSupportStates } from '../checks/support-access/compare-support-states.ts';
import type { SupportAccess, SupportInterval } from '../model/support-access.ts';

/** Okta's answer about support access, with a sentence where the log tells it otherwise. */
export function addDisagreement(
  access: SupportAccess,
  intervals: readonly SupportInterval[],
): SupportAccess {
  const disagreement = compareSupportStates(access, intervals);
  if (disagreement === null) return access;
  const sentences = [access.reason, disagreement].filter((sentence) => sentence !== null);
  return { ...access, reason: sentences.join(' ') };
}
