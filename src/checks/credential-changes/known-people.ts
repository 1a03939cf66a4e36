import type { Party } from '../../model/log-event.ts';
import type { Tuning } from '../../model/tuning.ts';
import type { ImpersonationRecord } from '../support-access/impersonation-record.ts';
import { bearsSystemLogin } from './attribute-change.ts';

/** True where the list names the person, by login or id; lists are in lower case. */
export function isListed(party: Party | null, list: readonly string[]): boolean {
  if (party === null) return false;
  return [party.login, party.id].some((name) => name !== null && list.includes(name.toLowerCase()));
}

/**
 * True where support access was granted by somebody of the organisation: a person, nobody called as Okta's
 * system account is, and nobody from outside the own domains where the tuning file names any.
 */
export function isOwnGrant(record: ImpersonationRecord, tuning: Tuning): boolean {
  if (record.action !== 'grant' && record.action !== 'extend') return false;
  if (!record.isByUser || record.by === null) return false;
  const by = { id: record.byId, type: 'User', login: record.by, name: null };
  return !bearsSystemLogin(by) && !isOutsider(by, tuning);
}

/** True where the tuning file names own domains and somebody's login is of another one; names without a domain are of none. */
export function isOutsider(
  party: Party | null,
  { ownDomains }: Pick<Tuning, 'ownDomains'>,
): boolean {
  const domain = readDomain(party?.login ?? '');
  return domain !== null && ownDomains.length > 0 && !ownDomains.includes(domain);
}

/**
 * True for an account that somebody who works for Okta has in this tenant, whatever the tuning file names: no domain of any
 * customer's. The login of the system account is on records that are no person's, so it tells nothing here.
 */
export function isOktaStaff(
  party: Party | null,
  { ownDomains }: Pick<Tuning, 'ownDomains'>,
): boolean {
  if (party === null || bearsSystemLogin(party)) return false;
  return readDomain(party.login ?? '') === OKTA_DOMAIN && !ownDomains.includes(OKTA_DOMAIN);
}

const OKTA_DOMAIN = 'okta.com';

/** What stands behind the last `@`: people may put anything before it, another domain included. */
function readDomain(login: string): string | null {
  const at = login.lastIndexOf('@');
  return at === -1 ? null : login.slice(at + 1).toLowerCase();
}
