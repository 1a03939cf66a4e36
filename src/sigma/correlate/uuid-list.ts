import { createNumberList } from '../../model/number-list.ts';
import { readUuidWords, WORDS_IN_A_UUID, writeUuid } from '../../model/uuid-words.ts';

/** The uuids of events in a row: sixteen bytes each where they are spelt as Okta's are, and whole texts otherwise. */
export interface UuidList {
  push(uuid: string): void;
  at(index: number): string;
  /** Orders two of them as their texts. */
  compare(one: number, other: number): number;
}

export function createUuidList(): UuidList {
  const words = createNumberList((count) => new Uint32Array(count));
  const others = new Map<number, string>();
  const read = new Uint32Array(WORDS_IN_A_UUID);
  const at = (index: number): string => {
    const start = index * WORDS_IN_A_UUID;
    return others.get(index) ?? writeUuid([0, 1, 2, 3].map((word) => words.at(start + word)));
  };
  return {
    push: (uuid) => {
      if (!readUuidWords(uuid, read)) others.set(words.length() / WORDS_IN_A_UUID, uuid);
      read.forEach(words.push);
    },
    at,
    compare: (one, other) => {
      if (one === other) return 0;
      if (others.has(one) || others.has(other)) return compareTexts(at(one), at(other));
      for (let word = 0; word < WORDS_IN_A_UUID; word += 1) {
        const [start, otherStart] = [one * WORDS_IN_A_UUID, other * WORDS_IN_A_UUID];
        const difference = words.at(start + word) - words.at(otherStart + word);
        if (difference !== 0) return difference;
      }
      return 0;
    },
  };
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
