import type { Party } from './log-event.ts';

/** Parties that never typed anything: Okta writes their names itself. */
const MACHINE_TYPES: ReadonlySet<string> = new Set(['SystemPrincipal', 'CaseNumber']);

/** What stands in the place of a hidden text, so that hiding twice changes nothing. */
const HIDDEN = /^\(unknown login, \d+ characters?\)$/;

/**
 * Says whether Okta could not tell who this is: no id, or the literal `unknown`.
 * What stands in the login of such a party was typed by somebody, and people type passwords there.
 */
export function isUnknownParty(party: Party): boolean {
  if (party.type !== null && MACHINE_TYPES.has(party.type)) return false;
  return isNothing(party.id);
}

/** The party as anything but the raw evidence may show it: text that an unknown one typed gives way to its length. */
export function toPrintableParty(party: Party): Party {
  if (!isUnknownParty(party)) return party;
  return { ...party, login: hideTypedText(party.login), name: hideTypedText(party.name) };
}

/** Texts that an unknown party typed, which must appear in no report. */
export function listTypedTexts(party: Party | null): string[] {
  if (party === null || !isUnknownParty(party)) return [];
  return [party.login, party.name].filter(
    (text): text is string => text !== null && !isNothing(text) && !HIDDEN.test(text),
  );
}

/** `(unknown login, 14 characters)`. */
export function describeUnknownLogin(typed: string): string {
  const length = [...typed].length;
  return `(unknown login, ${length} ${length === 1 ? 'character' : 'characters'})`;
}

function hideTypedText(text: string | null): string | null {
  return text === null || isNothing(text) || HIDDEN.test(text) ? text : describeUnknownLogin(text);
}

function isNothing(text: string | null): boolean {
  return text === null || text === '' || text.toLowerCase() === 'unknown';
}
