import type { BlockName } from '../issue-blocks.ts';
import { type Fitted, fitPieces } from './fit-pieces.ts';
import { listCuts } from './list-cuts.ts';
import { joinParts, measureBytes, type Piece } from './piece.ts';
import { type PageContent, type PlacedPiece, placePieces } from './place-pieces.ts';

/** Above this many open findings a box for each is no help: one box per check and day. */
const MOST_SINGLE_BOXES = 300;

/** Kept free for the sentence that says what was left out. */
const CUT_NOTE_BYTES = 900;

export interface PageToCompose extends PageContent {
  /** Puts a block into the form of its surface. */
  readonly wrap: (name: BlockName, text: string) => string;
  /** What is missing whatever the budget, in words. */
  readonly alsoCut: readonly string[];
}

interface Placed {
  readonly places: readonly Pick<PlacedPiece, 'block' | 'kind'>[];
  readonly pieces: readonly Piece[];
}

/** A page whose parts are known and rendered at most once, however often it is composed. */
export interface PlacedPage {
  readonly wrap: PageToCompose['wrap'];
  readonly alsoCut: readonly string[];
  /** One entry for each finding; null where there are too many for that. */
  readonly single: Placed | null;
  /** One entry for each check and day. */
  readonly batches: () => Placed;
}

export interface Composed {
  readonly text: string;
  /** What the budget cost, in words; empty where everything is there. */
  readonly cut: readonly string[];
}

export function placePage(page: PageToCompose): PlacedPage {
  const { surface, byUse } = page.context;
  const isSingle = surface === 'document' || byUse.open.length <= MOST_SINGLE_BOXES;
  return {
    wrap: page.wrap,
    alsoCut: page.alsoCut,
    single: isSingle ? place(page, 'single') : null,
    batches: () => place(page, 'batches'),
  };
}

function place(page: PageToCompose, findings: 'single' | 'batches'): Placed {
  const places = placePieces(page, findings);
  return { places, pieces: places.map(({ piece }) => piece) };
}

/** The whole answer as Markdown within a budget: blocks in a fixed order, detail dropped in a fixed order. */
export function composePage(page: PlacedPage, wholeBudgetBytes: number): Composed {
  const { wrap, alsoCut, single, batches } = page;
  const budgetBytes = wholeBudgetBytes - (alsoCut.length > 0 ? CUT_NOTE_BYTES : 0);
  if (single !== null) {
    const fitted = fitPlaced(single, { wrap, budgetBytes });
    if (fitted.fits) return layOut(single, { ...fitted, cut: [...fitted.cut, ...alsoCut] }, wrap);
  }
  const placed = batches();
  const fitted = fitPlaced(placed, { wrap, budgetBytes });
  const grouped = single === null ? [] : ['single findings, which stand together by check and day'];
  return layOut(placed, { ...fitted, cut: [...fitted.cut, ...grouped, ...alsoCut] }, wrap);
}

function fitPlaced(
  placed: Placed,
  { wrap, budgetBytes }: { wrap: PlacedPage['wrap']; budgetBytes: number },
): Fitted {
  const { places, pieces } = placed;
  const blocks = [...new Set(places.map(({ block }) => block))];
  const wrapping = measureBytes(blocks.map((block) => wrap(block, '')).join('\n\n'));
  const spacing = 2 * (pieces.length + 1);
  return fitPieces({
    pieces,
    cuts: listCuts(places.map(({ kind }) => kind)),
    budgetBytes: budgetBytes - wrapping - spacing,
    noteBytes: CUT_NOTE_BYTES,
  });
}

function layOut({ places }: Placed, { texts, cut }: Fitted, wrap: PlacedPage['wrap']): Composed {
  const blocks = new Map<BlockName, string[]>();
  for (const [index, { block }] of places.entries()) {
    const text = texts[index] ?? '';
    const content = blocks.get(block) ?? [];
    if (text !== '') content.push(text);
    blocks.set(block, content);
    if (block === 'status' && cut.length > 0) blocks.set('cut', [describeCut(cut)]);
  }
  const written = [...blocks]
    .filter(([, content]) => content.length > 0)
    .map(([block, content]) => wrap(block, content.join('\n\n')));
  return { text: joinParts(...written), cut };
}

function describeCut(cut: readonly string[]): string {
  return `To fit the limit of this page, it leaves out: ${cut.join('; ')}. The report files of the run have everything.`;
}
