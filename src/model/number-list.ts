/** Numbers in a row that only grows: each in the bytes of its kind, outside of the heap that V8 limits and walks through. */
export interface NumberList {
  push(value: number): void;
  /** 0 where there is none. */
  at(index: number): number;
  readonly length: () => number;
}

type Cells = Uint16Array | Int32Array | Uint32Array | Float64Array;

const FEWEST_CELLS = 16;
/** Half as much again, because most of what is remembered of a large log is in such lists. */
const GROWTH = 1.5;

/** Begins an empty list of one kind of numbers. */
export function createNumberList(makeCells: (count: number) => Cells): NumberList {
  let cells = makeCells(FEWEST_CELLS);
  let length = 0;
  return {
    push: (value) => {
      if (length === cells.length) {
        const more = makeCells(Math.ceil(length * GROWTH));
        more.set(cells);
        cells = more;
      }
      cells[length] = value;
      length += 1;
    },
    at: (index) => cells[index] ?? 0,
    length: () => length,
  };
}
