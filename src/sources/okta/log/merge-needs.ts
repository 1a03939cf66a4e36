import {
  type EventTypeSet,
  type EventTypeTerm,
  findCovering,
  uniteEventTypes,
} from '../../../model/event-type-set.ts';
import type { Need } from '../../../model/reading.ts';
import {
  durationMs,
  subtractWindows,
  type TimeWindow,
  uniteWindows,
} from '../../../model/time-window.ts';

/** Types that can be asked for by name, over one stretch. */
export interface SelectiveNeed {
  readonly eventTypes: Extract<EventTypeSet, { readonly kind: 'some' }>;
  readonly window: TimeWindow;
}

interface TermNeed {
  readonly term: EventTypeTerm;
  readonly windows: readonly TimeWindow[];
}

/** Two stretches become one if that reads at most a quarter more of either: a request less is worth that. */
const WORTHWHILE_STRETCH = 1.25;

/** The same needs with each event asked for once where possible, over as few stretches as is cheap; widest first. */
export function mergeNeeds(needs: readonly Need[]): SelectiveNeed[] {
  const merged: SelectiveNeed[] = [];
  for (const need of groupByWindow(leaveOutCovered(listTerms(needs)))) {
    const index = merged.findIndex((other) => isCheapTogether(need.window, other.window));
    const other = merged[index];
    if (other === undefined) merged.push(need);
    else merged[index] = join(other, need);
  }
  return merged;
}

function listTerms(needs: readonly Need[]): TermNeed[] {
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
  return [...byTerm.values()];
}

/** Takes from a term the time over which a wider one is asked for; of two that say the same, the first stays. */
function leaveOutCovered(terms: readonly TermNeed[]): TermNeed[] {
  const plain = terms.map(({ term }) => term);
  return terms.map(({ term, windows }, at) => {
    const without = findCovering(plain, at).flatMap((wider) => terms[wider]?.windows ?? []);
    const left = uniteWindows(windows).flatMap((window) => subtractWindows(window, without));
    return { term, windows: left };
  });
}

function groupByWindow(terms: readonly TermNeed[]): SelectiveNeed[] {
  const byWindow = new Map<string, { window: TimeWindow; terms: EventTypeTerm[] }>();
  for (const { term, windows } of terms) {
    for (const window of windows) {
      const key = `${window.sinceMs} ${window.untilMs}`;
      const entry = byWindow.get(key) ?? { window, terms: [] };
      entry.terms.push(term);
      byWindow.set(key, entry);
    }
  }
  return [...byWindow.values()]
    .map((entry) => ({ window: entry.window, eventTypes: toSet(entry.terms) }))
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

function toSet(terms: readonly EventTypeTerm[]): SelectiveNeed['eventTypes'] {
  const united = uniteEventTypes([{ kind: 'some', terms }]);
  return united.kind === 'some' ? united : { kind: 'some', terms };
}
