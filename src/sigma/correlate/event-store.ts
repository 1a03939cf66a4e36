import zlib from 'node:zlib';
import { isRecord, type LogEvent } from '../../model/log-event.ts';

/** What a correlation keeps of an event that met one of its rules; the record itself rests in its batch. */
export interface KeptEvent {
  readonly uuid: string;
  readonly publishedMs: number;
  readonly batch: EventBatch;
  readonly index: number;
}

/** Events that are packed together once there are enough of them. */
interface EventBatch {
  events: LogEvent[];
  packed: Buffer | null;
}

/** Keeps events for later in little memory. */
export interface EventStore {
  /** Takes an event in; the same event given twice in a row, as to two correlations, is kept once. */
  keep(event: LogEvent): KeptEvent;
  /** Shows events as they were, batch by batch, so that no more than one batch of them is unpacked at a time. */
  visit(kept: Iterable<KeptEvent>, show: (kept: KeptEvent, event: LogEvent) => void): void;
}

/** Records of one log resemble each other: some hundreds of them pack to a twentieth. */
const EVENTS_IN_A_BATCH = 256;

/**
 * A correlation over all sign-ins keeps most of a log, as events come in no promised order, and nearly all of it for
 * nothing. Records that stay parsed take twenty times the memory, and the garbage collector more time than the packing.
 */
export function createEventStore(): EventStore {
  let batch: EventBatch = { events: [], packed: null };
  let last: { event: LogEvent; kept: KeptEvent } | null = null;
  return {
    keep: (event) => {
      if (last?.event === event) return last.kept;
      const { uuid, publishedMs } = event;
      const kept = { uuid, publishedMs, batch, index: batch.events.length };
      batch.events.push(event);
      last = { event, kept };
      if (batch.events.length >= EVENTS_IN_A_BATCH) {
        pack(batch);
        batch = { events: [], packed: null };
      }
      return kept;
    },
    visit: (kept, show) => {
      for (const [{ events, packed }, members] of byBatch(kept)) {
        const shown = packed === null ? events : unpack(packed);
        for (const member of members) {
          const event = shown[member.index];
          if (event !== undefined) show(member, event);
        }
      }
    },
  };
}

function byBatch(kept: Iterable<KeptEvent>): Map<EventBatch, KeptEvent[]> {
  const batches = new Map<EventBatch, KeptEvent[]>();
  for (const one of kept) {
    const members = batches.get(one.batch);
    if (members === undefined) batches.set(one.batch, [one]);
    else members.push(one);
  }
  return batches;
}

function pack(batch: EventBatch): void {
  batch.packed = compress(Buffer.from(JSON.stringify(batch.events)));
  batch.events = [];
}

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
