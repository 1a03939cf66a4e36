import type { TimeWindow } from '../model/time-window.ts';

/** A stretch that one check needed and did not get. */
export interface MissingStretch {
  readonly check: string;
  /** `core` decides the answer; `review` is said and decides nothing. */
  readonly zone: 'core' | 'review';
  readonly window: TimeWindow;
  readonly reason: string;
  /** What would fill it; null for "give an archive", which is worded for the stretch once all are merged. */
  readonly remedy: string | null;
}
