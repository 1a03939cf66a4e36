import {
  type FileReading,
  isDamagedThroughout,
  noteSearchPage,
  startFileReading,
  startSavedPulls,
  tallyOf,
} from '../coverage/file-reading.ts';
import { mergeTally } from '../coverage/tally-events.ts';

/** Gives the reading of a file that was read in pieces, in their order: what reading it as a whole would have given. */
export function joinReadings(pieces: readonly FileReading[]): FileReading {
  const [first, ...others] = pieces;
  if (first === undefined || others.length === 0) return first ?? startFileReading('');
  const joined = startFileReading(first.name);
  joined.front = first.front;
  for (const piece of pieces) append(joined, piece);
  return joined;
}

function append(reading: FileReading, next: FileReading): void {
  reading.records += next.records;
  reading.parsed += next.parsed;
  reading.malformed += next.malformed;
  reading.others += next.others;
  reading.endOffset = Math.max(reading.endOffset, next.endOffset);
  appendDamages(reading, next);
  appendTimes(reading, next);
  for (const [format, tally] of next.tallies) mergeTally(tallyOf(reading, format), tally);
  for (const [total, hits] of next.searches) noteSearchPage(reading, { total, hits });
  reading.isSampled ||= next.isSampled;
  if (next.saved === null) return;
  reading.saved ??= startSavedPulls();
  reading.saved.begun += next.saved.begun;
  for (const org of next.saved.orgs) reading.saved.orgs.add(org);
  reading.saved.ended.push(...next.saved.ended);
  reading.saved.unread.push(...next.saved.unread);
}

/** What stands at the end of one piece lies before the first event of the next, and the other way round. */
function appendDamages(reading: FileReading, next: FileReading): void {
  for (const damage of reading.damages) damage.afterMs ??= next.openingMs;
  for (const damage of next.damages) {
    if (isDamagedThroughout(reading) && damage.extent === 'here') continue;
    reading.damages.push({ ...damage, beforeMs: damage.beforeMs ?? reading.latestMs });
  }
}

function appendTimes(reading: FileReading, next: FileReading): void {
  const { firstMs, lastMs } = reading;
  if (next.firstMs === null || next.lastMs === null) return;
  reading.largestStepBackMs = Math.max(
    reading.largestStepBackMs,
    next.largestStepBackMs,
    (lastMs ?? next.firstMs) - next.firstMs,
  );
  reading.largestStepForwardMs = Math.max(
    reading.largestStepForwardMs,
    next.largestStepForwardMs,
    next.lastMs - (firstMs ?? next.lastMs),
  );
  reading.firstMs = Math.min(firstMs ?? next.firstMs, next.firstMs);
  reading.lastMs = Math.max(lastMs ?? next.lastMs, next.lastMs);
  reading.openingMs ??= next.openingMs;
  reading.latestMs = next.latestMs;
}
