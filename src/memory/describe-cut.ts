import { formatCount } from '../model/format-count.ts';
import type { MemoryCut } from './encode-memory.ts';

/** What a memory had to leave behind, as items of a list of what is missing; empty where it kept everything. */
export function describeMemoryCut(cut: MemoryCut): string[] {
  const { unaskedRows, acknowledgedRows, summaries, titles } = cut;
  return [
    ...say(
      unaskedRows,
      (count) => `the memory of ${count} that nobody was asked to review`,
      'finding',
    ),
    ...say(
      acknowledgedRows,
      (count) => `the memory of ${count}, new again should more of it come`,
      'acknowledged finding',
    ),
    ...say(
      summaries,
      (count) => `the sentences of ${count} once their events have left the window`,
      'open finding',
    ),
    ...say(titles, (count) => `the titles of ${count} likewise`, 'open finding'),
  ];
}

function say(count: number, word: (count: string) => string, noun: string): string[] {
  return count === 0 ? [] : [word(formatCount(count, noun))];
}
