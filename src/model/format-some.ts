import { formatCount } from './format-count.ts';

/** `one, two, three` for a cell or a line; of more than so many `one, two and 4 more`, or `4 more checks`. */
export function formatSome(items: readonly string[], most: number, noun?: string): string {
  const left = items.length - most;
  if (left <= 0) return items.join(', ');
  const more =
    noun === undefined ? formatCount(left, 'more', 'more') : formatCount(left, `more ${noun}`);
  return `${items.slice(0, most).join(', ')} and ${more}`;
}
