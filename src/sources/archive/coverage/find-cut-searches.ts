import { ALL_EVENT_TYPES } from '../../../model/event-type-set.ts';
import { formatNumber } from '../../../model/format-number.ts';
import type { SourceHole } from '../../../model/reading.ts';
import type { TimeWindow } from '../../../model/time-window.ts';
import { UNTOLD_TOTAL } from '../framing/read-search-page.ts';
import type { FileReading } from './file-reading.ts';
import { ordersOf } from './locate-damage.ts';

/** Whatever limits a search does so at a multiple of this: 1,000 rows in ES|QL, 30,000 in Sentinel, 50,000 in Splunk. */
const LIMIT_ROWS = 1000;
/**
 * As many as a sheet has beside its header, and as a sheet without one, in Excel and in what older programs save.
 * Source: https://support.microsoft.com/en-us/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
 */
const SHEET_ROWS: readonly number[] = [65_535, 65_536, 1_048_575, 1_048_576];
/** Of a thousand files one has a round thousand of records by chance; among so many it may be this one. */
const ENOUGH_FOR_CHANCE = 100;

/**
 * Finds searches of which not every page was saved. Pages that tell the same total are taken for one search, in whatever files
 * they stand; when the events of the missing ones happened nobody can tell.
 */
export function findCutSearches(files: readonly FileReading[], window: TimeWindow): SourceHole[] {
  const hitsByTotal = new Map<number, number>();
  for (const { searches } of files) {
    for (const [total, hits] of searches) {
      if (total === UNTOLD_TOTAL) continue;
      hitsByTotal.set(total, (hitsByTotal.get(total) ?? 0) + hits);
    }
  }
  return [...hitsByTotal]
    .filter(([total, hits]) => hits < total)
    .map(([total, hits]) => ({
      window,
      eventTypes: ALL_EVENT_TYPES,
      reason: Number.isFinite(total)
        ? `the saved search found at least ${total} events, and the archive holds ${hits} of them`
        : 'the saved search gave up before it had looked everywhere, or goes on in another page',
      remedy: Number.isFinite(total)
        ? 'save every page of the search, or give an export'
        : 'save the whole search in one answer, or give an export',
    }));
}

/**
 * Finds files that end with a page behind which others follow. A last page in another file may be that of another search: only in
 * one file are they taken for one.
 */
export function findOpenSearches(files: readonly FileReading[], window: TimeWindow): SourceHole[] {
  return files
    .filter(({ searches }) => (searches.get(UNTOLD_TOTAL) ?? UNTOLD_TOTAL) < UNTOLD_TOTAL)
    .map(({ name }) => ({
      window,
      eventTypes: ALL_EVENT_TYPES,
      reason: `${name} ends with a page of a search that says that it is not the last one`,
      remedy: `put every page of the search into one file, up to the last, in place of ${name}`,
    }));
}

/**
 * Finds searches and sheets that were cut at a limit: files of a round number of records, of any time. In order of time, such a file ends
 * early and says so itself. Among many files without order it is chance, and where two lie in one time somebody wrote a log in parts.
 */
export function findLimitedSearches(
  files: readonly FileReading[],
  window: TimeWindow,
): SourceHole[] {
  const unordered = files.filter((file) => file.firstMs !== null && ordersOf(file).length === 0);
  const limited = unordered
    .filter(({ records }) => records % LIMIT_ROWS === 0 || SHEET_ROWS.includes(records))
    .flatMap(({ name, records, firstMs, lastMs }) =>
      firstMs === null || lastMs === null ? [] : [{ name, records, firstMs, lastMs }],
    )
    .sort((one, other) => one.firstMs - other.firstMs);
  const areParts = limited.some(
    ({ firstMs }, index) => firstMs <= (limited[index - 1]?.lastMs ?? -1),
  );
  if (areParts || limited.length * ENOUGH_FOR_CHANCE < unordered.length) return [];
  return limited.map(({ name, records }) => ({
    window,
    eventTypes: ALL_EVENT_TYPES,
    reason: `${name} holds exactly ${formatNumber(records)} events in no order of time, as ${SHEET_ROWS.includes(records) ? 'a sheet' : 'a search'} does that was cut at its limit`,
    remedy: `export ${name} again in order of time, or in parts that stay below the limit`,
  }));
}
