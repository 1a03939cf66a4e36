import type { RawEvent } from '../../model/log-event.ts';
import type { Facts } from '../../model/match.ts';
import { foldCase, type TextTest } from '../expression/compile-pattern.ts';
import { atomsOf, type Expression, type LeafTest } from '../expression/detection-expression.ts';
import type { FieldPath } from '../expression/field-path.ts';
import { compileLeafTests } from './compile-leaf-tests.ts';
import { leavesOf } from './walk-event.ts';

/** More values of one field say nothing more to a reader. */
const MAX_VALUES = 10;

/** A field whose values a finding shows, and which of them. */
interface ShownField {
  readonly field: FieldPath;
  readonly shows: TextTest;
}

/**
 * Gives the function that reads a match's facts: the values that met the rule, and those of its `fields` list.
 * The event type, the actor and the actor's id are left out, as every finding names them anyway.
 */
export function createFactReader(options: {
  readonly expression: Expression;
  readonly fields: readonly FieldPath[];
}): (event: RawEvent) => Facts {
  const shown = [...matchedFields(options.expression), ...options.fields.map(showAll)].filter(
    ({ field }) => field.name !== 'eventType' && !field.name.startsWith('actor.'),
  );
  return (event) => {
    const facts: Record<string, string | readonly string[]> = {};
    for (const { field, shows } of shown) {
      const values = uniqueValues(leavesOf(event, field).filter(shows)).slice(0, MAX_VALUES);
      const [only] = values;
      if (only === undefined) continue;
      facts[field.name] = values.length === 1 ? only : values;
    }
    return facts;
  };
}

function matchedFields(expression: Expression): ShownField[] {
  const testsByField = new Map<string, { field: FieldPath; tests: LeafTest[] }>();
  for (const { atom, isNegated } of atomsOf(expression)) {
    if (isNegated || atom.kind !== 'leaf') continue;
    const known = testsByField.get(atom.field.name) ?? { field: atom.field, tests: [] };
    known.tests.push(...atom.tests);
    testsByField.set(atom.field.name, known);
  }
  return [...testsByField.values()].map(({ field, tests }) => ({
    field,
    shows: compileLeafTests(tests),
  }));
}

function showAll(field: FieldPath): ShownField {
  return { field, shows: () => true };
}

/** Each value once, ignoring case, in the order of the event. */
export function uniqueValues(values: readonly string[]): string[] {
  const byFolded = new Map<string, string>();
  for (const value of values) {
    const key = foldCase(value);
    if (!byFolded.has(key)) byFolded.set(key, value);
  }
  return [...byFolded.values()];
}
