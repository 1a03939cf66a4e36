import { BEHAVIORS_FIELD } from '../model/behaviors-field.ts';
import { exactEventTypes } from '../model/event-type-set.ts';
import type { Listener } from '../model/listener.ts';
import { isRecord, type LogEvent, readText } from '../model/log-event.ts';

export interface BehaviorWatch extends Listener {
  /** True where sign-ins were read and not one of them was compared with what is usual for the person. */
  isUntold(): boolean;
}

/** In the text of what is only logged: `{"behaviors":{"New Device":"POSITIVE"}}`. */
const LOGGED = /"behaviors"\s*:\s*\{\s*"/;

/**
 * Watches whether Okta evaluated the behaviour of anybody who signed in. It tells so only where it did, and a log without
 * it looks to every check that goes by it as if nobody had ever come with a new device or from a new place.
 * Source: https://help.okta.com/en-us/Content/Topics/security/behavior-detection/logs-behavior-detection.htm
 */
export function beginBehaviorWatch(): BehaviorWatch {
  let wasRead = false;
  let isTold = false;
  return {
    eventTypes: exactEventTypes(['policy.evaluate_sign_on', 'user.session.start']),
    accept(event) {
      if (isTold) return;
      wasRead = true;
      isTold = tellsBehavior(event);
    },
    isUntold: () => wasRead && !isTold,
  };
}

function tellsBehavior(event: LogEvent): boolean {
  // `{New Device=POSITIVE, New IP=NEGATIVE}`; `{}` where nothing was evaluated.
  if (readText(event, BEHAVIORS_FIELD)?.includes('=') === true) return true;
  if (LOGGED.test(readText(event, 'debugContext.debugData.logOnlySecurityData') ?? '')) return true;
  const security = event.raw['securityContext'];
  const listed = isRecord(security) ? security['userBehaviors'] : null;
  return Array.isArray(listed) && listed.length > 0;
}
