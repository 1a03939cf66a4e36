import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { LogEvent, RawEvent } from '../model/log-event.ts';

/** An event that is kept in case it is needed: compressed, it takes a fifth of the memory. */
export interface PackedEvent extends Omit<LogEvent, 'raw'> {
  /** The record as JSON, deflated, a character a byte: texts live where the collector sees them, buffers do not. */
  readonly packed: string;
}

/** One record is about a kilobyte; the usual window and tables would take longer to set up than to fill. */
const SMALL = { level: 1, memLevel: 4, windowBits: 12 } as const;

export function packEvent({ uuid, eventType, publishedMs, raw }: LogEvent): PackedEvent {
  const packed = deflateRawSync(JSON.stringify(raw), SMALL).toString('latin1');
  return { uuid, eventType, publishedMs, packed };
}

export function unpackEvent({ uuid, eventType, publishedMs, packed }: PackedEvent): LogEvent {
  const raw: RawEvent = JSON.parse(inflateRawSync(Buffer.from(packed, 'latin1')).toString());
  return { uuid, eventType, publishedMs, raw };
}
