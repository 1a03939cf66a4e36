import { type EventTally, mayBeChosen, noteChoice } from '../coverage/tally-events.ts';
import { ROW_END, ROW_FIELDS, ROW_START } from '../scan/line-scanner.ts';
import type { SkippedRows } from '../scan/sift-lines.ts';
import { recogniseLine, unwrapSampled } from './sample-lines.ts';

const LINE_FEED = 0x0a;

/**
 * Looks into lines that nobody asked for, as long as all records before them name one and the same, or are attempts that failed:
 * mostly a few lines at the front of a file, but all of a log that somebody filtered to one person or to failures.
 */
export function lookForOthers(
  tally: EventTally,
  { rows, from, to, area }: Omit<SkippedRows, 'areaAt'>,
): void {
  for (let row = from; row < to && mayBeChosen(tally); row += ROW_FIELDS) {
    const lines = area.subarray(rows[row + ROW_START], rows[row + ROW_END]);
    for (let start = 0; start < lines.length && mayBeChosen(tally); ) {
      const feed = lines.indexOf(LINE_FEED, start);
      const end = feed < 0 ? lines.length : feed;
      noteLine(tally, lines.toString('utf8', start, end));
      start = end + 1;
    }
  }
}

function noteLine(tally: EventTally, line: string): void {
  const recognised = recogniseLine(line);
  for (const record of recognised === null ? [] : unwrapSampled(recognised).events) {
    noteChoice(tally, record);
  }
}
