/** Beyond what small files of logs hold: whoever packed so much into so little gets no memory for it at once. */
const MOST_OUTPUT_BYTES = 1 << 24;

/** Gives all that gzip data holds; null where it is cut, broken, very much, or followed by something else. */
export function inflateSmallGzip(data: Buffer): Buffer | null {
  const { gunzipSync } = process.getBuiltinModule('node:zlib');
  try {
    const inflated: object = gunzipSync(data, { info: true, maxOutputLength: MOST_OUTPUT_BYTES });
    return isInflated(inflated) && inflated.engine.bytesWritten === data.length
      ? inflated.buffer
      : null;
  } catch {
    return null;
  }
}

/** What `info` brings is not in Node's types. Source: https://nodejs.org/api/zlib.html#class-options */
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

function isInflated(result: object): result is Inflated {
  return 'engine' in result;
}
