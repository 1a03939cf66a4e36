import { formatList } from '../../model/format-list.ts';
import type { Investigation } from '../../model/judged-audit.ts';

/** Warns that a login was that of several users, whose trails stand here as one; null where it was not. */
export function describeSharedLogin({ ids = [] }: Investigation): string | null {
  if (ids.length < 2) return null;
  return `This login was that of ${ids.length} users, whose events stand together here: ask by id for one of them, ${formatList(ids)}.`;
}
