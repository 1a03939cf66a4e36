import type { TimeWindow } from './time-window.ts';

/** The time that a run asks about, settled from scope, inputs, memory and now. */
export interface AskedTime {
  /** Findings count if they are anchored in it. */
  readonly window: TimeWindow;
  /** The part that decides coverage: an incident's core window, or all of a rolling one. Never outside `window`. */
  readonly core: TimeWindow;
  /** How long an incident's core window goes on behind `core`, which nobody can read yet; 0 once it is over. */
  readonly aheadMs: number;
  /** Parts of an incident's core window that the inputs left out, each a hole. */
  readonly leftOut: readonly TimeWindow[];
  readonly isRolling: boolean;
}
