import { isApplication } from '../model/is-application.ts';
import { type LogEvent, type Party, readActor, readTargetUser } from '../model/log-event.ts';
import { toPrintableParty } from '../model/printable-party.ts';

/**
 * A name to print for somebody or a group in the log: login, else display name, else id; null where there is none.
 * What an unknown person typed as login is only counted, because people type passwords there.
 */
export function nameParty(party: Party | null): string | null {
  if (party === null) return null;
  const { type, login, name, id } = toPrintableParty(party);
  // The login of an application is its client id and that of a group `unknown`, which tells a reader nothing.
  const isNobody = type === 'UserGroup' || isApplication(party);
  return isNobody ? (name ?? readKnown(login) ?? id) : (login ?? name ?? id);
}

function readKnown(login: string | null): string | null {
  return login === 'unknown' ? null : login;
}

export function readCaller(event: LogEvent): string | null {
  return nameParty(readActor(event));
}

export function readConcerned(event: LogEvent): string | null {
  return nameParty(readTargetUser(event));
}

/**
 * True where Okta could not tell who it was: the id is "unknown".
 * A missing id alone says less, because Okta's system account and some exports have none.
 */
export function isUnidentified(party: Party): boolean {
  if (party.id !== null) return party.id === 'unknown';
  return party.name === null || party.name === 'unknown';
}

/** A key under which one person's events meet: the id, else the login in lower case, else null. */
export function keyOf(party: Party | null): string | null {
  if (party === null || isUnidentified(party)) return null;
  return party.id ?? party.login?.toLowerCase() ?? null;
}

/** True where the two are the same: by id where both have one, else by login. */
export function isSameParty(one: Party, other: Party): boolean {
  if (isUnidentified(one) || isUnidentified(other)) return false;
  if (one.id !== null && other.id !== null) return one.id === other.id;
  if (one.login === null || other.login === null) return false;
  return one.login.toLowerCase() === other.login.toLowerCase();
}
