import { releaseBytes } from './release-bytes.ts';

const FIRST_ROOM = 1 << 16;
const MOST_TRUSTED_LENGTH = 1 << 25;

/**
 * Puts the pieces of an answer together as they come. Pieces that wait for the last one would be moved out of the young
 * generation, whose collection frees them at once, and pile up by the dozen of pages.
 */
export function collectBytes(announcedLength: number) {
  const isLikely = announcedLength > 0 && announcedLength <= MOST_TRUSTED_LENGTH;
  let room = Buffer.allocUnsafeSlow(isLikely ? announcedLength : FIRST_ROOM);
  let used = 0;
  return {
    add(piece: Buffer): void {
      if (used + piece.length > room.length) {
        const larger = Buffer.allocUnsafeSlow(2 * (used + piece.length));
        room.copy(larger, 0, 0, used);
        releaseBytes(room);
        room = larger;
      }
      used += piece.copy(room, used);
    },
    /** All of them, once. */
    take: (): Buffer => room.subarray(0, used),
  };
}
