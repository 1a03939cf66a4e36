import v8 from 'node:v8';

/** Above it the young generation only makes the process larger: up to 130 MB, for no CPU that could be measured. */
const ENOUGH_BYTES = 4e6;
const LOOK_EVERY_MS = 20;

/**
 * Stops the growth of V8's young generation once it is large enough; gives the function that ends the watch.
 * From then on this thread alone collects it: to share so little with others takes more CPU than it saves. Not from the start,
 * because a changed flag makes Node compile anew whatever of itself it loads later, and a thread loads nearly all of it.
 * The runner starts the Action without options for Node, so that it has to be done from within.
 * A V8 that does not know the flag says so on stderr and goes on.
 */
export function limitYoungGeneration(): () => void {
  const timer = setInterval(() => {
    if (youngBytes() < ENOUGH_BYTES) return;
    clearInterval(timer);
    v8.setFlagsFromString('--semi-space-growth-factor=1');
    v8.setFlagsFromString('--no-parallel-scavenge');
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function youngBytes(): number {
  const space = v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  return space?.space_size ?? 0;
}
