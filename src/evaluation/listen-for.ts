import type { Check, CheckRun } from '../model/check.ts';
import type { Listener } from '../model/listener.ts';

/** A check at work, as one who listens for the events that it needs. */
export function listenFor({ needs }: Pick<Check, 'needs'>, run: CheckRun): Listener {
  return { ...run, eventTypes: needs.eventTypes };
}
