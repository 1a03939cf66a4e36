import { normalizePattern, type StringPattern } from './string-pattern.ts';

export type TextTest = (text: string) => boolean;

/** The one meaning of "ignoring case" in this project. */
export function foldCase(text: string): string {
  return text.toLowerCase();
}

/** A run of a pattern between two `*`: plain text with `?` among it. */
type Segment = readonly string[];

/** Stands for `?`; no text of a segment is null. */
const ONE_CHARACTER = '';

/**
 * Compiles a pattern without placeholders to a test of a whole text.
 * Each text between two `*` is looked for once, leftmost first and never again, so that time grows with the
 * product of text and pattern at worst, whatever the pattern.
 */
export function compilePattern(pattern: StringPattern, options: { cased: boolean }): TextTest {
  const hasSigma = pattern.some((part) => part.kind === 'text' && /[Σσς]/.test(part.text));
  const foldAny = hasSigma ? foldCaseOfParts : foldCase;
  const fold = options.cased ? (text: string): string => text : foldAny;
  const segments = splitAtAny(normalizePattern(pattern), fold);
  const simple = compileSimple(segments);
  const test = simple ?? ((text: string): boolean => matchSegments(text, segments));
  if (options.cased) return test;
  return hasSigma ? (text) => test(foldCaseOfParts(text)) : (text) => test(text.toLowerCase());
}

/** Folds a part of a text as it is folded in the whole: a sigma alone hangs on what stands around it. */
function foldCaseOfParts(text: string): string {
  return text.toLowerCase().replaceAll('ς', 'σ');
}

function splitAtAny(pattern: StringPattern, fold: (text: string) => string): Segment[] {
  const segments: string[][] = [[]];
  for (const part of pattern) {
    if (part.kind === 'any') segments.push([]);
    else if (part.kind === 'one') segments.at(-1)?.push(ONE_CHARACTER);
    else if (part.kind === 'text') segments.at(-1)?.push(fold(part.text));
  }
  return segments;
}

/** The forms that nearly every rule has, in the engine's own words. */
function compileSimple(segments: readonly Segment[]): TextTest | null {
  const texts = segments.map(plainSegment);
  const [first, second, third] = texts;
  if (first === undefined || first === null) return null;
  if (segments.length === 1) return (text) => text === first;
  if (second === undefined || second === null) return null;
  if (segments.length === 2) {
    if (second === '') return (text) => text.startsWith(first);
    if (first === '') return (text) => text.endsWith(second);
    return null;
  }
  if (segments.length === 3 && first === '' && third === '') return (text) => text.includes(second);
  return null;
}

function plainSegment(segment: Segment): string | null {
  return segment.includes(ONE_CHARACTER) ? null : segment.join('');
}

function matchSegments(text: string, segments: readonly Segment[]): boolean {
  const first = segments[0] ?? [];
  const last = segments.at(-1) ?? [];
  let position = endOfMatch(text, 0, first);
  if (position === -1) return false;
  if (segments.length === 1) return position === text.length;
  for (const segment of segments.slice(1, -1)) {
    position = endOfFirstMatch(text, position, segment);
    if (position === -1) return false;
  }
  const start = startOfMatchAtEnd(text, last);
  return start >= position;
}

function endOfFirstMatch(text: string, from: number, segment: Segment): number {
  for (let start = from; start <= text.length; start += 1) {
    const lead = segment[0];
    if (lead !== undefined && lead !== ONE_CHARACTER) {
      start = text.indexOf(lead, start);
      if (start === -1) return -1;
    }
    const end = endOfMatch(text, start, segment);
    if (end !== -1) return end;
  }
  return -1;
}

function endOfMatch(text: string, from: number, segment: Segment): number {
  let position = from;
  for (const piece of segment) {
    if (piece === ONE_CHARACTER) {
      if (position >= text.length) return -1;
      position += (text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1;
    } else {
      if (!text.startsWith(piece, position)) return -1;
      position += piece.length;
    }
  }
  return position;
}

function startOfMatchAtEnd(text: string, segment: Segment): number {
  let position = text.length;
  for (const piece of segment.toReversed()) {
    if (piece === ONE_CHARACTER) {
      if (position <= 0) return -1;
      position -= isPairEnd(text, position) ? 2 : 1;
    } else {
      if (!text.endsWith(piece, position)) return -1;
      position -= piece.length;
    }
  }
  return position;
}

/** True where two code units before a position are one character. */
function isPairEnd(text: string, position: number): boolean {
  return position >= 2 && (text.codePointAt(position - 2) ?? 0) > 0xffff;
}
