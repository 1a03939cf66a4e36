const DEFAULT_WIDTH = 100;
const NARROWEST = 60;

/** How wide text is set for a terminal of so many columns, or for what is none. */
export function chooseColumns(width = DEFAULT_WIDTH): number {
  return Math.max(NARROWEST, width);
}
