import type { LogEvent } from '../model/log-event.ts';
import { readOrigin } from './read-origin.ts';

/** The signature of a program without its versions, which change every week. */
export function readProgram(event: LogEvent): string | null {
  return readOrigin(event).userAgent?.replace(/\d+/g, '') ?? null;
}
