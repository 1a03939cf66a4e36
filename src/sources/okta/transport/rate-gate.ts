import type { OktaRuntime } from './okta-runtime.ts';

/** What one answer says about the limit that it was counted against. */
export interface RateLimitReading {
  readonly limit: number;
  readonly remaining: number;
  /** From now until the window ends, by the server's own clock. */
  readonly resetInMs: number;
}

/** Lets requests of one endpoint through so that others of the org keep their share of its rate limit. */
export interface RateGate {
  /** Resolves when one more request may be sent; every entry needs its `leave`. */
  enter(): Promise<void>;
  leave(): void;
  learn(reading: RateLimitReading): void;
  /** How many requests make sense side by side now. */
  parallelism(): number;
}

/** Half of the limit stays free: Okta gives a token or app half of it by default, and warns the org as it runs out. */
const DEFAULT_SHARE = 0.5;
/** Two answers of a second each use up the share of the usual limits; more would only cost memory. */
const MOST_IN_FLIGHT = 2;
/** Beyond it a reset is a mistake of some clock: Okta's windows are one minute long. */
const LONGEST_WINDOW_MS = 120_000;
/** The headers count in whole seconds. */
const ROUNDING_MS = 1_000;
const JITTER_MS = 1_000;

interface GateState {
  /** Null until an answer told it: then one request goes at a time. */
  limit: number | null;
  remaining: number;
  resetAtMs: number;
  inFlight: number;
  sleeping: Promise<void> | null;
  waiting: (() => void)[];
}

/**
 * Opens a gate that heeds `X-Rate-Limit-*`.
 * After a reset it lets at least one request through, so that a limit which others use up slows it but never stops it.
 * Source: https://developer.okta.com/docs/reference/rl-best-practices/
 */
export function createRateGate(
  runtime: Pick<OktaRuntime, 'now' | 'sleep' | 'random'>,
  share: number = DEFAULT_SHARE,
): RateGate {
  const state: GateState = {
    limit: null,
    remaining: 0,
    resetAtMs: 0,
    inFlight: 0,
    sleeping: null,
    waiting: [],
  };

  function wakeAll(): void {
    const woken = state.waiting;
    state.waiting = [];
    for (const wake of woken) wake();
  }

  async function waitForReset(): Promise<void> {
    const waitMs = state.resetAtMs - runtime.now() + runtime.random() * JITTER_MS;
    await runtime.sleep(Math.max(0, waitMs));
    state.sleeping = null;
    wakeAll();
  }

  return {
    async enter() {
      for (;;) {
        renewAfterReset(state, runtime.now());
        if (mayEnter(state, share)) break;
        if (state.inFlight === 0 && state.limit !== null) state.sleeping ??= waitForReset();
        await (state.sleeping ?? new Promise<void>((wake) => state.waiting.push(wake)));
      }
      state.inFlight += 1;
    },
    leave() {
      state.inFlight -= 1;
      wakeAll();
    },
    learn({ limit, remaining, resetInMs }) {
      if (limit <= 0) return;
      const resetAtMs =
        runtime.now() + Math.min(Math.max(resetInMs, 0), LONGEST_WINDOW_MS) + ROUNDING_MS;
      const isSameWindow = Math.abs(resetAtMs - state.resetAtMs) <= 2 * ROUNDING_MS;
      state.remaining = isSameWindow ? Math.min(state.remaining, remaining) : remaining;
      state.resetAtMs = resetAtMs;
      state.limit = limit;
      wakeAll();
    },
    parallelism() {
      return Math.min(MOST_IN_FLIGHT, Math.max(1, Math.floor(ownBudget(state, share) / 2)));
    },
  };
}

function renewAfterReset(state: GateState, nowMs: number): void {
  if (state.limit === null || nowMs < state.resetAtMs) return;
  state.remaining = state.limit;
  state.resetAtMs = nowMs + LONGEST_WINDOW_MS;
}

function mayEnter(state: GateState, share: number): boolean {
  if (state.limit === null) return state.inFlight === 0;
  if (state.inFlight >= MOST_IN_FLIGHT) return false;
  if (state.remaining === state.limit && state.inFlight === 0) return true;
  return ownBudget(state, share) > state.inFlight;
}

/** What is left of the window without the part that belongs to others. */
function ownBudget({ limit, remaining }: GateState, share: number): number {
  return limit === null ? 0 : remaining - Math.ceil(limit * (1 - share));
}
