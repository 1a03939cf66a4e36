/** What lost a write has zeros in its place, a sector of a disk at least; every second of these places lies well inside of one. */
const STEP = 256;
/** Zeros around the mark stay, so that no parser takes the line for whole. */
const LEAST_ZEROS = 8;
/** A plain character as an escape: every scanner leaves such a line to the parser. */
const MARK = Buffer.from('\\u0061');

/**
 * Marks the zeros that a crash or a torn write left in the area, for the parser to see the line. They may have taken the end of
 * one record, the whole of others and the front of the next, and what is left of these then looks like one record.
 */
export function markZeros(area: Buffer, from: number, to: number): void {
  for (let at = from; at + LEAST_ZEROS <= to; at += STEP) {
    if (area[at] === 0 && isZero(area, at)) MARK.copy(area, at + 1);
  }
}

function isZero(area: Buffer, start: number): boolean {
  for (let at = start; at < start + LEAST_ZEROS; at += 1) if (area[at] !== 0) return false;
  return true;
}
