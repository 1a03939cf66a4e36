import { type LogEvent, readActor, readTargets } from '../../model/log-event.ts';
import type { Facts, FactValue } from '../../model/match.ts';
import { describeUnknownLogin, listTypedTexts } from '../../model/printable-party.ts';

/** Shorter texts would also hit the words around them. */
const SHORTEST_TYPED_TEXT = 3;

/** Puts the length in the place of what unknown people typed. */
export interface TextHider {
  hideInText(text: string): string;
  hideInFacts(facts: Facts): Facts;
}

/**
 * Hides what unknown people typed as their login in these events, wherever a check repeated it, in any case.
 * The memory keeps sentences for months, so they must be clean before anything stores or prints them.
 */
export function createTextHider(events: readonly LogEvent[]): TextHider {
  const typed = new Set(
    events.flatMap((event) =>
      [readActor(event), ...readTargets(event)].flatMap((party) => listTypedTexts(party)),
    ),
  );
  const patterns = [...typed]
    .filter((text) => text.length >= SHORTEST_TYPED_TEXT)
    .sort((one, other) => other.length - one.length)
    .map((text) => ({ pattern: toPattern(text), hidden: describeUnknownLogin(text) }));
  const hideInText = (text: string): string =>
    patterns.reduce((left, { pattern, hidden }) => left.replace(pattern, () => hidden), text);
  return {
    hideInText,
    hideInFacts: (facts) =>
      Object.fromEntries(
        Object.entries(facts).map(([name, value]) => [name, hideInFact(value, hideInText)]),
      ),
  };
}

function hideInFact(value: FactValue, hide: (text: string) => string): FactValue {
  if (typeof value === 'string') return hide(value);
  return typeof value === 'object' ? value.map(hide) : value;
}

function toPattern(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'gi');
}
