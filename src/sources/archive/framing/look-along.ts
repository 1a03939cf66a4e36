import { tallyOf } from '../coverage/file-reading.ts';
import { lookInto } from '../coverage/tally-events.ts';
import { noteThinned } from '../coverage/thinned-records.ts';
import { FLATTENED_RECORD } from '../formats/flattened-record.ts';
import { readEvent } from '../formats/read-event.ts';
import { ROW_END, ROW_FIELDS, ROW_START } from '../scan/line-scanner.ts';
import type { SkippedRows } from '../scan/sift-lines.ts';
import { noteOrg, noteSampling, type Run } from '../take-records.ts';
import { HEAD_BYTES, recogniseLine, unwrapSampled } from './sample-lines.ts';

/** The places lie so far apart, and from some megabytes on by an eighth of what lies in front: all of them cost a hundredth of the scan. */
const STEP_BYTES = 1 << 18;
const STEPS_A_DOUBLING = 8;
const LINE_FEED = 0x0a;

export interface AlongTask {
  /** The format that the lines count for. */
  readonly format: string;
  /** Where they begin in the decompressed file. */
  readonly firstOffset: number;
}

/**
 * Looks into lines that nobody asked for, one now and then along a file: its front tells little of what another export holds that
 * was appended to it, or of people, where it begins with a night of jobs. Those that are asked for are looked into anyway.
 * Which ones hangs on places in the file alone, so that reading it in pieces looks into the same.
 */
export function createLookAlong(
  run: Run,
  { format, firstOffset }: AlongTask,
): (rows: SkippedRows) => void {
  let place = findPlace(firstOffset);

  return ({ rows, from, to, area, areaAt }) => {
    if (from === to) return;
    const begin = rows[from + ROW_START] ?? 0;
    const end = findFeed(area, rows[to - ROW_FIELDS + ROW_END] ?? 0);
    for (;;) {
      const at = areaAt(place - firstOffset);
      if (at > end) return;
      place = findPlace(place + 1);
      const feed = at < 0 ? -1 : findFeed(area, at);
      // Any other line was parsed, or is blank.
      if (feed > begin) lookIntoLine(run, format, area.toString('utf8', findStart(area, at), feed));
    }
  };
}

/** The first place to look at from an offset on; what lies in the front of a file is looked into before it is read. */
function findPlace(offset: number): number {
  const doubling = 2 ** Math.floor(Math.log2(Math.max(1, offset)));
  const step = Math.max(STEP_BYTES, doubling / STEPS_A_DOUBLING);
  return Math.max(HEAD_BYTES, Math.ceil(offset / step) * step);
}

function findFeed(area: Buffer, from: number): number {
  let at = from;
  while (area[at] !== LINE_FEED) at += 1;
  return at;
}

function findStart(area: Buffer, at: number): number {
  let start = at;
  while (start > 0 && area[start - 1] !== LINE_FEED) start -= 1;
  return start;
}

function lookIntoLine(run: Run, format: string, line: string): void {
  const recognised = recogniseLine(line);
  if (recognised === null) return;
  const isFlattened = recognised.format === FLATTENED_RECORD;
  const tally = tallyOf(run.reading, isFlattened ? FLATTENED_RECORD.id : format);
  for (const record of unwrapSampled(recognised).events) {
    lookInto(tally, record);
    noteSampling(run, record);
    const event = readEvent(record);
    if (event !== null) noteThinned(tally.thinned, event);
  }
  noteOrg(run, recognised);
  noteSampling(run, recognised.value);
}
