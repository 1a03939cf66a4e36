import type { KeptEvent } from './event-store.ts';

/** An event in a correlation, at the moment from which it counts. */
export interface Occurrence {
  readonly event: KeptEvent;
  /**
   * The event whose time it counts from: itself, where it met a rule; where it comes out of a correlation, the one
   * with which that correlation's condition was first met with this event in its window.
   */
  readonly anchor: KeptEvent;
  /** Which of the correlation's rules it meets, counted from 0. */
  readonly rule: number;
  /** What it brings to a correlation that counts or aggregates a field. */
  readonly values: readonly string[];
}

export function compareOccurrences(one: Occurrence, other: Occurrence): number {
  return (
    compareKept(one.anchor, other.anchor) ||
    compareKept(one.event, other.event) ||
    one.rule - other.rule
  );
}

/** The same order as that of whole events: time, then uuid. */
export function compareKept(one: KeptEvent, other: KeptEvent): number {
  if (one.publishedMs !== other.publishedMs) return one.publishedMs - other.publishedMs;
  if (one.uuid === other.uuid) return 0;
  return one.uuid < other.uuid ? -1 : 1;
}

/** A moment at which a correlation's condition is met. */
export interface CorrelationHit {
  /** The event that met it, the last of its window. */
  readonly anchor: KeptEvent;
  /** Items of the window that no earlier hit of the same UTC day has brought; all of them at the day's first hit. */
  readonly items: readonly Occurrence[];
  /** The count or aggregate at this moment. */
  readonly value: number;
}
