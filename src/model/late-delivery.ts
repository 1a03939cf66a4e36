import { MINUTE_MS } from './time-window.ts';

/** Okta delivers some events late; a live window ends before them, so that the next run sees them in full. */
export const LATE_DELIVERY_MS = 10 * MINUTE_MS;
