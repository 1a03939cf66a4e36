import type { TimeWindow } from '../../../model/time-window.ts';
import { HOUR_MS, hullOf, overlaps } from '../../../model/time-window.ts';
import {
  type Damage,
  type FileReading,
  isDamagedThroughout,
  STILL_GROWING,
} from './file-reading.ts';

/** A stretch of time in which a file lost something, and how that looked. */
export interface DamagedStretch {
  readonly file: FileReading;
  /** Open ends are infinite. */
  readonly window: TimeWindow;
  readonly damages: readonly Damage[];
}

/** Logs come a little out of order; a file that goes back farther than this has no order to go by. */
const MOST_DISORDER_MS = HOUR_MS;

/**
 * Works out when the lost records of a file can have happened: between their neighbours where the file is in order,
 * anywhere that the file may reach where it is not.
 */
export function locateDamage(file: FileReading, files: readonly FileReading[]): DamagedStretch[] {
  const stretches: DamagedStretch[] = [];
  if (isOnlyGrowing(file) && endsArchive(file, files)) return [];
  if (isDamagedThroughout(file)) {
    return [{ file, window: reachOf(file, files), damages: file.damages }];
  }
  const located = file.damages
    .map((damage) => ({ damage, window: windowOf(damage, file, files) }))
    .sort((one, other) => one.window.sinceMs - other.window.sinceMs);
  for (const { damage, window } of located) {
    const last = stretches.at(-1);
    if (last === undefined || !overlaps(last.window, window)) {
      stretches.push({ file, window, damages: [damage] });
      continue;
    }
    stretches[stretches.length - 1] = {
      file,
      window: {
        sinceMs: last.window.sinceMs,
        untilMs: Math.max(last.window.untilMs, window.untilMs),
      },
      damages: [...last.damages, damage],
    };
  }
  return stretches;
}

function isOnlyGrowing({ damages }: FileReading): boolean {
  return damages.length === 1 && damages[0]?.reason === STILL_GROWING;
}

/** What is appended to the last file of a log lies behind all events, where the archive vouches for nothing anyway. */
function endsArchive(file: FileReading, files: readonly FileReading[]): boolean {
  const { largestStepBackMs, largestStepForwardMs, lastMs } = file;
  const isAscending =
    largestStepBackMs <= MOST_DISORDER_MS && largestStepBackMs < largestStepForwardMs;
  return isAscending && files.every((other) => (other.lastMs ?? 0) <= (lastMs ?? 0));
}

function windowOf(damage: Damage, file: FileReading, files: readonly FileReading[]): TimeWindow {
  const reach = reachOf(file, files);
  const windows = ordersOf(file).map((order) => windowIn(order, { damage, file, reach }));
  return hullOf(windows) ?? reach;
}

function windowIn(
  order: Order,
  {
    damage: { beforeMs, ...damage },
    file: { largestStepBackMs, largestStepForwardMs },
    reach,
  }: { readonly damage: Damage; readonly file: FileReading; readonly reach: TimeWindow },
): TimeWindow {
  const afterMs = damage.extent === 'to-the-end' ? null : damage.afterMs;
  const isAscending = order === 'ascending';
  const slackMs = isAscending ? largestStepBackMs : largestStepForwardMs;
  const [earlierMs, laterMs] = isAscending ? [beforeMs, afterMs] : [afterMs, beforeMs];
  return {
    sinceMs: earlierMs === null ? reach.sinceMs : earlierMs - slackMs,
    untilMs: laterMs === null ? reach.untilMs : laterMs + slackMs + 1,
  };
}

type Order = 'ascending' | 'descending';

/**
 * Which way the times of a file go, give or take an hour; none where it has no order. Where all its events lie within an hour, as
 * what is left of a file that was cut, it may be either: a single late one is as much as their order.
 */
export function ordersOf(file: FileReading): Order[] {
  if (file.firstMs === file.lastMs) return [];
  const orders: Order[] = [];
  if (file.largestStepBackMs <= MOST_DISORDER_MS) orders.push('ascending');
  if (file.largestStepForwardMs <= MOST_DISORDER_MS) orders.push('descending');
  return orders;
}

/**
 * How far the lost part of a file may reach: to the neighbouring files where the archive is cut by time,
 * without end where another file runs beside it.
 */
function reachOf(file: FileReading, files: readonly FileReading[]): TimeWindow {
  const { firstMs, lastMs } = file;
  let sinceMs = Number.NEGATIVE_INFINITY;
  let untilMs = Number.POSITIVE_INFINITY;
  if (firstMs === null || lastMs === null) return { sinceMs, untilMs };
  const others = files.flatMap((other) =>
    other === file || other.firstMs === null || other.lastMs === null
      ? []
      : [{ firstMs: other.firstMs, lastMs: other.lastMs }],
  );
  if (others.every((other) => other.firstMs >= firstMs || other.lastMs <= firstMs)) {
    for (const other of others) {
      if (other.lastMs <= firstMs) sinceMs = Math.max(sinceMs, other.lastMs);
    }
  }
  if (others.every((other) => other.firstMs >= lastMs || other.lastMs <= lastMs)) {
    for (const other of others) {
      if (other.firstMs >= lastMs) untilMs = Math.min(untilMs, other.firstMs);
    }
  }
  return { sinceMs, untilMs };
}
