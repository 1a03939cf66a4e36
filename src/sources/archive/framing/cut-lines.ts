/** Some text of the file that ends where a record may end. */
export interface Block {
  readonly bytes: Buffer;
  /** Where it starts in the decompressed file. */
  readonly offset: number;
  /** True where it ends with the file, and not with a line feed. */
  readonly isTorn: boolean;
}

const LINE_FEED = 0x0a;

/**
 * Cuts chunks into blocks of whole lines; only the last one may lack its line feed.
 * JSON holds no raw line feed inside a string, so that this never cuts a record of newline-delimited JSON.
 * A line longer than `maximumBytes` comes in pieces, of which none parses: it is counted as malformed, never skipped.
 */
export async function* cutLines(
  chunks: AsyncIterable<Buffer>,
  maximumBytes: number,
): AsyncGenerator<Block> {
  let carried: Buffer[] = [];
  let carriedBytes = 0;
  let offset = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(LINE_FEED) + 1;
    if (end === 0 && carriedBytes + chunk.length <= maximumBytes) {
      carried.push(chunk);
      carriedBytes += chunk.length;
      continue;
    }
    const whole = end === 0 ? chunk : chunk.subarray(0, end);
    const bytes = carriedBytes === 0 ? whole : Buffer.concat([...carried, whole]);
    yield { bytes, offset, isTorn: false };
    offset += bytes.length;
    const rest = chunk.subarray(whole.length);
    carried = rest.length === 0 ? [] : [rest];
    carriedBytes = rest.length;
  }
  if (carriedBytes > 0) yield { bytes: Buffer.concat(carried), offset, isTorn: true };
}
