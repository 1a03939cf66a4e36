import type { AskedTime } from '../model/asked-time.ts';
import type { Check, CheckNeeds } from '../model/check.ts';
import { uniteEventTypes } from '../model/event-type-set.ts';
import type { Need } from '../model/reading.ts';
import type { TimeWindow } from '../model/time-window.ts';

/** What has to be read so that every check sees what it needs: one need for each stretch of time, widest first. */
export function planNeeds(needs: readonly CheckNeeds[], time: AskedTime): Need[] {
  const byStretch = new Map<string, { window: TimeWindow; sets: CheckNeeds['eventTypes'][] }>();
  for (const { eventTypes, lookBackMs, lookAheadMs } of needs) {
    const window = {
      sinceMs: time.window.sinceMs - lookBackMs,
      untilMs: time.window.untilMs + lookAheadMs,
    };
    const key = `${window.sinceMs} ${window.untilMs}`;
    const entry = byStretch.get(key) ?? { window, sets: [] };
    entry.sets.push(eventTypes);
    byStretch.set(key, entry);
  }
  return [...byStretch.values()]
    .map(({ window, sets }) => ({ window, eventTypes: uniteEventTypes(sets) }))
    .sort((one, other) => one.window.sinceMs - other.window.sinceMs);
}

/** A targeted pull cannot serve a check that needs every sign-in or names no event type. */
export function isServedByTargetedPull(check: Check): boolean {
  return check.needs.eventTypes.kind === 'some';
}
