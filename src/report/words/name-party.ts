import { isApplication } from '../../model/is-application.ts';
import type { Party } from '../../model/log-event.ts';

/**
 * The login, else the name, else the id, and an application by its name, as its client id tells a reader nothing; null where the
 * log names nothing. Text from a log, still unescaped; a party read from an event goes through `toPrintableParty` first.
 */
export function nameParty(party: Party | null): string | null {
  if (party === null) return null;
  const { login, name, id } = party;
  const names = isApplication(party) ? [name, login, id] : [login, name, id];
  return names.find(isTelling) ?? null;
}

function isTelling(text: string | null): text is string {
  return text !== null && text !== '' && text.toLowerCase() !== 'unknown';
}
