import { isAttempt, type LogEvent } from '../model/log-event.ts';
import type { Circumstance } from '../model/match.ts';
import type { ScopeCheck } from '../model/scope.ts';
import { type Role, weakerRole } from '../model/severity.ts';

interface RoleQuestion {
  /** What the scope says of the check, or null where it does not name it. */
  readonly scopeCheck: ScopeCheck | null;
  /** Those of the match; none where only Okta's API tells. */
  readonly events: readonly LogEvent[];
  /** Those of the match, and where it lies. */
  readonly circumstances: readonly Circumstance[];
}

/**
 * What a match means to the scope's question. At most `review` is what was only tried and did not happen, and what lies
 * outside an incident's core window.
 */
export function assignRole(question: RoleQuestion): Role {
  const role = answerScope(question);
  const { events, circumstances } = question;
  const wasOnlyTried = events.length > 0 && events.every(isAttempt);
  const isAside = circumstances.includes('outside-core-window');
  return wasOnlyTried || isAside ? weakerRole(role, 'review') : role;
}

/**
 * The first circumstance of the scope's list that holds decides, else the check's own role.
 * A check that the scope does not name is one that a user added: it asks for a look, whatever it says of itself.
 */
function answerScope({ scopeCheck, circumstances }: RoleQuestion): Role {
  if (scopeCheck === null) return 'review';
  const exception = scopeCheck.instead.find(({ when }) => circumstances.includes(when));
  return exception?.role ?? scopeCheck.role;
}
