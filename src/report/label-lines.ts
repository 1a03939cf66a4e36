import { terminal } from './escape/terminal.ts';
import { wrapText } from './words/wrap-text.ts';

const LABEL_WIDTH = 10;

/** A text for a terminal, its lines beside their label and below each other. */
export function labelLines(label: string, text: string, columns: number): string[] {
  return wrapText(terminal(text), columns - LABEL_WIDTH).map(
    (line, index) => `${(index === 0 ? label : '').padEnd(LABEL_WIDTH)}${line}`,
  );
}
