import type { Comparison } from '../expression/detection-expression.ts';

export function compareNumbers(value: number, comparison: Comparison, bound: number): boolean {
  switch (comparison) {
    case 'lt':
      return value < bound;
    case 'lte':
      return value <= bound;
    case 'gt':
      return value > bound;
    case 'gte':
      return value >= bound;
    case 'eq':
      return value === bound;
  }
}

/** A number as JSON writes it, also inside a string; null where the text is none. */
export function toNumber(text: string): number | null {
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : null;
}
