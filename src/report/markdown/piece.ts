/** A part of a page that can be written at several lengths, the fullest first. */
export interface Piece {
  /** How many lengths there are. */
  readonly lengths: number;
  /** The size at one length, in bytes of UTF-8; nothing is written for it where that can be told before. */
  measure(length: number): number;
  /** Empty where the piece has nothing to say. */
  write(length: number): string;
  /** What the fullest takes at least, for a piece that is dear to measure. */
  readonly atLeastBytes?: number;
}

/** A piece of given texts, each made once and when it is needed. */
export function toPiece(full: () => string, ...shorter: readonly (() => string)[]): Piece {
  const renderings = [full, ...shorter];
  const texts: string[] = [];
  const write = (length: number): string => {
    const text = texts[length] ?? renderings[length]?.() ?? '';
    texts[length] = text;
    return text;
  };
  return { lengths: renderings.length, measure: (length) => measureBytes(write(length)), write };
}

const BLANK_LINE = '\n\n';

/** Parts of a page with blank lines between them; an empty one is left out. */
export function joinParts(...parts: readonly string[]): string {
  let text = '';
  for (const part of parts) {
    if (part !== '') text += text === '' ? part : BLANK_LINE + part;
  }
  return text;
}

/** The size of parts of these sizes when they are joined. */
export function sumParts(...sizes: readonly number[]): number {
  let bytes = 0;
  for (const size of sizes) bytes += size === 0 ? 0 : size + BLANK_LINE.length;
  return Math.max(0, bytes - BLANK_LINE.length);
}

export function measureBytes(text: string): number {
  return Buffer.byteLength(text);
}
