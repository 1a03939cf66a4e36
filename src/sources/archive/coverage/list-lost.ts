import { mayBeWayOut } from './is-masked.ts';
import {
  ADDRESS,
  FIELDS_OF_PEOPLE,
  INNER_FIELDS,
  type KeptParts,
  RECORD_PARTS,
  TARGET_FIELDS,
} from './kept-parts.ts';

/** So many records without a part are no chance. */
const ENOUGH_RECORDS = 5;
/** So many of people: half of what is looked into at the front of a file. */
const ENOUGH_BY_PEOPLE = 10;

/** What became text, and parts and fields of the record that none of many has: whoever exported them chose columns. */
export function listLost(kept: KeptParts): string[] {
  const { parts, flattened, lookedInto, byPeople } = kept;
  const absent = lookedInto < ENOUGH_RECORDS ? [] : RECORD_PARTS.filter((part) => !parts.has(part));
  const personal = byPeople < ENOUGH_BY_PEOPLE ? [] : FIELDS_OF_PEOPLE;
  const fields = personal
    .filter(([part]) => parts.has(part) && !flattened.has(part))
    .map(([part, field]) => `${part}.${field}`)
    .filter((field) => !parts.has(field) && !flattened.has(field))
    .filter((field) => field !== ADDRESS || !isOneWayOut(kept));
  const inner = byPeople < ENOUGH_BY_PEOPLE ? [] : listLostInside(kept);
  const targets = listLostOfTargets(kept);
  const told = [...listLostReason(kept), ...listLostRole(kept)];
  return [...flattened, ...absent, ...fields, ...inner, ...targets, ...told];
}

function isOneWayOut({ maskedAddresses }: KeptParts): boolean {
  const [address, other] = maskedAddresses;
  return address !== undefined && other === undefined && mayBeWayOut(address);
}

function listLostInside({ parts, flattened }: KeptParts): string[] {
  return INNER_FIELDS.flatMap(([part, object, field]) => {
    const [whole, path] = [`${part}.${object}`, `${part}.${object}.${field}`];
    const isInside = parts.has(whole) && !flattened.has(part) && !flattened.has(whole);
    return isInside && !parts.has(path) ? [path] : [];
  });
}

/** Where none says what it is, nobody finds the one that a check is about. */
function listLostOfTargets({ parts, withTargets }: KeptParts): string[] {
  const lost = TARGET_FIELDS.map((field) => `target.${field}`).filter((path) => !parts.has(path));
  if (withTargets < ENOUGH_RECORDS || lost.length === 0) return [];
  return lost.includes('target.type') ? ['target'] : lost;
}

function listLostReason({ failedWithoutReason, hasReason }: KeptParts): string[] {
  return !hasReason && failedWithoutReason >= ENOUGH_RECORDS ? ['outcome.reason'] : [];
}

function listLostRole({ grantedWithoutRole, hasRole }: KeptParts): string[] {
  return !hasRole && grantedWithoutRole > 0 ? ['debugContext.debugData.privilegeGranted'] : [];
}
