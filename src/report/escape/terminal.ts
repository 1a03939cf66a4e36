import { toVisibleText } from './visible-text.ts';

/** One line for a terminal: no escape sequence, control or direction character of the text reaches it. */
export function terminal(text: string): string {
  return toVisibleText(text);
}
