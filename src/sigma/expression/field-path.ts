import { foldCase } from './compile-pattern.ts';
import { createFlattenedFields, type FlattenedFields } from './flattened-fields.ts';
import { buildFieldTree, type FieldNode } from './okta-fields.ts';

/** One step of a path into an event. */
export type FieldStep =
  | { readonly kind: 'key'; readonly key: string }
  /** A key that the catalogue does not know: exact, else ignoring case. */
  | { readonly kind: 'any-case'; readonly key: string; readonly folded: string }
  | { readonly kind: 'index'; readonly index: number }
  /** Keeps only the elements of a list that are called so: the targets of a type, the behaviors of a name. */
  | {
      readonly kind: 'called';
      readonly by: 'type' | 'name';
      readonly value: string;
      readonly folded: string;
    };

/** A field of a rule, resolved against what an Okta event can hold. */
export interface FieldPath {
  /** In the catalogue's spelling where it has one. */
  readonly name: string;
  readonly steps: readonly FieldStep[];
  /** True for `target.x`, which any target may satisfy; false for `target.User.x`. */
  readonly isUnderivedTarget: boolean;
  /** Why nothing that is compared can stand there, as at an object; null elsewhere. */
  readonly whyNoValue: string | null;
}

/** Lists of objects and the key of these that tells which of them is meant. */
const CALLED_BY: ReadonlyMap<string, 'type' | 'name'> = new Map([
  ['target', 'type'],
  ['securityContext.userBehaviors', 'name'],
]);

export type FieldReader = (name: string, warn: (message: string) => void) => FieldPath;

/** Gives the function that reads field names; it warns about what cannot be meant. */
export function createFieldReader(): FieldReader {
  const root = buildFieldTree();
  const flattened = createFlattenedFields();
  return (name, warn) => readField({ root, flattened, name, warn });
}

interface Walk {
  readonly steps: FieldStep[];
  readonly names: string[];
  readonly warn: (message: string) => void;
  readonly field: string;
  readonly root: FieldNode;
  readonly flattened: FlattenedFields;
  node: FieldNode | null;
  isRespelled: boolean;
  isUnknown: boolean;
}

function readField(options: {
  readonly root: FieldNode;
  readonly flattened: FlattenedFields;
  readonly name: string;
  readonly warn: (message: string) => void;
}): FieldPath {
  const walk: Walk = {
    steps: [],
    names: [],
    warn: options.warn,
    field: options.name,
    root: options.root,
    flattened: options.flattened,
    node: options.root,
    isRespelled: false,
    isUnknown: false,
  };
  let left: readonly string[] = splitSegments(options.name);
  while (left.length > 0) left = left.slice(takeStep(walk, left));
  const [first, second] = walk.steps;
  const name = walk.names.join('.');
  if (walk.isRespelled && !walk.isUnknown) {
    options.warn(`The field ${options.name} is read as ${name}, which is how Okta writes it.`);
  }
  return {
    name,
    steps: walk.steps,
    isUnderivedTarget: first?.kind === 'key' && first.key === 'target' && second?.kind !== 'called',
    whyNoValue: walk.isUnknown ? null : explainNoValue(walk, name),
  };
}

/** As many of a place's fields as help to find the one that is meant. */
const MOST_NAMED = 4;

function explainNoValue({ steps, node }: Walk, name: string): string | null {
  const last = steps.at(-1);
  if (last?.kind === 'called') {
    const [whole, example] =
      last.by === 'type'
        ? ['targets of this type', 'target.User.alternateId']
        : ['behaviors of this name', `${name}.result`];
    return `The field ${name} stands for ${whole} and for no value of theirs, so that nothing equals it; write which of their fields, as ${example}.`;
  }
  if (last?.kind === 'any-case' || node === null || node.children.size === 0) return null;
  const fields = [...node.children.keys()].slice(0, MOST_NAMED).map((key) => `${name}.${key}`);
  return `The field ${name} is made of other fields and has no value, so that nothing equals it; write which of them, as ${fields.join(', ')}.`;
}

/** `target[0].id` and `target.0.id` both give target, 0, id. */
function splitSegments(name: string): string[] {
  return name.replace(/\[(\d+)\]/g, '.$1').split('.');
}

/** Takes the next step of a path and says how many of its segments that was. */
function takeStep(walk: Walk, left: readonly string[]): number {
  const [segment = ''] = left;
  if (/^\d{1,9}$/.test(segment) && walk.steps.length > 0) {
    walk.warn(
      `The field ${walk.field} counts on a position in an array; Okta promises no order. Write target.<Type>.<property>, as target.User.id.`,
    );
    walk.steps.push({ kind: 'index', index: Number(segment) });
    walk.names.push(segment);
    return 1;
  }
  const { node } = walk;
  const exact = node?.children.get(segment);
  if (exact !== undefined) {
    pushKey(walk, segment, exact);
    return 1;
  }
  const other = node?.childrenIgnoringCase.get(foldCase(segment));
  if (other !== undefined) {
    walk.isRespelled = true;
    pushKey(walk, other.name, other.node);
    return 1;
  }
  const flattened = node === null || node.isOpen ? null : walk.flattened.find(node, left);
  if (flattened !== null) {
    walk.isRespelled = true;
    for (const step of flattened.path) pushKey(walk, step.name, step.node);
    return flattened.segments;
  }
  const by = CALLED_BY.get(walk.names.join('.'));
  if (by !== undefined && /\w/.test(segment)) {
    walk.steps.push({ kind: 'called', by, value: segment, folded: foldCase(segment) });
    walk.names.push(segment);
    return 1;
  }
  if (node === walk.root && left.length > 1 && foldCase(segment) === 'okta') {
    walk.isRespelled = true;
    return 1;
  }
  if (node !== null && !node.isOpen) warnOfUnknown(walk, segment);
  walk.steps.push({ kind: 'any-case', key: segment, folded: foldCase(segment) });
  walk.names.push(segment);
  walk.node = node?.isOpen === true ? node : null;
  return 1;
}

function warnOfUnknown(walk: Walk, segment: string): void {
  walk.isUnknown = true;
  const similar = walk.node === walk.root ? walk.flattened.listEnding(walk.root, walk.field) : [];
  const hint = similar.length === 0 ? '' : ` There is ${similar.join(' and ')}.`;
  walk.warn(
    `No Okta event has the field ${walk.field}: ${[...walk.names, segment].join('.')} is not in its schema.${hint}`,
  );
}

function pushKey(walk: Walk, key: string, node: FieldNode): void {
  walk.steps.push({ kind: 'key', key });
  walk.names.push(key);
  walk.node = node;
}
