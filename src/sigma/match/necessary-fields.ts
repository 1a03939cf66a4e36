import { type Atom, type Expression, fieldsIn } from '../expression/detection-expression.ts';
import type { FieldPath } from '../expression/field-path.ts';

/**
 * The fields without which a detection cannot be true, as Okta's records have them: an archive that lost one of them says
 * nothing about it. The type is none: without it there is no event.
 */
export function necessaryFields(expression: Expression): string[] {
  return [...derive(expression, new Map())].filter((name) => name !== 'eventType');
}

type Names = ReadonlySet<string>;

/** A condition may name one selection many times; it is derived once. */
function derive(expression: Expression, derived: Map<Expression, Names>): Names {
  const known = derived.get(expression) ?? deriveExpression(expression, derived);
  derived.set(expression, known);
  return known;
}

function deriveExpression(expression: Expression, derived: Map<Expression, Names>): Names {
  switch (expression.kind) {
    case 'atom':
      return new Set(fieldsOf(expression.atom).map(nameInRecord));
    case 'not':
      return new Set();
    case 'and':
      return new Set(expression.parts.flatMap((part) => [...derive(part, derived)]));
    case 'or':
      return namesInAll(expression.parts.map((part) => derive(part, derived)));
  }
}

/** Of several fields to refer to, any is enough. */
function fieldsOf(atom: Atom): readonly FieldPath[] {
  if (atom.kind === 'null') return [];
  return atom.kind === 'fieldref' && atom.others.length > 1 ? [atom.field] : fieldsIn(atom);
}

export function namesInAll([first = new Set(), ...others]: readonly Names[]): Names {
  return new Set([...first].filter((name) => others.every((names) => names.has(name))));
}

/** `target.User.id` stands at `target.id`. */
export function nameInRecord({ steps }: FieldPath): string {
  return steps.flatMap((step) => ('key' in step ? [step.key] : [])).join('.');
}
