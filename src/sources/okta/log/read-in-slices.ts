import type { TimeWindow } from '../../../model/time-window.ts';
import {
  readSlice,
  type Slice,
  type StreamContext,
  type StreamOutcome,
  startSlice,
} from './read-stream.ts';
import type { Stream } from './stream.ts';

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
  const thrown: unknown[] = [];
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

  /** What a worker throws is kept at once: Node ends where nobody has taken it yet, as of one that joined late. */
  function employ(): void {
    workers.push(work().catch((reason: unknown) => void thrown.push(reason)));
  }

  function hire(): void {
    while (workers.length < parallelism()) employ();
  }

  employ();
  let awaited = 0;
  while (awaited < workers.length) awaited = (await Promise.all(workers)).length;
  if (thrown.length > 0) throw thrown[0];
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
