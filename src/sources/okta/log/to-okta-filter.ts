import type { EventTypeSet, EventTypeTerm, Narrowing } from '../../../model/event-type-set.ts';
import { uniteEventTypes } from '../../../model/event-type-set.ts';
import type { FollowUp } from '../../../model/reading.ts';

/** One value for the `filter` parameter, and the events that it asks for. */
export interface OktaFilter {
  readonly text: string;
  readonly eventTypes: EventTypeSet;
}

/**
 * How long one filter may be once it is encoded for a URL.
 * Okta documents no limit, but it repeats the filter twice in the `Link` header of every page, and servers and
 * proxies commonly end a line at 8 KB: twice 3,000 and the rest of both links stay below that.
 */
export const MAX_FILTER_LENGTH = 3_000;

/**
 * Turns a set into filters that together ask for exactly its events, as few as the length allows.
 * A set that cannot match anything gives none. The set `all` has no filter and must not be given.
 * Source: https://developer.okta.com/docs/reference/system-log-query/
 */
export function toOktaFilters(
  set: Extract<EventTypeSet, { readonly kind: 'some' }>,
  maxLength: number = MAX_FILTER_LENGTH,
): OktaFilter[] {
  const pieces = set.terms
    .filter((term) => term.narrowings.every((narrowing) => narrowing.values.length > 0))
    .flatMap((term) => splitTerm(term, maxLength))
    .map((term) => ({ text: expressTerm(term), term }));
  return packPieces(pieces, maxLength).map((pack) => ({
    text: pack.map((piece) => piece.text).join(' or '),
    eventTypes: uniteEventTypes([{ kind: 'some', terms: pack.map((piece) => piece.term) }]),
  }));
}

/** The filters that ask for every event around the values of follow-ups. */
export function toFollowUpFilters(
  followUps: readonly Pick<FollowUp, 'field' | 'values'>[],
  maxLength: number = MAX_FILTER_LENGTH,
): string[] {
  const texts = followUps.flatMap(({ field, values }) =>
    values.map((value) => `${field} eq ${quote(value)}`),
  );
  const pieces = [...new Set(texts)].map((text) => ({ text }));
  return packPieces(pieces, maxLength).map((pack) => pack.map(({ text }) => text).join(' or '));
}

/** Two filters as one that asks for what either asks for; null where that would be too long. */
export function joinFilters(
  one: string,
  other: string,
  maxLength: number = MAX_FILTER_LENGTH,
): string | null {
  const text = `${one} or ${other}`;
  return encodedLength(text) <= maxLength ? text : null;
}

function expressTerm({ match, eventType, narrowings }: EventTypeTerm): string {
  const operator = match === 'exact' ? 'eq' : 'sw';
  const conditions = narrowings.map(expressNarrowing);
  if (match === 'exact' || eventType !== '') {
    conditions.unshift(`eventType ${operator} ${quote(eventType)}`);
  }
  return conditions.length === 1 ? conditions.join('') : `(${conditions.join(' and ')})`;
}

/**
 * A flag is quoted as text is: so do Okta's own queries of the System Log.
 * Source: hunts/hunt_sign_in_attempts_from_proxies.yml of https://github.com/okta/customer-detections
 */
function expressNarrowing({ field, values }: Narrowing): string {
  const alternatives = values.map((value) => `${field} eq ${quote(value)}`);
  return alternatives.length === 1 ? alternatives.join('') : `(${alternatives.join(' or ')})`;
}

function quote(value: string): string {
  return JSON.stringify(value);
}

/** Halves the values of the longest narrowing until the term fits; what has nothing to halve stays as it is. */
function splitTerm(term: EventTypeTerm, maxLength: number): EventTypeTerm[] {
  const longest = [...term.narrowings].sort(
    (one, other) => other.values.length - one.values.length,
  )[0];
  const fits = encodedLength(expressTerm(term)) <= maxLength;
  if (fits || longest === undefined || longest.values.length < 2) return [term];
  const middle = Math.ceil(longest.values.length / 2);
  return [longest.values.slice(0, middle), longest.values.slice(middle)].flatMap((values) => {
    const narrowings = term.narrowings.map((narrowing) =>
      narrowing === longest ? { ...narrowing, values } : narrowing,
    );
    return splitTerm({ ...term, narrowings }, maxLength);
  });
}

function packPieces<Piece extends { readonly text: string }>(
  pieces: readonly Piece[],
  maxLength: number,
): Piece[][] {
  const packs: Piece[][] = [];
  let length = 0;
  for (const piece of pieces) {
    const added = encodedLength(` or ${piece.text}`);
    const pack = packs.at(-1);
    if (pack !== undefined && length + added <= maxLength) {
      pack.push(piece);
      length += added;
      continue;
    }
    packs.push([piece]);
    length = added;
  }
  return packs;
}

function encodedLength(text: string): number {
  return new URLSearchParams({ f: text }).toString().length - 'f='.length;
}
