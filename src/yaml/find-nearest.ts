/** More than a slip of the hand is a guess. */
const MOST_EDITS = 3;

/** The known word that somebody most likely meant, or null where none is near; the first of equally near ones. */
export function findNearest(written: string, known: readonly string[]): string | null {
  const largest = Math.min(MOST_EDITS, Math.max(1, Math.floor(written.length / 3)));
  let nearest: string | null = null;
  let least = largest + 1;
  for (const word of known) {
    const distance = countEdits(written.toLowerCase(), word.toLowerCase());
    if (distance >= least) continue;
    least = distance;
    nearest = word;
  }
  return nearest;
}

/** Letters to add, leave out or replace (Levenshtein). */
function countEdits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [at, otherLetter] of [...other].entries()) {
      const replaced = (row[at] ?? 0) + (letter === otherLetter ? 0 : 1);
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
