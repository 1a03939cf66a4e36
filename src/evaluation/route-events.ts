import { type EventTypeTerm, termHoldsType } from '../model/event-type-set.ts';
import type { Acceptor, Listener } from '../model/listener.ts';

/** Far more than Okta has; a hostile file may name any number, and then the memory starts anew. */
const MAX_KNOWN_TYPES = 5_000;

/**
 * Gives a function that hands each event to the listeners that may need its type.
 * Who that is, and how they take it, is worked out once per type, so that a hundred rules cost as much as the few that apply.
 */
export function routeEvents(listeners: readonly Listener[]): Acceptor {
  const acceptorsByType = new Map<string, readonly Acceptor[]>();
  return (event) => {
    let acceptors = acceptorsByType.get(event.eventType);
    if (acceptors === undefined) {
      acceptors = listeners.flatMap((listener) => acceptorOf(listener, event.eventType) ?? []);
      if (acceptorsByType.size >= MAX_KNOWN_TYPES) acceptorsByType.clear();
      acceptorsByType.set(event.eventType, acceptors);
    }
    for (const accept of acceptors) accept(event);
  };
}

function acceptorOf(listener: Listener, eventType: string): Acceptor | null {
  if (!concerns(listener, eventType)) return null;
  if (listener.acceptorOf !== undefined) return listener.acceptorOf(eventType);
  return (event) => listener.accept(event);
}

function concerns({ eventTypes }: Listener, eventType: string): boolean {
  if (eventTypes.kind === 'all') return true;
  return eventTypes.terms.some((term: EventTypeTerm) => termHoldsType(term, eventType));
}
