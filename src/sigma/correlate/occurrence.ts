import type { EventStore, KeptEvent } from './event-store.ts';

/** An event in a correlation, at the moment from which it counts. */
export interface Occurrence {
  readonly event: KeptEvent;
  /**
   * The event whose time it counts from: itself, where it met a rule; where it comes out of a correlation, the one
   * with which that correlation's condition was first met with this event in its window.
   */
  readonly anchor: KeptEvent;
  /** The time of the anchor. */
  readonly atMs: number;
  /** Which of the correlation's rules it meets, counted from 0. */
  readonly rule: number;
  /** What it brings to a correlation that counts or aggregates a field. */
  readonly values: readonly string[];
}

/** Gives the order of moments: by anchor, event and rule. */
export function orderOccurrences({
  compare,
}: Pick<EventStore, 'compare'>): (one: Occurrence, other: Occurrence) => number {
  return (one, other) =>
    one.atMs - other.atMs ||
    compare(one.anchor, other.anchor) ||
    compare(one.event, other.event) ||
    one.rule - other.rule;
}

/** A moment at which a correlation's condition is met. */
export interface CorrelationHit {
  /** The event that met it, the last of its window. */
  readonly anchor: KeptEvent;
  /** Its time. */
  readonly atMs: number;
  /** Items of the window that no earlier hit of the same UTC day has brought; all of them at the day's first hit. */
  readonly items: readonly Occurrence[];
  /** The count or aggregate at this moment. */
  readonly value: number;
}
