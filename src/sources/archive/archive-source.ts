import { AuditError } from '../../errors.ts';
import type { LogEvent } from '../../model/log-event.ts';
import type { EventSource, Progress, ReadRequest, SourceReading } from '../../model/reading.ts';
import type { ArchiveMember } from './archive-member.ts';
import { createBufferScanner } from './buffer-scanner.ts';
import { claimCoverage } from './claim-coverage.ts';
import { describeContent } from './describe-content.ts';
import type { FileReading } from './file-reading.ts';
import { findArchiveFiles, nameFrom } from './find-archive-files.ts';
import type { LineScanner } from './line-scanner.ts';
import { listMembers } from './list-members.ts';
import { planSift } from './plan-sift.ts';
import { readArchiveFile } from './read-archive-file.ts';
import { selectEvents } from './select-events.ts';
import { createWasmScanner } from './wasm-scanner.ts';

export interface ArchiveSourceOptions {
  /** Paths, folders and globs, relative to the working directory or absolute. */
  readonly patterns: readonly string[];
  readonly workingDirectory: string;
  readonly progress: Progress;
  /** Parses every record, where otherwise only those are parsed that can matter. */
  readonly isStrict?: boolean;
  /** Makes what finds lines by their bytes; WebAssembly where it runs unless told otherwise. */
  readonly createScanner?: (ids: readonly string[]) => LineScanner;
}

const BATCH_EVENTS = 500;

/**
 * Reads exported logs: all files that the patterns name, as one source.
 * `read` throws `archive-not-found`, `archive-empty`, `archive-unreadable` and `archive-not-okta`.
 */
export function createArchiveSource(options: ArchiveSourceOptions): EventSource {
  const { patterns, workingDirectory } = options;
  const name = patterns.map((pattern) => nameFrom(workingDirectory, pattern)).join(', ');
  return {
    kind: 'archive',
    name,
    read: async (request, deliver) => {
      const files = await findArchiveFiles(options);
      const members = (await Promise.all(files.map(listMembers))).flat();
      const { readings, duplicates } = await readMembers({ ...options, members, request, deliver });
      return { kind: 'archive', name, ...sumUp({ readings, duplicates, request }) };
    },
  };
}

async function readMembers({
  members,
  request,
  deliver,
  progress,
  isStrict = false,
  createScanner = createFastestScanner,
}: {
  readonly members: readonly ArchiveMember[];
  readonly request: ReadRequest;
  readonly deliver: (events: readonly LogEvent[]) => void;
} & ArchiveSourceOptions): Promise<{ readings: FileReading[]; duplicates: number }> {
  const totalBytes = members.reduce((sum, member) => sum + member.bytes, 0);
  const outlet = startOutlet(deliver);
  const isWanted = selectEvents(request);
  const plan = isStrict ? null : planSift(request);
  const sieve = plan === null ? null : { plan, scanner: createScanner(plan.ids) };
  const readings: FileReading[] = [];
  let doneBytes = 0;
  progress.start('Reading the archive', totalBytes);
  for (const member of members) {
    const advance = (taken: number): void => progress.advance(doneBytes + taken, member.name);
    const reading = await readArchiveFile({
      member,
      isWanted,
      accept: outlet.accept,
      advance,
      sieve,
    });
    refuseForeignFile(reading);
    readings.push(reading);
    doneBytes += member.bytes;
  }
  outlet.flush();
  const records = readings.reduce((sum, reading) => sum + reading.records, 0);
  progress.finish(
    `Read ${records.toLocaleString('en-US')} events from ${members.length} archive ${members.length === 1 ? 'file' : 'files'}`,
  );
  refuseEmptyArchive(readings);
  return { readings, duplicates: outlet.countDuplicates() };
}

function createFastestScanner(ids: readonly string[]): LineScanner {
  return createWasmScanner(ids) ?? createBufferScanner(ids);
}

/** Hands events on in batches, each uuid once. */
function startOutlet(deliver: (events: readonly LogEvent[]) => void): {
  accept(event: LogEvent): void;
  flush(): void;
  countDuplicates(): number;
} {
  const seen = new Set<string>();
  let duplicates = 0;
  let batch: LogEvent[] = [];
  const flush = (): void => {
    if (batch.length > 0) deliver(batch);
    batch = [];
  };
  return {
    accept: (event) => {
      if (seen.has(event.uuid)) {
        duplicates += 1;
        return;
      }
      seen.add(event.uuid);
      batch.push(event);
      if (batch.length >= BATCH_EVENTS) flush();
    },
    flush,
    countDuplicates: () => duplicates,
  };
}

function sumUp({
  readings,
  duplicates,
  request,
}: {
  readonly readings: readonly FileReading[];
  readonly duplicates: number;
  readonly request: ReadRequest;
}): Omit<SourceReading, 'kind' | 'name'> {
  const firsts = readings.flatMap((reading) => reading.firstMs ?? []);
  const lasts = readings.flatMap((reading) => reading.lastMs ?? []);
  const sum = (count: (reading: FileReading) => number): number =>
    readings.reduce((total, reading) => total + count(reading), 0);
  return {
    firstEventMs: firsts.length === 0 ? null : Math.min(...firsts),
    lastEventMs: lasts.length === 0 ? null : Math.max(...lasts),
    ...claimCoverage({ files: readings, request }),
    counts: {
      eventsRead: sum((reading) => reading.records),
      eventsParsed: sum((reading) => reading.parsed),
      malformed: sum((reading) => reading.malformed),
      duplicates,
      requests: 0,
    },
  };
}

function refuseForeignFile(reading: FileReading): void {
  const isForeign = reading.records > 0 && reading.firstMs === null;
  const isCut = reading.damages.some((damage) => damage.isEnd);
  if (!isForeign || isCut) return;
  throw new AuditError({
    code: 'archive-not-okta',
    message: `The archive file ${reading.name} holds no Okta System Log event; it looks like ${describeContent(reading)}.`,
    hint: 'Give exports of the Okta System Log alone in the input `archive`, or narrow the pattern so that it leaves this file out.',
  });
}

function refuseEmptyArchive(readings: readonly FileReading[]): void {
  if (readings.some((reading) => reading.firstMs !== null)) return;
  const damaged = readings.find((reading) => reading.damages.length > 0);
  if (damaged !== undefined) {
    throw new AuditError({
      code: 'archive-unreadable',
      message: `The archive file ${damaged.name} holds no whole event: ${damaged.damages[0]?.reason ?? 'it is damaged'}.`,
      hint: 'Export or copy the file again; it seems to have been cut off.',
    });
  }
  throw new AuditError({
    code: 'archive-empty',
    message: `The archive holds no event: ${readings.map((reading) => reading.name).join(', ')}.`,
    hint: 'Check the export that wrote it; an empty archive cannot answer for any time.',
  });
}
