import type { Piece } from './piece.ts';

/** Pieces at chosen lengths, at first the fullest; one that tells what it takes at least is measured only in need. */
export class MeasuredPage {
  readonly #pieces: readonly Piece[];
  readonly #lengths: number[];
  readonly #sizes: number[];
  readonly #unmeasured: Set<number>;
  #total: number;

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
    this.#lengths = pieces.map(() => 0);
    this.#sizes = pieces.map((piece) => piece.atLeastBytes ?? piece.measure(0));
    this.#unmeasured = new Set(
      pieces.flatMap(({ atLeastBytes }, index) => (atLeastBytes === undefined ? [] : [index])),
    );
    this.#total = this.#sizes.reduce((sum, size) => sum + size, 0);
  }

  outgrows(budgetBytes: number): boolean {
    for (const index of this.#unmeasured) {
      if (this.#total > budgetBytes) return true;
      this.#measure(index);
    }
    return this.#total > budgetBytes;
  }

  /** False where the piece has no such length, or it takes no less. */
  shorten(index: number, length: number): boolean {
    const piece = this.#pieces[index];
    if (piece === undefined || length >= piece.lengths) return false;
    const size = piece.measure(length);
    if (size >= this.#sizeOf(index)) this.#measure(index);
    if (size >= this.#sizeOf(index)) return false;
    this.#lengths[index] = length;
    this.#settle(index, size);
    return true;
  }

  write(): string[] {
    return this.#pieces.map((piece, index) => piece.write(this.#lengths[index] ?? 0));
  }

  #sizeOf(index: number): number {
    return this.#sizes[index] ?? 0;
  }

  #measure(index: number): void {
    if (this.#unmeasured.has(index)) this.#settle(index, this.#pieces[index]?.measure(0) ?? 0);
  }

  #settle(index: number, size: number): void {
    this.#total += size - this.#sizeOf(index);
    this.#sizes[index] = size;
    this.#unmeasured.delete(index);
  }
}
