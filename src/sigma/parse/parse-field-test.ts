import type { Atom, Expression, LeafTest } from '../expression/detection-expression.ts';
import { allOf, anyOf } from '../expression/detection-expression.ts';
import { type EventTypeSpelling, typeLimitOf } from '../expression/event-type-spelling.ts';
import type { FieldPath, FieldReader } from '../expression/field-path.ts';
import { normalizePattern } from '../expression/string-pattern.ts';
import type { DocumentKeys, ProblemReporter } from '../sigma-problem.ts';
import type { Placeholders } from './fill-placeholders.ts';
import { type Modifiers, parseModifiers } from './parse-modifiers.ts';
import { readLeafTests } from './read-leaf-tests.ts';

/** Everything that the reading of one rule's detection shares. */
export interface DetectionContext {
  readonly report: ProblemReporter;
  readonly readField: FieldReader;
  readonly eventTypes: EventTypeSpelling;
  readonly placeholders: Placeholders;
  /** Names of placeholders that nobody gave; filled while reading. */
  readonly missingPlaceholders: Set<string>;
}

const NOTHING: Expression = { kind: 'or', parts: [] };

/**
 * Reads one `field|modifiers: value` pair of a selection; an empty field name stands for the whole event.
 * Gives null where it cannot be understood, having reported why.
 */
export function parseFieldTest(options: {
  readonly key: string;
  readonly value: unknown;
  readonly at: DocumentKeys;
  readonly context: DetectionContext;
}): Expression | null {
  const { key, at, context } = options;
  const [name = '', ...modifierNames] = key.split('|');
  const parsed = parseModifiers(modifierNames);
  if (!parsed.ok) {
    context.report.error(at, `${key}: ${parsed.message}`);
    return null;
  }
  const { modifiers } = parsed;
  const values = Array.isArray(options.value) ? options.value : [options.value];
  if (values.length === 0) {
    context.report.error(at, `${key} has an empty list of values.`);
    return null;
  }
  if (modifiers.all && values.length === 1) {
    context.report.warn(at, `${key} has one value only; the modifier all does nothing.`);
  }
  const field =
    name === '' ? null : context.readField(name, (message) => context.report.warn(at, message));
  const parts = values.map((value, index) =>
    parseValue({
      field,
      modifiers,
      value,
      context,
      at: Array.isArray(options.value) ? [...at, index] : at,
      key,
    }),
  );
  const read = parts.filter((part) => part !== null);
  if (read.length < parts.length) return null;
  const joined = modifiers.all ? allOf(read) : anyOf(mergeLeafTests(mergeFieldrefs(read)));
  return modifiers.neq && modifiers.kind !== 'fieldref' ? { kind: 'not', part: joined } : joined;
}

interface ValueToParse {
  readonly key: string;
  readonly field: FieldPath | null;
  readonly modifiers: Modifiers;
  readonly value: unknown;
  readonly at: DocumentKeys;
  readonly context: DetectionContext;
}

function parseValue(options: ValueToParse): Expression | null {
  const { field, modifiers, value, context, at, key } = options;
  if (modifiers.kind === 'exists' || modifiers.kind === 'fieldref' || value === null) {
    const atom = field === null ? 'it needs a field.' : parseFieldAtom({ ...options, field });
    if (typeof atom !== 'string') return atom;
    context.report.error(at, `${key}: ${atom}`);
    return null;
  }
  const read = readLeafTests({ value, modifiers, placeholders: context.placeholders });
  if (!read.ok) {
    context.report.error(at, `${key}: ${read.message}`);
    return null;
  }
  for (const name of read.missingPlaceholders) context.missingPlaceholders.add(name);
  warnOfForgottenExpand(options);
  const isEventType = field?.name === 'eventType';
  const tests = isEventType
    ? read.tests.map((test) => spellEventType(test, context, modifiers))
    : read.tests;
  if (tests.length === 0) return NOTHING;
  if (field !== null) warnOfNoValue(field, options);
  const atom: Atom =
    field === null
      ? {
          kind: 'keyword',
          tests: modifiers.place === 'whole' ? tests.map(containedAnywhere) : tests,
        }
      : { kind: 'leaf', field, tests };
  return { kind: 'atom', atom };
}

