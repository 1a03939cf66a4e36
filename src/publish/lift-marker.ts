import type { IssueSite } from './issue-site.ts';

/** The same text with the line of its marker first, where somebody wrote something above it. */
export function liftMarker(
  { readMarkerKey }: Pick<IssueSite, 'readMarkerKey'>,
  body: string,
): string {
  if (readMarkerKey(body) !== null) return body;
  const lines = body.split('\n');
  const place = lines.findIndex((line) => readMarkerKey(line) !== null);
  if (place === -1) return body;
  return [...lines.slice(place, place + 1), '', ...lines.toSpliced(place, 1)].join('\n');
}
