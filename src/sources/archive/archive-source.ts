import { AuditError } from '../../errors.ts';
import {
  type EventSource,
  hullOfRequest,
  type Progress,
  type ReadRequest,
  type SourceReading,
} from '../../model/reading.ts';
import { hullOf, type TimeWindow } from '../../model/time-window.ts';
import { openOutlet } from './archive-outlet.ts';
import { type ArchiveTallies, foldReading, startTallies } from './coverage/archive-tallies.ts';
import { claimCoverage } from './coverage/claim-coverage.ts';
import { describeContent } from './coverage/describe-content.ts';
import type { FileReading } from './coverage/file-reading.ts';
import { listHeld } from './coverage/list-held.ts';
import { createEventNamer } from './event-namer.ts';
import type { ArchiveFile, ArchiveMember } from './files/archive-member.ts';
import { emptyFile } from './files/empty-file.ts';
import { findArchiveFiles, nameFrom, sayLeftOut } from './files/find-archive-files.ts';
import { listMembers } from './files/list-members.ts';
import { STANDARD_INPUT, spoolInput } from './files/spool-input.ts';
import { unpackTars } from './files/unpack-tars.ts';
import { ARCHIVE_FORMATS } from './formats/archive-formats.ts';
import type { ScannerFactory } from './member-reader.ts';
import { readMembers } from './read-members.ts';

export interface ArchiveSourceOptions {
  /** Paths, folders and globs, relative to the working directory or absolute; `-` for the standard input. */
  readonly patterns: readonly string[];
  readonly workingDirectory: string;
  /** Host of the org that is audited; null where archives alone are read. */
  readonly org?: string | null;
  readonly progress: Progress;
  /** Told what a folder or a glob leads to and is not read. */
  readonly tell?: (line: string) => void;
  /** Parses every record, where otherwise only those are parsed that can matter. */
  readonly isStrict?: boolean;
  /** Makes what finds lines by their bytes; WebAssembly where it runs unless told otherwise. */
  readonly createScanner?: ScannerFactory;
  /** The file from which threads may be started to read several files at once; see `serveAsArchiveWorker`. */
  readonly workerEntry?: string | undefined;
  readonly standardInput?: AsyncIterable<Uint8Array>;
}

/**
 * Reads exported logs: all files that the patterns name, as one source.
 * `read` throws `archive-not-found`, `archive-empty`, `archive-unreadable`, `archive-not-okta` and `archive-other-tenant`.
 */
