import { ALL_EVENT_TYPES } from '../../../model/event-type-set.ts';
import { formatCount } from '../../../model/format-count.ts';
import { formatNumber } from '../../../model/format-number.ts';
import type { SourceHole } from '../../../model/reading.ts';
import type { TimeWindow } from '../../../model/time-window.ts';
import { UNTOLD_TIME } from '../formats/settle-published.ts';
import {
  CUT_SHORT,
  type Damage,
  type FileReading,
  FOREIGN,
  isDamagedThroughout,
  STILL_GROWING,
} from './file-reading.ts';
import type { DamagedStretch } from './locate-damage.ts';

/** Says as a hole what a file lost, by its worst damage, and what an export should do otherwise. */
export function describeDamage({ file, window, damages }: DamagedStretch): SourceHole {
  if (damages.some(({ reason }) => reason === STILL_GROWING)) return describeGrowth(file, window);
  const worst =
    damages.find(({ extent }) => extent === 'anywhere') ??
    damages.find(({ extent }) => extent === 'to-the-end') ??
    damages[0];
  return {
    window,
    eventTypes: ALL_EVENT_TYPES,
    reason: `${file.name} is damaged: ${sayLost({ file, damages, worst })} (${worst?.reason ?? 'not readable'})`,
    remedy: `export ${file.name} again${sayHow(damages)}`,
    wasLost: true,
  };
}

/** Whatever else it lost, such as half a record at its end, it may have by now. */
function describeGrowth({ name }: FileReading, window: TimeWindow): SourceHole {
  return {
    window,
    eventTypes: ALL_EVENT_TYPES,
    reason: `${name} ${STILL_GROWING}`,
    remedy: `give ${name} once nothing writes to it any more`,
    wasLost: true,
  };
}

function sayLost({
  file,
  damages,
  worst,
}: {
  readonly file: FileReading;
  readonly damages: readonly Damage[];
  readonly worst: Damage | undefined;
}): string {
  if (worst?.extent === 'anywhere') return 'what it holds is not what was packed';
  const where = `byte ${formatNumber(worst?.offset ?? 0)} on`;
  if (worst?.extent === 'to-the-end') return `nothing can be read from ${where}`;
  const located = damages.reduce((sum, damage) => sum + damage.count, 0);
  const count = isDamagedThroughout(file) ? file.malformed : located;
  return `${formatCount(count, 'record')} could not be read, from ${where}`;
}

/** The same export again would lose the same. */
function sayHow(damages: readonly Damage[]): string {
  if (damages.some(({ reason }) => reason.endsWith(CUT_SHORT))) {
    return ', without a limit to the length of a field';
  }
  if (damages.some(({ reason }) => reason.startsWith(UNTOLD_TIME))) {
    return ', with times in UTC, as 2022-01-16T10:00:00Z';
  }
  return damages.every(({ reason }) => reason === FOREIGN)
    ? ", with nothing but Okta's System Log in it"
    : '';
}
