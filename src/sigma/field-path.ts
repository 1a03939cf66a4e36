import { isRecord } from '../model/log-event.ts';
import { foldCase } from './compile-pattern.ts';
import { buildFieldTree, type FieldNode } from './okta-fields.ts';

/** One step of a path into an event. */
export type FieldStep =
  | { readonly kind: 'key'; readonly key: string }
  /** A key that the catalogue does not know: exact, else ignoring case. */
  | { readonly kind: 'any-case'; readonly key: string; readonly folded: string }
  | { readonly kind: 'index'; readonly index: number }
  /** Keeps only the targets of one type. */
  | { readonly kind: 'target-type'; readonly type: string; readonly folded: string };

/** A field of a rule, resolved against what an Okta event can hold. */
export interface FieldPath {
  /** In the catalogue's spelling where it has one. */
  readonly name: string;
  readonly steps: readonly FieldStep[];
  /** True for `target.x`, which any target may satisfy; false for `target.User.x`. */
  readonly isUnderivedTarget: boolean;
}

export type FieldReader = (name: string, warn: (message: string) => void) => FieldPath;

/** Gives the function that reads field names; it warns about what cannot be meant. */
export function createFieldReader(): FieldReader {
  const root = buildFieldTree();
  return (name, warn) => readField({ root, name, warn });
}

interface Walk {
  readonly steps: FieldStep[];
  readonly names: string[];
  readonly warn: (message: string) => void;
  readonly field: string;
  node: FieldNode | null;
}

function readField(options: {
  readonly root: FieldNode;
  readonly name: string;
  readonly warn: (message: string) => void;
}): FieldPath {
  const walk: Walk = {
    steps: [],
    names: [],
    warn: options.warn,
    field: options.name,
    node: options.root,
  };
  for (const segment of splitSegments(options.name)) takeStep(walk, segment);
  const [first, second] = walk.steps;
  return {
    name: walk.names.join('.'),
    steps: walk.steps,
    isUnderivedTarget:
      first?.kind === 'key' && first.key === 'target' && second?.kind !== 'target-type',
  };
}

/** `target[0].id` and `target.0.id` both give target, 0, id. */
function splitSegments(name: string): string[] {
  return name.replace(/\[(\d+)\]/g, '.$1').split('.');
}

function takeStep(walk: Walk, segment: string): void {
  if (/^\d{1,9}$/.test(segment) && walk.steps.length > 0) {
    walk.warn(
      `The field ${walk.field} counts on a position in an array; Okta promises no order. Write target.<Type>.<property>, as target.User.id.`,
    );
    walk.steps.push({ kind: 'index', index: Number(segment) });
    walk.names.push(segment);
    return;
  }
  const { node } = walk;
  const exact = node?.children.get(segment);
  if (exact !== undefined) {
    pushKey(walk, segment, exact);
    return;
  }
  const other = node?.childrenIgnoringCase.get(foldCase(segment));
  if (other !== undefined) {
    walk.warn(
      `The field ${walk.field} is read as ${[...walk.names, other.name].join('.')}; Okta writes ${other.name}.`,
    );
    pushKey(walk, other.name, other.node);
    return;
  }
  const isTargetType = walk.names.join('.') === 'target' && segment !== '';
  if (isTargetType) {
    walk.steps.push({ kind: 'target-type', type: segment, folded: foldCase(segment) });
    walk.names.push(segment);
    return;
  }
  if (node !== null && !node.isOpen) {
    walk.warn(
      `No Okta event has the field ${walk.field}: ${[...walk.names, segment].join('.')} is not in its schema.`,
    );
  }
  walk.steps.push({ kind: 'any-case', key: segment, folded: foldCase(segment) });
  walk.names.push(segment);
  walk.node = node?.isOpen === true ? node : null;
}

function pushKey(walk: Walk, key: string, node: FieldNode): void {
  walk.steps.push({ kind: 'key', key });
  walk.names.push(key);
  walk.node = node;
}

