import { createNumberList } from '../../model/number-list.ts';
import { readUuidWords, WORDS_IN_A_UUID } from '../../model/uuid-words.ts';

/** Numbers ids from 0 in the order in which they come, each once. */
export interface IdTable {
  numberOf(id: string): number;
}

const FEWEST_SLOTS = 1024;
/** So full a table is made larger, because ids then stand far from where they are looked for. */
const FULL_SHARE = 0.7;

/**
 * An archive may have millions of events, whose ids have to be known until its end: a UUID takes twenty-odd bytes here, where a
 * text in a map takes a hundred, and a map has room for 16 million. Other ids are remembered as they are.
 */
export function createIdTable(): IdTable {
  const words = createNumberList((count) => new Uint32Array(count));
  const numbers = createNumberList((count) => new Int32Array(count));
  const others = new Map<string, number>();
  const asked = new Uint32Array(WORDS_IN_A_UUID);
  /** Each holds the place of a UUID among `words`, counted from 1; 0 is free. */
  let slots = new Int32Array(FEWEST_SLOTS);
  const size = (): number => numbers.length() + others.size;

  /** The slot of the UUID that is asked for, or the free one in which it belongs. */
  function findSlot(): number {
    let slot = mix(asked) & (slots.length - 1);
    for (let held = slots[slot] ?? 0; held !== 0; held = slots[slot] ?? 0) {
      if (isAt(held - 1)) return slot;
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  function isAt(place: number): boolean {
    const start = place * WORDS_IN_A_UUID;
    for (let index = 0; index < WORDS_IN_A_UUID; index += 1) {
      if (words.at(start + index) !== asked[index]) return false;
    }
    return true;
  }

  function grow(): void {
    slots = new Int32Array(slots.length * 2);
    for (let place = 0; place < numbers.length(); place += 1) {
      for (let index = 0; index < WORDS_IN_A_UUID; index += 1) {
        asked[index] = words.at(place * WORDS_IN_A_UUID + index);
      }
      slots[findSlot()] = place + 1;
    }
  }

  function numberOfUuid(): number {
    const slot = findSlot();
    const held = slots[slot] ?? 0;
    if (held !== 0) return numbers.at(held - 1);
    const number = size();
    for (let index = 0; index < WORDS_IN_A_UUID; index += 1) words.push(asked[index] ?? 0);
    numbers.push(number);
    slots[slot] = numbers.length();
    if (numbers.length() > slots.length * FULL_SHARE) grow();
    return number;
  }

  return {
    numberOf: (id) => {
      if (readUuidWords(id, asked)) return numberOfUuid();
      const number = others.get(id) ?? size();
      others.set(id, number);
      return number;
    },
  };
}

/** Spreads UUIDs that differ in a few bits, as those of one moment do. Source of the step: the hash FNV-1a, a word at a time. */
function mix(words: Uint32Array): number {
  let mixed = 0x811c9dc5;
  for (let index = 0; index < WORDS_IN_A_UUID; index += 1) {
    mixed = Math.imul(mixed ^ (words[index] ?? 0), 0x01000193);
    mixed ^= mixed >>> 15;
  }
  return mixed;
}
