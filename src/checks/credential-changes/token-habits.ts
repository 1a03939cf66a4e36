import { isAttempt, type LogEvent } from '../../model/log-event.ts';
import type { AddressMatcher } from '../address-matcher.ts';
import { readAsn, readPlain } from '../read-origin.ts';
import { readPlace } from '../read-place.ts';
import { readProgram } from '../read-program.ts';
import { createDayHistory, toDay } from './day-history.ts';

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
  isAtHome(event: LogEvent): boolean;
  /**
   * Whether it was so on days on which the rule asked as well: whoever copied a token may use it alone while its pipeline
   * rests.
   */
  isUsual(event: LogEvent): boolean;
  /** Whether one of those days lies after `sinceMs` and before the day of `atMs`. */
  isKnownSince(
    event: LogEvent,
    times: { readonly sinceMs: number; readonly atMs: number },
  ): boolean;
}

interface Use {
  readonly token: string;
  /** What the rule takes for a network, also for one of the organisation's own. */
  readonly asn: string | null;
  readonly program: string;
  /** The same text for uses that are alike. */
  readonly way: string;
}

interface Day {
  readonly networks: Set<string>;
  readonly programs: Set<string>;
}

/** Remembers where each API token is at home: a pipeline that runs in two clouds does so every day. */
export function beginTokenHabits(ownNetworks: AddressMatcher): TokenHabits {
  const history = createDayHistory();
  const days = new Map<string, Day>();
  const wasShared = (token: string, number: number): boolean => {
    const day = days.get(nameDay(token, number));
    return day !== undefined && day.networks.size > 1 && day.programs.size > 1;
  };
  const listSharedDays = (use: Use, atMs: number, sinceMs?: number): readonly number[] =>
    history.listDaysBefore(use.way, atMs, sinceMs).filter((number) => wasShared(use.token, number));
  return {
    accept(event) {
      if (isAttempt(event) || !TOKEN_USE_TYPES.includes(event.eventType)) return;
      const use = readUse(event, ownNetworks);
      if (use === null) return;
      history.add(use.way, event.publishedMs);
      const name = nameDay(use.token, toDay(event.publishedMs));
      const day = days.get(name) ?? { networks: new Set(), programs: new Set() };
      if (use.asn !== null) day.networks.add(use.asn);
      day.programs.add(use.program);
      days.set(name, day);
    },
    isAtHome(event) {
      const use = readUse(event, ownNetworks);
      return use !== null && history.countDaysBefore(use.way, event.publishedMs) >= FEWEST_DAYS;
    },
    isUsual(event) {
      const use = readUse(event, ownNetworks);
      return use !== null && listSharedDays(use, event.publishedMs).length >= FEWEST_DAYS;
    },
    isKnownSince(event, { sinceMs, atMs }) {
      const use = readUse(event, ownNetworks);
      return use !== null && listSharedDays(use, atMs, sinceMs).length > 0;
    },
  };
}

function nameDay(token: string, number: number): string {
  return `${number} ${token}`;
}

/** Null without a token, or where nobody can tell from where it came. */
function readUse(event: LogEvent, ownNetworks: AddressMatcher): Use | null {
  const token = readPlain(event, 'transaction.detail.requestApiTokenId');
  const program = readProgram(event);
  if (token === null || program === null) return null;
  const place = readPlace(event, ownNetworks);
  if (place === null) return null;
  const { network, country } = place;
  const way = JSON.stringify([token, network, country, program]);
  return { token, asn: readAsn(event), program, way };
}
