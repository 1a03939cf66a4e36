export interface RateLimitOptions {
  readonly limit: number;
  readonly windowMs: number;
  /** What other clients of the org take of each window as it opens. */
  readonly takenByOthers: number;
}

export interface RateLimitState {
  readonly isExceeded: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts requests in fixed windows, as Okta's `X-Rate-Limit-*` headers tell them. */
export function createRateLimit(options: RateLimitOptions): {
  readonly count: (nowMs: number) => RateLimitState;
} {
  let windowStartMs = Number.NEGATIVE_INFINITY;
  let used = 0;
  return {
    count(nowMs) {
      const startMs = Math.floor(nowMs / options.windowMs) * options.windowMs;
      if (startMs !== windowStartMs) {
        windowStartMs = startMs;
        used = options.takenByOthers;
      }
      const isExceeded = used >= options.limit;
      if (!isExceeded) used += 1;
      const resetS = Math.ceil((startMs + options.windowMs) / 1000);
      return {
        isExceeded,
        headers: {
          'X-Rate-Limit-Limit': String(options.limit),
          'X-Rate-Limit-Remaining': String(options.limit - used),
          'X-Rate-Limit-Reset': String(resetS),
        },
      };
    },
  };
}
