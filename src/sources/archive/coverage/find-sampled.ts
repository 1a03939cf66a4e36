import { ALL_EVENT_TYPES } from '../../../model/event-type-set.ts';
import type { SourceHole } from '../../../model/reading.ts';
import type { FileReading } from './file-reading.ts';

/** Finds files whose records say that others were left out: which ones, nobody can tell. */
export function findSampled(files: readonly FileReading[]): SourceHole[] {
  return files.flatMap(({ name, isSampled, firstMs, lastMs }) =>
    !isSampled || firstMs === null || lastMs === null
      ? []
      : [
          {
            window: { sinceMs: firstMs, untilMs: lastMs + 1 },
            eventTypes: ALL_EVENT_TYPES,
            reason: `${name} holds a sample of the log: its records say that others were left out`,
            remedy: `give in place of ${name} what was there before a tool such as Vector or Cribl took a sample of it`,
          },
        ],
  );
}
