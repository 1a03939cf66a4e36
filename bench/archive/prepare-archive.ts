import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip, createZstdCompress } from 'node:zlib';
import { generateArchive } from '../generate-archive.ts';

/** As many as a delivery stream writes into one file, about. */
export const SMALL_FILE_EVENTS = 1000;
/** Another copy of more would not fit into memory beside the others, and the disk would be measured. */
export const MOST_IN_MORE_COPIES = 500_000;
const FOLDER = join(tmpdir(), 'okta-archive-bench');

/** One generated archive in every form that is read. */
export interface ArchiveFiles {
  readonly plain: string;
  readonly gzip: string;
  readonly zstd: string;
  readonly halves: readonly [string, string];
  /** Made up to `MOST_IN_MORE_COPIES` events, as the next. */
  readonly gzipHalves: readonly [string, string];
  /** A folder of small files. */
  readonly many: string;
  /** The events as elements of one list. */
  readonly list: string;
}

/** Makes the files of one size, or takes those that are there. */
export async function prepareArchive(events: number): Promise<ArchiveFiles> {
  mkdirSync(FOLDER, { recursive: true });
  const plain = join(FOLDER, `${events}.ndjson`);
  const halves = [1, 2].map((half) => join(FOLDER, `${events}-half-${half}.ndjson`));
  const [firstHalf = '', secondHalf = ''] = halves;
  const files: ArchiveFiles = {
    plain,
    gzip: `${plain}.gz`,
    zstd: `${plain}.zst`,
    halves: [firstHalf, secondHalf],
    gzipHalves: [`${firstHalf}.gz`, `${secondHalf}.gz`],
    many: join(FOLDER, `${events}-many`),
    list: join(FOLDER, `${events}.json`),
  };
  await makeOnce(plain, (path) => generateArchive(path, events));
  await makeOnce(files.gzip, (path) => pack(plain, path));
  await makeOnce(files.zstd, (path) =>
    pipeline(createReadStream(plain), createZstdCompress(), createWriteStream(path)),
  );
  await makeOnce(firstHalf, (path) => cutLines(`head -n ${events / 2}`, plain, path));
  await makeOnce(secondHalf, (path) => cutLines(`tail -n +${events / 2 + 1}`, plain, path));
  if (events <= MOST_IN_MORE_COPIES) {
    for (const half of halves) await makeOnce(`${half}.gz`, (path) => pack(half, path));
    await makeOnce(files.many, (path) => cutFiles(plain, path));
    await makeOnce(files.list, (path) => listLines(plain, path));
  }
  return files;
}

/** A file has its name only when it is whole, so that one that was left half made is made again. */
async function makeOnce(path: string, make: (path: string) => unknown): Promise<void> {
  if (existsSync(path)) return;
  await make(`${path}.part`);
  renameSync(`${path}.part`, path);
}

async function pack(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createGzip(), createWriteStream(to));
}

function cutFiles(from: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const { status } = spawnSync('split', [
    '-l',
    `${SMALL_FILE_EVENTS}`,
    '-a',
    '4',
    from,
    join(folder, 'part-'),
  ]);
  if (status !== 0) throw new Error(`cutting ${from} failed`);
}

function listLines(from: string, to: string): void {
  const command = `{ printf '['; head -c -1 "$1" | tr '\\n' ','; printf ']'; } > "$2"`;
  const { status } = spawnSync('sh', ['-c', command, 'sh', from, to]);
  if (status !== 0) throw new Error(`listing ${from} failed`);
}

function cutLines(command: string, from: string, to: string): void {
  const { status } = spawnSync('sh', ['-c', `${command} "$1" > "$2"`, 'sh', from, to]);
  if (status !== 0) throw new Error(`${command} of ${from} failed`);
}
