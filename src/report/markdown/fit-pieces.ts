/** A part of a text with renderings from the fullest to the shortest, made only when they are needed. */
export type Piece = readonly [() => string, ...(() => string)[]];

/** Shortens some pieces, one after the other, until all fits. */
export interface Cut {
  /** In the order in which they lose it. */
  readonly pieces: readonly number[];
  /** The rendering that is left. */
  readonly variant: number;
  /** What is lost, for a reader: `the events of 12 findings`. Cuts that share it are told together. */
  readonly describe: (count: number) => string;
}

export interface Fitted {
  readonly texts: readonly string[];
  /** What had to be left out, in words; empty where everything is there. */
  readonly cut: readonly string[];
  readonly fits: boolean;
}

/** The pieces at their fullest, rendered and measured once for every budget. */
export interface FullPieces {
  readonly texts: readonly string[];
  readonly sizes: readonly number[];
  readonly totalBytes: number;
}

export function renderFull(pieces: readonly Piece[]): FullPieces {
  const texts = pieces.map(([full]) => full());
  const sizes = texts.map(measureBytes);
  return { texts, sizes, totalBytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/**
 * The pieces as full as the budget allows, shortened in the stated order of the cuts and no further than needed.
 * Where anything has to go, room for a note about it is kept as well.
 */
export function fitPieces({
  pieces,
  full,
  cuts,
  budgetBytes: wholeBudget,
  noteBytes,
}: {
  pieces: readonly Piece[];
  full: FullPieces;
  cuts: readonly Cut[];
  budgetBytes: number;
  noteBytes: number;
}): Fitted {
  if (full.totalBytes <= wholeBudget) return { texts: full.texts, cut: [], fits: true };
  const texts = [...full.texts];
  const sizes = [...full.sizes];
  let total = full.totalBytes;
  const budgetBytes = wholeBudget - noteBytes;
  const lost = new Map<Cut['describe'], number>();
  for (const { pieces: indexes, variant, describe } of cuts) {
    let count = 0;
    for (const index of indexes) {
      if (total <= budgetBytes) break;
      const render = pieces[index]?.[variant];
      const before = sizes[index];
      if (render === undefined || before === undefined) continue;
      const text = render();
      const size = measureBytes(text);
      if (size >= before) continue;
      texts[index] = text;
      sizes[index] = size;
      total += size - before;
      count += 1;
    }
    if (count > 0) lost.set(describe, (lost.get(describe) ?? 0) + count);
  }
  const cut = [...lost].map(([describe, count]) => describe(count));
  return { texts, cut, fits: total <= budgetBytes };
}

export function measureBytes(text: string): number {
  return Buffer.byteLength(text);
}

/** Makes a rendering once, when it is first asked for. Never null. */
export function once<Value>(render: () => Value): () => Value {
  let text: Value | null = null;
  return () => {
    text ??= render();
    return text;
  };
}
