/** A text to look for, and the piece of it that is searched. */
export interface Needle {
  readonly text: Buffer;
  readonly piece: Buffer;
  readonly pieceAt: number;
}

/**
 * Makes a needle that is found by a piece of it. Node looks for the first byte of a piece and compares the rest, twice as fast as
 * for texts of eight bytes and more; so a piece is short and begins with a letter that is rare in logs.
 */
export function toNeedle(text: string, piece: string): Needle {
  return {
    text: Buffer.from(text, 'latin1'),
    piece: Buffer.from(piece, 'latin1'),
    pieceAt: text.indexOf(piece),
  };
}

/** Looks for one text through the whole area; each place is found once. */
export interface Search {
  readonly area: Buffer;
  readonly length: number;
  /** The next place at or behind `from`; the end of the area where there is none. */
  next(from: number): number;
}

export function startSearch(area: Buffer, { text, piece, pieceAt }: Needle, to: number): Search {
  let found = -1;

  function advance(from: number): void {
    for (let at = area.indexOf(piece, from + pieceAt); ; at = area.indexOf(piece, at + 1)) {
      found = at < 0 || at >= to ? to : at - pieceAt;
      if (found === to || holdsAt(area, found, text)) return;
    }
  }

  return {
    area,
    length: text.length,
    next: (from) => {
      if (found < from) advance(from);
      return found;
    },
  };
}

/** Compares from the end, where texts of logs differ most. */
export function holdsAt(area: Buffer, at: number, text: Buffer): boolean {
  let index = text.length - 1;
  while (index >= 0 && area[at + index] === text[index]) index -= 1;
  return index < 0;
}
