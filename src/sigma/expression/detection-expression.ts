import type { FieldPath } from './field-path.ts';
import type { StringPattern } from './string-pattern.ts';

/** How a number is compared with a bound. */
export const COMPARISONS = ['lt', 'lte', 'gt', 'gte', 'eq'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export const TIME_UNITS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

/** Where in a text another one must stand. */
export type TextPlace = 'whole' | 'start' | 'end' | 'anywhere';

/** What one leaf may have to satisfy. */
export type LeafTest =
  | { readonly kind: 'pattern'; readonly pattern: StringPattern; readonly cased: boolean }
  | { readonly kind: 'regex'; readonly source: string; readonly flags: string }
  | { readonly kind: 'cidr'; readonly range: string }
  | { readonly kind: 'number'; readonly comparison: Comparison; readonly bound: number }
  | {
      readonly kind: 'time';
      readonly unit: TimeUnit;
      readonly comparison: Comparison;
      readonly bound: number;
    };

/** The smallest condition on an event; each says of itself what arrays, null and absence mean. */
export type Atom =
  /** Some leaf of the field satisfies some test. */
  | { readonly kind: 'leaf'; readonly field: FieldPath; readonly tests: readonly LeafTest[] }
  /** Some leaf anywhere in the event satisfies some test: a keyword. */
  | { readonly kind: 'keyword'; readonly tests: readonly LeafTest[] }
  /** No non-null value stands at the field. */
  | { readonly kind: 'null'; readonly field: FieldPath }
  /** The key is present on some branch. */
  | { readonly kind: 'exists'; readonly field: FieldPath }
  /** Some pair of leaves is equal, or with `differs` both have leaves and no pair is. */
  | {
      readonly kind: 'fieldref';
      readonly field: FieldPath;
      /** Several are taken together, as if one field held the leaves of all. */
      readonly others: readonly FieldPath[];
      readonly place: TextPlace;
      readonly cased: boolean;
      readonly differs: boolean;
    };

/** The fields that an atom asks about; none for a keyword. */
export function fieldsIn(atom: Atom): readonly FieldPath[] {
  if (atom.kind === 'keyword') return [];
  return atom.kind === 'fieldref' ? [atom.field, ...atom.others] : [atom.field];
}

/** A rule's detection, with every selection put where the condition names it. */
export type Expression =
  | { readonly kind: 'and'; readonly parts: readonly Expression[] }
  | { readonly kind: 'or'; readonly parts: readonly Expression[] }
  | { readonly kind: 'not'; readonly part: Expression }
  | { readonly kind: 'atom'; readonly atom: Atom };

export function allOf(parts: readonly Expression[]): Expression {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: 'and', parts };
}

export function anyOf(parts: readonly Expression[]): Expression {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: 'or', parts };
}

/** Every atom of an expression, with whether an odd number of `not` stands above it. */
export function atomsOf(
  expression: Expression,
  isNegated = false,
): { readonly atom: Atom; readonly isNegated: boolean }[] {
  switch (expression.kind) {
    case 'atom':
      return [{ atom: expression.atom, isNegated }];
    case 'not':
      return atomsOf(expression.part, !isNegated);
    case 'and':
    case 'or':
      return expression.parts.flatMap((part) => atomsOf(part, isNegated));
  }
}
