import { isRecord } from '../../model/log-event.ts';
import {
  allOf,
  anyOf,
  atomsOf,
  type Expression,
  fieldsIn,
} from '../expression/detection-expression.ts';
import type { FieldPath } from '../expression/field-path.ts';
import type { DocumentKeys } from '../sigma-problem.ts';
import { type Condition, namesIn, parseCondition } from './parse-condition.ts';
import { type DetectionContext, parseFieldTest } from './parse-field-test.ts';

export interface DetectionToParse {
  /** The map of selections with its `condition`. */
  readonly detection: unknown;
  readonly at: DocumentKeys;
  /** Keys that are no selections, such as `rules` in a filter. */
  readonly otherKeys: readonly string[];
  readonly context: DetectionContext;
}

/**
 * Reads a detection: its selections, put where its condition names them. Several conditions are linked with "or".
 * Gives null where it cannot be understood, having reported everything that is wrong.
 */
export function parseDetection(options: DetectionToParse): Expression | null {
  const { detection, at, context } = options;
  if (!isRecord(detection)) {
    context.report.error(at, 'The detection must be a map of selections with a condition.');
    return null;
  }
  if (Object.hasOwn(detection, 'timeframe')) {
    context.report.error(
      [...at, 'timeframe'],
      'timeframe belongs to Sigma 1; write a correlation rule instead.',
    );
    return null;
  }
  const { conditions, isComplete } = readConditions(detection['condition'], options);
  const selections = readSelections(detection, options);
  const strangers = findStrangers(conditions, listSelectionNames(detection, options));
  for (const message of strangers) context.report.error([...at, 'condition'], message);
  if (!isComplete || selections === null) return null;
  warnOfUnused({ conditions, selections, at, context });
  if (strangers.length > 0) return null;
  const expression = anyOf(conditions.map((condition) => placeSelections(condition, selections)));
  warnOfNegatedTargets(expression, [...at, 'condition'], context);
  return expression;
}

function readConditions(
  written: unknown,
  { at, context }: Pick<DetectionToParse, 'at' | 'context'>,
): { readonly conditions: readonly Condition[]; readonly isComplete: boolean } {
  const texts = Array.isArray(written) ? written : [written];
  const problems = texts.length > 0 ? [] : ['The condition is an empty list.'];
  const conditions: Condition[] = [];
  for (const text of texts) {
    const parsed =
      typeof text === 'string'
        ? parseCondition(text)
        : { ok: false as const, message: 'The condition must be a text, or a list of texts.' };
    if (parsed.ok) conditions.push(parsed.condition);
    else problems.push(parsed.message);
  }
  for (const message of problems) context.report.error([...at, 'condition'], message);
  return { conditions, isComplete: problems.length === 0 };
}

type Selections = ReadonlyMap<string, Expression>;

function readSelections(
  detection: Readonly<Record<string, unknown>>,
  options: DetectionToParse,
): Selections | null {
  const selections = new Map<string, Expression>();
  let isComplete = true;
  for (const name of listSelectionNames(detection, options)) {
    const selection = readSelection(detection[name], [...options.at, name], options.context);
    if (selection === null) isComplete = false;
    else selections.set(name, selection);
  }
  return isComplete ? selections : null;
}

function listSelectionNames(
  detection: Readonly<Record<string, unknown>>,
  { otherKeys }: Pick<DetectionToParse, 'otherKeys'>,
): string[] {
  return Object.keys(detection).filter((name) => name !== 'condition' && !otherKeys.includes(name));
}

function readSelection(
  definition: unknown,
  at: DocumentKeys,
  context: DetectionContext,
): Expression | null {
  if (Array.isArray(definition)) return readList(definition, at, context);
  if (isRecord(definition)) return readMap(definition, at, context);
  if (definition === null || definition === undefined) {
    context.report.error(at, 'The selection is empty.');
    return null;
  }
  return parseFieldTest({ key: '', value: definition, at, context });
}

/** A list is linked with "or": of maps, of keywords, or of both. */
function readList(
  definition: readonly unknown[],
  at: DocumentKeys,
  context: DetectionContext,
): Expression | null {
  if (definition.length === 0) {
    context.report.error(at, 'The selection is an empty list.');
    return null;
  }
  const keywords = definition.filter((item) => !isRecord(item));
  const maps = definition.flatMap((item, index) =>
    isRecord(item) ? [readMap(item, [...at, index], context)] : [],
  );
  const parts =
    keywords.length === 0
      ? maps
      : [...maps, parseFieldTest({ key: '', value: keywords, at, context })];
  const read = parts.filter((part) => part !== null);
  return read.length < parts.length ? null : anyOf(read);
}

