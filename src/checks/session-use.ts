import { isAttempt, type LogEvent, readActor, readText } from '../model/log-event.ts';
import type { AddressMatcher } from './address-matcher.ts';
import { readPlain } from './read-origin.ts';
import { readPlace } from './read-place.ts';

const CONSOLE_TYPE = 'user.session.access_admin_app';

/**
 * Where a session is used by a browser. Factor events are left out: a push is answered by the telephone, whose own
 * address and browser they carry.
 */
export const USE_TYPES: readonly string[] = [
  'user.session.start',
  CONSOLE_TYPE,
  'user.authentication.sso',
  'policy.evaluate_sign_on',
];

/**
 * Okta's Admin Console, which calls other parts of Okta in the person's session from Okta's own network.
 * Source: https://github.com/panther-labs/panther-analysis/pull/1086
 */
const ADMIN_CONSOLE_CLIENT = 'okta.b58d5b75-07d4-5f25-bf59-368a1261a405';

export interface SessionUse {
  readonly network: string;
  readonly browser: string;
}

/** From where and by what an event uses its session; null where it is no use of one, or does not say. */
export function readSessionUse(event: LogEvent, ownNetworks: AddressMatcher): SessionUse | null {
  // A second reading gives the session's other events as well.
  if (!USE_TYPES.includes(event.eventType)) return null;
  if (isAttempt(event) || readActor(event)?.type !== 'User') return null;
  if (readText(event, 'client.id') === ADMIN_CONSOLE_CLIENT) return null;
  const place = readPlace(event, ownNetworks);
  const browser = readBrowser(event);
  return place === null || browser === null ? null : { network: place.network, browser };
}

/** System and browser as Okta names them, because versions change with every update; else the signature without numbers. */
export function readBrowser(event: LogEvent): string | null {
  const raw = readPlain(event, 'client.userAgent.rawUserAgent');
  const os = readPlain(event, 'client.userAgent.os');
  const browser = readPlain(event, 'client.userAgent.browser');
  if (raw === null && (os === null || browser === null)) return null;
  const isNamed = os !== null && browser !== null && browser !== 'UNKNOWN' && os !== 'Unknown';
  return isNamed ? `${browser} on ${os}` : (raw ?? '').replaceAll(/\d+/g, '').slice(0, 120);
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

/** Whoever was let into the Admin Console has the session of an administrator. */
export function opensConsole(event: LogEvent): boolean {
  return event.eventType === CONSOLE_TYPE && !isAttempt(event);
}
