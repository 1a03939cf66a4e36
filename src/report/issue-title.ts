import type { JudgedAudit } from '../model/judged-audit.ts';
import { capLength, toVisibleText } from './escape/visible-text.ts';

/** GitHub takes 256 characters. */
const MOST_CHARACTERS = 200;

/** The title of the issue: what was asked, of which tenant. It never changes while the issue lives. */
export function renderIssueTitle({ scope, tenant }: Pick<JudgedAudit, 'scope' | 'tenant'>): string {
  const where = tenant ?? 'archives';
  const title = scope.isRolling
    ? `${scope.title}: ${where}`
    : `Okta incident lookback: ${scope.title} · ${where}`;
  return capLength(toVisibleText(title), MOST_CHARACTERS).replaceAll('@', '(at)');
}
