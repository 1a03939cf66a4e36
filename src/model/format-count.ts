import { formatNumber } from './format-number.ts';

/** `1 finding`, `1,204 findings`, `no findings`. */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  if (count === 0) return `no ${plural}`;
  return `${formatNumber(count)} ${count === 1 ? singular : plural}`;
}
