import type { LogEvent } from '../model/log-event.ts';
import { readPlain } from './read-origin.ts';

/** A token is no session, runs wherever its program does, and has checks of its own. */
export function isByToken(event: LogEvent): boolean {
  return readPlain(event, 'transaction.detail.requestApiTokenId') !== null;
}
