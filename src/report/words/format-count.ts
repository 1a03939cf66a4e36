import { formatNumber } from '../../model/format-number.ts';

export { formatNumber };

/** `1 finding`, `1,204 findings`, `no findings`. */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  if (count === 0) return `no ${plural}`;
  return `${formatNumber(count)} ${count === 1 ? singular : plural}`;
}

/** `one, two and three`. */
export function formatList(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
