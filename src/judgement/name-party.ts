import { formatList } from '../model/format-list.ts';
import type { Party } from '../model/log-event.ts';
import { isUnknownParty, toPrintableParty } from '../model/printable-party.ts';

const LONGEST_NAME = 120;

/** One name in plain text, on one line: login, else display name, else id. Never what an unknown person typed. */
export function nameParty(party: Party | null): string {
  if (party === null) return 'somebody';
  const { login, name, id, type } = toPrintableParty(party);
  if (isUnknownParty(party)) return [login, name].find(isTelling) ?? 'somebody unknown';
  if (type === 'SystemPrincipal') return `Okta's system account (${login ?? id ?? 'no name'})`;
  const isPerson = type === 'User' || type === null;
  const names = isPerson ? [login, name, id] : [name, login, id];
  return toOneLine(names.find(isTelling) ?? 'somebody');
}

/** Okta writes `unknown` where it has no name. */
function isTelling(text: string | null): text is string {
  return text !== null && text.toLowerCase() !== 'unknown';
}

/** The key under which two mentions are one party: id, else login. */
export function keyParty(party: Party): string {
  return party.id ?? party.login?.toLowerCase() ?? party.name ?? '';
}

/** Log text as part of a sentence: no line breaks or control characters, and not endless. */
export function toOneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const characters = [...line];
  return characters.length <= LONGEST_NAME
    ? line
    : `${characters.slice(0, LONGEST_NAME - 1).join('')}…`;
}

/** `a`, `a and b`, `a, b and c`, `a, b, c and 4 more`. */
export function listNames(names: readonly string[], most = 3): string {
  return formatList(names, most);
}
