import zlib from 'node:zlib';
import { addToGroup } from '../../model/group-by-key.ts';
import { isRecord, type LogEvent } from '../../model/log-event.ts';
import { createNumberList } from '../../model/number-list.ts';
import { type AskAgain, narrowerAsk } from './ask-again.ts';
import { createUuidList } from './uuid-list.ts';

/** An event that met a rule of a correlation, by its number in the store. */
export type KeptEvent = number;

/** Events that are packed together once there are enough of them. */
interface EventBatch {
  events: LogEvent[];
  packed: Buffer | null;
}

/** Remembers events, and keeps those whole that cannot be had again, in little memory. */
export interface EventStore {
  /** Takes note of an event; the same event given twice in a row, as to two correlations, is one. */
  note(event: LogEvent): KeptEvent;
  /** Keeps the record as well. */
  hold(kept: KeptEvent, event: LogEvent): void;
  /** Notes by what the record can be had again, unless it is held. */
  letGo(kept: KeptEvent, asked: AskAgain): void;
  /** Whether its record is held, or by what it can be asked for in a second reading; null until that is settled. */
  recordOf(kept: KeptEvent): 'held' | AskAgain | null;
  uuidOf(kept: KeptEvent): string;
  timeOf(kept: KeptEvent): number;
  /** The same order as that of whole events: time, then uuid. */
  compare(one: KeptEvent, other: KeptEvent): number;
  /** Shows held events as they were, batch by batch, so that no more than one batch of them is unpacked at a time. */
  visit(kept: Iterable<KeptEvent>, show: (kept: KeptEvent, event: LogEvent) => void): void;
}

/** Records of one log resemble each other: some hundreds of them pack to a twentieth. */
const EVENTS_IN_A_BATCH = 256;

/**
 * A correlation over all sign-ins concerns most of a log, as events come in no promised order, and nearly all of it for
 * nothing. Records that stay parsed take twenty times the memory, and the garbage collector more time than the packing.
 */
export function createEventStore(): EventStore {
  const pack = createPacker();
  const batches: EventBatch[] = [];
  const uuids = createUuidList();
  const times = createNumberList((count) => new Float64Array(count));
  /** Its number among the records that are held, or what to ask for. */
  const records: (number | AskAgain | null)[] = [];
  let held = 0;
  let last: { event: LogEvent; kept: KeptEvent } | null = null;
  return {
    note: (event) => {
      if (last?.event === event) return last.kept;
      const kept = records.push(null) - 1;
      uuids.push(event.uuid);
      times.push(event.publishedMs);
      last = { event, kept };
      return kept;
    },
    hold: (kept, event) => {
      if (typeof records[kept] === 'number') return;
      records[kept] = held;
      const batch = batches[batchOf(held)] ?? { events: [], packed: null };
      batches[batchOf(held)] = batch;
      held += 1;
      batch.events.push(event);
      if (batch.events.length < EVENTS_IN_A_BATCH) return;
      batch.packed = pack(batch.events);
      batch.events = [];
    },
    letGo: (kept, asked) => {
      const record = records[kept] ?? null;
      if (typeof record === 'number') return;
      records[kept] = record === null ? asked : narrowerAsk(record, asked);
    },
    recordOf: (kept) => {
      const record = records[kept] ?? null;
      return typeof record === 'number' ? 'held' : record;
    },
    uuidOf: uuids.at,
    timeOf: times.at,
    compare: (one, other) => times.at(one) - times.at(other) || uuids.compare(one, other),
    visit: (kept, show) => {
      const byBatch = new Map<number, KeptEvent[]>();
      for (const one of kept) {
        const record = records[one];
        if (typeof record === 'number') addToGroup(byBatch, batchOf(record), one);
      }
      for (const [number, members] of byBatch) {
        const { events = [], packed = null } = batches[number] ?? {};
        const shown = packed === null ? events : unpack(packed);
        for (const one of members) {
          const event = shown[Number(records[one]) % EVENTS_IN_A_BATCH];
          if (event !== undefined) show(one, event);
        }
      }
    },
  };
}

function batchOf(record: number): number {
  return Math.floor(record / EVENTS_IN_A_BATCH);
}

/** Text becomes bytes in one and the same place: a fresh buffer for each batch costs more than the packing of it. */
function createPacker(): (events: readonly LogEvent[]) => Buffer {
  let place = Buffer.alloc(0);
  return (events) => {
    const text = JSON.stringify(events);
    const mostBytes = text.length * MOST_BYTES_OF_A_CODE_UNIT;
    if (place.length < mostBytes) place = Buffer.allocUnsafe(mostBytes);
    return compress(place.subarray(0, place.write(text)));
  };
}

/** Of UTF-16, in UTF-8. */
const MOST_BYTES_OF_A_CODE_UNIT = 3;

function unpack(packed: Buffer): readonly LogEvent[] {
  const events: unknown = JSON.parse(decompress(packed).toString('utf8'));
  return Array.isArray(events) ? events.filter(isLogEvent) : [];
}

function isLogEvent(value: unknown): value is LogEvent {
  return isRecord(value) && typeof value['uuid'] === 'string' && isRecord(value['raw']);
}

/** Zstandard is much the faster one, and exists from Node 22.15 on. */
const hasZstd = typeof zlib.zstdCompressSync === 'function';

function compress(bytes: Buffer): Buffer {
  if (!hasZstd) return zlib.deflateRawSync(bytes, { level: 1 });
  return zlib.zstdCompressSync(bytes, {
    params: { [zlib.constants.ZSTD_c_compressionLevel]: 1 },
  });
}

function decompress(bytes: Buffer): Buffer {
  return hasZstd ? zlib.zstdDecompressSync(bytes) : zlib.inflateRawSync(bytes);
}
