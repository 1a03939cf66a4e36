import { MOST_EVENT_TYPES } from '../../model/event-type-set.ts';
import type { RawEvent } from '../../model/log-event.ts';
import { rememberAnswers } from '../../model/remember-answers.ts';
import { type Atom, atomsOf, type Expression } from '../expression/detection-expression.ts';
import { compileAtom, type EventTest } from './compile-atom.ts';
import { createTypeFolder } from './fold-event-type.ts';

/** A detection that can be asked about events, once their type is known. */
export interface EventMatcher {
  /** What there is to ask of an event of this type; null where none can match. */
  ofType(eventType: string): EventTest | null;
}

export type MatcherCompiler = (expression: Expression) => EventMatcher;

/**
 * Gives a compiler of detections. What a detection asks of the event type is answered once a type; an atom that several
 * of them ask about one event, such as the outcome, is evaluated once an event.
 */
export function createMatcherCompiler(): MatcherCompiler {
  const atoms = createAtomCompiler();
  const fold = createTypeFolder();
  return (expression) => {
    for (const { atom } of atomsOf(expression)) atoms.announce(atom);
    return {
      ofType: rememberAnswers(
        (eventType: string) => compileFolded(fold(expression, eventType), atoms),
        MOST_EVENT_TYPES,
      ),
    };
  };
}

interface AtomCompiler {
  /** Told of every atom before the first is compiled: one that is asked about once need not be remembered. */
  announce(atom: Atom): void;
  compile(atom: Atom): EventTest;
}

function createAtomCompiler(): AtomCompiler {
  const uses = new Map<string, number>();
  const compiled = new Map<string, EventTest>();
  const numberOf = createEventNumbering();
  return {
    announce: (atom) => {
      const key = JSON.stringify(atom);
      uses.set(key, (uses.get(key) ?? 0) + 1);
    },
    compile: (atom) => {
      const key = JSON.stringify(atom);
      const known = compiled.get(key);
      if (known !== undefined) return known;
      const test = compileAtom(atom);
      const shared = (uses.get(key) ?? 0) > 1 ? rememberLast(test, numberOf) : test;
      compiled.set(key, shared);
      return shared;
    },
  };
}

/** Gives one number for an event while it is asked about it, and the next one for the next event. */
function createEventNumbering(): (event: RawEvent) => number {
  let current: RawEvent | null = null;
  let number = 0;
  return (event) => {
    if (event !== current) {
      current = event;
      number += 1;
    }
    return number;
  };
}

/**
 * Answers from memory while it is asked about one and the same event, which it knows by number: a hundred atoms that hold
 * on to events are a hundred places for the garbage collector to visit.
 */
function rememberLast(test: EventTest, numberOf: (event: RawEvent) => number): EventTest {
  let lastNumber = 0;
  let answer = false;
  return (event) => {
    const number = numberOf(event);
    if (number !== lastNumber) {
      answer = test(event);
      lastNumber = number;
    }
    return answer;
  };
}

function compileFolded(folded: Expression | boolean, atoms: AtomCompiler): EventTest | null {
  if (typeof folded === 'boolean') return folded ? () => true : null;
  const compiled = new Map<Expression, EventTest>();
  const compile = (part: Expression): EventTest => {
    const known = compiled.get(part) ?? compileExpression(part, compile, atoms);
    compiled.set(part, known);
    return known;
  };
  return compile(folded);
}

function compileExpression(
  expression: Expression,
  compile: (part: Expression) => EventTest,
  atoms: AtomCompiler,
): EventTest {
  switch (expression.kind) {
    case 'atom':
      return atoms.compile(expression.atom);
    case 'not': {
      const part = compile(expression.part);
      return (event) => !part(event);
    }
    case 'and': {
      const parts = expression.parts.map(compile);
      return (event) => {
        for (const part of parts) if (!part(event)) return false;
        return true;
      };
    }
    case 'or': {
      const parts = expression.parts.map(compile);
      return (event) => {
        for (const part of parts) if (part(event)) return true;
        return false;
      };
    }
  }
}
