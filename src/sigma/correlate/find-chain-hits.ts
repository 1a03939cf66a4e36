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
  /** By rule but the last: every item that ends a chain, in the order of time. */
  readonly links: Links[];
}

/** The items of one rule, each by the chain to it that began last; all counts are of items from the first one on. */
interface Links {
  readonly chains: Chain[];
  /** How many lie before the window. */
  passed: number;
  /** How many were brought by a hit of this day, or can be part of no chain any more. */
  brought: number;
  /** How many the rules behind can follow. */
  followed: number;
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
    links: Array.from({ length: ruleCount - 1 }, () => ({
      chains: [],
      passed: 0,
      brought: 0,
      followed: 0,
    })),
  };
  const hits: CorrelationHit[] = [];
  let dayMs = Number.NaN;
  for (let from = 0; from < items.length; ) {
    const to = endOfMoment(items, from);
    for (const chain of extendChains(state, items.slice(from, to))) {
      const { anchor, atMs } = chain.item;
      const hitDayMs = startOfUtcDay(atMs);
      const parts = takeParts(state, { nowMs: atMs, isNewDay: hitDayMs !== dayMs });
      hits.push({
        anchor,
        atMs,
        items: [...new Set([...itemsOf(chain), ...parts])],
        value: ruleCount,
      });
      dayMs = hitDayMs;
    }
    from = to;
  }
  return hits;
}

function endOfMoment(items: readonly Occurrence[], from: number): number {
  const nowMs = items[from]?.atMs;
  let to = from + 1;
  while (to < items.length && items[to]?.atMs === nowMs) to += 1;
  return to;
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
      if (rule < state.ruleCount - 1) {
        state.links[rule]?.chains.push(latest);
        keepBest(state, rule, chains);
      } else if (item.atMs - latest.startMs <= state.spanMs) complete.push(latest);
    }
  }
  return complete;
}

/** The one that began last first. */
function chainsEndingWith(state: ChainState, item: Occurrence): Chain[] {
  if (item.rule === 0) return [{ item, startMs: item.atMs, previous: null }];
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
function takeParts(
  { links, spanMs }: ChainState,
  { nowMs, isNewDay }: { readonly nowMs: number; readonly isNewDay: boolean },
): Occurrence[] {
  const earliestMs = nowMs - spanMs;
  const parts: Occurrence[] = [];
  let untilMs = nowMs;
  for (const link of links.toReversed()) {
    const { chains } = link;
    const timeOf = (index: number): number => chains[index]?.item.atMs ?? Number.POSITIVE_INFINITY;
    while (timeOf(link.passed) < earliestMs) link.passed += 1;
    while (timeOf(link.followed) <= untilMs) link.followed += 1;
    if (isNewDay) link.brought = link.passed;
    for (const { item, startMs } of chains.slice(link.brought, link.followed)) {
      if (startMs >= earliestMs) parts.push(item);
    }
    link.brought = Math.max(link.brought, link.followed);
    untilMs = timeOf(link.followed - 1);
  }
  return parts;
}
