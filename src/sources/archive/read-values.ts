import { type CutValue, cutValues } from './framing/cut-values.ts';
import { createStampDropper } from './framing/stamp-dropper.ts';
import type { ValueSifter } from './scan/sift-values.ts';
import { MAXIMUM_RECORD_BYTES, noteCutValue, type Run, takeText } from './take-records.ts';

const LINE_FEED = 0x0a;
const OPEN_OBJECT = 0x7b;

/** Reads values that stand in lists or behind one another; without a sifter each is parsed. */
export async function readValues(
  run: Run,
  chunks: AsyncIterable<Buffer>,
  sifter: ValueSifter | null,
): Promise<void> {
  const dropper = createStampDropper(({ bytes, offset, isWhole, reason }) => {
    if (isWhole) takeText(run, bytes, { offset, isTorn: false });
    else noteCutValue(run, { isRecord: bytes.length > 0, offset, reason });
  });
  for await (const value of cutValues(chunks, MAXIMUM_RECORD_BYTES)) {
    if (run.reading.losses > 0) return;
    if (sifter !== null && !dropper.isWaiting() && isLine(value)) {
      sifter.take(value);
      continue;
    }
    sifter?.flush();
    dropper.take(value);
  }
  sifter?.flush();
  dropper.end();
}

/** Says whether a value is an object on one line, as the sifter takes them. */
function isLine({ bytes, isWhole }: CutValue): boolean {
  return isWhole && bytes[0] === OPEN_OBJECT && !bytes.includes(LINE_FEED);
}
