export interface PeekedChunks {
  readonly head: Buffer;
  /** The whole sequence, the head included. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Lets go of the source where not all of it is read. */
  close(): Promise<void>;
}

/** Reads at least `bytes` from the front, unless there are fewer. */
export async function peekChunks(
  source: AsyncIterable<Buffer>,
  bytes: number,
): Promise<PeekedChunks> {
  const iterator = source[Symbol.asyncIterator]();
  const seen: Buffer[] = [];
  let length = 0;
  while (length < bytes) {
    const next = await iterator.next();
    if (next.done) break;
    seen.push(next.value);
    length += next.value.length;
  }
  const head = seen.length === 1 && seen[0] !== undefined ? seen[0] : Buffer.concat(seen);
  return { head, chunks: replay(head, iterator), close: () => closeIterator(iterator) };
}

/** Lets go of chunks that nobody will read to their end. */
export function closeChunks(chunks: AsyncIterable<Buffer>): Promise<void> {
  return closeIterator(chunks[Symbol.asyncIterator]());
}

/** No generator, because one that nobody has started would not pass on that it is closed. */
function replay(head: Buffer, iterator: AsyncIterator<Buffer>): AsyncIterable<Buffer> {
  let isHeadDue = head.length > 0;
  const replaying: AsyncIterator<Buffer> = {
    next: async () => {
      if (!isHeadDue) return iterator.next();
      isHeadDue = false;
      return { done: false, value: head };
    },
    return: async () => {
      await closeIterator(iterator);
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.asyncIterator]: () => replaying };
}

async function closeIterator(iterator: AsyncIterator<Buffer>): Promise<void> {
  await iterator.return?.();
}