function warnOfNoValue(
  { whyNoValue }: FieldPath,
  { context, at }: Pick<ValueToParse, 'context' | 'at'>,
): void {
  if (whyNoValue !== null) context.report.warn(at, whyNoValue);
}

function warnOfForgottenExpand({ key, value, modifiers, context, at }: ValueToParse): void {
  if (modifiers.expand || typeof value !== 'string') return;
  const [name] = /%[a-z]\w{2,}%/i.exec(value) ?? [];
  if (name === undefined) return;
  context.report.warn(
    at,
    `${key}: ${name} looks like a placeholder; without the modifier expand it stands for these very characters.`,
  );
}

/** Gives a message where the value does not fit the modifier. */
function parseFieldAtom(
  options: ValueToParse & { readonly field: FieldPath },
): Expression | string {
  const { field, modifiers, value, context, at } = options;
  if (modifiers.kind === 'exists') {
    if (typeof value !== 'boolean') return 'exists takes true or false.';
    const present: Expression = { kind: 'atom', atom: { kind: 'exists', field } };
    return value ? present : { kind: 'not', part: present };
  }
  if (modifiers.kind === 'fieldref') {
    if (typeof value !== 'string' || value === '') return 'fieldref takes the name of a field.';
    const other = context.readField(value, (message) => context.report.warn(at, message));
    for (const one of [field, other]) warnOfNoValue(one, options);
    const { place, cased, neq: differs } = modifiers;
    return {
      kind: 'atom',
      atom: { kind: 'fieldref', field, others: [other], place, cased, differs },
    };
  }
  const isPlain = modifiers.kind === 'text' && modifiers.place === 'whole';
  if (!isPlain || modifiers.encodings.length > 0 || modifiers.expand) {
    return 'null cannot be combined with this modifier.';
  }
  return { kind: 'atom', atom: { kind: 'null', field } };
}

/**
 * Event types are compared exactly, after the literal took the catalogue's spelling: only so are the filter that Okta
 * evaluates, the search in an archive's bytes and this matcher proven to agree.
 */
function spellEventType(test: LeafTest, context: DetectionContext, modifiers: Modifiers): LeafTest {
  if (test.kind !== 'pattern') return test;
  const limit = typeLimitOf(test.pattern);
  if (limit === null) return test;
  if (modifiers.cased) return { ...test, cased: true };
  if (limit.match === 'exact') {
    const text = context.eventTypes.ofType(limit.text);
    return { kind: 'pattern', pattern: [{ kind: 'text', text }], cased: true };
  }
  const text = context.eventTypes.ofPrefix(limit.text);
  return { kind: 'pattern', pattern: [{ kind: 'text', text }, { kind: 'any' }], cased: true };
}

function containedAnywhere(test: LeafTest): LeafTest {
  if (test.kind !== 'pattern') return test;
  const any = { kind: 'any' } as const;
  return { ...test, pattern: normalizePattern([any, ...test.pattern, any]) };
}

/** Joins the tests of one field into one atom, so that its leaves are walked once. */
function mergeLeafTests(parts: readonly Expression[]): Expression[] {
  const merged: Expression[] = [];
  const tests: LeafTest[] = [];
  let atom: Atom | null = null;
  for (const part of parts) {
    if (part.kind !== 'atom' || (part.atom.kind !== 'leaf' && part.atom.kind !== 'keyword')) {
      merged.push(part);
      continue;
    }
    atom = part.atom;
    tests.push(...part.atom.tests);
  }
  if (atom === null) return merged;
  return [...merged, { kind: 'atom', atom: { ...atom, tests } }];
}

/** A list of fields is one question: with `neq` no value of any of them may be equal. */
function mergeFieldrefs(parts: readonly Expression[]): readonly Expression[] {
  const atoms = parts.flatMap((part) =>
    part.kind === 'atom' && part.atom.kind === 'fieldref' ? [part.atom] : [],
  );
  const [first] = atoms;
  if (first === undefined) return parts;
  return [{ kind: 'atom', atom: { ...first, others: atoms.flatMap(({ others }) => others) } }];
}
