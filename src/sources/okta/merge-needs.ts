import {
  coversEventTypes,
  type EventTypeSet,
  type EventTypeTerm,
  uniteEventTypes,
} from '../../model/event-type-set.ts';
import type { Need } from '../../model/reading.ts';
import { durationMs, type TimeWindow, uniteWindows } from '../../model/time-window.ts';

/** Types that can be asked for by name, over one stretch. */
export interface SelectiveNeed {
  readonly eventTypes: Extract<EventTypeSet, { readonly kind: 'some' }>;
  readonly window: TimeWindow;
}

/** Two stretches become one if that reads at most a quarter more of either: a request less is worth that. */
const WORTHWHILE_STRETCH = 1.25;

/** The same needs with each event type asked for once, over as few stretches as is cheap; widest first. */
export function mergeNeeds(needs: readonly Need[]): SelectiveNeed[] {
  const merged: SelectiveNeed[] = [];
  for (const need of groupByWindow(needs)) {
    const index = merged.findIndex((other) => isCheapTogether(need.window, other.window));
    const other = merged[index];
    if (other === undefined) merged.push(need);
    else merged[index] = join(other, need);
  }
  return merged
    .map((need) => ({ ...need, eventTypes: leaveOutCovered(need, merged) }))
    .filter((need) => need.eventTypes.terms.length > 0);
}

function groupByWindow(needs: readonly Need[]): SelectiveNeed[] {
  const byTerm = new Map<string, { term: EventTypeTerm; windows: TimeWindow[] }>();
  for (const { eventTypes, window } of needs) {
    if (eventTypes.kind === 'all') continue;
    for (const term of eventTypes.terms) {
      const key = JSON.stringify(term);
      const entry = byTerm.get(key) ?? { term, windows: [] };
      entry.windows.push(window);
      byTerm.set(key, entry);
    }
  }
  const byWindow = new Map<string, { window: TimeWindow; terms: EventTypeTerm[] }>();
  for (const { term, windows } of byTerm.values()) {
    for (const window of uniteWindows(windows)) {
      const key = `${window.sinceMs} ${window.untilMs}`;
      const entry = byWindow.get(key) ?? { window, terms: [] };
      entry.terms.push(term);
      byWindow.set(key, entry);
    }
  }
  return [...byWindow.values()]
    .map(({ window, terms }) => ({ window, eventTypes: toSet(terms) }))
    .sort((one, other) => durationMs(other.window) - durationMs(one.window));
}

function isCheapTogether(one: TimeWindow, other: TimeWindow): boolean {
  const [together, ...apart] = uniteWindows([one, other]);
  if (together === undefined || apart.length > 0) return false;
  const shorter = Math.min(durationMs(one), durationMs(other));
  return durationMs(together) <= shorter * WORTHWHILE_STRETCH;
}

function join(one: SelectiveNeed, other: SelectiveNeed): SelectiveNeed {
  const [window = one.window] = uniteWindows([one.window, other.window]);
  return { window, eventTypes: toSet([...one.eventTypes.terms, ...other.eventTypes.terms]) };
}

/** What another stretch, which contains this one, asks for anyway. */
function leaveOutCovered(
  need: SelectiveNeed,
  all: readonly SelectiveNeed[],
): SelectiveNeed['eventTypes'] {
  const containing = all.filter((other) => other !== need && contains(other.window, need.window));
  const terms = need.eventTypes.terms.filter(
    (term) => !containing.some((other) => coversEventTypes(other.eventTypes, toSet([term]))),
  );
  return { kind: 'some', terms };
}

function contains(outer: TimeWindow, inner: TimeWindow): boolean {
  return outer.sinceMs <= inner.sinceMs && outer.untilMs >= inner.untilMs;
}

function toSet(terms: readonly EventTypeTerm[]): SelectiveNeed['eventTypes'] {
  const united = uniteEventTypes([{ kind: 'some', terms }]);
  return united.kind === 'some' ? united : { kind: 'some', terms };
}
