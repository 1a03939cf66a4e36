import { type LogEvent, readActor, readTargetUser, readText } from '../../model/log-event.ts';
import { keyOf } from '../name-party.ts';
import { readChangeFamily } from './change-types.ts';

/**
 * A key that the events of one operation share: resetting Okta Verify logs an event per method.
 * Okta ties them together by transaction; where that is unknown, the same person changed in the same way by the same
 * actor in the same second is one operation.
 * Source: https://help.okta.com/wf/en-us/content/topics/workflows/connector-reference/oktadevices/events/usermfafactorresetall.htm
 */
export function identifyOperation(event: LogEvent): string {
  const family = readChangeFamily(event.eventType);
  const target = keyOf(readTargetUser(event));
  if (family === null || target === null) return event.uuid;
  const transactionId = readText(event, 'transaction.id');
  if (transactionId !== null && transactionId !== '' && transactionId !== 'unknown') {
    return `${family} ${target} ${transactionId}`;
  }
  const second = Math.floor(event.publishedMs / 1000);
  return `${family} ${target} ${keyOf(readActor(event)) ?? ''} ${second}`;
}
