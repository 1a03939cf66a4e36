import { CAPITALS } from '../../model/capitals.ts';
import { type Atom, type Expression, fieldsIn } from '../expression/detection-expression.ts';
import type { FieldPath } from '../expression/field-path.ts';
import { needsCapitals } from './needs-capitals.ts';

/** Where one of several parts is enough: the names that all of them have, or those of any. */
type Alternatives = 'in-all' | 'in-any';

/**
 * The fields without which a detection cannot be true, as Okta's records have them: an archive that lost one of them says
 * nothing about it. The type is none: without it there is no event.
 */
export function necessaryFields(expression: Expression): string[] {
  return listFields(expression, 'in-all');
}

/**
 * The fields without which some alternative of a detection cannot be true: an archive that lost one of them is blind to
 * that alternative.
 */
export function fieldsOfAlternatives(expression: Expression): string[] {
  return listFields(expression, 'in-any');
}

/** A keyword may stand anywhere; most of what no other field says stands here, such as addresses that were called. */
const HOME_OF_WORDS = 'debugContext.debugData';

function listFields(expression: Expression, alternatives: Alternatives): string[] {
  const derivation = { alternatives, asked: new Map(), negated: new Map() };
  return [...derive(expression, derivation, false)].filter((name) => name !== 'eventType');
}

/** Archives give these back in Okta's own spelling, and ids of events are small anyway. */
const RESTORED = ['actor.type', 'outcome.result', 'target.type', 'transaction.type'];

type Names = ReadonlySet<string>;

interface Derivation {
  readonly alternatives: Alternatives;
  /** A condition may name one selection many times; it is derived once, and once below a `not`. */
  readonly asked: Map<Expression, Names>;
  readonly negated: Map<Expression, Names>;
}

function derive(expression: Expression, derivation: Derivation, isNegated: boolean): Names {
  const derived = isNegated ? derivation.negated : derivation.asked;
  const known = derived.get(expression) ?? deriveExpression(expression, derivation, isNegated);
  derived.set(expression, known);
  return known;
}

function deriveExpression(
  expression: Expression,
  derivation: Derivation,
  isNegated: boolean,
): Names {
  if (expression.kind === 'not') return derive(expression.part, derivation, !isNegated);
  if (expression.kind === 'atom') return deriveAtom(expression.atom, derivation, isNegated);
  const parts = expression.parts.map((part) => derive(part, derivation, isNegated));
  // "Not all of them" asks for one, and "not one of them" for all.
  const asksForAll = (expression.kind === 'and') !== isNegated;
  if (asksForAll) return namesInAny(parts);
  if (derivation.alternatives === 'in-all') return namesInAll(parts);
  const spared = expression.parts.flatMap((part) => namesSpared(part, isNegated));
  return new Set([...namesInAny(parts)].filter((name) => !spared.includes(name)));
}

function deriveAtom(atom: Atom, { alternatives }: Derivation, isNegated: boolean): Names {
  if (atom.kind === 'keyword' && !isNegated && alternatives === 'in-any') {
    return new Set([HOME_OF_WORDS]);
  }
  const names = fieldsOf(atom, isNegated).map(nameInRecord);
  const isCased = !isNegated && asksForCapitals(atom, alternatives);
  if (!isCased || names.every((name) => RESTORED.includes(name))) return new Set(names);
  return new Set([...names, CAPITALS]);
}

function asksForCapitals(atom: Atom, alternatives: Alternatives): boolean {
  if (!('tests' in atom)) return false;
  return alternatives === 'in-all'
    ? atom.tests.every(needsCapitals)
    : atom.tests.some(needsCapitals);
}

/** `[null, a]` is true where the field was lost. */
function namesSpared(part: Expression, isNegated: boolean): string[] {
  const isMetByNothing = part.kind === 'atom' && part.atom.kind === 'null' && !isNegated;
  return isMetByNothing ? fieldsIn(part.atom).map(nameInRecord) : [];
}

/** Where nothing stands at a field, only `null` is true of it, so that `not` over `null` needs it. */
function fieldsOf(atom: Atom, isNegated: boolean): readonly FieldPath[] {
  if ((atom.kind === 'null') !== isNegated) return [];
  // Of several fields to refer to, any is enough.
  return atom.kind === 'fieldref' && atom.others.length > 1 ? [atom.field] : fieldsIn(atom);
}

function namesInAny(parts: readonly Names[]): Names {
  return new Set(parts.flatMap((names) => [...names]));
}

function namesInAll([first = new Set(), ...others]: readonly Names[]): Names {
  return new Set([...first].filter((name) => others.every((names) => names.has(name))));
}

/** `target.User.id` stands at `target.id`. */
export function nameInRecord({ steps }: FieldPath): string {
  return steps.flatMap((step) => ('key' in step ? [step.key] : [])).join('.');
}
