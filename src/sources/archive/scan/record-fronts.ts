import { holdsAt } from './search-bytes.ts';

/** Knows how records begin, and finds those that begin inside of a line. */
export interface RecordFronts {
  /**
   * True where a line does not begin as a record, or one begins between there and a place in the line: it was torn, and the next
   * one stands behind it.
   */
  isTorn(area: Buffer, start: number, before: number): boolean;
}

/** A bracket, the first name and one character of its value. */
const FRONT = /^\{[ \t]*"[^"\\]*"[ \t]*:[ \t]*[^ \t\r\n]/;
const LONGEST_FRONT = 200;
/** Node looks for the last byte of a piece and compares the rest; longer pieces take it twice as long. */
const LONGEST_PIECE = 7;

/** Most lines begin as the one before them. */
export function createRecordFronts(): RecordFronts {
  let front = Buffer.alloc(0);
  let piece = front;
  let pieceAt = 0;

  function learn(area: Buffer, start: number, before: number): boolean {
    const [text] = FRONT.exec(area.toString('latin1', start, start + LONGEST_FRONT)) ?? [];
    if (text === undefined) return false;
    front = Buffer.from(text, 'latin1');
    const end = findRarest(front, area.subarray(start, before)) + 1;
    pieceAt = Math.max(0, end - LONGEST_PIECE);
    piece = front.subarray(pieceAt, end);
    return true;
  }

  /** The last place at which a record begins as known; before the start where none does. From the end, to touch nothing else. */
  function findLast(area: Buffer, start: number, before: number): number {
    // A position below zero would be counted from the end.
    for (let end = before; front.length > 0 && end >= start; ) {
      const at = area.lastIndexOf(piece, end) - pieceAt;
      if (holdsAt(area, at, front)) return at;
      end = at + pieceAt - 1;
    }
    return -1;
  }

  return {
    isTorn: (area, start, before) => {
      const last = findLast(area, start, before);
      if (last >= start) return last > start;
      return !learn(area, start, before) || findLast(area, start, before) > start;
    },
  };
}

/** Which byte of a front, from its second on, is the rarest among others. */
function findRarest(front: Buffer, others: Buffer): number {
  const counts = new Uint32Array(256);
  for (const byte of others) counts[byte] = (counts[byte] ?? 0) + 1;
  const countAt = (at: number): number => counts[front[at] ?? 0] ?? 0;
  let rarest = 1;
  for (let at = 2; at < front.length; at += 1) if (countAt(at) < countAt(rarest)) rarest = at;
  return rarest;
}
