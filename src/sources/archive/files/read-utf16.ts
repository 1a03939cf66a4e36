const LITTLE_ENDIAN = 'fffe';
const BIG_ENDIAN = 'feff';

/** Says whether a byte order mark shows text to be UTF-16, as PowerShell writes it. */
export function isUtf16(front: Buffer): boolean {
  return [LITTLE_ENDIAN, BIG_ENDIAN].includes(readMark(front));
}

/** Gives UTF-8 of text in UTF-16. */
export async function* readUtf16(
  chunks: AsyncIterable<Buffer>,
  front: Buffer,
): AsyncGenerator<Buffer> {
  const encoding = readMark(front) === LITTLE_ENDIAN ? 'utf-16le' : 'utf-16be';
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

function readMark(front: Buffer): string {
  return front.subarray(0, 2).toString('hex');
}
