export interface StoppableWaits {
  readonly sleep: (durationMs: number) => Promise<void>;
  readonly isStopped: () => boolean;
  /** Whoever waits, or comes to wait, waits for good, and keeps no program from its end. */
  readonly stop: () => void;
}

/**
 * Waits that end with the audit. One that has failed has nothing left to ask for: without this, what it asked beside goes on
 * trying for minutes behind its last word, in the log too.
 */
export function createStoppableWaits(): StoppableWaits {
  const timers = new Set<NodeJS.Timeout>();
  let isStopped = false;
  return {
    sleep: (durationMs) =>
      new Promise((resolve) => {
        if (isStopped) return;
        const timer = setTimeout(() => {
          timers.delete(timer);
          resolve();
        }, durationMs);
        timers.add(timer);
      }),
    isStopped: () => isStopped,
    stop() {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
