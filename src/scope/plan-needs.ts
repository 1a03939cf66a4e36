import type { AskedTime } from '../model/asked-time.ts';
import type { CheckNeeds } from '../model/check.ts';
import { ALL_EVENT_TYPES, type EventTypeSet, uniteEventTypes } from '../model/event-type-set.ts';
import type { Need } from '../model/reading.ts';
import type { TimeWindow } from '../model/time-window.ts';

/**
 * Plans what has to be read so that every check sees what it needs: the earliest stretch first.
 * What needs every event is kept apart, because a targeted pull cannot serve it and must still serve the rest.
 */
export function planNeeds(needs: readonly CheckNeeds[], time: AskedTime): Need[] {
  const stretches = new Map<string, { window: TimeWindow; sets: EventTypeSet[] }>();
  for (const { eventTypes, lookBackMs, lookAheadMs } of needs) {
    const window = {
      sinceMs: time.window.sinceMs - lookBackMs,
      untilMs: time.window.untilMs + lookAheadMs,
    };
    const key = `${window.sinceMs} ${window.untilMs}`;
    const stretch = stretches.get(key) ?? { window, sets: [] };
    stretch.sets.push(eventTypes);
    stretches.set(key, stretch);
  }
  return [...stretches.values()]
    .flatMap(toNeeds)
    .sort((one, other) => one.window.sinceMs - other.window.sinceMs);
}

function toNeeds({ window, sets }: { window: TimeWindow; sets: readonly EventTypeSet[] }): Need[] {
  const some = uniteEventTypes(sets.filter((set) => set.kind === 'some'));
  const named = some.kind === 'some' && some.terms.length > 0 ? [{ window, eventTypes: some }] : [];
  const needsAll = sets.some((set) => set.kind === 'all');
  return needsAll ? [...named, { window, eventTypes: ALL_EVENT_TYPES }] : named;
}
