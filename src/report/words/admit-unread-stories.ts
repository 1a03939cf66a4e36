import type { Coverage } from '../../model/judged-audit.ts';

/**
 * Says beside what was seen of people and sessions that not all of it was read; null where it was. Such a hole touches
 * no check and decides nothing, but without it a short story looks like a whole one.
 */
export function admitUnreadStories({ holes }: Pick<Coverage, 'holes'>): string | null {
  const isMissing = holes.some(({ checks, decides }) => checks.length === 0 && !decides);
  return isMissing
    ? 'Not everything around the people and sessions here was read; the coverage says what is missing.'
    : null;
}
