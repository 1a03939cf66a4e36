import type { Party } from '../../model/log-event.ts';

/** An application's login is its client id, which tells a reader nothing. */
const APPLICATION = 'PublicClientApp';

/**
 * The login, else the name, else the id, and an application by its name; null where the log names nothing. Text from a
 * log, still unescaped; a party read from an event goes through `toPrintableParty` first.
 */
export function nameParty(party: Party | null): string | null {
  if (party === null) return null;
  const { type, login, name, id } = party;
  const names = type === APPLICATION ? [name, login, id] : [login, name, id];
  return names.find(isTelling) ?? null;
}

function isTelling(text: string | null): text is string {
  return text !== null && text !== '' && text.toLowerCase() !== 'unknown';
}
