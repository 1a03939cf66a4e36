import { availableParallelism } from 'node:os';
import { AuditError } from '../../errors.ts';
import { mayHoldType } from '../../model/event-type-set.ts';
import { formatCount } from '../../model/format-count.ts';
import type { EventSource, Progress, ReadRequest, SourceReading } from '../../model/reading.ts';
import { type ArchiveOutlet, openOutlet } from './archive-outlet.ts';
import { type ArchiveTallies, foldReading } from './coverage/archive-tallies.ts';
import { claimCoverage } from './coverage/claim-coverage.ts';
import { describeContent } from './coverage/describe-content.ts';
import { EVERYDAY_TYPES } from './coverage/event-families.ts';
import type { FileReading } from './coverage/file-reading.ts';
import type { ArchiveFile, ArchiveMember } from './files/archive-member.ts';
import { findArchiveFiles, nameFrom } from './files/find-archive-files.ts';
import { listMembers } from './files/list-members.ts';
import { STANDARD_INPUT, spoolInput } from './files/spool-input.ts';
import { createMemberReader, type ScannerFactory } from './member-reader.ts';

export interface ArchiveSourceOptions {
  /** Paths, folders and globs, relative to the working directory or absolute; `-` for the standard input. */
  readonly patterns: readonly string[];
  readonly workingDirectory: string;
  /** Host of the org that is audited; null where archives alone are read. */
  readonly org?: string | null;
  readonly progress: Progress;
  /** Parses every record, where otherwise only those are parsed that can matter. */
  readonly isStrict?: boolean;
  /** Makes what finds lines by their bytes; WebAssembly where it runs unless told otherwise. */
  readonly createScanner?: ScannerFactory;
  /** The file from which threads may be started to read several files at once; see `serveAsArchiveWorker`. */
  readonly workerEntry?: string | undefined;
  readonly standardInput?: AsyncIterable<Uint8Array>;
}

/** Below this a second thread costs more than it saves. */
const LEAST_PARALLEL_BYTES = 64 << 20;

/**
 * Reads exported logs: all files that the patterns name, as one source.
 * `read` throws `archive-not-found`, `archive-empty`, `archive-unreadable`, `archive-not-okta` and `archive-other-tenant`.
 */
export function createArchiveSource(options: ArchiveSourceOptions): EventSource {
  const { patterns, workingDirectory, standardInput = process.stdin } = options;
  const paths = patterns.filter((pattern) => pattern !== STANDARD_INPUT);
  const name = [
    ...paths.map((pattern) => nameFrom(workingDirectory, pattern)),
    ...(paths.length < patterns.length ? ['standard input'] : []),
  ].join(', ');
  let listed: Promise<ArchiveFile[]> | null = null;

  async function listFiles(): Promise<ArchiveFile[]> {
    const found =
      paths.length === 0 ? [] : await findArchiveFiles({ patterns: paths, workingDirectory });
    if (paths.length === patterns.length) return found;
    return [...found, await spoolInput(standardInput)];
  }

  return {
    kind: 'archive',
    name,
    read: async (request, deliver) => {
      listed ??= listFiles();
      const files = await listed;
      const members: ArchiveMember[] = [];
      for (const file of files) members.push(...(await listMembers(file)));
      members.sort(compareByLoss);
      const outlet = openOutlet(deliver);
      const tallies: ArchiveTallies = new Map();
      const check = (reading: FileReading): void => {
        refuseForeignFile(reading);
        foldReading(tallies, reading);
      };
      const readings = await readMembers({ ...options, members, request, outlet, check });
      outlet.flush();
      refuseEmptyArchive(readings);
      refuseOtherTenants(readings, options.org ?? null);
      const duplicates = outlet.countDuplicates();
      return { kind: 'archive', name, ...sumUp({ readings, tallies, duplicates, request }) };
    },
  };
}

/** The Admin Console's CSV leaves half of a record out, so that the copy of any other file is taken before it. */
function compareByLoss(one: ArchiveMember, other: ArchiveMember): number {
  return Number(isCsv(one)) - Number(isCsv(other));
}

function isCsv({ name }: ArchiveMember): boolean {
  return /\.csv(\.\w+)?$/i.test(name);
}

interface ReadTask extends ArchiveSourceOptions {
  readonly members: readonly ArchiveMember[];
  readonly request: ReadRequest;
  readonly outlet: ArchiveOutlet;
  /** Told each file's reading as soon as it is there; throws where the archive is none. */
  check(reading: FileReading): void;
}

