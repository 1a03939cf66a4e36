import type { AskedTime } from '../../model/asked-time.ts';
import { BEHAVIORS_FIELD } from '../../model/behaviors-field.ts';
import type { Check } from '../../model/check.ts';
import { mayHoldType } from '../../model/event-type-set.ts';
import { formatCount } from '../../model/format-count.ts';
import type { Scope } from '../../model/scope.ts';
import type { CheckOutcome } from '../coverage/check-outcome.ts';

/** Source: https://sec.okta.com/supportactions */
const STAFF_VIEW = 'support.org.view';
const STAFF_VIEW_SINCE_MS = Date.parse('2022-08-01T00:00:00Z');

const UNSEEN_STAFF = `No log can show whether support staff looked at the tenant before August 2022: Okta records that (${STAFF_VIEW}) only since then.`;

export interface Untold {
  readonly scope: Pick<Scope, 'checks' | 'cannotTell'>;
  readonly time: Pick<AskedTime, 'window'>;
  readonly checks: readonly Pick<Check, 'id' | 'needs'>[];
  readonly outcomes: readonly Pick<CheckOutcome, 'id' | 'status'>[];
  readonly isBehaviorUntold: boolean;
}

/**
 * What no log can tell of this question: what its scope says, for a time before Okta wrote down when its staff
 * looked at a tenant that the silence of the checks that look for it means nothing, and the same of a log in which nobody's
 * behaviour was evaluated.
 */
export function listUntellable(untold: Untold): readonly string[] {
  return [...untold.scope.cannotTell, ...sayUnseenStaff(untold), ...sayNoBehavior(untold)];
}

function sayUnseenStaff({ scope, time, checks }: Untold): string[] {
  if (time.window.sinceMs >= STAFF_VIEW_SINCE_MS) return [];
  if (scope.cannotTell.some((text) => text.includes(STAFF_VIEW))) return [];
  const asked = new Set(scope.checks.map(({ id }) => id));
  const looksForIt = checks.some(
    ({ id, needs }) => asked.has(id) && mayHoldType(needs.eventTypes, STAFF_VIEW),
  );
  return looksForIt ? [UNSEEN_STAFF] : [];
}

/** Checks that were not evaluated say of themselves that they saw nothing. */
function sayNoBehavior({ scope, checks, outcomes, isBehaviorUntold }: Untold): string[] {
  if (!isBehaviorUntold) return [];
  const asked = new Set(scope.checks.map(({ id }) => id));
  const seeing = new Set(
    outcomes
      .filter(({ status }) => status === 'evaluated' || status === 'partly')
      .map(({ id }) => id),
  );
  const blind = checks.filter(
    ({ id, needs }) => asked.has(id) && seeing.has(id) && needs.fields.includes(BEHAVIORS_FIELD),
  );
  if (blind.length === 0) return [];
  return [
    `No sign-in that was read says whether its device or place was new to the person (Okta writes that only where it evaluates behaviour), so ${formatCount(blind.length, 'check that goes', 'checks that go')} by it could find nothing.`,
  ];
}
