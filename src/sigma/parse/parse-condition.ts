/** A condition as written; the selections that it names are not looked up yet. */
export type Condition =
  | { readonly kind: 'and'; readonly parts: readonly Condition[] }
  | { readonly kind: 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'name'; readonly name: string }
  /** `1 of x*`, `all of them`; `them` is given as the pattern `*`. */
  | { readonly kind: 'of'; readonly quantifier: 'any' | 'all'; readonly pattern: string };

export type ParsedCondition =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly message: string };

const MAX_CHARACTERS = 20_000;
const MAX_DEPTH = 200;
const TOKEN = /\s*(?:([()|])|([^\s()|]+))/y;
const NAME = /^[\w.-]+$/;
const NAME_PATTERN = /^[\w.*-]+$/;

/**
 * Parses a condition: `or`, `and`, `not`, `1 of`, `any of`, `all of`, parentheses; each binds closer than the one before.
 * Never throws. Source: "Condition" of the Sigma rules specification.
 */
export function parseCondition(text: string): ParsedCondition {
  if (text.length > MAX_CHARACTERS) return fail('The condition is too long.');
  const tokens = tokenize(text);
  if (tokens.length === 0) return fail('The condition is empty.');
  if (tokens.includes('|')) {
    return fail(
      'The condition has a pipe; aggregations of Sigma 1 are not supported. Write a correlation rule instead.',
    );
  }
  const reader: TokenReader = { tokens, position: 0, depth: 0 };
  const parsed = parseOr(reader);
  if (!parsed.ok) return parsed;
  const left = tokens[reader.position];
  if (left !== undefined) return fail(`The condition does not continue with "${left}".`);
  return parsed;
}

/** Every selection name and pattern that a condition mentions. */
export function namesIn(condition: Condition): Condition[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.parts.flatMap(namesIn);
    case 'not':
      return namesIn(condition.part);
    default:
      return [condition];
  }
}

/** The plain names that a condition mentions, each once. */
export function ruleNamesIn(condition: Condition): string[] {
  const names = namesIn(condition).flatMap((part) => (part.kind === 'name' ? [part.name] : []));
  return [...new Set(names)];
}

interface TokenReader {
  readonly tokens: readonly string[];
  position: number;
  depth: number;
}

function fail(message: string): ParsedCondition {
  return { ok: false, message };
}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  const matcher = new RegExp(TOKEN);
  for (let found = matcher.exec(text); found !== null; found = matcher.exec(text)) {
    tokens.push(found[1] ?? found[2] ?? '');
  }
  return tokens;
}

function takeWord(reader: TokenReader, word: string): boolean {
  if (reader.tokens[reader.position]?.toLowerCase() !== word) return false;
  reader.position += 1;
  return true;
}

function parseOr(reader: TokenReader): ParsedCondition {
  return parseChain({ reader, word: 'or', parsePart: parseAnd });
}

function parseAnd(reader: TokenReader): ParsedCondition {
  return parseChain({ reader, word: 'and', parsePart: parseNot });
}

function parseChain(options: {
  readonly reader: TokenReader;
  readonly word: 'and' | 'or';
  readonly parsePart: (reader: TokenReader) => ParsedCondition;
}): ParsedCondition {
  const { reader, word, parsePart } = options;
  const first = parsePart(reader);
  if (!first.ok) return first;
  const parts = [first.condition];
  while (takeWord(reader, word)) {
    const next = parsePart(reader);
    if (!next.ok) return next;
    parts.push(next.condition);
  }
  return { ok: true, condition: parts.length === 1 ? first.condition : { kind: word, parts } };
}

function parseNot(reader: TokenReader): ParsedCondition {
  if (!takeWord(reader, 'not')) return parseOperand(reader);
  return nested(reader, () => {
    const part = parseNot(reader);
    return part.ok ? { ok: true, condition: { kind: 'not', part: part.condition } } : part;
  });
}

function nested(reader: TokenReader, parse: () => ParsedCondition): ParsedCondition {
  if (reader.depth >= MAX_DEPTH) return fail('The condition is nested too deeply.');
  reader.depth += 1;
  const parsed = parse();
  reader.depth -= 1;
  return parsed;
}

function parseOperand(reader: TokenReader): ParsedCondition {
  const token = reader.tokens[reader.position];
  if (token === undefined) return fail('The condition ends where a selection should stand.');
  if (token === '(') {
    reader.position += 1;
    return nested(reader, () => {
      const inner = parseOr(reader);
      if (!inner.ok) return inner;
      return takeWord(reader, ')')
        ? inner
        : fail('The condition has a parenthesis that is not closed.');
    });
  }
  if (reader.tokens[reader.position + 1]?.toLowerCase() === 'of') return parseOf(reader, token);
  if (!NAME.test(token) || isReserved(token)) {
    return fail(`The condition has "${token}" where a selection should stand.`);
  }
  reader.position += 1;
  return { ok: true, condition: { kind: 'name', name: token } };
}

function isReserved(token: string): boolean {
  return ['and', 'or', 'not', 'of'].includes(token.toLowerCase());
}

function parseOf(reader: TokenReader, quantifier: string): ParsedCondition {
  const pattern = reader.tokens[reader.position + 2];
  const word = quantifier.toLowerCase();
  if (word !== '1' && word !== 'any' && word !== 'all') {
    return fail(`The condition has "${quantifier} of"; only "1 of", "any of" and "all of" exist.`);
  }
  if (pattern === undefined || !NAME_PATTERN.test(pattern)) {
    return fail(`The condition has "${quantifier} of" without a selection pattern behind it.`);
  }
  reader.position += 3;
  return {
    ok: true,
    condition: {
      kind: 'of',
      quantifier: word === 'all' ? 'all' : 'any',
      pattern: pattern.toLowerCase() === 'them' ? '*' : pattern,
    },
  };
}
