import type { LeafTest } from '../expression/detection-expression.ts';

const CAPITAL = /[A-Z]/;
/** `\S`, `\pL`, `\p{Lu}`, `\x4A` and the like, and the names of groups. */
const NO_LETTERS = /\\(?:[pP](?:\{[^}]*\}|.)|x(?:\{[^}]*\}|..)|.)|\(\?P?<\w+>/g;
/** Whoever allows small letters in the same place does without capitals. */
const ALSO_SMALL = /\[(?=[^\]]*[a-z])[^\]]*\]/g;
const IGNORES_CASE = /^\(\?[a-z]*i/;

/** Says whether a test looks for capitals: it misses what it is about in texts that a store lowered. */
export function needsCapitals(test: LeafTest): boolean {
  switch (test.kind) {
    case 'pattern':
      return (
        test.cased && test.pattern.some((part) => part.kind === 'text' && CAPITAL.test(part.text))
      );
    case 'regex':
      return !test.flags.includes('i') && wantsCapitals(test.source);
    default:
      return false;
  }
}

function wantsCapitals(source: string): boolean {
  const letters = source.replace(NO_LETTERS, '').replace(ALSO_SMALL, '');
  return !IGNORES_CASE.test(source) && CAPITAL.test(letters);
}
