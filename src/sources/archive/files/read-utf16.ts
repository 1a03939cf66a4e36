export type Utf16 = 'utf-16le' | 'utf-16be';

/**
 * Tells UTF-16, as PowerShell writes it, by its byte order mark, or without one by its first two characters: whatever holds
 * records begins with two of ASCII. Null for any other text.
 */
export function findUtf16(front: Buffer): Utf16 | null {
  const mark = front.toString('hex', 0, 2);
  const zeros = [...front.subarray(0, 4)].map((byte) => (byte === 0 ? '0' : 'x')).join('');
  if (mark === 'fffe' || zeros === 'x0x0') return 'utf-16le';
  if (mark === 'feff' || zeros === '0x0x') return 'utf-16be';
  return null;
}

/** Gives UTF-8 of text in UTF-16. */
export async function* readUtf16(
  chunks: AsyncIterable<Buffer>,
  encoding: Utf16,
): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}
