import { availableParallelism } from 'node:os';
import { mayHoldType } from '../../model/event-type-set.ts';
import { formatCount } from '../../model/format-count.ts';
import type { LogEvent } from '../../model/log-event.ts';
import type { Progress, ReadRequest } from '../../model/reading.ts';
import { EVERYDAY_TYPES } from './coverage/event-families.ts';
import type { FileReading } from './coverage/file-reading.ts';
import type { ArchiveMember } from './files/archive-member.ts';
import { createMemberReader, type ScannerFactory } from './member-reader.ts';
import { chooseSpread, type Spread } from './threads/choose-spread.ts';

/** Node inflates on so many threads. */
const MOST_LANES = 4;

export interface MembersTask {
  readonly members: readonly ArchiveMember[];
  readonly request: ReadRequest;
  readonly isStrict?: boolean;
  readonly createScanner?: ScannerFactory;
  /** The file from which threads may be started; without it one member is read after the other. */
  readonly workerEntry?: string | undefined;
  readonly progress: Progress;
  /** Takes the wanted events, of two copies the fuller one first. */
  accept(event: LogEvent): void;
  /** Told each file's reading as soon as it is there; throws where the archive is none. */
  check(reading: FileReading): void;
}

/** Some members, and how to read them. */
interface Round extends MembersTask {
  readonly putsOffThinned: boolean;
  /** Of members that are read already. */
  readonly doneBytes: number;
}

/**
 * Reads members in their order, but those last whose records lost something on the way, and what lost most at the very end:
 * the first copy of an event is the one that is kept. Which ones these are shows when they are opened.
 */
export async function readMembers(task: MembersTask): Promise<FileReading[]> {
  const { members, progress } = task;
  const totalBytes = sumBytes(members);
  const isAfterwards = task.request.followUps.length > 0;
  progress.start(
    isAfterwards ? 'Looking around the findings in the archive' : 'Reading the archive',
    totalBytes,
  );
  const first = await readRound({ ...task, putsOffThinned: members.length > 1, doneBytes: 0 });
  const late = listPutOff(members, first);
  const doneBytes = totalBytes - sumBytes(late);
  const last = { ...task, members: late, putsOffThinned: false, doneBytes };
  const readings = [
    ...first.filter(({ losses }) => losses === 0),
    ...(late.length === 0 ? [] : await readRound(last)),
  ];
  const records = readings.reduce((sum, reading) => sum + reading.records, 0);
  const files = formatCount(members.length, 'archive file');
  progress.finish(`${formatCount(records, 'event')} read from ${files}.`);
  return readings;
}

function sumBytes(members: readonly ArchiveMember[]): number {
  return members.reduce((sum, { bytes }) => sum + bytes, 0);
}

function listPutOff(
  members: readonly ArchiveMember[],
  readings: readonly FileReading[],
): ArchiveMember[] {
  return members
    .map((member, index) => ({ member, losses: readings[index]?.losses ?? 0 }))
    .filter(({ losses }) => losses > 0)
    .sort((one, other) => one.losses - other.losses)
    .map(({ member }) => member);
}

async function readRound(round: Round): Promise<FileReading[]> {
  const { members, isStrict = false } = round;
  if (!mayReadInParallel(round)) return await readInTurn(round);
  const spread = await chooseSpread(members, isStrict);
  return spread === 'in-turn' ? await readInTurn(round) : await readSpread(round, spread);
}

async function readSpread(
  round: Round & { readonly workerEntry: string },
  spread: Exclude<Spread, 'in-turn'>,
): Promise<FileReading[]> {
  const { readInParallel } = await import('./threads/read-in-parallel.ts');
  const cores = availableParallelism();
  const { request, isStrict = false, putsOffThinned, progress, doneBytes } = round;
  return readInParallel({
    members: round.members,
    question: { request, isStrict, putsOffThinned },
    workerEntry: round.workerEntry,
    ...(spread === 'at-once'
      ? { threads: 1, lanes: Math.min(cores + 1, MOST_LANES) }
      : { threads: cores, lanes: 1 }),
    accept: round.accept,
    advance: (taken, name) => progress.advance(doneBytes + taken, name),
    check: round.check,
  });
}

/** Where most events are wanted, handing them from thread to thread would cost more than reading them. */
function mayReadInParallel(round: Round): round is Round & { readonly workerEntry: string } {
  const { request, workerEntry } = round;
  return (
    workerEntry !== undefined &&
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

async function readInTurn(round: Round): Promise<FileReading[]> {
  const { request, isStrict = false, putsOffThinned, createScanner } = round;
  const read = createMemberReader({ request, isStrict, putsOffThinned }, createScanner);
  const readings: FileReading[] = [];
  let { doneBytes } = round;
  for (const member of round.members) {
    const advance = (taken: number): void => round.progress.advance(doneBytes + taken, member.name);
    const reading = await read(member, { accept: round.accept, advance });
    if (reading.losses === 0) {
      round.check(reading);
      doneBytes += member.bytes;
    }
    readings.push(reading);
  }
  return readings;
}
