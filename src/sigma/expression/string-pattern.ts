/** A part of a string value: plain text, `*` for any text, `?` for one character, or a placeholder to be filled. */
export type PatternPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'one' }
  | { readonly kind: 'placeholder'; readonly name: string };

export type StringPattern = readonly PatternPart[];

const PLACEHOLDER = /%(\w+)%/y;

/**
 * Reads a string value with its wildcards.
 * A backslash escapes `*`, `?` and itself; before anything else it is plain.
 * With `placeholders`, `%name%` is a placeholder and `\%` a plain percent sign.
 * Source: "Escaping" and "Placeholders" of the Sigma rules specification.
 */
export function parseStringPattern(
  value: string,
  options: { readonly placeholders: boolean },
): StringPattern {
  const parts: PatternPart[] = [];
  let text = '';
  const push = (part: PatternPart): void => {
    if (text !== '') parts.push({ kind: 'text', text });
    text = '';
    parts.push(part);
  };
  let index = 0;
  while (index < value.length) {
    const character = value.charAt(index);
    const next = value.charAt(index + 1);
    if (character === '\\' && isEscapable(next, options.placeholders)) {
      text += next;
      index += 2;
      continue;
    }
    const name = options.placeholders ? placeholderAt(value, index) : null;
    if (name !== null) {
      push({ kind: 'placeholder', name });
      index += name.length + 2;
      continue;
    }
    if (character === '*') push({ kind: 'any' });
    else if (character === '?') push({ kind: 'one' });
    else text += character;
    index += 1;
  }
  if (text !== '') parts.push({ kind: 'text', text });
  return parts;
}

function isEscapable(character: string, withPlaceholders: boolean): boolean {
  if (character === '') return false;
  return '*?\\'.includes(character) || (withPlaceholders && character === '%');
}

function placeholderAt(value: string, index: number): string | null {
  PLACEHOLDER.lastIndex = index;
  return PLACEHOLDER.exec(value)?.[1] ?? null;
}

/** The text of a pattern without wildcards and placeholders, else null. */
export function plainTextOf(pattern: StringPattern): string | null {
  let text = '';
  for (const part of pattern) {
    if (part.kind !== 'text') return null;
    text += part.text;
  }
  return text;
}

/** The same pattern with neighbouring texts joined and repeated `*` written once. */
export function normalizePattern(pattern: StringPattern): StringPattern {
  const parts: PatternPart[] = [];
  for (const part of pattern) {
    const last = parts.at(-1);
    if (part.kind === 'any' && last?.kind === 'any') continue;
    if (part.kind === 'text' && last?.kind === 'text') {
      parts[parts.length - 1] = { kind: 'text', text: last.text + part.text };
      continue;
    }
    parts.push(part);
  }
  return parts;
}
