import type { LogEvent, RawEvent } from '../model/log-event.ts';

/** An event that is kept in case it is needed: as text it takes less than half of the memory. */
export interface PackedEvent extends Omit<LogEvent, 'raw'> {
  readonly text: string;
}

export function packEvent({ uuid, eventType, publishedMs, raw }: LogEvent): PackedEvent {
  return { uuid, eventType, publishedMs, text: JSON.stringify(raw) };
}

export function unpackEvent({ uuid, eventType, publishedMs, text }: PackedEvent): LogEvent {
  const raw: RawEvent = JSON.parse(text);
  return { uuid, eventType, publishedMs, raw };
}
