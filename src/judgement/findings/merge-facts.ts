import { addToGroup } from '../../model/group-by-key.ts';
import type { Facts, FactValue } from '../../model/match.ts';

const MOST_VALUES = 50;

/**
 * The facts of several matches as those of one finding: equal values stay, different ones become a list of texts,
 * each once, in the order of the matches.
 */
export function mergeFacts(matches: readonly { readonly facts: Facts }[]): Facts {
  const values = new Map<string, FactValue[]>();
  for (const { facts } of matches) {
    for (const [name, value] of Object.entries(facts)) addToGroup(values, name, value);
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, mergeValues(all)]));
}

function mergeValues(values: readonly FactValue[]): FactValue {
  const [first] = values;
  if (first === undefined) return [];
  if (values.every((value) => isSame(value, first))) return first;
  return [...new Set(values.flatMap(toTexts))].slice(0, MOST_VALUES);
}

function isSame(one: FactValue, other: FactValue): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function toTexts(value: FactValue): readonly string[] {
  return typeof value === 'object' ? value : [String(value)];
}
