import { isAttempt, type LogEvent, readTargets, readText } from '../../model/log-event.ts';
import { MINUTE_MS } from '../../model/time-window.ts';
import { keyOf } from '../name-party.ts';
import { createTimesByKey } from '../times-by-key.ts';

/**
 * What support staff changed in the tenant; logged since August 2022.
 * Source: https://sec.okta.com/supportactions
 */
export const SUPPORT_ACTION_TYPES: readonly string[] = ['support.org.update'];

/** A support action and the change that it made are logged within this time of each other. */
const SUPPORT_ACTION_SPAN_MS = 5 * MINUTE_MS;

export interface SupportActions {
  accept(event: LogEvent): void;
  /** True where a support action names the transaction of an event. */
  sharesTransaction(event: LogEvent): boolean;
  /** True where a support action was on the same user shortly before or after an event. */
  sharesTarget(event: LogEvent): boolean;
}

export function beginSupportActions(): SupportActions {
  const transactions = new Set<string>();
  const byTarget = createTimesByKey();
  return {
    accept(event) {
      if (!SUPPORT_ACTION_TYPES.includes(event.eventType) || isAttempt(event)) return;
      const transactionId = readTransactionId(event);
      if (transactionId !== null) transactions.add(transactionId);
      for (const target of listTargetKeys(event)) byTarget.add(target, event.publishedMs);
    },
    sharesTransaction(event) {
      const transactionId = readTransactionId(event);
      return transactionId !== null && transactions.has(transactionId);
    },
    sharesTarget(event) {
      const sinceMs = event.publishedMs - SUPPORT_ACTION_SPAN_MS;
      const untilMs = event.publishedMs + SUPPORT_ACTION_SPAN_MS;
      return listTargetKeys(event).some(
        (target) => byTarget.findFirst(target, sinceMs, untilMs) !== null,
      );
    },
  };
}

function readTransactionId(event: LogEvent): string | null {
  const id = readText(event, 'transaction.id');
  return id === null || id === '' || id === 'unknown' ? null : id;
}

/** Users alone: an application or a factor that two events share ties nothing together. */
function listTargetKeys(event: LogEvent): string[] {
  return readTargets(event)
    .filter((target) => target.type === 'User')
    .flatMap((target) => keyOf(target) ?? []);
}
