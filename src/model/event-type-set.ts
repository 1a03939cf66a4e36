import { groupByKey } from './group-by-key.ts';

/**
 * Fields whose necessary exact values may narrow a request. Rules narrow by results and ids alone, which are exact under
 * the Sigma profile and Okta's filter alike; addresses and logins are what indicators and a focus ask about.
 * Source: System Log query parameters, https://developer.okta.com/docs/reference/system-log-query/
 */
export const NARROWING_FIELDS = [
  'outcome.result',
  'securityContext.isProxy',
  'actor.id',
  'target.id',
  'authenticationContext.externalSessionId',
  'authenticationContext.rootSessionId',
  'client.ipAddress',
  'actor.alternateId',
  'target.alternateId',
] as const;
export type NarrowingField = (typeof NARROWING_FIELDS)[number];

/** Far more types than Okta has; a hostile file may name any number, and whoever remembers something of each forgets then. */
export const MOST_EVENT_TYPES = 5_000;

/** A necessary condition on an event: the field holds one of the values, compared exactly. */
export interface Narrowing {
  readonly field: NarrowingField;
  readonly values: readonly string[];
}

/** Events of one type, or of all types that begin with a prefix, that also satisfy every narrowing. */
export interface EventTypeTerm {
  readonly match: 'exact' | 'prefix';
  readonly eventType: string;
  readonly narrowings: readonly Narrowing[];
}

/** Which events a check may need: an over-approximation that is never too small. */
export type EventTypeSet =
  | { readonly kind: 'all' }
  | { readonly kind: 'some'; readonly terms: readonly EventTypeTerm[] };

export const ALL_EVENT_TYPES: EventTypeSet = { kind: 'all' };
export const NO_EVENT_TYPES: EventTypeSet = { kind: 'some', terms: [] };

export function exactEventTypes(eventTypes: readonly string[]): EventTypeSet {
  return {
    kind: 'some',
    terms: eventTypes.map((eventType) => ({ match: 'exact', eventType, narrowings: [] })),
  };
}

/** Events of whatever type that hold one of the values in one of the fields: a term each, so that each can be covered. */
export function eventsHolding(
  fields: readonly NarrowingField[],
  values: readonly string[],
): EventTypeSet {
  const terms = fields.flatMap((field) =>
    [...new Set(values)].map(
      (value): EventTypeTerm => ({
        match: 'prefix',
        eventType: '',
        narrowings: [{ field, values: [value] }],
      }),
    ),
  );
  return { kind: 'some', terms };
}

/** Says whether events of this type may be in the set, whatever its narrowings ask. */
export function mayHoldType(set: EventTypeSet, eventType: string): boolean {
  if (set.kind === 'all') return true;
  return set.terms.some((term) => termHoldsType(term, eventType));
}

export function termHoldsType(term: EventTypeTerm, eventType: string): boolean {
  return term.match === 'exact'
    ? term.eventType === eventType
    : eventType.startsWith(term.eventType);
}

/** Every event that is in one of the sets; terms that another term already covers are left out. */
export function uniteEventTypes(sets: readonly EventTypeSet[]): EventTypeSet {
  if (sets.some((set) => set.kind === 'all')) return ALL_EVENT_TYPES;
  const terms = sets.flatMap((set) => (set.kind === 'all' ? [] : set.terms));
  return { kind: 'some', terms: dropCoveredTerms(terms) };
}

/** At least every event that is in both sets. */
export function intersectEventTypes(one: EventTypeSet, other: EventTypeSet): EventTypeSet {
  if (one.kind === 'all') return other;
  if (other.kind === 'all') return one;
  const terms = one.terms.flatMap((term) =>
    other.terms.flatMap((otherTerm) => intersectTerms(term, otherTerm)),
  );
  return { kind: 'some', terms: dropCoveredTerms(terms) };
}

/** Says whether an event may be in both sets. */
export function mayShareEvents(one: EventTypeSet, other: EventTypeSet): boolean {
  if (one.kind === 'all') return !isOfNoType(other);
  if (other.kind === 'all') return !isOfNoType(one);
  return one.terms.some((term) =>
    other.terms.some(
      (otherTerm) => termCoversTypes(term, otherTerm) || termCoversTypes(otherTerm, term),
    ),
  );
}

export function isOfNoType(set: EventTypeSet): boolean {
  return set.kind === 'some' && set.terms.length === 0;
}

/** One set for each term: several sources may each cover some of them. */
export function splitEventTypes(set: EventTypeSet): EventTypeSet[] {
  if (set.kind === 'all') return [set];
  return set.terms.map((term) => ({ kind: 'some', terms: [term] }));
}