async function readMembers(task: ReadTask): Promise<FileReading[]> {
  const { members, progress } = task;
  const totalBytes = members.reduce((sum, member) => sum + member.bytes, 0);
  const isAfterwards = task.request.followUps.length > 0;
  progress.start(
    isAfterwards ? 'Looking around the findings in the archive' : 'Reading the archive',
    totalBytes,
  );
  const readings = await (mayReadInParallel(task, totalBytes)
    ? readOnThreads(task)
    : readInTurn(task));
  const records = readings.reduce((sum, reading) => sum + reading.records, 0);
  const files = formatCount(members.length, 'archive file');
  progress.finish(`${formatCount(records, 'event')} read from ${files}.`);
  return readings;
}

async function readOnThreads(
  task: ReadTask & { readonly workerEntry: string },
): Promise<FileReading[]> {
  const { readInParallel } = await import('./threads/read-in-parallel.ts');
  return readInParallel({
    members: task.members,
    question: { request: task.request, isStrict: task.isStrict ?? false },
    workerEntry: task.workerEntry,
    threads: availableParallelism(),
    accept: task.outlet.accept,
    advance: task.progress.advance,
    check: task.check,
  });
}

/** Where most events are wanted, handing them from thread to thread would cost more than reading them. */
function mayReadInParallel(
  task: ReadTask,
  totalBytes: number,
): task is ReadTask & { readonly workerEntry: string } {
  const { request, workerEntry } = task;
  return (
    workerEntry !== undefined &&
    totalBytes >= LEAST_PARALLEL_BYTES &&
    request.pull === 'targeted' &&
    !asksForEverydayEvents(request) &&
    availableParallelism() > 1
  );
}

function asksForEverydayEvents({ needs }: ReadRequest): boolean {
  return needs.some(({ eventTypes }) =>
    EVERYDAY_TYPES.some((eventType) => mayHoldType(eventTypes, eventType)),
  );
}

async function readInTurn(task: ReadTask): Promise<FileReading[]> {
  const { request, isStrict = false, createScanner, outlet, progress, check } = task;
  const read = createMemberReader({ request, isStrict }, createScanner);
  const readings: FileReading[] = [];
  let doneBytes = 0;
  for (const member of task.members) {
    const advance = (taken: number): void => progress.advance(doneBytes + taken, member.name);
    const reading = await read(member, { accept: outlet.accept, advance });
    check(reading);
    readings.push(reading);
    doneBytes += member.bytes;
  }
  return readings;
}

function sumUp({
  readings,
  tallies,
  duplicates,
  request,
}: {
  readonly readings: readonly FileReading[];
  readonly tallies: ArchiveTallies;
  readonly duplicates: number;
  readonly request: ReadRequest;
}): Omit<SourceReading, 'kind' | 'name'> {
  const firsts = readings.flatMap((reading) => reading.firstMs ?? []);
  const lasts = readings.flatMap((reading) => reading.lastMs ?? []);
  const sum = (count: (reading: FileReading) => number): number =>
    readings.reduce((total, reading) => total + count(reading), 0);
  const { covered, followed, holes } = claimCoverage({ files: readings, tallies, request });
  return {
    firstEventMs: firsts.length === 0 ? null : Math.min(...firsts),
    lastEventMs: lasts.length === 0 ? null : Math.max(...lasts),
    covered,
    ...(request.followUps.length > 0 && { followed }),
    holes,
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
  if (readings.some(({ firstMs, saved }) => firstMs !== null || saved !== null)) return;
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

/** An archive that was saved from another org would answer for it, and nobody could tell. */
function refuseOtherTenants(readings: readonly FileReading[], audited: string | null): void {
  const saved = readings.flatMap(({ name, saved: pulls }) =>
    [...(pulls?.orgs ?? [])].map((org) => ({ name, org })),
  );
  const expected = audited ?? saved[0]?.org;
  const other = saved.find(({ org }) => org !== expected);
  if (other === undefined) return;
  const rest =
    audited === null ? `${saved[0]?.name} from ${expected}` : `the audit is of ${audited}`;
  throw new AuditError({
    code: 'archive-other-tenant',
    message: `The archive file ${other.name} was saved from ${other.org}, and ${rest}.`,
    hint: 'Give the archives of one tenant in the input `archive`. Where both names are of the same one, give `okta-org-url` the name that the archive was saved under.',
  });
}
