import type { Party } from '../../model/log-event.ts';

/**
 * The login, else the name, else the id; null where the log names nothing. Text from a log, still unescaped;
 * a party read from an event goes through `toPrintableParty` first.
 */
export function nameParty(party: Party | null): string | null {
  if (party === null) return null;
  return [party.login, party.name, party.id].find(isTelling) ?? null;
}

function isTelling(text: string | null): text is string {
  return text !== null && text !== '' && text.toLowerCase() !== 'unknown';
}
