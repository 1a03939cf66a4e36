import { isGitHubName } from '../../model/is-github-name.ts';
import { rememberAnswers } from '../../model/remember-answers.ts';
import { capLength, toVisibleLine, toVisibleText } from './visible-text.ts';

const MAX_VALUE_LENGTH = 200;
const MAX_PROSE_LENGTH = 2_000;
const MAX_BLOCK_LENGTH = 4_000;

/** The only form in which a value from a log reaches Markdown: a code span, in which GitHub interprets nothing. */
export function code(value: string): string {
  const text = capLength(toVisibleText(value), MAX_VALUE_LENGTH);
  return text === '' ? '(empty)' : toCodeSpan(text);
}

/** The same for a table cell, where a bar ends the cell even inside a code span; empty where there is no value. */
export function cellCode(value: string | null): string {
  return value === null ? '' : protectBars(code(value));
}

/**
 * A sentence of ours that may carry values from a log: plain words stay as they are, and every word that
 * Markdown or GitHub could interpret (address, mention, reference, markup) becomes a code span.
 * `values` are texts known to come from the log; wherever the sentence repeats one, it is a code span as a whole.
 */
export function prose(text: string, values: readonly string[] = []): string {
  const line = capLength(toVisibleText(text), MAX_PROSE_LENGTH);
  const parts = splitAtValues(line, values);
  const written = parts
    .map((part) => (part.isValue ? toCodeSpan(part.text) : proseWords(part.text)))
    .join('');
  return written.replace(LIST_NUMBER, '$1\\$2');
}

export function cellProse(text: string, values: readonly string[] = []): string {
  return protectBars(prose(text, values));
}

/** A fenced block; the text keeps its lines, and its fence is longer than any run of backticks in it. */
export function fencedBlock(text: string, language: 'yaml' | 'text'): string {
  const lines = text.split('\n').map((line) => capLength(toVisibleLine(line), MAX_BLOCK_LENGTH));
  const block = lines.join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(block) + 1));
  return `${fence}${language}\n${block}\n${fence}`;
}

/** A link that we make ourselves, to an https address that came from the run or a scope file, never from a log. */
export function link(label: string, url: string): string {
  const target = toSafeUrl(url);
  return target === null ? prose(label) : `[${prose(label)}](${target})`;
}

/** GitHub logins and `org/team` names, as inputs give them. Anything else is shown, not mentioned. */
export function mention(name: string): string {
  return isGitHubName(name) ? `@${name}` : code(name);
}

const LIST_NUMBER = /^(\d{1,9})([.)])(?=\s|$)/;

/** What most words are, and no commit id: short, or with a letter that is no hexadecimal digit. */
const ENGLISH_WORD = /^(?:[A-Za-z]{1,6}|[A-Za-z]*[g-zG-Z][A-Za-z]*)[.,;:]?$/;
const WORD = /^(["'\u201C\u2018(]*)(.*?)((?:['\u2019]s)?[)"'\u201D\u2019.,;:!?\u2026]*)$/u;
const LONE_SIGN = /^[\u2013\u2014\u00B7&/+%-]$/u;
const PLAIN_WORD = /^[\p{L}\p{M}\p{N}]+(?:['\u2019-][\p{L}\p{M}\p{N}]+)*$/u;
const NUMBER_OR_TIME = /^\d+(?:,\d{3})*(?:\.\d+)?%?$|^\d{1,2}:\d{2}(?::\d{2})?$/;
const WORD_PAIR = /^[\p{L}]+\/[\p{L}]+$/u;
const ABBREVIATION = /^(?:\p{L}\.)+\p{L}$/u;

/** Commit ids and references such as `GH-12` that GitHub turns into links. */
const REFERENCE = /^[0-9a-fA-F]{7,40}$|^\p{L}+-\d+$/u;

/** The name of a field, an event type or an input that a sentence of ours marks as code already. */
const QUOTED_NAME = /^`([A-Za-z]\w*(?:[.-]\w+)+)`$/;
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

function proseWords(text: string): string {
  return text
    .split(' ')
    .map((word, index) => (index > 0 && LONE_SIGN.test(word) ? word : proseWord(word)))
    .join(' ');
}

/** A report says the same few words thousands of times. */
const MOST_KEPT_WORDS = 10_000;
const proseWord: (word: string) => string = rememberAnswers(writeWord, MOST_KEPT_WORDS);

function writeWord(word: string): string {
  if (ENGLISH_WORD.test(word)) return word;
  const [, before = '', core = '', after = ''] = WORD.exec(word) ?? [];
  if (core === '' || isHarmless(core)) return word;
  return `${before}${toCodeSpan(QUOTED_NAME.exec(core)?.[1] ?? core)}${after}`;
}

function isHarmless(core: string): boolean {
  if (ISO_DAY.test(core)) return true;
  if (REFERENCE.test(core)) return false;
  return [PLAIN_WORD, NUMBER_OR_TIME, WORD_PAIR, ABBREVIATION].some((form) => form.test(core));
}

interface ProsePart {
  readonly text: string;
  readonly isValue: boolean;
}

/** Too short to be told from the words around them. */
const SHORTEST_VALUE = 3;

/** Values of one word that no reader takes for a word of ours are found without being named. */
function needsNaming(value: string): boolean {
  return value.length >= SHORTEST_VALUE && (value.includes(' ') || PLAIN_WORD.test(value));
}

function splitAtValues(text: string, values: readonly string[]): ProsePart[] {
  const named = values.filter((value) => needsNaming(value) && text.includes(toVisibleText(value)));
  if (named.length === 0) return [{ text, isValue: false }];
  const known = [...new Set(named.map(toVisibleText))].sort(
    (one, other) => other.length - one.length,
  );
  const alternatives = known.map((value) => value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const pattern = new RegExp(
    `(?<=(?:^|\\s)["'\u201C\u2018(]*)(?:${alternatives.join('|')})(?=(?:['\u2019]s)?[)"'\u201D\u2019.,;:!?\u2026]*(?:\\s|$))`,
    'gu',
  );
  const parts: ProsePart[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push({ text: text.slice(end, match.index), isValue: false });
    parts.push({ text: match[0], isValue: true });
    end = match.index + match[0].length;
  }
  parts.push({ text: text.slice(end), isValue: false });
  return parts;
}

function toCodeSpan(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  const padding = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

function longestRun(text: string): number {
  if (!text.includes('`')) return 0;
  let longest = 0;
  for (const run of text.matchAll(/`+/g)) longest = Math.max(longest, run[0].length);
  return longest;
}

/**
 * Readers of tables disagree on a backslash before a bar (cmark-gfm takes `\\|` as text, micromark as the end
 * of the cell), so that such a bar becomes its full-width twin.
 */
function protectBars(markdown: string): string {
  if (!markdown.includes('|')) return markdown;
  return markdown.replace(/(\\+)\|/g, '$1\uFF5C').replaceAll('|', '\\|');
}

function toSafeUrl(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return null;
  return parsed.href.replace(/[()<>[\]\\`|*_~'"]/g, (character) => toPercent(character));
}

function toPercent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
