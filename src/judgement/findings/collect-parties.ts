import { type LogEvent, type Party, readActor, readTargets } from '../../model/log-event.ts';
import { keyParty } from '../name-party.ts';

/** Everybody who acted, each once, in the order of the events. */
export function collectActors(events: readonly LogEvent[]): Party[] {
  return eachOnce(events.flatMap((event) => readActor(event) ?? []));
}

/** Every target user, each once, in the order of the events. */
export function collectTargetUsers(events: readonly LogEvent[]): Party[] {
  return eachOnce(events.flatMap((event) => readTargets(event).filter(isUser)));
}

/** Every target that is no user: apps, groups, tokens, policies; each once. */
export function collectTargetThings(events: readonly LogEvent[]): Party[] {
  return eachOnce(
    events.flatMap((event) => readTargets(event).filter((target) => !isUser(target))),
  );
}

/** The only one there is, or null where there are none or several. */
export function onlyOne(parties: readonly Party[]): Party | null {
  return parties.length === 1 ? (parties[0] ?? null) : null;
}

function isUser(party: Party): boolean {
  return party.type === 'User';
}

function eachOnce(parties: readonly Party[]): Party[] {
  const byKey = new Map<string, Party>();
  for (const party of parties) {
    const key = `${party.type ?? ''} ${keyParty(party)}`;
    if (!byKey.has(key)) byKey.set(key, party);
  }
  return [...byKey.values()];
}
