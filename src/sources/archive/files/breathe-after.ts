import { setImmediate } from 'node:timers/promises';

/** Between two looks at the rest of the program, over all files: many are small. */
const BREATH_BYTES = 8 << 20;

let taken = 0;

/**
 * Lets the rest of the program have its turn where so many bytes were read without one; null where it is not time yet.
 * Until then nobody hears a signal that is to end the program.
 */
export function breatheAfter(bytes: number): Promise<void> | null {
  taken += bytes;
  if (taken < BREATH_BYTES) return null;
  taken = 0;
  return setImmediate();
}
