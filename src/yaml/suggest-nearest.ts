import { findNearest } from './find-nearest.ts';

/** The end of a message about a word that nobody knows: what was most likely meant, where anything is near. */
export function suggestNearest(written: string, known: readonly string[]): string {
  const nearest = findNearest(written, known);
  return nearest === null ? '' : `; did you mean ${nearest}?`;
}
