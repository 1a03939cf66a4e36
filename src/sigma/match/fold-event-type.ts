import type { TextTest } from '../expression/compile-pattern.ts';
import type { Atom, Expression } from '../expression/detection-expression.ts';
import type { FieldPath } from '../expression/field-path.ts';
import { compileLeafTests } from './compile-leaf-tests.ts';

/** What is left of an expression for events of one type: an expression, or its answer. */
export type TypeFolder = (expression: Expression, eventType: string) => Expression | boolean;

/**
 * Gives the function that answers whatever an expression asks of the event type; what it does not touch stays the same
 * object. An event has exactly one type, and it is a text: nothing else is ever taken for an event.
 */
export function createTypeFolder(): TypeFolder {
  const tests = new Map<Atom, TextTest>();
  const answer = (atom: Atom, eventType: string): boolean | null => {
    if (!('field' in atom) || !isEventType(atom.field)) return null;
    switch (atom.kind) {
      case 'leaf': {
        const test = tests.get(atom) ?? compileLeafTests(atom.tests);
        tests.set(atom, test);
        return test(eventType);
      }
      case 'null':
        return false;
      case 'exists':
        return true;
      case 'fieldref':
        return null;
    }
  };
  return (expression, eventType) => {
    const folded = new Map<Expression, Expression | boolean>();
    const fold = (part: Expression): Expression | boolean => {
      const known = folded.get(part) ?? foldOne(part, fold, (atom) => answer(atom, eventType));
      folded.set(part, known);
      return known;
    };
    return fold(expression);
  };
}

function isEventType({ steps }: FieldPath): boolean {
  const [first] = steps;
  return steps.length === 1 && first?.kind === 'key' && first.key === 'eventType';
}

function foldOne(
  expression: Expression,
  fold: (part: Expression) => Expression | boolean,
  answer: (atom: Atom) => boolean | null,
): Expression | boolean {
  switch (expression.kind) {
    case 'atom':
      return answer(expression.atom) ?? expression;
    case 'not': {
      const part = fold(expression.part);
      if (typeof part === 'boolean') return !part;
      return part === expression.part ? expression : { kind: 'not', part };
    }
    case 'and':
    case 'or': {
      const { kind, parts } = expression;
      const decisive = kind === 'or';
      const folded = parts.map(fold);
      if (folded.includes(decisive)) return decisive;
      const left = folded.filter((part) => typeof part !== 'boolean');
      const [only] = left;
      if (only === undefined) return !decisive;
      if (left.length === 1) return only;
      return left.every((part, index) => part === parts[index]) && left.length === parts.length
        ? expression
        : { kind, parts: left };
    }
  }
}
