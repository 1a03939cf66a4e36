/**
 * The headers of an answer as `curl -i` writes them, several of them where a proxy answered first. No string of JSON holds them,
 * because none holds a line end. The counts are bounded, because each takes room on the stack.
 */
const HEADERS =
  /HTTP\/\d(?:\.\d)? \d{3}(?: [^\r\n"]{0,200})?\r?\n(?:[\w-]{1,100}:[^\r\n]{0,16000}\r?\n){0,200}\r?\n/g;
const MARK = Buffer.from('HTTP/');
const LONGEST_HEADERS = 1 << 16;
const BLANK = ' ';

/** Says whether a file begins with the headers of an HTTP answer. */
export function beginsWithHeaders(head: Buffer): boolean {
  return head.subarray(0, MARK.length).equals(MARK);
}

/** Gives text with blanks in the place of headers, so that all else stays where it is. */
export function blankHeaders(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  return Buffer.from(
    text.replace(HEADERS, (headers) => BLANK.repeat(headers.length)),
    'latin1',
  );
}

/** The same for a file in chunks: headers that begin in one may end in the next. */
export async function* blankHeadersIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = blankHeaders(Buffer.concat([held, chunk]));
    const end = findOpenEnd(bytes);
    held = bytes.subarray(end);
    yield bytes.subarray(0, end);
  }
  yield held;
}

/** Where headers begin that may not be all there; else the end, but for as much as a mark may begin in. */
function findOpenEnd(bytes: Buffer): number {
  const from = Math.max(0, bytes.length - LONGEST_HEADERS);
  const mark = bytes.indexOf(MARK, from);
  return mark < 0 ? Math.max(0, bytes.length - MARK.length) : mark;
}
