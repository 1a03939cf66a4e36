import { join } from 'node:path';
import { build } from 'esbuild';
import { formatNumber } from '../../src/model/format-number.ts';
import { ASKED_TYPES, ASKED_WINDOW } from '../generate-archive.ts';
import { type ArchiveFiles, MOST_IN_MORE_COPIES, SMALL_FILE_EVENTS } from './prepare-archive.ts';

const SIDES = join(import.meta.dirname, '../archive-sides');
/** Inside the project, so that what a side imports is found. */
const BUNDLES = join(import.meta.dirname, '../../node_modules/.cache/archive-bench');
const SCRIPTS = [
  'ours',
  'ours-worker',
  'read-bytes',
  'inflate-alone',
  'parse-everything',
  'duckdb',
] as const;
/** The slow peers are run at this size alone. */
const SLOW_EVENTS = 500_000;
export const ROUNDS = 5;
export const SLOW_ROUNDS = 3;

export interface Side {
  readonly name: string;
  readonly command: readonly string[];
  /** False where it only sets a bound and has no answer. */
  readonly answers: boolean;
  readonly rounds: number;
}

/** Bundles the sides as the program itself is bundled: minified, and what is loaded later in files of its own. */
export async function bundleSides(): Promise<void> {
  await build({
    entryPoints: SCRIPTS.map((name) => join(SIDES, `${name}.ts`)),
    outdir: BUNDLES,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    external: ['@duckdb/node-api'],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
}

export function listSides(files: ArchiveFiles, events: number): Side[] {
  const { plain, gzip, zstd, halves, gzipHalves, many, list } = files;
  const sides = [
    bound('plain: read the bytes', 'read-bytes', plain),
    side('plain: audit, WebAssembly', 'ours', 'wasm', plain),
    side('plain: audit, buffers', 'ours', 'buffer', plain),
    side('plain: parse everything', 'parse-everything', plain),
    side('plain: DuckDB', 'duckdb', plain),
    bound('gzip: inflate alone', 'inflate-alone', gzip),
    side('gzip: audit', 'ours', 'wasm', gzip),
    side('gzip: DuckDB', 'duckdb', gzip),
    bound('zstd: inflate alone', 'inflate-alone', zstd),
    side('zstd: audit', 'ours', 'wasm', zstd),
    side('zstd: DuckDB', 'duckdb', zstd),
    side('two files: one after the other', 'ours', 'wasm', ...halves),
    side('two files: threads allowed', 'ours', 'threads', ...halves),
    side('one file: threads allowed', 'ours', 'threads', plain),
    ...(events > MOST_IN_MORE_COPIES
      ? []
      : [
          side('two gzip files: one after the other', 'ours', 'wasm', ...gzipHalves),
          side('two gzip files: threads allowed', 'ours', 'threads', ...gzipHalves),
          side(`files of ${formatNumber(SMALL_FILE_EVENTS)} events`, 'ours', 'wasm', many),
          side('one list of all events', 'ours', 'wasm', list),
        ]),
  ];
  return events === SLOW_EVENTS ? [...sides, ...listSlowPeers(plain)] : sides;
}

function listSlowPeers(plain: string): Side[] {
  const [since = '', until = ''] = [ASKED_WINDOW.sinceMs, ASKED_WINDOW.untilMs].map((ms) =>
    new Date(ms).toISOString(),
  );
  const question = ['--arg', 'since', since, '--arg', 'until', until];
  const types = ['--argjson', 'types', JSON.stringify(ASKED_TYPES)];
  const peer = { answers: true, rounds: SLOW_ROUNDS };
  return [
    {
      ...peer,
      name: 'plain: jq',
      command: ['jq', '-r', ...question, ...types, '-f', join(SIDES, 'question.jq'), plain],
    },
    {
      ...peer,
      name: 'plain: Python, a function for each rule',
      command: [
        'python3',
        join(SIDES, 'rule-functions.py'),
        plain,
        JSON.stringify([ASKED_TYPES, since, until]),
      ],
    },
  ];
}

function side(name: string, script: (typeof SCRIPTS)[number], ...args: string[]): Side {
  const command = [process.execPath, join(BUNDLES, `${script}.mjs`), ...args];
  return { name, command, answers: true, rounds: ROUNDS };
}

function bound(name: string, script: (typeof SCRIPTS)[number], path: string): Side {
  return { ...side(name, script, path), answers: false };
}
