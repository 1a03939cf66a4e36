import type { AskedTime } from '../../model/asked-time.ts';
import type { Check } from '../../model/check.ts';
import { mayHoldType } from '../../model/event-type-set.ts';
import type { Scope } from '../../model/scope.ts';

/** Source: https://sec.okta.com/supportactions */
const STAFF_VIEW = 'support.org.view';
const STAFF_VIEW_SINCE_MS = Date.parse('2022-08-01T00:00:00Z');

const UNSEEN_STAFF = `No log can show whether support staff looked at the tenant before August 2022: Okta records that (${STAFF_VIEW}) only since then.`;

/**
 * What no log can tell of this question: what its scope says, and for a time before Okta wrote down when its staff
 * looked at a tenant, that the silence of the checks that look for it means nothing.
 */
export function listUntellable({
  scope,
  time,
  checks,
}: {
  readonly scope: Pick<Scope, 'checks' | 'cannotTell'>;
  readonly time: Pick<AskedTime, 'window'>;
  readonly checks: readonly Pick<Check, 'id' | 'needs'>[];
}): readonly string[] {
  const { cannotTell } = scope;
  if (time.window.sinceMs >= STAFF_VIEW_SINCE_MS) return cannotTell;
  if (cannotTell.some((text) => text.includes(STAFF_VIEW))) return cannotTell;
  const asked = new Set(scope.checks.map(({ id }) => id));
  const looksForIt = checks.some(
    ({ id, needs }) => asked.has(id) && mayHoldType(needs.eventTypes, STAFF_VIEW),
  );
  return looksForIt ? [...cannotTell, UNSEEN_STAFF] : cannotTell;
}