/** A map is linked with "and"; each of its tests stands for itself, also where two name the same array. */
function readMap(
  definition: Readonly<Record<string, unknown>>,
  at: DocumentKeys,
  context: DetectionContext,
): Expression | null {
  const entries = Object.entries(definition);
  if (entries.length === 0) {
    context.report.error(at, 'The selection is an empty map.');
    return null;
  }
  const parts = entries.map(([key, value]) =>
    parseFieldTest({ key, value, at: [...at, key], context }),
  );
  const read = parts.filter((part) => part !== null);
  if (read.length < parts.length) return null;
  const onAnyTarget = read.filter((part) =>
    atomsOf(part).some(({ atom }) => fieldsIn(atom).some(isOnAnyTarget)),
  );
  if (onAnyTarget.length > 1) {
    context.report.warn(
      at,
      'Two tests of target.* in one selection may be met by two different targets. To ask about one and the same, write target.<Type>.<property>, as target.User.id.',
    );
  }
  return allOf(read);
}

function isOnAnyTarget({ isUnderivedTarget, steps }: FieldPath): boolean {
  return isUnderivedTarget && steps.length > 1;
}

function warnOfNegatedTargets(
  expression: Expression,
  at: DocumentKeys,
  context: DetectionContext,
): void {
  const negated = atomsOf(expression)
    .filter(({ atom, isNegated }) => isNegated && atom.kind !== 'exists')
    .flatMap(({ atom }) => ('field' in atom ? [atom.field] : []))
    .find(isOnAnyTarget);
  if (negated === undefined) return;
  context.report.warn(
    at,
    `"not" over ${negated.name} asks that no target at all has it, so that a second target defeats it. Write target.<Type>.<property>, as target.User.id.`,
  );
}

function warnOfUnused(options: {
  readonly conditions: readonly Condition[];
  readonly selections: Selections;
  readonly at: DocumentKeys;
  readonly context: DetectionContext;
}): void {
  const mentioned = options.conditions.flatMap(namesIn);
  for (const name of options.selections.keys()) {
    const isUsed = mentioned.some((mention) =>
      mention.kind === 'of'
        ? isInPattern(mention.pattern, name)
        : mention.kind === 'name' && mention.name === name,
    );
    if (isUsed) continue;
    options.context.report.warn(
      [...options.at, name],
      `The condition does not mention the selection ${name}.`,
    );
  }
}

/** What conditions name that does not exist, each said once. */
function findStrangers(conditions: readonly Condition[], names: readonly string[]): string[] {
  const messages = conditions.flatMap(namesIn).flatMap((mention) => {
    if (mention.kind === 'name' && !names.includes(mention.name)) {
      return [`The condition names the selection ${mention.name}, which does not exist.`];
    }
    if (mention.kind === 'of' && !names.some((name) => isInPattern(mention.pattern, name))) {
      return [`No selection is named as "${mention.pattern}" in the condition.`];
    }
    return [];
  });
  return [...new Set(messages)];
}

/** Everything that the condition names is there. */
function placeSelections(condition: Condition, selections: Selections): Expression {
  switch (condition.kind) {
    case 'name':
      return selections.get(condition.name) ?? anyOf([]);
    case 'not':
      return { kind: 'not', part: placeSelections(condition.part, selections) };
    case 'of': {
      const chosen = [...selections].flatMap(([name, selection]) =>
        isInPattern(condition.pattern, name) ? [selection] : [],
      );
      return condition.quantifier === 'all' ? allOf(chosen) : anyOf(chosen);
    }
    case 'and':
    case 'or': {
      const parts = condition.parts.map((part) => placeSelections(part, selections));
      return { kind: condition.kind, parts };
    }
  }
}

/** Selections whose name begins with an underscore are left out of patterns by convention of the specification. */
function isInPattern(pattern: string, name: string): boolean {
  if (name.startsWith('_')) return false;
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return name === pattern;
  const last = rest.pop() ?? '';
  if (!name.startsWith(first)) return false;
  let position = first.length;
  for (const middle of rest) {
    const found = name.indexOf(middle, position);
    if (found === -1) return false;
    position = found + middle.length;
  }
  return name.length - last.length >= position && name.endsWith(last);
}
