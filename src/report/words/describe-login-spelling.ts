import type { Investigation } from '../../model/judged-audit.ts';
import { countInvestigated } from './describe-kept-rows.ts';

/** Says of a user of whom nothing was found that the log may spell the login otherwise; null for everything else. */
export function describeLoginSpelling(found: Investigation): string | null {
  if (!found.subject.startsWith('user:') || countInvestigated(found) > 0) return null;
  return 'Write a login as Okta does, whose log may tell upper from lower case, or give the id of the user.';
}
