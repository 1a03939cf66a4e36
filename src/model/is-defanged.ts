const BROKEN = /\[(?:[.:@]|dot|at)\]|\((?:dot|at)\)|^hxxps?:/i;

/** What to write where `isDefanged` is true. */
export const DEFANGED_REMEDY =
  'is written so that nobody clicks on it; write it as it was, without the brackets';

/** Whether a text is broken as advisories break addresses and names: `192[.]0[.]2[.]7`, `dana(at)acme[dot]example`, `hxxps://`. */
export function isDefanged(text: string): boolean {
  return BROKEN.test(text);
}
