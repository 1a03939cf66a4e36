import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isSeq,
  LineCounter,
  parseAllDocuments,
  visit,
} from 'yaml';
import { isRecord } from '../../model/log-event.ts';
import {
  documentKindOf,
  labelOf,
  type SigmaDocument,
  type SigmaOrigin,
} from '../sigma-document.ts';
import type { DocumentKeys, SigmaProblem } from '../sigma-problem.ts';

/** No rule of any collection comes near it; a larger file is not a rule file. */
const MAX_FILE_CHARACTERS = 1_000_000;

export interface ParsedSigmaFile {
  readonly documents: readonly SigmaDocument[];
  readonly problems: readonly SigmaProblem[];
}

/**
 * Reads a rule file: YAML 1.2 core schema, any number of documents, no aliases, no duplicate keys.
 * Never throws; a document that cannot be read is a problem, and the others are still returned.
 */
export function parseSigmaDocuments(file: {
  readonly path: string;
  readonly text: string;
  readonly origin: SigmaOrigin;
}): ParsedSigmaFile {
  const { path, text } = file;
  const fail = (message: string, line = 1): ParsedSigmaFile => ({
    documents: [],
    problems: [{ path, line, rule: null, message, severity: 'error' }],
  });
  if (text.length > MAX_FILE_CHARACTERS) {
    return fail(
      `The file has ${text.length} characters; a rule file may have ${MAX_FILE_CHARACTERS}. Split it, or leave it out.`,
    );
  }
  try {
    return readStream(file);
  } catch (error) {
    // The parser recurses, so that thousands of nested brackets end here.
    const reason = error instanceof Error ? error.message : String(error);
    return fail(`The file cannot be read as YAML: ${reason}`);
  }
}

function readStream(file: { path: string; text: string; origin: SigmaOrigin }): ParsedSigmaFile {
  const lineCounter = new LineCounter();
  const stream = parseAllDocuments(file.text, {
    lineCounter,
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    logLevel: 'error',
  });
  const documents: SigmaDocument[] = [];
  const problems: SigmaProblem[] = [];
  for (const yaml of Array.isArray(stream) ? stream : []) {
    const read = readDocument({ ...file, yaml, lineCounter });
    if (read === null) continue;
    if (read.document !== null) documents.push(read.document);
    problems.push(...read.problems);
  }
  if (documents.length === 0 && problems.length === 0) {
    problems.push({
      path: file.path,
      line: 1,
      rule: null,
      message: 'The file holds no rule.',
      severity: 'error',
    });
  }
  return { documents, problems };
}

interface ReadDocument {
  readonly document: SigmaDocument | null;
  readonly problems: readonly SigmaProblem[];
}

/** Null for an empty document, such as after a last `---`. */
function readDocument(options: {
  readonly path: string;
  readonly origin: SigmaOrigin;
  readonly yaml: Document;
  readonly lineCounter: LineCounter;
}): ReadDocument | null {
  const { path, yaml, lineCounter } = options;
  const lineAt = (offset: number): number => Math.max(1, lineCounter.linePos(offset).line);
  // Every alias is told below.
  const errors = [...yaml.errors, ...yaml.warnings].filter(({ code }) => code !== 'BAD_ALIAS');
  const problems: SigmaProblem[] = errors.map((error) =>
    toProblem({ path, line: lineAt(error.pos[0]), message: describeYamlError(error) }),
  );
  const anchors = new Set<string>();
  visit(yaml, {
    Node: (_, node) => {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.add(node.anchor);
        return;
      }
      const message = describeAlias(node.source, anchors.has(node.source));
      problems.push(toProblem({ path, line: lineAt(node.range?.[0] ?? 0), message }));
    },
  });
  if (problems.length > 0) return { document: null, problems };
  const content: unknown = yaml.toJS();
  if (content === null || content === undefined) return null;
  const firstLine = lineAt(startOf(yaml.contents) ?? 0);
  if (!isRecord(content)) {
    const message = 'A rule is a map of keys such as title, logsource and detection.';
    return { document: null, problems: [toProblem({ path, line: firstLine, message })] };
  }
  const document: SigmaDocument = {
    path,
    origin: options.origin,
    kind: documentKindOf(content),
    content,
    lineOf: (keys) => findLine({ yaml, keys, lineAt, firstLine }),
  };
  const rule = labelOf(document);
  const outdated = describeSigma1(content);
  if (outdated !== null) {
    return {
      document: null,
      problems: [{ ...toProblem({ path, line: firstLine, message: outdated }), rule }],
    };
  }
  return {
    document,
    problems: listRewrittenNumbers(yaml).map(({ message, offset }): SigmaProblem => {
      return { path, line: lineAt(offset), rule, message, severity: 'warning' };
    }),
  };
}

