import type { BlockName } from '../issue-blocks.ts';
import { type Fitted, fitPieces, measureBytes } from './fit-pieces.ts';
import { listCuts } from './list-cuts.ts';
import { type PageContent, type PlacedPiece, placePieces } from './place-pieces.ts';

/** Above this many open findings a box for each is no help: one box per check and day. */
const MOST_SINGLE_BOXES = 300;

/** Kept free for the sentence that says what was left out. */
const CUT_NOTE_BYTES = 900;

export interface Composition extends PageContent {
  readonly budgetBytes: number;
  /** Puts a block into the form of its surface. */
  readonly wrap: (name: BlockName, text: string) => string;
}

export interface Composed {
  readonly text: string;
  /** What the budget cost, in words; empty where everything is there. */
  readonly cut: readonly string[];
}

/** The whole answer as Markdown within a budget: blocks in a fixed order, detail dropped in a fixed order. */
export function composeReport(composition: Composition): Composed {
  const { surface, byUse } = composition.context;
  const startsSingle = surface === 'document' || byUse.open.length <= MOST_SINGLE_BOXES;
  if (startsSingle) {
    const placed = placePieces(composition, 'single');
    const fitted = fitPlaced(composition, placed);
    if (fitted.fits) return layOut(composition, placed, fitted);
  }
  const placed = placePieces(composition, 'batches');
  const fitted = fitPlaced(composition, placed);
  const grouped = startsSingle ? ['single findings, which stand together by check and day'] : [];
  return layOut(composition, placed, { ...fitted, cut: [...fitted.cut, ...grouped] });
}

function fitPlaced(composition: Composition, placed: readonly PlacedPiece[]): Fitted {
  const pieces = placed.map(({ piece }) => piece);
  const blocks = [...new Set(placed.map(({ block }) => block))];
  const wrapping = measureBytes(blocks.map((block) => composition.wrap(block, '')).join('\n\n'));
  const spacing = 2 * (pieces.length + 1);
  const budgetBytes = composition.budgetBytes - wrapping - spacing;
  const whole = fitPieces({ pieces, cuts: [], budgetBytes });
  if (whole.fits) return whole;
  const cuts = listCuts(placed.map(({ kind }) => kind));
  return fitPieces({ pieces, cuts, budgetBytes: budgetBytes - CUT_NOTE_BYTES });
}

function layOut(
  composition: Composition,
  placed: readonly PlacedPiece[],
  { texts, cut }: Fitted,
): Composed {
  const blocks = new Map<BlockName, string[]>();
  for (const [index, { block }] of placed.entries()) {
    const text = texts[index] ?? '';
    const content = blocks.get(block) ?? [];
    if (text !== '') content.push(text);
    blocks.set(block, content);
    if (block === 'status' && cut.length > 0) blocks.set('cut', [describeCut(cut)]);
  }
  const text = [...blocks]
    .filter(([, content]) => content.length > 0)
    .map(([block, content]) => composition.wrap(block, content.join('\n\n')))
    .join('\n\n');
  return { text, cut };
}

function describeCut(cut: readonly string[]): string {
  return `To fit the limit of this page, it leaves out: ${cut.join('; ')}. The report files of the run have everything.`;
}
