import { releaseChunk } from './files/release-chunk.ts';
import { type CutValue, cutValues } from './framing/cut-values.ts';
import { createStampDropper } from './framing/stamp-dropper.ts';
import type { ValueSifter } from './scan/sift-values.ts';
import { MAXIMUM_RECORD_BYTES, noteCutValue, type Run, takeText } from './take-records.ts';

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
  const matcher = run.task.findMatcher();
  const task = { maximumBytes: MAXIMUM_RECORD_BYTES, matcher };
  for await (const { values, chunk } of cutValues(chunks, task)) {
    for (const value of values) {
      if (run.reading.losses > 0) return;
      if (sifter !== null && !dropper.isWaiting() && isObjectLine(value)) {
        sifter.take(value);
        continue;
      }
      sifter?.flush();
      dropper.take(value);
    }
    // Only the sifter certainly holds none of it.
    if (sifter !== null && !dropper.isWaiting()) releaseChunk(chunk);
  }
  sifter?.flush();
  dropper.end();
}

/** Says whether a value is an object on one line, as the sifter takes them. */
function isObjectLine({ bytes, isWhole, isOnOneLine }: CutValue): boolean {
  return isWhole && isOnOneLine && bytes[0] === OPEN_OBJECT;
}
