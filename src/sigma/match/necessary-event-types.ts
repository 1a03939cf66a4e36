import {
  ALL_EVENT_TYPES,
  type EventTypeSet,
  type EventTypeTerm,
  intersectEventTypes,
  type Narrowing,
  type NarrowingField,
  uniteEventTypes,
} from '../../model/event-type-set.ts';
import type { Atom, Expression, LeafTest } from '../expression/detection-expression.ts';
import { typeLimitOf } from '../expression/event-type-spelling.ts';
import type { FieldPath } from '../expression/field-path.ts';
import { plainTextOf } from '../expression/string-pattern.ts';

/** More terms than Okta has event types say nothing; the whole is never too small. */
const MAX_TERMS = 2_000;
/** Beyond this many pairs an intersection is given up for one of its sides, which is never too small. */
const MAX_PAIRS = 10_000;

/**
 * The event types, and exact values of some fields, without which a detection cannot be true: never too small, often
 * too large. It is what is asked of Okta and looked for in archives.
 */
export function necessaryEventTypes(expression: Expression): EventTypeSet {
  const set = derive(expression, new Map());
  if (set.kind === 'all') return set;
  return set.terms.some(isOfAnyType) ? ALL_EVENT_TYPES : set;
}

/** Inside, `any type, narrowed` is the prefix of nothing, so that `and` can carry a narrowing to a type. */
function isOfAnyType(term: EventTypeTerm): boolean {
  return term.match === 'prefix' && term.eventType === '';
}

/** A condition may name one selection many times; it is derived once. */
function derive(expression: Expression, derived: Map<Expression, EventTypeSet>): EventTypeSet {
  const known = derived.get(expression) ?? deriveExpression(expression, derived);
  derived.set(expression, known);
  return known;
}

function deriveExpression(
  expression: Expression,
  derived: Map<Expression, EventTypeSet>,
): EventTypeSet {
  switch (expression.kind) {
    case 'atom':
      return deriveAtom(expression.atom);
    case 'not':
      return ALL_EVENT_TYPES;
    case 'or':
      return uniteWithinReason(expression.parts.map((part) => derive(part, derived)));
    case 'and': {
      let set: EventTypeSet = ALL_EVENT_TYPES;
      for (const part of expression.parts) {
        set = intersectWithinReason(set, derive(part, derived));
      }
      return set;
    }
  }
}

function uniteWithinReason(sets: readonly EventTypeSet[]): EventTypeSet {
  let terms = 0;
  for (const set of new Set(sets)) terms += set.kind === 'all' ? 0 : set.terms.length;
  return terms > MAX_TERMS ? ALL_EVENT_TYPES : uniteEventTypes([...new Set(sets)]);
}

function intersectWithinReason(one: EventTypeSet, other: EventTypeSet): EventTypeSet {
  if (one === other) return one;
  if (one.kind === 'all' || other.kind === 'all') return intersectEventTypes(one, other);
  return one.terms.length * other.terms.length > MAX_PAIRS ? one : intersectEventTypes(one, other);
}

function deriveAtom(atom: Atom): EventTypeSet {
  if (atom.kind !== 'leaf') return ALL_EVENT_TYPES;
  if (atom.field.name === 'eventType') return deriveEventType(atom.tests);
  const narrowing = deriveNarrowing(atom.field, atom.tests);
  if (narrowing === null) return ALL_EVENT_TYPES;
  return { kind: 'some', terms: [{ match: 'prefix', eventType: '', narrowings: [narrowing] }] };
}

function deriveEventType(tests: readonly LeafTest[]): EventTypeSet {
  const terms: EventTypeTerm[] = [];
  for (const test of tests) {
    const limit = test.kind === 'pattern' && test.cased ? typeLimitOf(test.pattern) : null;
    if (limit === null) return ALL_EVENT_TYPES;
    terms.push({ match: limit.match, eventType: limit.text, narrowings: [] });
  }
  return uniteWithinReason([{ kind: 'some', terms }]);
}

/**
 * Fields with a closed list of values, which Okta writes in this spelling only: there a comparison that ignores case and
 * Okta's own `eq` mean the same. Source: schemas LogOutcome and LogSecurityContext of Okta's OpenAPI description 2026.06.3.
 */
const CLOSED_VALUES: Partial<Record<NarrowingField, readonly string[]>> = {
  'outcome.result': [
    'SUCCESS',
    'FAILURE',
    'SKIPPED',
    'ALLOW',
    'DENY',
    'CHALLENGE',
    'UNKNOWN',
    'RATE_LIMIT',
    'DEFERRED',
    'SCHEDULED',
    'ABANDONED',
    'UNANSWERED',
  ],
  'securityContext.isProxy': ['true', 'false'],
};

/** Ids differ in case alone, so that they narrow only where the rule compares them exactly. */
const ID_FIELDS: readonly NarrowingField[] = [
  'actor.id',
  'target.id',
  'authenticationContext.externalSessionId',
];

/** `target.User.id` asks for more than `target.id`, which is therefore necessary. */
function idFieldOf({ steps }: FieldPath): NarrowingField | null {
  const keys = steps.filter(({ kind }) => kind !== 'called' && kind !== 'index');
  const plain = keys.map((step) => ('key' in step ? step.key : '')).join('.');
  return ID_FIELDS.find((name) => name === plain) ?? null;
}

function deriveNarrowing(field: FieldPath, tests: readonly LeafTest[]): Narrowing | null {
  const values: string[] = [];
  const closed = Object.hasOwn(CLOSED_VALUES, field.name) ? (field.name as NarrowingField) : null;
  const ids = idFieldOf(field);
  for (const test of tests) {
    const text = test.kind === 'pattern' ? plainTextOf(test.pattern) : null;
    if (text === null || test.kind !== 'pattern') return null;
    const spelled = closed === null ? text : spellClosed(closed, text);
    if (spelled === null || (closed === null && !test.cased)) return null;
    values.push(spelled);
  }
  const narrowed = closed ?? ids;
  return narrowed === null || values.length === 0 ? null : { field: narrowed, values };
}

function spellClosed(field: NarrowingField, text: string): string | null {
  const upper = text.toUpperCase();
  return CLOSED_VALUES[field]?.find((value) => value.toUpperCase() === upper) ?? null;
}
