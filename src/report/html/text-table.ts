import { toVisibleText } from '../escape/visible-text.ts';

/** Keeps each text once and gives its place; visible text only. */
export interface TextTable {
  readonly texts: readonly string[];
  /** -1 for null and the empty text. */
  place(text: string | null): number;
}

export function createTextTable(): TextTable {
  const texts: string[] = [];
  const places = new Map<string, number>();
  function place(text: string | null): number {
    if (text === null || text === '') return -1;
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, texts.length);
    texts.push(toVisibleText(text));
    return texts.length - 1;
  }
  return { texts, place };
}
