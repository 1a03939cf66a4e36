import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip, createZstdCompress } from 'node:zlib';
import { build } from 'esbuild';
import { ASKED_TYPES, ASKED_WINDOW, generateArchive } from './generate-archive.ts';

const SIDES = join(import.meta.dirname, 'archive-sides');
const RESULTS = join(import.meta.dirname, '../docs/BENCHMARKS.md');
const FOLDER = join(tmpdir(), 'okta-archive-bench');
/** Inside the project, so that what a side imports is found. */
const BUNDLES = join(import.meta.dirname, '../node_modules/.cache/archive-bench');
const ROUNDS = 5;
const SLOW_ROUNDS = 3;
/** The slow peers are run at this size alone. */
const SLOW_EVENTS = 500_000;
const DEFAULT_SIZES = [100_000, 500_000, 2_000_000];

interface Side {
  readonly name: string;
  readonly command: readonly string[];
  /** False where it only sets a bound and has no answer. */
  readonly answers: boolean;
  readonly rounds: number;
}

interface Measured {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly peakMegabytes: number;
  readonly answer: string;
}

interface Goal {
  readonly what: string;
  readonly value: number;
  readonly limit: number;
  readonly isAtLeast: boolean;
}

/**
 * Runs every side on the same generated archives, interleaved, and compares medians; all answers must be the same.
 * `--events 100000,500000` chooses sizes, `--write` puts the table into docs/BENCHMARKS.md.
 */
export async function benchArchive(args: readonly string[]): Promise<void> {
  const at = args.indexOf('--events');
  const sizes = at < 0 ? DEFAULT_SIZES : (args[at + 1] ?? '').split(',').map(Number);
  const bundled = await bundleSides();
  const sections: string[] = [];
  for (const events of sizes) {
    const files = await prepareArchive(events);
    const sides = listSides({ bundled, files, events });
    const results = runInterleaved(sides);
    const section = renderSection({ events, sides, results });
    console.log(section);
    sections.push(section);
  }
  if (args.includes('--write')) writeFileSync(RESULTS, renderPage(sections));
}

