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

  async function* replay(): AsyncGenerator<Buffer> {
    if (head.length > 0) yield head;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return {
    head,
    chunks: replay(),
    close: async () => {
      await iterator.return?.();
    },
  };
}
