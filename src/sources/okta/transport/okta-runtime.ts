/** What the live source takes from the process around it, so that a test can hold it in its hand. */
export interface OktaRuntime {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (durationMs: number) => Promise<void>;
  /** From 0 up to but not including 1, for jitter. */
  readonly random: () => number;
  /** Only `https_proxy`, `HTTPS_PROXY`, `no_proxy` and `NO_PROXY` are read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told in one line what a person may want to know: waits, retries, a narrower scope. */
  readonly log: (line: string) => void;
  /** Without it `DEADLINES`. */
  readonly deadlines?: Deadlines;
}

/** How long one attempt may wait. */
export interface Deadlines {
  readonly firstByteMs: number;
  readonly betweenBytesMs: number;
  /** From the request to the last byte: what comes in drops never ends otherwise. */
  readonly wholeMs: number;
}

/** Okta itself gives up on a query after 30 seconds. Source: https://developer.okta.com/docs/reference/system-log-query/ */
export const DEADLINES: Deadlines = {
  firstByteMs: 40_000,
  betweenBytesMs: 10_000,
  wholeMs: 180_000,
};
