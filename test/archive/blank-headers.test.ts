import { describe, expect, it } from 'vitest';
import { blankHeaders, blankHeadersIn } from '../../src/sources/archive/framing/blank-headers.ts';

const HEADERS = 'HTTP/1.1 200 OK\r\nlink: <x>; rel="self"\r\n\r\n';
const TEXT = `${HEADERS}[{"a":"HTTP/1.1 200 OK\\r\\n"}]${HEADERS}["é"]`;

async function* cut(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('headers of HTTP answers', () => {
  it('become blanks, and nothing else does', () => {
    const blanks = ' '.repeat(HEADERS.length);
    expect(blankHeaders(Buffer.from(TEXT)).toString()).toBe(TEXT.replaceAll(HEADERS, blanks));
  });

  it('also where the file comes in chunks of any size', async () => {
    for (let size = 1; size < TEXT.length; size += 1) {
      const chunks: Buffer[] = [];
      for await (const chunk of blankHeadersIn(cut(TEXT, size))) chunks.push(chunk);
      expect(Buffer.concat(chunks)).toEqual(blankHeaders(Buffer.from(TEXT)));
    }
  });

  it('stay where they have no end', () => {
    const text = 'HTTP/1.1 200 OK\r\nlink: <x>\r\n[1]';
    expect(blankHeaders(Buffer.from(text)).toString()).toBe(text);
  });
});
