import type { CutValue } from '../framing/cut-values.ts';
import { markZeros } from './mark-zeros.ts';
import { type SiftTask, siftArea } from './sift-lines.ts';

/** Takes values one by one and parses only those that can matter, as `siftLines` does with the lines of a file. */
export interface ValueSifter {
  /** Takes a value that stands on one line; its bytes are copied. */
  take(value: CutValue): void;
  /** Hands on what was taken so far. */
  flush(): void;
}

const CHUNK_BYTES = 1 << 19;
const LINE_FEED = 0x0a;

export function createValueSifter(task: Pick<SiftTask, 'scanner' | 'sink'>): ValueSifter {
  let filled = 0;
  /** Where the values stand in the area, and where in the file. */
  let starts: number[] = [];
  let offsets: number[] = [];

  function flush(): void {
    let value = 0;
    const offsetOf = (at: number): number => {
      while ((starts[value + 1] ?? Number.POSITIVE_INFINITY) <= at) value += 1;
      return offsets[value] ?? 0;
    };
    const lastOffset = offsets.at(-1) ?? 0;
    const endOffset = lastOffset + filled - (starts.at(-1) ?? 0);
    const areaAt = (offset: number): number => {
      if (offset >= endOffset) return Number.POSITIVE_INFINITY;
      return starts[offsets.findLastIndex((start) => start <= offset)] ?? -1;
    };
    markZeros(task.scanner.reserve(filled), 0, filled);
    siftArea(task, filled, { offsetOf, areaAt });
    filled = 0;
    starts = [];
    offsets = [];
  }

  return {
    take: ({ bytes, offset }) => {
      if (filled + bytes.length >= CHUNK_BYTES) flush();
      const end = filled + bytes.length;
      const area = task.scanner.reserve(end + 1);
      bytes.copy(area, filled);
      area[end] = LINE_FEED;
      starts.push(filled);
      offsets.push(offset);
      filled = end + 1;
    },
    flush,
  };
}
