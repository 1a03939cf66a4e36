import { foldCase } from './compile-pattern.ts';
import type { FieldNode } from './okta-fields.ts';

/** A field below a place in an event, under a name that a pipeline flattened. */
interface Flattened {
  /** The steps down to it, in Okta's spelling. */
  readonly path: readonly FieldStepName[];
  /** How many segments of the written name it takes. */
  readonly segments: number;
}

interface FieldStepName {
  readonly name: string;
  readonly node: FieldNode;
}

type FieldsByFlatName = ReadonlyMap<string, readonly FieldStepName[]>;

/** What names mean that no event can have as written, because a pipeline split or joined their words. */
export interface FlattenedFields {
  /**
   * The field below a place that the next segments of a name stand for, as many of them as fit: `event_type`,
   * `display.name` and `actor_alternateId` are eventType, displayName and actor.alternateId. Null where nothing fits.
   */
  find(node: FieldNode, segments: readonly string[]): Flattened | null;
  /** Fields that end so: for `alternateId`, those of the actor and of targets. */
  listEnding(root: FieldNode, name: string): string[];
}

export function createFlattenedFields(): FlattenedFields {
  const known = new WeakMap<FieldNode, FieldsByFlatName>();
  const below = (node: FieldNode): FieldsByFlatName => {
    const fields = known.get(node) ?? collectFlatNames(node, below);
    known.set(node, fields);
    return fields;
  };
  return {
    find: (node, segments) => findIn(below(node), segments),
    listEnding: (root, name) => listEnding(below(root), flatten(name)),
  };
}

function findIn(fields: FieldsByFlatName, segments: readonly string[]): Flattened | null {
  for (let count = segments.length; count > 0; count -= 1) {
    const written = segments.slice(0, count);
    const path = written.includes('') ? undefined : fields.get(flatten(written.join('')));
    if (path !== undefined) return { path, segments: count };
  }
  return null;
}

function listEnding(fields: FieldsByFlatName, flat: string): string[] {
  return [...fields.values()].flatMap((path) => {
    const isIt = path.length > 1 && flatten(path.at(-1)?.name ?? '') === flat;
    return isIt ? [path.map((step) => step.name).join('.')] : [];
  });
}

function collectFlatNames(
  node: FieldNode,
  below: (child: FieldNode) => FieldsByFlatName,
): FieldsByFlatName {
  const fields = new Map<string, readonly FieldStepName[]>();
  for (const [name, child] of node.children) {
    const step = { name, node: child };
    fields.set(flatten(name), [step]);
    for (const [flat, path] of below(child)) fields.set(flatten(name) + flat, [step, ...path]);
  }
  return fields;
}

function flatten(name: string): string {
  return foldCase(name).replace(/[_.-]/g, '');
}
