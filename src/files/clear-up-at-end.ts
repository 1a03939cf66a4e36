/** What ends a program from outside: ^C and a runner that cancels its job, whoever stops a process, a terminal that is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const satisfies readonly NodeJS.Signals[];

/**
 * Has something cleared up when the program ends, also where a signal ends it, at which Node tells nobody of an exit.
 * Gives the function that calls it off.
 */
export function clearUpAtEnd(clearUp: () => void): () => void {
  const leave = (): void => {
    process.off('exit', clearUp);
    for (const signal of SIGNALS) process.off(signal, end);
  };
  const end = (signal: NodeJS.Signals): void => {
    leave();
    try {
      clearUp();
    } finally {
      // The last one lets the signal do what it was sent for, so that whoever waits for the program learns of it.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    }
  };
  process.once('exit', clearUp);
  for (const signal of SIGNALS) process.once(signal, end);
  // Node tells of a signal in its next turn only: one that came meanwhile would find nobody, and end nothing.
  return () => setImmediate(leave);
}
