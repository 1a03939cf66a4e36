import { type EventTypeTerm, termHoldsType } from '../model/event-type-set.ts';
import type { Listener } from '../model/listener.ts';
import type { LogEvent } from '../model/log-event.ts';

/**
 * Gives a function that hands each event to the listeners that may need its type.
 * The listeners of a type are worked out once per type, so that a hundred rules cost as much as the few that apply.
 */
export function routeEvents(listeners: readonly Listener[]): (event: LogEvent) => void {
  const listenersByType = new Map<string, readonly Listener[]>();
  return (event) => {
    let concerned = listenersByType.get(event.eventType);
    if (concerned === undefined) {
      concerned = listeners.filter((listener) => concerns(listener, event.eventType));
      listenersByType.set(event.eventType, concerned);
    }
    for (const listener of concerned) listener.accept(event);
  };
}

function concerns(listener: Listener, eventType: string): boolean {
  const { eventTypes } = listener;
  if (eventTypes.kind === 'all') return true;
  return eventTypes.terms.some((term: EventTypeTerm) => termHoldsType(term, eventType));
}
