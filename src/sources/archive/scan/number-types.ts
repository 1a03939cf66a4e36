import { LONGEST_TYPE, PLAIN_TEXT } from './line-scanner.ts';
import { holdsAt } from './search-bytes.ts';

const QUOTE = 0x22;

export interface NumberedTypes {
  readonly names: readonly string[];
  /** The number of the type whose text begins here, up to its closing quote; -1 for texts that only a parser may judge. */
  number(area: Buffer, start: number): number;
}

/** Numbers event types as they come. A text is made only of those that are new. */
export function startTypes(): NumberedTypes {
  const names: string[] = [];
  const texts: Buffer[] = [];
  const byName = new Map<string, number>();
  const byHash = new Map<number, number>();

  function learn(text: Buffer, hash: number): number {
    const name = text.toString('latin1');
    if (!PLAIN_TEXT.test(name)) return -1;
    let number = byName.get(name);
    if (number === undefined) {
      number = names.push(name) - 1;
      texts.push(Buffer.from(text));
      byName.set(name, number);
    }
    byHash.set(hash, number);
    return number;
  }

  return {
    names,
    number: (area, start) => {
      let hash = 0;
      let end = start;
      while (area[end] !== QUOTE) {
        hash = ((hash << 5) - hash + (area[end] ?? 0)) | 0;
        end += 1;
        if (end - start > LONGEST_TYPE) return -1;
      }
      const known = byHash.get(hash);
      const text = known === undefined ? undefined : texts[known];
      const isKnown = text?.length === end - start && holdsAt(area, start, text);
      return isKnown && known !== undefined ? known : learn(area.subarray(start, end), hash);
    },
  };
}
