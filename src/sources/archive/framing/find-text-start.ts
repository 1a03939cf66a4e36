const WHITE_SPACE: readonly number[] = [0x20, 0x09, 0x0d, 0x0a];

/** Where the text begins behind the white space of JSON; -1 where there is none. */
export function findTextStart(bytes: Buffer): number {
  return bytes.findIndex((byte) => !WHITE_SPACE.includes(byte));
}
