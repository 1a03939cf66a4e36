import { closeSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** Puts bytes into an area from a position on, at most so many, and gives how many; 0 at the end. */
export type Fill = (area: Buffer, at: number, most: number) => Promise<number>;

export interface FileFill {
  readonly fill: Fill;
  close(): void;
}

/** Between two looks at the rest of the program. */
const BREATH_BYTES = 8 << 20;

/**
 * Reads a file straight into the area, without a copy in between: half the cost of a stream.
 * `tell` hears how many bytes were taken.
 */
export function fillFromFile(path: string, tell: (takenBytes: number) => void): FileFill {
  const file = openSync(path, 'r');
  let taken = 0;
  let breathedAt = 0;
  return {
    fill: async (area, at, most) => {
      const read = readSync(file, area, at, most, null);
      taken += read;
      tell(taken);
      if (taken - breathedAt >= BREATH_BYTES) {
        breathedAt = taken;
        await setImmediate();
      }
      return read;
    },
    close: () => closeSync(file),
  };
}

/** Copies chunks into the area. */
export function fillFromChunks(chunks: AsyncIterable<Buffer>): Fill {
  const iterator = chunks[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  return async (area, at, most) => {
    while (rest.length === 0) {
      const next = await iterator.next();
      if (next.done) return 0;
      rest = next.value;
    }
    const copied = rest.copy(area, at, 0, most);
    rest = rest.subarray(copied);
    return copied;
  };
}