/** Says whether every event of `part` is also in `whole`, as far as the two descriptions tell. */
export function coversEventTypes(whole: EventTypeSet, part: EventTypeSet): boolean {
  if (whole.kind === 'all') return true;
  if (part.kind === 'all') return false;
  return part.terms.every(
    (term) =>
      listCandidates(whole.terms, term).some(({ term: other }) => coversTerm(other, term)) ||
      coverInPieces(whole.terms, term),
  );
}

/** A list of values that is too long for one question is asked for in pieces: each may be covered by another term. */
function coverInPieces(terms: readonly EventTypeTerm[], part: EventTypeTerm): boolean {
  const index = part.narrowings.findIndex(({ values }) => values.length > 1);
  const narrowing = part.narrowings[index];
  if (narrowing === undefined) return false;
  const pieces = terms.filter((term) => termCoversTypes(term, part));
  if (pieces.length < 2) return false;
  return narrowing.values.every((value) => {
    const narrowings = part.narrowings.with(index, { ...narrowing, values: [value] });
    const one: EventTypeSet = { kind: 'some', terms: [{ ...part, narrowings }] };
    return coversEventTypes({ kind: 'some', terms: pieces }, one);
  });
}

function intersectTerms(one: EventTypeTerm, other: EventTypeTerm): EventTypeTerm[] {
  const narrowings = [...one.narrowings, ...other.narrowings];
  if (termCoversTypes(one, other)) return [{ ...other, narrowings }];
  if (termCoversTypes(other, one)) return [{ ...one, narrowings }];
  return [];
}

function termCoversTypes(whole: EventTypeTerm, part: EventTypeTerm): boolean {
  if (whole.match === 'prefix') return part.eventType.startsWith(whole.eventType);
  return part.match === 'exact' && whole.eventType === part.eventType;
}

function coversTerm(whole: EventTypeTerm, part: EventTypeTerm): boolean {
  return (
    termCoversTypes(whole, part) &&
    whole.narrowings.every((asked) =>
      part.narrowings.some(
        (given) =>
          given.field === asked.field &&
          given.values.every((value) => asked.values.includes(value)),
      ),
    )
  );
}

function dropCoveredTerms(terms: readonly EventTypeTerm[]): EventTypeTerm[] {
  return terms.filter((_, at) => findCovering(terms, at).length === 0);
}

/** The places of the terms that cover the one at a place; of two that say the same, only the first covers. */
export function findCovering(terms: readonly EventTypeTerm[], at: number): number[] {
  const term = terms[at];
  if (term === undefined) return [];
  return listCandidates(terms, term)
    .filter(
      (other) =>
        other.at !== at &&
        coversTerm(other.term, term) &&
        (other.at < at || !coversTerm(term, other.term)),
    )
    .map((other) => other.at);
}

interface PlacedTerm {
  readonly term: EventTypeTerm;
  readonly at: number;
}

/**
 * An incident may name thousands of addresses, each a term of its own. Such a term covers only what asks about its value too, so
 * that nothing is compared with all of them.
 */
interface TermIndex {
  readonly all: readonly PlacedTerm[];
  /** The terms that ask about anything else than one value of one field. */
  readonly general: readonly PlacedTerm[];
  readonly byValue: ReadonlyMap<string, readonly PlacedTerm[]>;
}

/** No key of a value. */
const GENERAL = '';

/** A list of terms never changes, and many questions are asked of one. */
const indices = new WeakMap<readonly EventTypeTerm[], TermIndex>();

function indexTerms(terms: readonly EventTypeTerm[]): TermIndex {
  const known = indices.get(terms);
  if (known !== undefined) return known;
  const all = terms.map((term, at): PlacedTerm => ({ term, at }));
  const byValue = groupByKey(all, ({ term }) => readOnlyValue(term) ?? GENERAL);
  const index = { all, general: byValue.get(GENERAL) ?? [], byValue };
  indices.set(terms, index);
  return index;
}

/** The terms that may cover this one. */
function listCandidates(
  terms: readonly EventTypeTerm[],
  { narrowings }: EventTypeTerm,
): readonly PlacedTerm[] {
  const { all, general, byValue } = indexTerms(terms);
  // Of no value at all, every term says the same.
  if (general.length === all.length || narrowings.some(({ values }) => values.length === 0)) {
    return all;
  }
  const alike = narrowings.flatMap((narrowing) => byValue.get(keyOfValue(narrowing)) ?? []);
  return alike.length === 0 ? general : [...general, ...alike];
}

/** The one value of the one field that a term asks about; null for every other term. */
function readOnlyValue({ narrowings }: EventTypeTerm): string | null {
  const [narrowing, ...others] = narrowings;
  if (narrowing === undefined || others.length > 0) return null;
  return narrowing.values.length === 1 ? keyOfValue(narrowing) : null;
}

function keyOfValue({ field, values }: Narrowing): string {
  return `${field} ${values[0] ?? ''}`;
}
