import type { TimeWindow } from '../../../model/time-window.ts';
import type { Stream } from './plan-streams.ts';
import {
  readSlice,
  type Slice,
  type StreamContext,
  type StreamOutcome,
  startSlice,
} from './read-stream.ts';

/** Cutting costs one page that is read in part; less than this many pages left are not worth it. */
const FEWEST_PAGES_TO_CUT = 2;

/**
 * Reads a stream by several bounded queries side by side.
 * Whoever is done takes half of what the slowest has left, because a busy hour holds as many pages as a quiet weekend.
 * How many work at once follows from the rate limit, as soon as the first page has told it.
 */
export async function readInSlices(
  stream: Stream,
  { context, parallelism }: { readonly context: StreamContext; readonly parallelism: () => number },
): Promise<StreamOutcome> {
  const outcome: StreamOutcome = { stream, losses: [] };
  const running = new Set<Slice>();
  const workers: Promise<void>[] = [];
  let first: Slice | null = startSlice(stream.window);

  function take(): Slice | null {
    const slice = first ?? cutLargest(running);
    first = null;
    return slice;
  }

  async function work(): Promise<void> {
    for (let slice = take(); slice !== null; slice = take()) {
      running.add(slice);
      await readSlice({ slice, outcome, context, onPage: hire });
      running.delete(slice);
    }
  }

  function hire(): void {
    while (workers.length < parallelism()) workers.push(work());
  }

  workers.push(work());
  await settleAll(workers);
  return outcome;
}

/** Takes the later half of what the slice with the most left still has to read; null where none has enough. */
function cutLargest(running: ReadonlySet<Slice>): Slice | null {
  const [largest] = [...running].sort((one, other) => timeLeft(other) - timeLeft(one));
  if (largest === undefined) return null;
  const isWorthIt =
    largest.pageSpanMs > 0 && timeLeft(largest) >= FEWEST_PAGES_TO_CUT * largest.pageSpanMs;
  if (!isWorthIt) return null;
  const middleMs = Math.ceil((largest.reachedMs + largest.untilMs) / 2);
  const later: TimeWindow = { sinceMs: middleMs, untilMs: largest.untilMs };
  largest.untilMs = middleMs;
  return startSlice(later, largest.pageSpanMs);
}

function timeLeft(slice: Slice): number {
  return slice.untilMs - slice.reachedMs;
}

/** Waits for all, also for those that join meanwhile, then throws what the first of them threw. */
async function settleAll(workers: readonly Promise<void>[]): Promise<void> {
  let settled: PromiseSettledResult<void>[] = [];
  while (settled.length < workers.length) settled = await Promise.allSettled(workers);
  for (const result of settled) if (result.status === 'rejected') throw result.reason;
}
