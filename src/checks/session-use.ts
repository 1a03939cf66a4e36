import { isAttempt, type LogEvent, readActor, readText } from '../model/log-event.ts';
import type { AddressMatcher } from './address-matcher.ts';
import { ADMIN_CONSOLE_CLIENT, isByOkta } from './is-by-okta.ts';
import { isByTelephone } from './is-by-telephone.ts';
import { isByToken } from './is-by-token.ts';
import { isForAdminConsole } from './is-for-admin-console.ts';
import { namePlace, readOrigin, readPlain } from './read-origin.ts';
import { readPlace } from './read-place.ts';
import { CHAIN_POWER_TYPES } from './takeover/chain-steps.ts';

const CONSOLE_TYPE = 'user.session.access_admin_app';
const CONSOLE_SIGN_IN_TYPES: readonly string[] = [
  'user.authentication.sso',
  'policy.evaluate_sign_on',
];

/** With the cookie of a session walls are lowered by calls to the API as well: nobody need open the Admin Console. */
const WALL_TYPES: readonly string[] = [
  'policy.rule.update',
  'policy.rule.deactivate',
  'policy.rule.delete',
  'policy.lifecycle.deactivate',
  'policy.lifecycle.delete',
  'user.mfa.factor.reset_all',
  'system.mfa.factor.deactivate',
  'security.authenticator.lifecycle.deactivate',
  'system.log_stream.lifecycle.deactivate',
  'system.log_stream.lifecycle.delete',
  // One address more in a trusted zone is enough.
  'zone.update',
  'zone.deactivate',
  'zone.delete',
  'user.session.impersonation.grant',
];

/** A stolen cookie goes with calls to the API as well, which leave no trace but what they change. */
export const POWER_TYPES: readonly string[] = [
  ...CHAIN_POWER_TYPES,
  'user.lifecycle.create',
  ...WALL_TYPES,
];

/** Where an account is used by a browser, or by a program that has the cookie of its session. */
export const USE_TYPES: readonly string[] = [
  'user.session.start',
  'user.authentication.sso',
  'policy.evaluate_sign_on',
  // Lists of administrators and of weak passwords, which intruders asked for first.
  'analytics.reports.export.request',
  ...POWER_TYPES,
];

/**
 * Whoever has a session keeps what it gives by a factor of their own. Of the events of factors no other is a use, nor this one by
 * anything but a browser on a computer: a push is answered, and many a factor enrolled, by the telephone, whose own address and
 * browser they carry. A link that comes by mail is opened by whatever reads or checks that mail.
 */
const FACTOR_USE_TYPE = 'user.mfa.factor.activate';
const BY_MAIL = /\bEMAIL_FACTOR\b/i;

export const SESSION_USE_TYPES: readonly string[] = [
  ...USE_TYPES,
  // Into a group of administrators as into any other. Workflows do so, too, wherever they run: only a session tells whose it was.
  'group.user_membership.add',
  FACTOR_USE_TYPE,
];

export interface SessionUse {
  readonly network: string;
  readonly browser: string;
}

/** From where and by what an event uses its session; null where it is no use of one, or does not say. */
export function readSessionUse(event: LogEvent, ownNetworks: AddressMatcher): SessionUse | null {
  // A second reading gives the session's other events as well.
  if (!isUse(event) || !isByPerson(event) || isOpenedByOkta(event)) return null;
  const place = readPlace(event, ownNetworks);
  const browser = readBrowser(event);
  return place === null || browser === null ? null : { network: place.network, browser };
}

/** Whoever calls their browser as Okta's own systems do, and gets in so, has an event of power for it all the same. */
function isOpenedByOkta(event: LogEvent): boolean {
  return (
    CONSOLE_SIGN_IN_TYPES.includes(event.eventType) && isByOkta(event) && isForAdminConsole(event)
  );
}

function isUse(event: LogEvent): boolean {
  if (event.eventType !== FACTOR_USE_TYPE) return SESSION_USE_TYPES.includes(event.eventType);
  if (BY_MAIL.test(readText(event, 'outcome.reason') ?? '')) return false;
  return readProduct(event).isNamed && !isByTelephone(event);
}

/** Something that a person did themselves, or whoever has their session: no program with a token, nothing in vain. */
export function isByPerson(event: LogEvent): boolean {
  if (isAttempt(event) || readActor(event)?.type !== 'User') return false;
  return readText(event, 'client.id') !== ADMIN_CONSOLE_CLIENT && !isByToken(event);
}

/** System and browser as Okta names them, because versions change with every update; else the signature without numbers. */
function readBrowser(event: LogEvent): string | null {
  const raw = readPlain(event, 'client.userAgent.rawUserAgent');
  const { os, browser, isNamed } = readProduct(event);
  if (raw === null && (os === null || browser === null)) return null;
  return isNamed ? `${browser} on ${os}` : (raw ?? '').replaceAll(/\d+/g, '').slice(0, 120);
}

function readProduct(event: LogEvent) {
  const os = readPlain(event, 'client.userAgent.os');
  const browser = readPlain(event, 'client.userAgent.browser');
  const isNamed = os !== null && browser !== null && browser !== 'UNKNOWN' && os !== 'Unknown';
  return { os, browser, isNamed };
}

/** Address, place and browser of an event. */
export function describeUse(event: LogEvent): string {
  const origin = readOrigin(event);
  const where = namePlace(origin) ?? 'no place known';
  return `${origin.address ?? 'no address'} (${where}, ${readBrowser(event) ?? 'no browser'})`;
}

/** Gives the function that keeps one of all equal uses: most sessions of a person are alike. */
export function createShareUse(): (use: SessionUse) => SessionUse {
  const known = new Map<string, SessionUse>();
  return (use) => {
    const shared = known.get(keyUse(use)) ?? use;
    known.set(keyUse(use), shared);
    return shared;
  };
}

export function keyUse({ network, browser }: SessionUse): string {
  return `${network} ${browser}`;
}

export function isElsewhere(one: SessionUse, other: SessionUse): boolean {
  return one.network !== other.network && one.browser !== other.browser;
}

/** What shows that a session is that of an administrator: let into the Admin Console, or a change that takes one. */
export function readPower(event: LogEvent): 'console' | 'change' | null {
  if (!POWER_TYPES.includes(event.eventType) || isAttempt(event)) return null;
  return event.eventType === CONSOLE_TYPE ? 'console' : 'change';
}
