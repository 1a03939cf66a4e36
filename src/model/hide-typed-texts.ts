import { type LogEvent, readActor, readTargets } from './log-event.ts';
import type { Facts, FactValue } from './match.ts';
import { describeUnknownLogin, listTypedTexts } from './printable-party.ts';

/** Shorter ones would also hit the words around them, and are no password worth the name. */
const SHORTEST_TYPED_TEXT = 3;

/** What unknown people typed as their login in these events. */
export function listTypedTextsIn(events: readonly LogEvent[]): string[] {
  return events.flatMap((event) =>
    [readActor(event), ...readTargets(event)].flatMap((party) => listTypedTexts(party)),
  );
}

/** Gives a function that puts `(unknown login, 14 characters)` wherever one of the texts occurs, in any case. */
export function createTextHider(typed: Iterable<string>): (text: string) => string {
  const patterns = [...new Set(typed)]
    .filter((text) => text.length >= SHORTEST_TYPED_TEXT)
    .sort((one, other) => other.length - one.length)
    .map((text) => ({ pattern: toPattern(text), hidden: describeUnknownLogin(text) }));
  return (text) =>
    patterns.reduce((left, { pattern, hidden }) => left.replace(pattern, () => hidden), text);
}

export function hideInFacts(facts: Facts, hide: (text: string) => string): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, hideInFact(value, hide)]),
  );
}

function hideInFact(value: FactValue, hide: (text: string) => string): FactValue {
  if (typeof value === 'string') return hide(value);
  return typeof value === 'object' ? value.map(hide) : value;
}

/** Matches the text as typed and as a quoted string of a query holds it. */
function toPattern(text: string): RegExp {
  const forms = new Set([text, JSON.stringify(text).slice(1, -1)]);
  const alternatives = [...forms].map((form) => form.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(alternatives.join('|'), 'gi');
}
