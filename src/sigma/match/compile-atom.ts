import type { RawEvent } from '../../model/log-event.ts';
import { foldCase } from '../expression/compile-pattern.ts';
import type { Atom, TextPlace } from '../expression/detection-expression.ts';
import { compileLeafTests } from './compile-leaf-tests.ts';
import { hasKey, hasValue, leavesOf, someLeaf, someLeafAnywhere } from './walk-event.ts';

/** Answers about one event as its source gave it; never throws. */
export type EventTest = (event: RawEvent) => boolean;

export function compileAtom(atom: Atom): EventTest {
  switch (atom.kind) {
    case 'leaf': {
      const { field } = atom;
      const test = compileLeafTests(atom.tests);
      return (event) => someLeaf(event, field, test);
    }
    case 'keyword': {
      const test = compileLeafTests(atom.tests);
      return (event) => someLeafAnywhere(event, test);
    }
    case 'null':
      return (event) => !hasValue(event, atom.field);
    case 'exists':
      return (event) => hasKey(event, atom.field);
    case 'fieldref':
      return compileFieldref(atom);
  }
}

function compileFieldref(atom: Atom & { readonly kind: 'fieldref' }): EventTest {
  const fold = atom.cased ? (text: string): string => text : foldCase;
  return (event) => {
    const own = leavesOf(event, atom.field);
    const others = atom.others.flatMap((other) => leavesOf(event, other)).map(fold);
    if (own.length === 0 || others.length === 0) return false;
    const meets = own.some((leaf) => {
      const text = fold(leaf);
      return others.some((other) => standsIn({ text, other, place: atom.place }));
    });
    return meets !== atom.differs;
  };
}

function standsIn(options: { text: string; other: string; place: TextPlace }): boolean {
  const { text, other, place } = options;
  switch (place) {
    case 'whole':
      return text === other;
    case 'start':
      return text.startsWith(other);
    case 'end':
      return text.endsWith(other);
    case 'anywhere':
      return text.includes(other);
  }
}
