import { tallyOf } from './coverage/file-reading.ts';
import { startSkippedEvents } from './coverage/skipped-events.ts';
import { createLookAlong } from './framing/look-along.ts';
import { lookForOthers } from './framing/look-for-others.ts';
import { createLineSieve } from './scan/line-sieve.ts';
import type { SiftTask } from './scan/sift-lines.ts';
import { type FileTask, type Run, takeText } from './take-records.ts';

/** How the lines of a file are found, and what becomes of them. */
export type Sifting = Pick<SiftTask, 'scanner' | 'sink'>;

interface SiftedFile {
  readonly sieve: NonNullable<FileTask['sieve']>;
  readonly format: string;
  /** Where its bytes begin in the decompressed file. */
  readonly firstOffset: number;
}

/** Takes what the sieve lets through as it takes all else, and notes what it holds back. */
export function startSifting(run: Run, { sieve, format, firstOffset }: SiftedFile): Sifting {
  const { scanner } = sieve;
  const tally = tallyOf(run.reading, format);
  const skipped = startSkippedEvents(
    { reading: run.reading, format },
    { sieve: createLineSieve(sieve), scanner },
  );
  const lookAlong = createLookAlong(run, { format, firstOffset });
  return {
    scanner,
    sink: {
      skip: (given) => {
        const to = skipped.note(given.rows, given.from, given.to);
        const passed = { ...given, to };
        lookForOthers(tally, passed);
        lookAlong(passed);
        return to;
      },
      parse: (bytes, offset, isTorn) => {
        takeText(run, bytes, { offset: firstOffset + offset, isTorn });
      },
    },
  };
}
