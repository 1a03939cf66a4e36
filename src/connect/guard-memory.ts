import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import v8 from 'node:v8';
import { AuditError } from '../errors.ts';
import { formatCount } from '../model/format-count.ts';
import { isRecord } from '../model/log-event.ts';
import type { EventSource } from '../model/reading.ts';

/** Judging and telling what was read takes memory as well, and a heap that is nearly full is collected without end. */
const MOST_SHARE = 0.75;

/**
 * Gives the same source, whose reads end while there is still memory to say so: V8 ends a process without a word to the log or
 * the issue.
 * A read throws AuditError `memory-exhausted`.
 */
export function guardMemory(source: EventSource): EventSource {
  return {
    ...source,
    read: async (request, deliver) => {
      const heap = watchHeap();
      let events = 0;
      try {
        return await source.read(request, (batch) => {
          if (heap.isFull()) throw sayExhausted(events);
          events += batch.length;
          deliver(batch);
        });
      } finally {
        heap.endWatch();
      }
    },
  };
}

interface HeapWatch {
  isFull(): boolean;
  endWatch(): void;
}

/** Looks behind each full collection, because only then is what is in use also needed. */
function watchHeap(): HeapWatch {
  let isFull = false;
  const observer = new PerformanceObserver((list) => {
    if (!list.getEntries().some(isFullCollection)) return;
    const { used_heap_size: used, heap_size_limit: limit } = v8.getHeapStatistics();
    isFull = used > limit * MOST_SHARE;
  });
  observer.observe({ entryTypes: ['gc'] });
  return { isFull: () => isFull, endWatch: () => observer.disconnect() };
}

function isFullCollection(entry: PerformanceEntry): boolean {
  const detail = 'detail' in entry && isRecord(entry.detail) ? entry.detail : {};
  return detail['kind'] === constants.NODE_PERFORMANCE_GC_MAJOR;
}

function sayExhausted(events: number): AuditError {
  const limitMb = Math.floor(v8.getHeapStatistics().heap_size_limit / 2 ** 20);
  return new AuditError({
    code: 'memory-exhausted',
    message: `The ${limitMb} MB that Node may use do not suffice: they were full after ${formatCount(events, 'event')} that the checks concern.`,
    hint: 'Ask about less time with `since` and `until`, or about an incident, whose checks concern few events; or give Node more, as in NODE_OPTIONS=--max-old-space-size=12000 for 12 GB.',
  });
}
