import { digestToBase32 } from '../../model/finding-id.ts';
import type { IssueMemory } from '../../model/issue-memory.ts';
import { compareTexts } from '../order-findings.ts';
import { type FindingKey, formatKey } from './finding-key.ts';

/** Eight characters (40 bits) are what a person can read out; the longer ones are for keys that would share them. */
const LENGTHS = [8, 12, 16, 52] as const;

interface Naming {
  readonly keys: readonly FindingKey[];
  readonly memory: Pick<IssueMemory, 'findings'>;
  /** Base32 text of at least the longest length; another one only in tests. */
  readonly digest?: (values: readonly string[]) => string;
}

/**
 * Gives every key its id, by the text of the key: `F-` and the first eight characters of a digest of nothing but the key.
 * Where two keys would share them, the earlier day keeps the short id and the other gets a longer one. A longer id that
 * the memory knows is kept, and an id that the memory knows of another check is not used, so that ids stay when one of
 * the two has left the window.
 */
export function assignFindingIds({
  keys,
  memory,
  digest = digestToBase32,
}: Naming): ReadonlyMap<string, string> {
  const rememberedChecks = new Map(memory.findings.map((row) => [row.id, row.check]));
  const named = [...new Map(keys.map((key) => [formatKey(key), key])).entries()]
    .map(([text, key]) => ({ text, key, full: digest([key.check, key.day, ...key.group]) }))
    .sort(
      (one, other) =>
        compareTexts(one.key.day, other.key.day) ||
        compareTexts(one.full, other.full) ||
        compareTexts(one.text, other.text),
    );
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const { text, key, full } of named) {
    const choices = LENGTHS.map((length) => `F-${full.slice(0, length)}`);
    const isOurs = (id: string): boolean => rememberedChecks.get(id) === key.check;
    const isFree = (id: string): boolean =>
      !taken.has(id) && (isOurs(id) || !rememberedChecks.has(id));
    const id =
      choices.slice(1).findLast((choice) => isOurs(choice) && !taken.has(choice)) ??
      choices.find(isFree) ??
      `F-${full}`;
    taken.add(id);
    ids.set(text, id);
  }
  return ids;
}
