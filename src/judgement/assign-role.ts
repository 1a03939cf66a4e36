import type { CheckProfile } from '../model/check.ts';
import { isAttempt, type LogEvent } from '../model/log-event.ts';
import type { Circumstance } from '../model/match.ts';
import type { ScopeCheck } from '../model/scope.ts';
import { type Role, weakerRole } from '../model/severity.ts';

interface RoleQuestion {
  readonly check: Pick<CheckProfile, 'kind'>;
  /** What the scope says of the check, or null where it does not name it. */
  readonly scopeCheck: ScopeCheck | null;
  /** Those of the match; none where only Okta's API tells. */
  readonly events: readonly LogEvent[];
  /** Those of the match, and where it lies. */
  readonly circumstances: readonly Circumstance[];
}

/** What a match means to the scope's question. What was only tried and did not happen is at most `review`. */
export function assignRole(question: RoleQuestion): Role {
  const role = answerScope(question);
  const { events } = question;
  const wasOnlyTried = events.length > 0 && events.every(isAttempt);
  return wasOnlyTried ? weakerRole(role, 'review') : role;
}

/** The first circumstance of the scope's list that holds decides, else the check's own role. */
function answerScope({ check, scopeCheck, circumstances }: RoleQuestion): Role {
  if (scopeCheck === null) return answerForUnnamed(check, circumstances);
  const exception = scopeCheck.instead.find(({ when }) => circumstances.includes(when));
  return exception?.role ?? scopeCheck.role;
}

/**
 * Checks that run without being named are rules that a user added and the scope's own indicators.
 * Both ask for a look; only a strong indicator inside the window that is asked about answers the question.
 */
function answerForUnnamed(
  check: Pick<CheckProfile, 'kind'>,
  circumstances: readonly Circumstance[],
): Role {
  const isStrong =
    check.kind === 'indicator' &&
    circumstances.includes('strong-indicator') &&
    !circumstances.includes('outside-core-window');
  return isStrong ? 'evidence' : 'review';
}