/** Whether some leaf (a string, number or boolean, as text) at the path satisfies a test. */
export function someLeaf(
  event: unknown,
  path: FieldPath,
  test: (leaf: string) => boolean,
): boolean {
  return someValue(event, path.steps, 0, (value) => {
    if (typeof value === 'string') return test(value);
    return typeof value === 'number' || typeof value === 'boolean' ? test(String(value)) : false;
  });
}

/** All leaves at the path, as text, in the order of the event. */
export function leavesOf(event: unknown, path: FieldPath): string[] {
  const leaves: string[] = [];
  someLeaf(event, path, (leaf) => {
    leaves.push(leaf);
    return false;
  });
  return leaves;
}

/** Whether anything but null stands at the path, an object included. */
export function hasValue(event: unknown, path: FieldPath): boolean {
  return someValue(event, path.steps, 0, (value) => value !== null && value !== undefined);
}

/** Whether the last key of the path is present on some branch, even with null. */
export function hasKey(event: unknown, path: FieldPath): boolean {
  const last = path.steps.at(-1);
  if (last === undefined) return false;
  return someParent(event, path.steps.slice(0, -1), 0, (parent) => stepExists(parent, last));
}

/** Whether some leaf anywhere in the event satisfies a test. */
export function someLeafAnywhere(value: unknown, test: (leaf: string) => boolean): boolean {
  if (typeof value === 'string') return test(value);
  if (typeof value === 'number' || typeof value === 'boolean') return test(String(value));
  if (Array.isArray(value)) return value.some((element) => someLeafAnywhere(element, test));
  if (!isRecord(value)) return false;
  for (const key of Object.keys(value)) if (someLeafAnywhere(value[key], test)) return true;
  return false;
}

function someValue(
  from: unknown,
  steps: readonly FieldStep[],
  start: number,
  test: (value: unknown) => boolean,
): boolean {
  return someParent(from, steps, start, (value) => {
    if (!Array.isArray(value)) return test(value);
    return value.some((element) => someValue(element, [], 0, test));
  });
}

/** Like `someValue`, but an array at the end of the path is handed over whole. */
function someParent(
  from: unknown,
  steps: readonly FieldStep[],
  start: number,
  test: (value: unknown) => boolean,
): boolean {
  let value = from;
  for (let index = start; index < steps.length; index += 1) {
    const step = steps[index];
    if (step === undefined) return false;
    if (Array.isArray(value) && step.kind !== 'index') {
      for (const element of value) if (someParent(element, steps, index, test)) return true;
      return false;
    }
    value = takeOneStep(value, step);
    if (value === undefined) return false;
  }
  return test(value);
}

function takeOneStep(value: unknown, step: FieldStep): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  switch (step.kind) {
    case 'key':
      return (value as Record<string, unknown>)[step.key];
    case 'index':
      return Array.isArray(value) ? value[step.index] : undefined;
    case 'target-type':
      return hasType(value as Record<string, unknown>, step) ? value : undefined;
    case 'any-case':
      return readAnyCase(value as Record<string, unknown>, step);
  }
}

function hasType(
  value: Readonly<Record<string, unknown>>,
  step: { readonly type: string; readonly folded: string },
): boolean {
  const { type } = value;
  return type === step.type || (typeof type === 'string' && foldCase(type) === step.folded);
}

function readAnyCase(
  value: Readonly<Record<string, unknown>>,
  step: { readonly key: string; readonly folded: string },
): unknown {
  if (Object.hasOwn(value, step.key)) return value[step.key];
  for (const key of Object.keys(value)) {
    if (key.length === step.key.length && foldCase(key) === step.folded) return value[key];
  }
  return undefined;
}

function stepExists(parent: unknown, step: FieldStep): boolean {
  if (Array.isArray(parent) && step.kind !== 'index') {
    return parent.some((element) => stepExists(element, step));
  }
  if (typeof parent !== 'object' || parent === null) return false;
  switch (step.kind) {
    case 'key':
      return Object.hasOwn(parent, step.key);
    case 'index':
      return Array.isArray(parent) && step.index < parent.length;
    case 'target-type':
      return hasType(parent as Record<string, unknown>, step);
    case 'any-case':
      return (
        Object.hasOwn(parent, step.key) ||
        Object.keys(parent).some((key) => foldCase(key) === step.folded)
      );
  }
}
