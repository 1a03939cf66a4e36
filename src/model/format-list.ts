import { formatNumber } from './format-number.ts';

/** `one, two and three`; of more than so many `one, two and 4 more`. */
export function formatList(items: readonly string[], most = items.length): string {
  if (items.length > most) {
    return formatList([...items.slice(0, most), `${formatNumber(items.length - most)} more`]);
  }
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
