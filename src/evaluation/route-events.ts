import { MOST_EVENT_TYPES, mayHoldType } from '../model/event-type-set.ts';
import type { Acceptor, Listener } from '../model/listener.ts';
import { rememberAnswers } from '../model/remember-answers.ts';

/**
 * Gives a function that hands each event to the listeners that may need its type.
 * Who that is, and how they take it, is worked out once per type, so that a hundred rules cost as much as the few that apply.
 */
export function routeEvents(listeners: readonly Listener[]): Acceptor {
  const findAcceptors = rememberAnswers(
    (eventType: string) => listeners.flatMap((listener) => acceptorOf(listener, eventType) ?? []),
    MOST_EVENT_TYPES,
  );
  return (event) => {
    for (const accept of findAcceptors(event.eventType)) accept(event);
  };
}

function acceptorOf(listener: Listener, eventType: string): Acceptor | null {
  if (!mayHoldType(listener.eventTypes, eventType)) return null;
  if (listener.acceptorOf !== undefined) return listener.acceptorOf(eventType);
  return (event) => listener.accept(event);
}