async function bundleSides(): Promise<(name: string) => string> {
  const names = ['ours', 'read-bytes', 'inflate-alone', 'parse-everything', 'duckdb'];
  await build({
    entryPoints: names.map((name) => join(SIDES, `${name}.ts`)),
    outdir: BUNDLES,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@duckdb/node-api'],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
  return (name) => join(BUNDLES, `${name}.mjs`);
}

interface Files {
  readonly plain: string;
  readonly gzip: string;
  readonly zstd: string;
  readonly halves: readonly string[];
}

async function prepareArchive(events: number): Promise<Files> {
  mkdirSync(FOLDER, { recursive: true });
  const plain = join(FOLDER, `${events}.ndjson`);
  const files = {
    plain,
    gzip: `${plain}.gz`,
    zstd: `${plain}.zst`,
    halves: [1, 2].map((half) => join(FOLDER, `${events}-half-${half}.ndjson`)),
  };
  if (!existsSync(plain)) generateArchive(plain, events);
  if (!existsSync(files.gzip)) {
    await pipeline(createReadStream(plain), createGzip(), createWriteStream(files.gzip));
  }
  if (!existsSync(files.zstd)) {
    await pipeline(createReadStream(plain), createZstdCompress(), createWriteStream(files.zstd));
  }
  for (const [half, path] of files.halves.entries()) {
    if (!existsSync(path)) {
      spawnSync('sh', [
        '-c',
        `${half === 0 ? 'head -n' : 'tail -n +'}${half === 0 ? ` ${events / 2}` : events / 2 + 1} ${plain} > ${path}`,
      ]);
    }
  }
  return files;
}

function listSides({
  bundled,
  files,
  events,
}: {
  readonly bundled: (name: string) => string;
  readonly files: Files;
  readonly events: number;
}): Side[] {
  const { plain, gzip, zstd, halves } = files;
  const side = (name: string, script: string, ...args: string[]): Side => ({
    name,
    command: [process.execPath, bundled(script), ...args],
    answers: !['read-bytes', 'inflate-alone'].includes(script),
    rounds: ROUNDS,
  });
  const asked = [ASKED_WINDOW.sinceMs, ASKED_WINDOW.untilMs].map((ms) =>
    new Date(ms).toISOString(),
  );
  const slow: Side[] = [
    {
      name: 'plain: jq',
      command: [
        'jq',
        '-r',
        '--arg',
        'since',
        asked[0] ?? '',
        '--arg',
        'until',
        asked[1] ?? '',
        '--argjson',
        'types',
        JSON.stringify(ASKED_TYPES),
        '-f',
        join(SIDES, 'question.jq'),
        plain,
      ],
      answers: true,
      rounds: SLOW_ROUNDS,
    },
    {
      name: 'plain: Python, a function for each rule',
      command: [
        'python3',
        join(SIDES, 'rule-functions.py'),
        plain,
        JSON.stringify([ASKED_TYPES, ...asked]),
      ],
      answers: true,
      rounds: SLOW_ROUNDS,
    },
  ];
  const bound = [
    side('plain: read the bytes', 'read-bytes', plain),
    side('plain: audit, WebAssembly', 'ours', 'wasm', plain),
    side('plain: audit, buffers', 'ours', 'buffer', plain),
    side('plain: parse everything', 'parse-everything', plain),
    side('plain: DuckDB', 'duckdb', plain),
    side('gzip: inflate alone', 'inflate-alone', gzip),
    side('gzip: audit', 'ours', 'wasm', gzip),
    side('gzip: DuckDB', 'duckdb', gzip),
    side('zstd: inflate alone', 'inflate-alone', zstd),
    side('zstd: audit', 'ours', 'wasm', zstd),
    side('zstd: DuckDB', 'duckdb', zstd),
    side('two files: one after the other', 'ours', 'wasm', ...halves),
    side('two files: two threads', 'ours', 'threads', ...halves),
  ];
  return events === SLOW_EVENTS ? [...bound, ...slow] : bound;
}

/** Every side once a round, in another order each time, so that what else the machine does meets all of them. */
function runInterleaved(sides: readonly Side[]): Map<string, Measured> {
  const runs = new Map<string, Measured[]>(sides.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    const turned = [...sides.slice(round % sides.length), ...sides.slice(0, round % sides.length)];
    for (const side of turned) {
      if (round >= side.rounds) continue;
      console.error(`round ${round + 1}: ${side.name}`);
      runs.get(side.name)?.push(measure(side));
    }
  }
  const medians = new Map([...runs].map(([name, measured]) => [name, takeMedian(measured)]));
  const answers = new Set(
    sides.filter(({ answers }) => answers).map(({ name }) => medians.get(name)?.answer),
  );
  if (answers.size !== 1) throw new Error(`the sides disagree: ${JSON.stringify([...answers])}`);
  return medians;
}

function measure({ command, answers }: Side): Measured {
  const { stdout, stderr, status } = spawnSync('/usr/bin/time', ['-f', '%U %S %e %M', ...command], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    cwd: dirname(SIDES),
  });
  if (status !== 0) throw new Error(`${command.join(' ')} failed: ${stderr}`);
  const [user = 0, system = 0, wall = 0, peak = 0] = (stderr.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  const uuids = stdout
    .split('\n')
    .filter((line) => line !== '')
    .sort();
  const hash = createHash('sha256').update(uuids.join()).digest('hex').slice(0, 12);
  return {
    cpuSeconds: user + system,
    wallSeconds: wall,
    peakMegabytes: peak / 1024,
    answer: answers ? `${uuids.length} events, ${hash}` : '',
  };
}

function takeMedian(measured: readonly Measured[]): Measured {
  const middle = (read: (one: Measured) => number): number => {
    const sorted = measured.map(read).sort((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  return {
    cpuSeconds: middle((one) => one.cpuSeconds),
    wallSeconds: middle((one) => one.wallSeconds),
    peakMegabytes: middle((one) => one.peakMegabytes),
    answer: [...new Set(measured.map((one) => one.answer))].join(' / '),
  };
}

function listGoals(results: ReadonlyMap<string, Measured>): Goal[] {
  const cpu = (name: string): number => results.get(name)?.cpuSeconds ?? Number.NaN;
  const wall = (name: string): number => results.get(name)?.wallSeconds ?? Number.NaN;
  const ours = cpu('plain: audit, WebAssembly');
  const goals: Goal[] = [
    {
      what: 'plain: CPU against reading the bytes',
      value: ours / cpu('plain: read the bytes'),
      limit: 3,
      isAtLeast: false,
    },
    {
      what: 'plain: times less CPU than parsing everything',
      value: cpu('plain: parse everything') / ours,
      limit: 6,
      isAtLeast: true,
    },
    {
      what: 'plain, on buffers: times less CPU than parsing everything',
      value: cpu('plain: parse everything') / cpu('plain: audit, buffers'),
      limit: 4.5,
      isAtLeast: true,
    },
    {
      what: 'gzip: wall against inflating alone',
      value: wall('gzip: audit') / wall('gzip: inflate alone'),
      limit: 1.25,
      isAtLeast: false,
    },
    {
      what: 'zstd: CPU against inflating alone',
      value: cpu('zstd: audit') / cpu('zstd: inflate alone'),
      limit: 1.5,
      isAtLeast: false,
    },
    {
      what: 'plain: times less CPU than DuckDB',
      value: cpu('plain: DuckDB') / ours,
      limit: 2,
      isAtLeast: true,
    },
    {
      what: 'gzip: times less CPU than DuckDB',
      value: cpu('gzip: DuckDB') / cpu('gzip: audit'),
      limit: 1.3,
      isAtLeast: true,
    },
    {
      what: 'zstd: times less CPU than DuckDB',
      value: cpu('zstd: DuckDB') / cpu('zstd: audit'),
      limit: 1.3,
      isAtLeast: true,
    },
    {
      what: 'plain: times less CPU than jq',
      value: cpu('plain: jq') / ours,
      limit: 18,
      isAtLeast: true,
    },
    {
      what: 'plain: times less CPU than Python',
      value: cpu('plain: Python, a function for each rule') / ours,
      limit: 10,
      isAtLeast: true,
    },
    {
      what: 'two files on two threads: wall against one after the other',
      value: wall('two files: two threads') / wall('two files: one after the other'),
      limit: 0.75,
      isAtLeast: false,
    },
    {
      what: 'peak memory, MB',
      value: results.get('plain: audit, WebAssembly')?.peakMegabytes ?? Number.NaN,
      limit: 150,
      isAtLeast: false,
    },
  ];
  return goals.filter((goal) => !Number.isNaN(goal.value));
}

function renderSection({
  events,
  sides,
  results,
}: {
  readonly events: number;
  readonly sides: readonly Side[];
  readonly results: ReadonlyMap<string, Measured>;
}): string {
  const rows = sides.flatMap(({ name }) => {
    const measured = results.get(name);
    if (measured === undefined) return [];
    const { cpuSeconds, wallSeconds, peakMegabytes, answer } = measured;
    return `| ${name} | ${cpuSeconds.toFixed(2)} | ${wallSeconds.toFixed(2)} | ${peakMegabytes.toFixed(0)} | ${answer} |`;
  });
  const goals = listGoals(results).map(({ what, value, limit, isAtLeast }) => {
    const isMet = isAtLeast ? value >= limit : value <= limit;
    return `| ${what} | ${value.toFixed(2)} | ${isAtLeast ? 'at least' : 'at most'} ${limit} | ${isMet ? 'yes' : '**no**'} |`;
  });
  return [
    `## ${events.toLocaleString('en-US')} events`,
    '',
    '| side | CPU s | wall s | peak MB | answer |',
    '|---|---:|---:|---:|---|',
    ...rows,
    '',
    '| ratio | measured | goal | met |',
    '|---|---:|---|---|',
    ...goals,
    '',
  ].join('\n');
}

function renderPage(sections: readonly string[]): string {
  const [{ model = 'unknown' } = {}] = cpus();
  return [
    '# Benchmarks of the archive scan',
    '',
    `Written by \`node bench/archive.ts --write\` on ${cpus().length} cores of ${model}, Node ${process.version}.`,
    'The question: 18 event types in 20 of 120 days, on generated events of 2.8 kB, about 1 % of them of these types.',
    `Each row is the median of ${ROUNDS} runs (${SLOW_ROUNDS} for jq and Python), interleaved, of a whole process with its start; CPU is user and system time.`,
    'Every side that answers gave the same events: the last column has their number and a hash over their sorted uuids.',
    'The audit also measures coverage (first and last event, events by hour, families by day) in the same pass; its peers do not.',
    'Wall times depend on what else the machine does; ratios of CPU hardly do.',
    '',
    ...sections,
  ].join('\n');
}

if (import.meta.main) await benchArchive(process.argv.slice(2));
