import { decodeMemory } from './decode-memory.ts';
import { findMarker } from './issue-marker.ts';

/** GitHub's time since when a comment may have told the news that a body announces; null where it announces none. */
export function readAnnouncedSince(body: string): string | null {
  const marker = findMarker(body);
  const decoded = decodeMemory(marker.kind === 'marker' ? (marker.memory ?? '') : '');
  return decoded.kind === 'memory' ? (decoded.memory.announced?.since ?? null) : null;
}
