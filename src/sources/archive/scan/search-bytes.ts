/** A text to look for, and the piece of it that is searched. */
export interface Needle {
  readonly text: Buffer;
  readonly piece: Buffer;
  readonly pieceAt: number;
}

/**
 * Makes a needle that is found by a piece of it. Searching backwards, Node looks for the last byte of a piece and compares the
 * rest, twice as fast as for texts of eight bytes and more; so a piece is short and ends with a letter that is rare in logs.
 */
export function toNeedle(text: string, piece: string): Needle {
  return {
    text: Buffer.from(text, 'latin1'),
    piece: Buffer.from(piece, 'latin1'),
    pieceAt: text.indexOf(piece),
  };
}

/** The places of one text in one stretch of bytes. */
export interface Search {
  /** Finds all places in a stretch, and forgets those of the one before. */
  start(area: Buffer, from: number, to: number): void;
  /** Behind the only place between two bytes; -1 where there is none or more than one. What is asked for never goes back. */
  findOnly(start: number, end: number): number;
}

/** Beyond every place; `findOnly` looks at two. */
const NOWHERE = 0x7fffffff;
const GUARDS = 2;
const FIRST_ROOM = 1024;

/** Searches from the end to the beginning, and answers from the beginning to the end. */
export function createSearch({ text, piece, pieceAt }: Needle): Search {
  let places = new Int32Array(FIRST_ROOM).fill(NOWHERE, 0, GUARDS);
  let count = GUARDS;

  function keep(place: number): void {
    if (count === places.length) {
      const larger = new Int32Array(count * 2);
      larger.set(places);
      places = larger;
    }
    places[count] = place;
    count += 1;
  }

  function read(index: number): number {
    return places[index] ?? NOWHERE;
  }

  return {
    start: (area, from, to) => {
      const bytes = area.subarray(from, to);
      count = GUARDS;
      // A position below zero would be counted from the end.
      for (let end = bytes.length; end >= 0; ) {
        const at = bytes.lastIndexOf(piece, end);
        if (at < 0) return;
        const place = from + at - pieceAt;
        if (holdsAt(area, place, text)) keep(place);
        end = at - 1;
      }
    },
    findOnly: (start, end) => {
      while (read(count - 1) < start) count -= 1;
      const place = read(count - 1);
      return place >= end || read(count - GUARDS) < end ? -1 : place + text.length;
    },
  };
}

/** Compares from the end, where texts of logs differ most. */
export function holdsAt(area: Buffer, at: number, text: Buffer): boolean {
  let index = text.length - 1;
  while (index >= 0 && area[at + index] === text[index]) index -= 1;
  return index < 0;
}
