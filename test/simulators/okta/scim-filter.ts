import { type Compare, type Filter, parse } from 'scim2-parse-filter';
import { isRecord, type RawEvent } from '../../../src/model/log-event.ts';

export type EventPredicate = (event: RawEvent) => boolean;

/** A filter that Okta would refuse with 400. */
export class FilterError extends Error {
  override readonly name = 'FilterError';
}

/**
 * Compiles a System Log `filter`.
 * scim2-parse-filter parses; the evaluation is ours, because that library's own takes a null for present,
 * folds the case of every key of every event (a hundred times slower on a long list of types) and accepts
 * the value paths that Okta refuses.
 * Source: https://developer.okta.com/docs/reference/system-log-query/
 */
export function compileFilter(text: string): EventPredicate {
  const filter = parseFilter(text);
  rejectUnsupported(filter);
  return compile(filter);
}

function parseFilter(text: string): Filter {
  try {
    return parse(undoBackslashes(text));
  } catch (thrown) {
    throw new FilterError(`The filter is not valid: ${String(thrown)}`, { cause: thrown });
  }
}

/** The parser doubles every backslash that stands before no quote; a doubled one must come to it single. */
function undoBackslashes(text: string): string {
  return text.replaceAll('\\\\', '\\');
}

const NOT_SEARCHABLE = ['debugContext.debugData.url', 'debugContext.debugData.requestUri'];

function rejectUnsupported(filter: Filter): void {
  switch (filter.op) {
    case 'and':
    case 'or':
      for (const part of filter.filters) rejectUnsupported(part);
      return;
    case 'not':
      rejectUnsupported(filter.filter);
      return;
    case '[]':
      throw new FilterError('The operators [ ] are not supported.');
    default:
      if (filter.attrPath === 'published' || filter.attrPath.startsWith('published.')) {
        throw new FilterError('The attribute published cannot be used in a filter.');
      }
      if (filter.op === 'co' && NOT_SEARCHABLE.includes(filter.attrPath)) {
        throw new FilterError(`The operator co is not supported with ${filter.attrPath}.`);
      }
  }
}

function compile(filter: Filter): EventPredicate {
  switch (filter.op) {
    case 'and': {
      const parts = filter.filters.map(compile);
      return (event) => parts.every((part) => part(event));
    }
    case 'or': {
      const parts = filter.filters.map(compile);
      return (event) => parts.some((part) => part(event));
    }
    case 'not': {
      const negated = compile(filter.filter);
      return (event) => !negated(event);
    }
    case '[]':
      return () => false;
    case 'pr':
      return compileLeafTest(filter.attrPath, (leaf) => leaf !== null);
    default:
      return compileLeafTest(filter.attrPath, compileComparison(filter));
  }
}

type LeafTest = (leaf: unknown) => boolean;

function compileLeafTest(path: string, test: LeafTest): EventPredicate {
  const keys = path.split('.');
  return (event) => someLeaf({ value: event, keys, depth: 0, test });
}

/** Walks objects by exact key and branches at arrays, as a path into a System Log record does. */
function someLeaf(walk: {
  readonly value: unknown;
  readonly keys: readonly string[];
  readonly depth: number;
  readonly test: LeafTest;
}): boolean {
  const { value, keys, depth, test } = walk;
  if (Array.isArray(value)) {
    return value.some((element) => someLeaf({ value: element, keys, depth, test }));
  }
  const key = keys[depth];
  if (key === undefined) return value !== undefined && test(value);
  return isRecord(value) && someLeaf({ value: value[key], keys, depth: depth + 1, test });
}

function compileComparison({ op, compValue }: Compare): LeafTest {
  if (op === 'eq') return (leaf) => isSameValue(leaf, compValue);
  if (op === 'ne') return (leaf) => !isSameValue(leaf, compValue);
  if (op === 'co' || op === 'sw' || op === 'ew') return compileTextTest(op, String(compValue));
  return (leaf) => {
    if (typeof leaf !== typeof compValue || compValue === null) return false;
    const order = compareValues(leaf, compValue);
    if (op === 'gt') return order > 0;
    if (op === 'ge') return order >= 0;
    if (op === 'lt') return order < 0;
    return order <= 0;
  };
}

/** Okta's own queries quote a flag; its guide to filters writes it bare. */
function isSameValue(leaf: unknown, wanted: Compare['compValue']): boolean {
  return leaf === wanted || (typeof leaf === 'boolean' && String(leaf) === wanted);
}

function compileTextTest(op: 'co' | 'sw' | 'ew', wanted: string): LeafTest {
  return (leaf) => {
    if (typeof leaf !== 'string') return false;
    if (op === 'co') return leaf.includes(wanted);
    return op === 'sw' ? leaf.startsWith(wanted) : leaf.endsWith(wanted);
  };
}

function compareValues(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  const [oneText, otherText] = [String(one), String(other)];
  if (oneText === otherText) return 0;
  return oneText < otherText ? -1 : 1;
}