/** These modifiers compare numbers. */
const TAKES_NUMBER = /\|(?:[lg]te?|minute|hour|day|week|month|year)(?:\||$)/;

/** Values are compared as texts, and YAML forgets how a number was written: `017` is 17, and `17.10` is 17.1. */
function listRewrittenNumbers(yaml: Document): { message: string; offset: number }[] {
  const section = yaml.get('detection', true) ?? yaml.get('filter', true);
  const found: { message: string; offset: number }[] = [];
  if (!isNode(section)) return found;
  visit(section, {
    Pair: (_, { key }) => (TAKES_NUMBER.test(keyText(key) ?? '') ? visit.SKIP : undefined),
    Scalar: (_, { value, source, range }) => {
      if (typeof value !== 'number' || source === undefined || String(value) === source) return;
      const message = `The number ${source} is compared as ${value}; put it in quotes to compare it as it is written.`;
      found.push({ message, offset: range?.[0] ?? 0 });
    },
  });
  return found;
}

/** A wildcard at the start of a value is mostly meant where nothing bears the name. */
function describeAlias(source: string, isNamed: boolean): string {
  return isNamed
    ? `The alias *${source} is not allowed in a rule; write the value out.`
    : `YAML takes *${source} for an alias, as it begins with an asterisk; put the value in quotes.`;
}

function describeYamlError(error: { readonly code: string; readonly message: string }): string {
  if (error.code === 'DUPLICATE_KEY') return 'The same key is written twice in one map.';
  return error.message;
}

function describeSigma1(content: Readonly<Record<string, unknown>>): string | null {
  if (!Object.hasOwn(content, 'action')) return null;
  return 'The key `action` belongs to Sigma 1 and is not supported; write each rule out in full.';
}

function toProblem(place: { path: string; line: number; message: string }): SigmaProblem {
  return { ...place, rule: null, severity: 'error' };
}

function findLine(options: {
  readonly yaml: Document;
  readonly keys: DocumentKeys;
  readonly lineAt: (offset: number) => number;
  readonly firstLine: number;
}): number {
  let node: unknown = options.yaml.contents;
  let line = options.firstLine;
  for (const key of options.keys) {
    const step = stepInto(node, key);
    if (step === null) return line;
    if (step.offset !== null) line = options.lineAt(step.offset);
    node = step.value;
  }
  return line;
}

function stepInto(
  node: unknown,
  key: string | number,
): { readonly offset: number | null; readonly value: unknown } | null {
  if (isMap(node)) {
    const pair = node.items.find((item) => isPair(item) && keyText(item.key) === String(key));
    return pair === undefined ? null : { offset: startOf(pair.key), value: pair.value };
  }
  if (isSeq(node) && typeof key === 'number') {
    const item: unknown = node.items[key];
    return item === undefined ? null : { offset: startOf(item), value: item };
  }
  return null;
}

function keyText(key: unknown): string | null {
  if (!isNode(key) || isAlias(key)) return null;
  return String(key.toJSON());
}

function startOf(node: unknown): number | null {
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}
