/** A set of numbers from 0 on, a bit each. */
export interface NumberSet {
  has(number: number): boolean;
  add(number: number): void;
}

const FEWEST_BYTES = 1024;
const BITS = 8;

export function createNumberSet(): NumberSet {
  let bytes = new Uint8Array(FEWEST_BYTES);
  const byteOf = (number: number): number => Math.floor(number / BITS);
  return {
    has: (number) => ((bytes[byteOf(number)] ?? 0) & (1 << (number % BITS))) !== 0,
    add: (number) => {
      const index = byteOf(number);
      if (index >= bytes.length) {
        const more = new Uint8Array(Math.max(index + 1, bytes.length * 2));
        more.set(bytes);
        bytes = more;
      }
      bytes[index] = (bytes[index] ?? 0) | (1 << (number % BITS));
    },
  };
}
