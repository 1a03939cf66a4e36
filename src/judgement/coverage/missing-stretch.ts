import type { TimeWindow } from '../../model/time-window.ts';

/** A stretch that one check needed and did not get. */
export interface MissingStretch {
  /** Null where it was needed for something else, such as an investigation. */
  readonly check: string | null;
  /** `core` decides the answer; `review` is said and decides nothing. */
  readonly zone: 'core' | 'review';
  readonly window: TimeWindow;
  readonly reason: string;
  /** What would fill it; null for "give an archive", which is worded for the stretch once all are merged. */
  readonly remedy: string | null;
  /** An archive would fill it as well, which is worded likewise. */
  readonly orArchive?: boolean;
  /** Reading the same once more would not fill it. */
  readonly isLasting?: boolean;
  /** The times that were given leave it out. */
  readonly isLeftOut?: boolean;
}

/** Reasons and remedies come as sentences or as parts of one; holes join them, so they end without a full stop. */
export function trimFullStop(text: string): string {
  return text.replace(/\.$/, '');
}
