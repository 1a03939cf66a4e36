import type { RawEvent } from '../../model/log-event.ts';
import { foldCase, type TextTest } from '../expression/compile-pattern.ts';
import type { FieldPath, FieldStep } from '../expression/field-path.ts';

/** Asked about each value at the end of a path; arrays there were already opened. */
type ValueTest = (value: unknown) => boolean;

/** Whether some leaf (a string, number or boolean, as text) at the path satisfies a test. */
export function someLeaf(event: RawEvent, path: FieldPath, test: TextTest): boolean {
  return someLeafFrom(event, path.steps, 0, test);
}

/** All leaves at the path, as text, in the order of the event. */
export function leavesOf(event: RawEvent, path: FieldPath): readonly string[] {
  const plain = plainValueOf(event, path.steps);
  if (typeof plain === 'string') return [plain];
  if (plain === null || plain === undefined) return NO_LEAVES;
  const leaves: string[] = [];
  someLeafFrom(event, path.steps, 0, (leaf) => {
    leaves.push(leaf);
    return false;
  });
  return leaves;
}

/** The text at a path of plain keys; null for anything else, such as a number, a list, or nothing. */
export function textAt(event: RawEvent, path: FieldPath): string | null {
  const value = plainValueOf(event, path.steps);
  return typeof value === 'string' ? value : null;
}

/** The leaf at a path of plain keys, as text; null for anything else, such as a list, or nothing. */
export function onlyLeafAt(event: RawEvent, path: FieldPath): string | null {
  const value = plainValueOf(event, path.steps);
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

const NO_LEAVES: readonly string[] = [];

/** What stands at a path of plain keys; an array or anything else on the way is given as it is. */
function plainValueOf(event: RawEvent, steps: readonly FieldStep[]): unknown {
  let value: unknown = event;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (step.kind !== 'key' || Array.isArray(value)) return value;
    value = (value as Record<string, unknown>)[step.key];
  }
  return value;
}

/** Whether anything but null stands at the path, an object included. */
export function hasValue(event: RawEvent, path: FieldPath): boolean {
  return someParent(event, path.steps, 0, isAnything);
}

/** Whether the last key of the path is present on some branch, even with null. */
export function hasKey(event: RawEvent, path: FieldPath): boolean {
  const last = path.steps.at(-1);
  if (last === undefined) return false;
  return someParent(event, path.steps.slice(0, -1), 0, (parent) => stepExists(parent, last));
}

/** Whether some leaf anywhere in the event satisfies a test. */
export function someLeafAnywhere(event: RawEvent, test: TextTest): boolean {
  const left: unknown[] = [event];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === 'object' && value !== null) {
      for (const inner of Object.values(value)) left.push(inner);
    } else if (isLeaf(value) && test(String(value))) {
      return true;
    }
  }
  return false;
}

function isLeaf(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** The busiest function of an audit: no closures, one turn a step. */
function someLeafFrom(
  from: unknown,
  steps: readonly FieldStep[],
  start: number,
  test: TextTest,
): boolean {
  let value = from;
  for (let index = start; index < steps.length; index += 1) {
    const step = steps[index];
    if (step === undefined || typeof value !== 'object' || value === null) return false;
    if (Array.isArray(value) && step.kind !== 'index') {
      return elementsOf(value).some((element) => someLeafFrom(element, steps, index, test));
    }
    value =
      step.kind === 'key' ? (value as Record<string, unknown>)[step.key] : takeStep(value, step);
  }
  if (typeof value === 'string') return test(value);
  if (typeof value === 'number' || typeof value === 'boolean') return test(String(value));
  return (
    Array.isArray(value) && elementsOf(value).some((leaf) => isLeaf(leaf) && test(String(leaf)))
  );
}

/** Like `someLeafFrom` for any value; an array at the end of the path is handed over whole. */
function someParent(
  from: unknown,
  steps: readonly FieldStep[],
  start: number,
  test: ValueTest,
): boolean {
  let value = from;
  for (let index = start; index < steps.length; index += 1) {
    const step = steps[index];
    if (step === undefined || typeof value !== 'object' || value === null) return false;
    if (Array.isArray(value) && step.kind !== 'index') {
      return elementsOf(value).some((element) => someParent(element, steps, index, test));
    }
    value = takeStep(value, step);
  }
  return value !== undefined && test(value);
}

/** The elements of an array, with those of arrays in it; nothing here recurses as deep as a hostile record nests. */
function elementsOf(array: readonly unknown[]): readonly unknown[] {
  if (!array.some(Array.isArray)) return array;
  const elements: unknown[] = [];
  const left: unknown[] = [array];
  while (left.length > 0) {
    const value = left.pop();
    if (Array.isArray(value)) for (const inner of value.toReversed()) left.push(inner);
    else elements.push(value);
  }
  return elements;
}

function isAnything(value: unknown): boolean {
  if (Array.isArray(value)) return elementsOf(value).some((element) => element !== null);
  return value !== null && value !== undefined;
}

function takeStep(value: object, step: FieldStep): unknown {
  switch (step.kind) {
    case 'key':
      return (value as Record<string, unknown>)[step.key];
    case 'index':
      return Array.isArray(value) ? value[step.index] : undefined;
    case 'called':
      return isCalled(value, step) ? value : undefined;
    case 'any-case':
      return readAnyCase(value as Record<string, unknown>, step);
  }
}

function isCalled(value: object, step: FieldStep & { readonly kind: 'called' }): boolean {
  const called = (value as Record<string, unknown>)[step.by];
  return called === step.value || (typeof called === 'string' && foldCase(called) === step.folded);
}

function readAnyCase(
  value: Readonly<Record<string, unknown>>,
  step: FieldStep & { readonly kind: 'any-case' },
): unknown {
  if (Object.hasOwn(value, step.key)) return value[step.key];
  for (const key of Object.keys(value)) {
    if (key.length === step.key.length && foldCase(key) === step.folded) return value[key];
  }
  return undefined;
}

function stepExists(parent: unknown, step: FieldStep): boolean {
  if (typeof parent !== 'object' || parent === null) return false;
  if (Array.isArray(parent) && step.kind !== 'index') {
    return elementsOf(parent).some((element) => stepExists(element, step));
  }
  switch (step.kind) {
    case 'key':
      return Object.hasOwn(parent, step.key);
    case 'index':
      return Array.isArray(parent) && step.index < parent.length;
    case 'called':
      return isCalled(parent, step);
    case 'any-case':
      return readAnyCase(parent as Record<string, unknown>, step) !== undefined;
  }
}
