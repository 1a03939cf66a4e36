import {
  type Document,
  isMap,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { z } from 'zod';
import { wordSchemaIssue } from '../model/word-schema-issue.ts';
import { listKnownKeys } from './list-known-keys.ts';
import { suggestNearest } from './suggest-nearest.ts';

/** One thing that a person has to change in a file, in the file's own spelling. */
export interface YamlProblem {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

export type YamlResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly YamlProblem[] };

/** A file that was read, and where in it each value stands. */
type PlacedYaml<Value> =
  | Extract<YamlResult<Value>, { readonly ok: false }>
  | {
      readonly ok: true;
      readonly value: Value;
      /** The line of a value, counted from 1, or of the nearest thing around it. */
      readonly lineOf: (keys: readonly PropertyKey[]) => number;
    };

/** A file that a person wrote, and what it must look like. */
export interface StrictYaml<Schema extends z.ZodType> {
  readonly path: string;
  readonly text: string;
  readonly schema: Schema;
}

/** Far above any file that a person writes by hand; the parser's memory grows with the text. */
const LARGEST_FILE_BYTES = 1_000_000;

/**
 * Parses one YAML 1.2 document against a schema and gives every problem at once, each with its line.
 * Duplicate keys, aliases and further documents are problems too.
 */
export function parseStrictYaml<Schema extends z.ZodType>({
  path,
  text,
  schema,
}: StrictYaml<Schema>): PlacedYaml<z.output<Schema>> {
  if (text.length > LARGEST_FILE_BYTES) {
    const message = `is ${text.length} bytes long; at most ${LARGEST_FILE_BYTES} are read`;
    return { ok: false, problems: [{ path, line: 1, message }] };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const misread = [...document.errors.map(toSlip), ...listAliases(document)];
  if (misread.length > 0) {
    const problems = misread.map(({ at, message }) => ({
      path,
      line: lines.linePos(at).line,
      message,
    }));
    return { ok: false, problems };
  }
  const parsed = schema.safeParse(document.toJS() ?? {}, { error: wordSchemaIssue });
  if (parsed.success) return { ok: true, value: parsed.data, lineOf: lineOfKeyOrValue };
  const problems = parsed.error.issues
    .flatMap((issue) => splitByKey(issue, schema))
    .map((issue) => ({
      path,
      line: issue.key === null ? lineOfValue(issue.path) : lineOfKey(issue.path, issue.key),
      message: nameField(issue.path) + issue.message,
    }))
    .sort((one, other) => one.line - other.line);
  return { ok: false, problems };

  function lineOfKey(keys: readonly PropertyKey[], key: string): number {
    const map = keys.length === 0 ? document.contents : document.getIn(keys, true);
    const pair = isMap(map) ? map.items.find((item) => nameOf(item.key) === key) : undefined;
    const range = isScalar(pair?.key) ? pair.key.range : null;
    return range ? lines.linePos(range[0]).line : lineOfValue(keys);
  }

  function lineOfValue(keys: readonly PropertyKey[]): number {
    return lineOf({ document, lines, keys });
  }

  /** A key stands where a person looks for its value, also where the value begins on the next line. */
  function lineOfKeyOrValue(keys: readonly PropertyKey[]): number {
    const last = keys.at(-1);
    return typeof last === 'string' ? lineOfKey(keys.slice(0, -1), last) : lineOfValue(keys);
  }
}

/** What is wrong with the text before anybody looks at what it says. */
interface Slip {
  readonly at: number;
  readonly message: string;
}

function toSlip({ code, message, pos }: YAMLError): Slip {
  return { at: pos[0], message: PLAIN_WORDS[code] ?? message };
}

/** What the parser says to programmers, for those who wrote the file. */
const PLAIN_WORDS: Partial<Record<YAMLError['code'], string>> = {
  DUPLICATE_KEY: 'the same key is written twice in one map',
  MULTIPLE_DOCS: 'a second document begins here; write one',
};

/** A few aliases of aliases are a text of any size, and nobody needs one in files as small as these. */
function listAliases(document: Document): Slip[] {
  const found: Slip[] = [];
  visit(document, {
    Alias: (_, { source, range }) => {
      const message = `the alias *${source} is not followed; write the value out`;
      found.push({ at: range?.[0] ?? 0, message });
    },
  });
  return found;
}

interface Complaint {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** The key that should not be there, whose own line is meant. */
  readonly key: string | null;
}

/** Several unknown keys of one map come as one issue; a person looks for each. */
function splitByKey(issue: z.core.$ZodIssue, schema: z.ZodType): Complaint[] {
  const { path, message } = issue;
  if (issue.code !== 'unrecognized_keys') return [{ path, message, key: null }];
  const known = listKnownKeys(schema, path);
  return issue.keys.map((key) => {
    const message = `Unrecognized key: "${key}"${suggestNearest(key, known)}`;
    return { path, message, key };
  });
}

function nameOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

export function formatYamlProblem({ path, line, message }: YamlProblem): string {
  return `${path}:${line}: ${message}`;
}

function nameField(keys: readonly PropertyKey[]): string {
  return keys.length === 0 ? '' : `${keys.map(String).join('.')}: `;
}

function lineOf({
  document,
  lines,
  keys,
}: {
  document: Document;
  lines: LineCounter;
  keys: readonly PropertyKey[];
}): number {
  for (let length = keys.length; length >= 0; length -= 1) {
    const node = document.getIn(keys.slice(0, length), true);
    if (typeof node !== 'object' || node === null || !('range' in node)) continue;
    const { range } = node;
    if (Array.isArray(range)) return lines.linePos(Number(range[0])).line;
  }
  return 1;
}
