import { isAttempt, type LogEvent } from '../../model/log-event.ts';
import type { AddressMatcher } from '../address-matcher.ts';
import { readPlain } from '../read-origin.ts';
import { readPlace } from '../read-place.ts';
import { readProgram } from '../read-program.ts';
import { createDayHistory } from './day-history.ts';

/** What the rule `api-token-on-two-networks` looks at. */
export const TOKEN_USE_TYPES: readonly string[] = [
  'user.lifecycle.create',
  'user.lifecycle.activate',
  'user.lifecycle.deactivate',
  'user.account.reset_password',
  'user.account.update_password',
  'user.account.expire_password',
  'user.account.privilege.grant',
  'user.mfa.factor.activate',
  'user.mfa.factor.deactivate',
  'user.mfa.factor.reset_all',
  'group.privilege.grant',
  'iam.resourceset.bindings.add',
  'app.oauth2.client.privilege.grant',
  'application.lifecycle.create',
  'application.lifecycle.update',
  'policy.lifecycle.update',
  'policy.rule.add',
  'policy.rule.update',
  'policy.rule.delete',
  'system.api_token.create',
  'system.idp.lifecycle.create',
  'system.idp.lifecycle.update',
  'zone.update',
];

/** On so many of the days before a token was used so, or it is not usual for it. */
const FEWEST_DAYS = 3;

export interface TokenHabits {
  accept(event: LogEvent): void;
  /** Whether the same API token was used by such a program from that network and country on days before. */
  isUsual(event: LogEvent): boolean;
  /** Whether one of those days lies after a moment. */
  isKnownSince(event: LogEvent, sinceMs: number): boolean;
}

/** Remembers where each API token is at home: a pipeline that runs in two clouds does so every day. */
export function beginTokenHabits(ownNetworks: AddressMatcher): TokenHabits {
  const history = createDayHistory();
  return {
    accept(event) {
      if (isAttempt(event) || !TOKEN_USE_TYPES.includes(event.eventType)) return;
      const use = describeUse(event, ownNetworks);
      if (use !== null) history.add(use, event.publishedMs);
    },
    isUsual(event) {
      const use = describeUse(event, ownNetworks);
      return use !== null && history.countDaysBefore(use, event.publishedMs) >= FEWEST_DAYS;
    },
    isKnownSince(event, sinceMs) {
      const use = describeUse(event, ownNetworks);
      return use !== null && history.countDaysBefore(use, event.publishedMs, sinceMs) > 0;
    },
  };
}

/** The same text for uses that are alike; null without a token, or where nobody can tell from where it came. */
function describeUse(event: LogEvent, ownNetworks: AddressMatcher): string | null {
  const token = readPlain(event, 'transaction.detail.requestApiTokenId');
  const program = readProgram(event);
  if (token === null || program === null) return null;
  const place = readPlace(event, ownNetworks);
  return place === null ? null : JSON.stringify([token, place.network, place.country, program]);
}
