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
export const SUPPORT_ACTION_SPAN_MS = 5 * MINUTE_MS;

export interface SupportActions {
  accept(event: LogEvent): void;
  /** How a support action is tied to an event, in words, or null where none is. */
  findTie(event: LogEvent): string | null;
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
    findTie(event) {
      const transactionId = readTransactionId(event);
      if (transactionId !== null && transactions.has(transactionId)) {
        return 'a support action in the same transaction';
      }
      const sinceMs = event.publishedMs - SUPPORT_ACTION_SPAN_MS;
      const untilMs = event.publishedMs + SUPPORT_ACTION_SPAN_MS;
      const isNear = listTargetKeys(event).some(
        (target) => byTarget.findFirst(target, sinceMs, untilMs) !== null,
      );
      return isNear ? 'a support action on the same target within 5 minutes' : null;
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
