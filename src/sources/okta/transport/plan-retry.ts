import { MINUTE_MS } from '../../../model/time-window.ts';
import type { OktaFailure } from './okta-failure.ts';

export interface RetrySituation {
  readonly failure: OktaFailure;
  /** How often the request was tried so far, at least once. */
  readonly attempts: number;
  /** Since the first attempt began, waits included. */
  readonly spentMs: number;
  /** From 0 up to but not including 1. */
  readonly random: number;
}

const MOST_ATTEMPTS = 5;
/** A query that runs into Okta's own limit of 30 seconds will do so again: it is to be cut smaller, not repeated. */
const MOST_ATTEMPTS_AFTER_TIMEOUT = 3;
const MOST_WAITS_FOR_LIMIT = 8;
const MOST_SPENT_MS = 10 * MINUTE_MS;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 120_000;
const ROUNDING_MS = 1_000;
const JITTER_MS = 1_000;

/** How long to wait before the same request is sent again; null to give up. */
export function planRetry({ failure, attempts, spentMs, random }: RetrySituation): number | null {
  if (failure.next === 'stop' || spentMs >= MOST_SPENT_MS) return null;
  if (failure.next === 'at-once') return attempts >= MOST_ATTEMPTS ? null : 0;
  if (failure.next === 'wait') {
    if (attempts > MOST_WAITS_FOR_LIMIT) return null;
    if (failure.waitMs === null) return pause(attempts, random);
    const waitMs = failure.waitMs + ROUNDING_MS + random * JITTER_MS;
    return Math.min(Math.max(waitMs, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
  }
  const most = failure.error.code === 'okta-timeout' ? MOST_ATTEMPTS_AFTER_TIMEOUT : MOST_ATTEMPTS;
  return attempts >= most ? null : pause(attempts, random);
}

/** Twice as long each time, and between half and all of it. */
function pause(attempts: number, random: number): number {
  const longestMs = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
  return longestMs * (0.5 + random / 2);
}
