import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import { groupIntoBatches, toBatchPiece } from '../../src/report/markdown/batch-section.ts';
import { toFindingPiece } from '../../src/report/markdown/finding-entry.ts';
import { fitPieces } from '../../src/report/markdown/fit-pieces.ts';
import {
  createMarkdownContext,
  type MarkdownContext,
} from '../../src/report/markdown/markdown-context.ts';
import { type Piece, toPiece } from '../../src/report/markdown/piece.ts';
import { hostileAudit, takeTurns } from './hostile-audit.ts';
import { HOSTILE_TEXTS } from './hostile-text.ts';
import { answerOf } from './render-sample.ts';
import { sampleAudit, sampleFinding } from './sample-audit.ts';
import { incidentAudit, largeAudit } from './sample-stories.ts';

const AUDITS: [name: string, judged: JudgedAudit][] = [
  ['an incident', incidentAudit()],
  ['hostile text', hostileAudit(takeTurns(HOSTILE_TEXTS))],
  ['many findings', largeAudit(2_000)],
];

function contextOf(judged: JudgedAudit): MarkdownContext {
  return createMarkdownContext(answerOf(judged), 'issue');
}

describe.each(AUDITS)('the parts of %s', (_, judged) => {
  it('measure a finding as it is written, at every length', () => {
    const context = contextOf(judged);
    for (const finding of context.judged.findings) {
      for (let length = 0; length < 5; length += 1) {
        const measured = toFindingPiece(context, finding).measure(length);
        const written = toFindingPiece(context, finding).write(length);
        expect(measured).toBe(Buffer.byteLength(written));
      }
    }
  });

  it('never say that a box takes more than it does', () => {
    const context = contextOf(judged);
    for (const batch of groupIntoBatches(context.judged.findings)) {
      const piece = toBatchPiece(context, batch);
      expect(piece.atLeastBytes ?? 0).toBeLessThanOrEqual(piece.measure(0));
    }
  });
});

it('a box never says that it takes more than it does, however little its findings say', () => {
  const findings = Array.from({ length: 40 }, (_, index) =>
    sampleFinding({
      id: `F-7Q2K4M${index + 10}`,
      severity: 'low',
      actor: null,
      target: null,
      askWhom: '',
    }),
  );
  const context = contextOf(sampleAudit({ findings }));
  const [batch] = groupIntoBatches(context.judged.findings);
  const piece = toBatchPiece(context, batch ?? { id: '', findings: [] });
  expect(piece.atLeastBytes).toBeGreaterThan(piece.measure(1));
  expect(piece.atLeastBytes).toBeLessThanOrEqual(piece.measure(0));
});

describe('fitting', () => {
  const cutsOf = (count: number) =>
    [1, 2].map((length) => ({
      pieces: Array.from({ length: count }, (_, index) => index).reverse(),
      length,
      describe: (lost: number) => `${lost} at ${length}`,
    }));

  it('gives the same page whether sizes are known exactly or from below', () => {
    const size = fc.nat({ max: 200 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(size, size, size, fc.double({ min: 0, max: 1, noNaN: true })), {
          maxLength: 8,
        }),
        fc.nat({ max: 1_500 }),
        (sizes, budgetBytes) => {
          const exact = sizes.map(([full, shorter, shortest]) =>
            toPiece(
              () => 'a'.repeat(full),
              () => 'b'.repeat(shorter),
              () => 'c'.repeat(shortest),
            ),
          );
          const bounded = exact.map((piece, index): Piece => {
            const [full = 0, , , share = 0] = sizes[index] ?? [];
            return { ...piece, atLeastBytes: Math.floor(full * share) };
          });
          const shorten = (pieces: readonly Piece[]) =>
            fitPieces({ pieces, cuts: cutsOf(pieces.length), budgetBytes, noteBytes: 20 });
          expect(shorten(bounded)).toEqual(shorten(exact));
        },
      ),
    );
  });

  it('tells each piece once, by the length that it ended with', () => {
    const piece = toPiece(
      () => 'a'.repeat(100),
      () => 'b'.repeat(50),
      () => 'c',
    );
    const pieces = [piece, piece, piece];
    const { texts, cut } = fitPieces({ pieces, cuts: cutsOf(3), budgetBytes: 60, noteBytes: 0 });
    expect(texts.map(({ length }) => length)).toEqual([50, 1, 1]);
    expect(cut).toEqual(['1 at 1', '2 at 2']);
  });

  it('does not write out what is too long anyway', () => {
    let written = 0;
    const dear = {
      ...toPiece(
        () => {
          written += 1;
          return 'a'.repeat(1_000);
        },
        () => 'short',
      ),
      atLeastBytes: 900,
    };
    const { texts } = fitPieces({
      pieces: [dear, dear],
      cuts: cutsOf(2),
      budgetBytes: 100,
      noteBytes: 0,
    });
    expect(texts).toEqual(['short', 'short']);
    expect(written).toBe(0);
  });
});
