import { MeasuredPage } from './measured-page.ts';
import type { Piece } from './piece.ts';

/** Shortens some pieces, one after the other, until all fits. */
export interface Cut {
  /** In the order in which they lose it. */
  readonly pieces: readonly number[];
  /** The length that is left. */
  readonly length: number;
  /** What a piece of this length lacks, for a reader: `the events of 12 findings`. Cuts that share it are told together. */
  readonly describe: (count: number) => string;
}

export interface Fitted {
  readonly texts: readonly string[];
  /** What had to be left out, in words; empty where everything is there. */
  readonly cut: readonly string[];
  readonly fits: boolean;
}

/**
 * The pieces as full as the budget allows, shortened in the stated order of the cuts and no further than needed.
 * Where anything has to go, room for a note about it is kept as well.
 */
export function fitPieces({
  pieces,
  cuts,
  budgetBytes: wholeBudget,
  noteBytes,
}: {
  pieces: readonly Piece[];
  cuts: readonly Cut[];
  budgetBytes: number;
  noteBytes: number;
}): Fitted {
  const page = new MeasuredPage(pieces);
  if (!page.outgrows(wholeBudget)) return { texts: page.write(), cut: [], fits: true };
  const budgetBytes = wholeBudget - noteBytes;
  const lastCuts = new Map<number, Cut['describe']>();
  for (const { pieces: indexes, length, describe } of cuts) {
    for (const index of indexes) {
      if (!page.outgrows(budgetBytes)) break;
      if (page.shorten(index, length)) lastCuts.set(index, describe);
    }
  }
  const cut = tellCuts(cuts, [...lastCuts.values()]);
  return { texts: page.write(), cut, fits: !page.outgrows(budgetBytes) };
}

/** Each piece once, by the length that it ended with, in the order of the cuts. */
function tellCuts(cuts: readonly Cut[], made: readonly Cut['describe'][]): string[] {
  return [...new Set(cuts.map(({ describe }) => describe))].flatMap((describe) => {
    const count = made.filter((one) => one === describe).length;
    return count === 0 ? [] : [describe(count)];
  });
}
