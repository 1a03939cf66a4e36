/** Gives UTF-8 of text that a byte order mark shows to be UTF-16, as PowerShell writes it; any other text as it is. */
export function readUtf16(chunks: AsyncIterable<Buffer>, front: Buffer): AsyncIterable<Buffer> {
  const mark = front.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return transcode(chunks, 'utf-16le');
  return mark === 'feff' ? transcode(chunks, 'utf-16be') : chunks;
}

async function* transcode(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}