export function createArchiveSource(options: ArchiveSourceOptions): EventSource {
  const { patterns, workingDirectory } = options;
  const paths = patterns.filter((pattern) => pattern !== STANDARD_INPUT);
  const name = [
    ...paths.map((pattern) => nameFrom(workingDirectory, pattern)),
    ...(paths.length < patterns.length ? ['standard input'] : []),
  ].join(', ');
  const nameOf = createEventNamer();
  let listed: Promise<ArchiveFile[]> | null = null;

  function listOnce(): Promise<ArchiveFile[]> {
    listed ??= listFiles();
    return listed;
  }

  async function listFiles(): Promise<ArchiveFile[]> {
    const files = paths.length === 0 ? [] : await findNamedFiles();
    const asksInput = paths.length < patterns.length;
    // Even to look at the standard input opens it.
    const input = asksInput ? [await spoolInput(options.standardInput ?? process.stdin)] : [];
    return await unpackTars([...files, ...input]);
  }

  async function findNamedFiles(): Promise<readonly ArchiveFile[]> {
    const { files, leftOut } = await findArchiveFiles({ patterns: paths, workingDirectory });
    if (leftOut.length > 0) options.tell?.(`Left out of the archive: ${sayLeftOut(leftOut)}.`);
    return files;
  }

  return {
    kind: 'archive',
    name,
    open: async () => {
      await listOnce();
    },
    read: async (request, deliver) => {
      const members: ArchiveMember[] = [];
      for (const file of await listOnce()) {
        for (const member of await listMembers(file)) members.push(member);
      }
      const outlet = openOutlet(deliver, nameOf);
      const tallies = startTallies();
      const check = (reading: FileReading): void => {
        refuseBlankFile(reading);
        refuseForeignFile(reading);
        foldReading(tallies, reading);
      };
      const { accept } = outlet;
      const progress: Progress = {
        ...options.progress,
        advance: (done, note) => {
          outlet.flush();
          options.progress.advance(done, note);
        },
      };
      const readings = await readMembers({ ...options, members, request, progress, accept, check });
      outlet.flush();
      refuseEmptyArchive(readings);
      refuseOtherTenants(readings, options.org ?? null);
      refuseSeveralTenants(tallies);
      const duplicates = outlet.countDuplicates();
      return { kind: 'archive', name, ...sumUp({ readings, tallies, duplicates, request }) };
    },
  };
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
  const reach = hullOf(readings.flatMap((reading) => heldBy(reading) ?? []));
  const sum = (count: (reading: FileReading) => number): number =>
    readings.reduce((total, reading) => total + count(reading), 0);
  const { covered, followed, holes } = claimCoverage({ files: readings, tallies, request });
  return {
    firstEventMs: reach?.sinceMs ?? null,
    lastEventMs: reach?.untilMs ?? null,
    held: listHeld(tallies, hullOfRequest(request)),
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

function heldBy({ firstMs, lastMs }: FileReading): TimeWindow | null {
  return firstMs === null || lastMs === null ? null : { sinceMs: firstMs, untilMs: lastMs };
}

/** As little as a file without a byte, but packed: what failed in front of a packer leaves one, and its time would look silent. */
function refuseBlankFile({ name, records, front, damages }: FileReading): void {
  if (records === 0 && front.trim() === '' && damages.length === 0) throw emptyFile(name);
}

/** Log stores that hold several products write files without an event of Okta too. */
function refuseForeignFile(reading: FileReading): void {
  const isForeign = reading.records > reading.others && reading.firstMs === null;
  const isCut = reading.damages.some((damage) => damage.extent !== 'here');
  if (isForeign && !isCut) throw notOkta(reading);
}

function notOkta(reading: FileReading): AuditError {
  const { looksLike, hint } = describeContent(reading);
  return new AuditError({
    code: 'archive-not-okta',
    message: `The archive file ${reading.name} holds no Okta System Log event; it looks like ${looksLike}.`,
    hint:
      hint ??
      'Give exports of the Okta System Log alone in the input `archive`, or narrow the pattern so that it leaves this file out.',
  });
}

function refuseEmptyArchive(readings: readonly FileReading[]): void {
  if (readings.some(({ firstMs, saved }) => firstMs !== null || saved !== null)) return;
  const damaged = readings.find((reading) => reading.damages.length > 0);
  if (damaged !== undefined) {
    const { looksLike, hint } = describeContent(damaged);
    // What would help tells that something else is wrong than its end.
    const seen = hint === undefined ? '' : `; it looks like ${looksLike}`;
    throw new AuditError({
      code: 'archive-unreadable',
      message: `The archive file ${damaged.name} holds no whole event: ${damaged.damages[0]?.reason ?? 'it is damaged'}${seen}.`,
      hint: hint ?? 'Export or copy the file again; it seems to have been cut off.',
    });
  }
  const foreign = readings.find((reading) => reading.others > 0);
  if (foreign !== undefined) throw notOkta(foreign);
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

/** Log streams and hooks name their org, and no other format does: what one of several orgs has says nothing of another. */
function refuseSeveralTenants({ exports }: ArchiveTallies): void {
  for (const { id, title } of ARCHIVE_FORMATS) {
    const tallies = [...exports.values()].filter(({ formatId }) => formatId === id);
    const orgs = [...new Set(tallies.flatMap(({ tally }) => [...tally.orgs]))].sort();
    if (orgs.length < 2) continue;
    throw new AuditError({
      code: 'archive-other-tenant',
      message: `The archive holds events of several orgs, as ${title} name them: ${orgs.join(', ')}.`,
      hint: 'Give the archives of one tenant in the input `archive`, and audit each tenant by itself.',
    });
  }
}
