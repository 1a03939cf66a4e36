import v8 from 'node:v8';
import type { Worker } from 'node:worker_threads';

/** Above it the young generation only makes the process larger: up to 130 MB, for no CPU that could be measured. */
const ENOUGH_BYTES = 4e6;
const LOOK_EVERY_MS = 20;

/**
 * Stops the growth of V8's young generation once it is large enough; gives the function that ends the watch.
 * From then on this thread alone collects it: to share so little with others takes more CPU than it saves. Not from the start,
 * because a changed flag makes Node compile anew whatever of itself it loads later, and a thread loads nearly all of it: those that
 * are starting are waited for, up to their first word.
 * The runner starts the Action without options for Node, so that it has to be done from within.
 * A V8 that does not know the flag says so on stderr and goes on.
 */
export function limitYoungGeneration(): () => void {
  const starting = new Set<Worker>();
  const watch = (worker: Worker): void => {
    starting.add(worker);
    for (const event of ['message', 'exit']) worker.once(event, () => starting.delete(worker));
  };
  const timer = setInterval(() => {
    if (starting.size > 0 || youngBytes() < ENOUGH_BYTES) return;
    end();
    v8.setFlagsFromString('--semi-space-growth-factor=1');
    v8.setFlagsFromString('--no-parallel-scavenge');
  }, LOOK_EVERY_MS);
  timer.unref();
  process.on('worker', watch);
  function end(): void {
    clearInterval(timer);
    process.off('worker', watch);
  }
  return end;
}

function youngBytes(): number {
  const space = v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  return space?.space_size ?? 0;
}
