/** Where a face tells a person what happens; every line is already safe for its output. */
export interface Tell {
  readonly info: (line: string) => void;
  readonly warn: (line: string) => void;
}
