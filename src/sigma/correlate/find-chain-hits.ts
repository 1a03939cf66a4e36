import { startOfUtcDay } from '../../model/time-window.ts';
import type { KeptEvent } from './event-store.ts';
import type { CorrelationHit, Occurrence } from './occurrence.ts';

/** A chain of items that met the first rules in order, by its last item. */
interface Chain {
  readonly item: Occurrence;
  readonly startMs: number;
  readonly previous: Chain | null;
}

/** What is known while the items go by. */
interface ChainState {
  readonly ruleCount: number;
  readonly spanMs: number;
  /** By rule: the chains that end there, the one that began last first. */
  readonly best: Chain[][];
  /** By item: when the chain that ends with it began; minus infinity where there is none. */
  readonly startsMs: Map<Occurrence, number>;
}

/**
 * Finds the moments at which items met all rules in order within `spanMs`, each rule by another event. Items of one
 * millisecond stand in any order: Okta logs several events of one transaction at once.
 * Of all chains that end at a moment, the one that began last decides. A hit brings that chain, and whatever else of its
 * window is part of a chain and was brought by no earlier hit of its UTC day.
 */
export function findChainHits(options: {
  readonly items: readonly Occurrence[];
  readonly spanMs: number;
  readonly ruleCount: number;
}): CorrelationHit[] {
  const { items, spanMs, ruleCount } = options;
  const state: ChainState = {
    ruleCount,
    spanMs,
    best: Array.from({ length: ruleCount }, () => []),
    startsMs: new Map(),
  };
  const hits: CorrelationHit[] = [];
  let start = 0;
  let brought = -1;
  let dayMs = Number.NaN;
  for (let from = 0; from < items.length; ) {
    const to = endOfMoment(items, from);
    start = startOfWindow(items, { start, at: from, spanMs });
    for (const chain of extendChains(state, items.slice(from, to))) {
      const hitDayMs = startOfUtcDay(chain.item.anchor.publishedMs);
      if (hitDayMs !== dayMs) brought = -1;
      const fresh = items.slice(Math.max(start, brought + 1), to);
      hits.push({
        anchor: chain.item.anchor,
        items: [...new Set([...itemsOf(chain), ...partsOfChains({ state, fresh, chain })])],
        value: ruleCount,
      });
      brought = to - 1;
      dayMs = hitDayMs;
    }
    from = to;
  }
  return hits;
}

function endOfMoment(items: readonly Occurrence[], from: number): number {
  const nowMs = items[from]?.anchor.publishedMs;
  let to = from + 1;
  while (to < items.length && items[to]?.anchor.publishedMs === nowMs) to += 1;
  return to;
}

function startOfWindow(
  items: readonly Occurrence[],
  { start, at, spanMs }: { readonly start: number; readonly at: number; readonly spanMs: number },
): number {
  const earliestMs = (items[at]?.anchor.publishedMs ?? 0) - spanMs;
  let index = start;
  while (index < at && (items[index]?.anchor.publishedMs ?? 0) < earliestMs) index += 1;
  return index;
}

/** Takes in the items of one millisecond; gives the complete chains that end with one of them. */
function extendChains(state: ChainState, moment: readonly Occurrence[]): Chain[] {
  const complete: Chain[] = [];
  for (let rule = 0; rule < state.ruleCount; rule += 1) {
    for (const item of moment) {
      if (item.rule !== rule) continue;
      const chains = chainsEndingWith(state, item);
      const [latest] = chains;
      if (latest === undefined) continue;
      state.startsMs.set(item, latest.startMs);
      if (rule < state.ruleCount - 1) keepBest(state, rule, chains);
      else if (item.anchor.publishedMs - latest.startMs <= state.spanMs) complete.push(latest);
    }
  }
  return complete;
}

/** The one that began last first. */
function chainsEndingWith(state: ChainState, item: Occurrence): Chain[] {
  if (item.rule === 0) return [{ item, startMs: item.anchor.publishedMs, previous: null }];
  const before = state.best[item.rule - 1] ?? [];
  return before
    .filter((chain) => !usesEvent(chain, item.event))
    .map((previous) => ({ item, startMs: previous.startMs, previous }));
}

/** Enough for five rules whose events overlap in every way; with more of them the chains that began first go. */
const MAX_CHAINS = 10;

/** One event may meet several rules: of the chains that began last, those stay that the events of the rules to come leave free. */
function keepBest(state: ChainState, rule: number, chains: readonly Chain[]): void {
  const all = [...chains, ...(state.best[rule] ?? [])].sort(
    (one, other) => other.startMs - one.startMs,
  );
  const toCome = state.ruleCount - 1 - rule;
  const kept: Chain[] = [];
  for (const chain of all) {
    if (kept.length === MAX_CHAINS) break;
    if (mayAllBeTaken(kept, { free: chain, events: toCome })) kept.push(chain);
  }
  state.best[rule] = kept;
}

/** Whether so many events, none of them in the free chain, are enough to have one in each of the others. */
function mayAllBeTaken(
  [first, ...others]: readonly Chain[],
  { free, events }: { readonly free: Chain; readonly events: number },
): boolean {
  if (first === undefined) return true;
  if (events === 0) return false;
  return itemsOf(first).some(({ event }) => {
    if (usesEvent(free, event)) return false;
    const left = others.filter((other) => !usesEvent(other, event));
    return mayAllBeTaken(left, { free, events: events - 1 });
  });
}

function usesEvent(chain: Chain, event: KeptEvent): boolean {
  for (let link: Chain | null = chain; link !== null; link = link.previous) {
    if (link.item.event === event) return true;
  }
  return false;
}

function itemsOf(chain: Chain): Occurrence[] {
  const items: Occurrence[] = [];
  for (let link: Chain | null = chain; link !== null; link = link.previous) items.push(link.item);
  return items;
}

/** The items that lie on some chain to the same end: begun within the window, and followed by the rules that are left. */
function partsOfChains(options: {
  readonly state: ChainState;
  readonly fresh: readonly Occurrence[];
  readonly chain: Chain;
}): Occurrence[] {
  const { state, fresh, chain } = options;
  const earliestMs = chain.item.anchor.publishedMs - state.spanMs;
  const parts: Occurrence[] = [];
  let lowest = state.ruleCount - 1;
  // Latest first; in one millisecond the later rules first, as their order is free.
  const backwards = [...fresh].sort(
    (one, other) => other.anchor.publishedMs - one.anchor.publishedMs || other.rule - one.rule,
  );
  for (const item of backwards) {
    const isBegun = (state.startsMs.get(item) ?? Number.NEGATIVE_INFINITY) >= earliestMs;
    const isContinued = item.rule < state.ruleCount - 1 && lowest <= item.rule + 1;
    if (!isBegun || !isContinued) continue;
    parts.push(item);
    lowest = Math.min(lowest, item.rule);
  }
  return parts;
}
