import { normalizePattern, plainTextOf, type StringPattern } from '../expression/string-pattern.ts';
import type { Encoding } from './parse-modifiers.ts';

/** Five dashes in one value give 3,125 texts; more is a mistake. */
const MAX_DASHES = 5;
const DASHES = ['-', '/', '–', '—', '―'] as const;
const DASH_AT_WORD_START = /\B[-/–—―]\b/;

/** A value on its way through the encodings: a pattern, or bytes that are no text any more. */
type Stage = { readonly pattern: StringPattern } | { readonly bytes: Buffer };

export type EncodedPatterns =
  | { readonly ok: true; readonly patterns: readonly StringPattern[] }
  | { readonly ok: false; readonly message: string };

/**
 * Applies encodings in the order written; one value may become several.
 * Source: "Encoding" and `windash` of the Sigma modifiers appendix 2.1.0. The three texts of `base64offset` are cut so
 * that only characters remain that depend on the value alone.
 */
export function encodePattern(
  pattern: StringPattern,
  encodings: readonly Encoding[],
): EncodedPatterns {
  let stages: Stage[] = [{ pattern }];
  for (const encoding of encodings) {
    const next: Stage[] = [];
    for (const stage of stages) {
      const encoded = encoding === 'windash' ? withEveryDash(stage) : encodeBytes(stage, encoding);
      if (typeof encoded === 'string') return { ok: false, message: encoded };
      next.push(...encoded);
    }
    stages = next;
  }
  return { ok: true, patterns: stages.map(toPattern) };
}

/** Gives a message where the value cannot be encoded. */
function encodeBytes(stage: Stage, encoding: Exclude<Encoding, 'windash'>): Stage[] | string {
  const bytes = toBytes(stage);
  if (bytes === null) return `${encoding} cannot be applied to a value with wildcards.`;
  switch (encoding) {
    case 'wide':
    case 'utf16le':
      return [{ bytes: toUtf16(bytes) }];
    case 'utf16be':
      return [{ bytes: toUtf16(bytes).swap16() }];
    case 'utf16':
      return [{ bytes: Buffer.concat([Buffer.from([0xff, 0xfe]), toUtf16(bytes)]) }];
    case 'base64':
      return [{ bytes: Buffer.from(bytes.toString('base64')) }];
    case 'base64offset':
      return base64AtEveryOffset(bytes).map((text) => ({ bytes: Buffer.from(text) }));
  }
}

function toUtf16(utf8: Buffer): Buffer {
  return Buffer.from(utf8.toString('utf8'), 'utf16le');
}

function toBytes(stage: Stage): Buffer | null {
  if ('bytes' in stage) return stage.bytes;
  const text = plainTextOf(stage.pattern);
  return text === null ? null : Buffer.from(text, 'utf8');
}

/** Bytes that no base64 follows are compared as the characters with their codes. */
function toPattern(stage: Stage): StringPattern {
  if ('pattern' in stage) return stage.pattern;
  const text = stage.bytes.toString('latin1');
  return text === '' ? [] : [{ kind: 'text', text }];
}

function base64AtEveryOffset(bytes: Buffer): string[] {
  const firstOwnCharacter = [0, 2, 3] as const;
  return firstOwnCharacter.map((start, offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset, ' '), bytes]).toString('base64');
    const foreignAtEnd = [0, 3, 2][(bytes.length + offset) % 3] ?? 0;
    return encoded.slice(start, encoded.length - foreignAtEnd);
  });
}

function withEveryDash(stage: Stage): Stage[] | string {
  const pattern = toPattern(stage);
  const pieces = pattern.map((part) =>
    part.kind === 'text' ? part.text.split(DASH_AT_WORD_START) : null,
  );
  const dashes = pieces.reduce((sum, texts) => sum + (texts === null ? 0 : texts.length - 1), 0);
  if (dashes > MAX_DASHES) return `windash takes at most ${MAX_DASHES} dashes in one value.`;
  let patterns: StringPattern[] = [[]];
  for (const [index, part] of pattern.entries()) {
    const choices = (pieces[index] ?? null) === null ? [part] : joinWithDashes(pieces[index] ?? []);
    patterns = patterns.flatMap((start) => choices.map((choice) => [...start, choice]));
  }
  return patterns.map((one) => ({ pattern: normalizePattern(one) }));
}

function joinWithDashes(pieces: readonly string[]): { kind: 'text'; text: string }[] {
  const [first = '', ...rest] = pieces;
  let texts = [first];
  for (const piece of rest) {
    texts = texts.flatMap((start) => DASHES.map((dash) => start + dash + piece));
  }
  return texts.map((text) => ({ kind: 'text', text }));
}
