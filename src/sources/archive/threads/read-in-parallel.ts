import { Worker } from 'node:worker_threads';
import { AuditError } from '../../../errors.ts';
import type { LogEvent } from '../../../model/log-event.ts';
import type { FileReading } from '../coverage/file-reading.ts';
import type { ArchiveMember } from '../files/archive-member.ts';
import { createMemberReader, type MemberQuestion } from '../member-reader.ts';
import {
  ARCHIVE_WORKER_TASK,
  type ArchiveWorkerData,
  type WorkerReport,
} from './archive-worker.ts';
import { cutMembers, PIECE_BYTES } from './cut-members.ts';
import { joinReadings } from './join-readings.ts';
import {
  noteDelivered,
  noteWaiting,
  type PieceIntake,
  readShare,
  type SharedPieces,
  sharePieces,
} from './read-share.ts';

export interface ParallelTask {
  readonly members: readonly ArchiveMember[];
  readonly question: MemberQuestion;
  /** The file that worker threads start from; it must call `serveAsArchiveWorker` first. */
  readonly workerEntry: string;
  /** How many threads read, this one among them. */
  readonly threads: number;
  /** Takes events in the order of the members, whichever worker is done first. */
  accept(event: LogEvent): void;
  /** Told how many bytes of all members were taken so far. */
  advance(takenBytes: number, memberName: string): void;
  /** Called with each member's reading as soon as it is there; may throw to stop. */
  check(reading: FileReading): void;
  /** How large the pieces of large files are. */
  readonly pieceBytes?: number;
}

/**
 * Reads members on several threads, each the next piece that nobody has taken, and gives their readings in order.
 * This thread reads too: it is at work while the others start.
 * What a later piece gave waits until the earlier ones are done, so that the same archive gives the same order on any machine.
 */
export async function readInParallel(task: ParallelTask): Promise<FileReading[]> {
  const { members, question, pieceBytes = PIECE_BYTES } = task;
  const helpers = startHelpers({ ...task, pieceBytes });
  let stop = (): void => {};
  try {
    const cut = await cutMembers(members, pieceBytes);
    const shared = sharePieces(cut.flat());
    const intake = startIntake(task, { cut, shared });
    stop = intake.stop;
    for (const helper of helpers) helper.begin(shared, intake);
    await Promise.all([
      readShare(shared, createMemberReader(question), intake),
      ...helpers.map(({ done }) => done),
    ]);
    return intake.listReadings();
  } finally {
    stop();
    for (const helper of helpers) helper.end();
  }
}

/** Another thread that reads. */
interface Helper {
  /** Settles when there is nothing left to read. */
  readonly done: Promise<void>;
  begin(shared: SharedPieces, intake: PieceIntake): void;
  end(): void;
}

/** As many as there is work for. */
function startHelpers({
  members,
  question,
  workerEntry,
  threads,
  pieceBytes,
}: ParallelTask & { readonly pieceBytes: number }): Helper[] {
  const totalBytes = members.reduce((sum, member) => sum + member.bytes, 0);
  const shares = Math.max(members.length, Math.floor(totalBytes / pieceBytes));
  const workerData: ArchiveWorkerData = { task: ARCHIVE_WORKER_TASK, question };
  return Array.from({ length: Math.min(threads, shares) - 1 }, () =>
    startHelper(new Worker(workerEntry, { workerData, env: {}, argv: [] })),
  );
}

function startHelper(worker: Worker): Helper {
  let intake: PieceIntake | null = null;
  const done = new Promise<void>((settle, fail) => {
    worker.on('message', (told: WorkerReport) => {
      try {
        if (told.kind === 'done') settle();
        else if (told.kind === 'failed') fail(new AuditError(told));
        else if (intake !== null) takeReport(told, intake);
      } catch (thrown) {
        fail(thrown);
      }
    });
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('a thread that reads the archive ended too early')));
  });
  // It may fail before anybody waits for it.
  done.catch(() => {});
  return {
    done,
    begin: (shared, taking) => {
      intake = taking;
      worker.postMessage(shared);
    },
    end: () => void worker.terminate(),
  };
}

function takeReport(
  told: Exclude<WorkerReport, { readonly kind: 'done' | 'failed' }>,
  intake: PieceIntake,
): void {
  if (told.kind === 'events') for (const event of told.events) intake.accept(told.index, event);
  else if (told.kind === 'taken') intake.advance(told.index, told.bytes);
  else intake.finish(told.index, told.reading);
}

interface ArchiveIntake extends PieceIntake {
  /** Lets whoever reads on this thread fail. */
  stop(): void;
  /** The readings of the members, in order. */
  listReadings(): FileReading[];
}

function startIntake(
  { accept, advance, check }: ParallelTask,
  {
    cut,
    shared,
  }: { readonly cut: readonly (readonly ArchiveMember[])[]; readonly shared: SharedPieces },
): ArchiveIntake {
  const { pieces } = shared;
  const queue = startQueue(shared, accept);
  const joins = startJoins(cut);
  const taken = pieces.map(() => 0);
  let takenBytes = 0;
  let isStopped = false;
  const noteTaken = (index: number, bytes: number): void => {
    takenBytes += bytes - (taken[index] ?? 0);
    taken[index] = bytes;
    advance(takenBytes, pieces[index]?.name ?? '');
  };
  return {
    accept: queue.accept,
    advance: (index, bytes) => {
      if (isStopped) throw new Error('the reading was stopped');
      noteTaken(index, bytes);
    },
    finish: (index, reading) => {
      noteTaken(index, pieces[index]?.bytes ?? 0);
      const whole = joins.add(index, reading);
      if (whole !== null) check(whole);
      queue.finish(index);
    },
    stop: () => {
      isStopped = true;
    },
    listReadings: joins.list,
  };
}

interface Joins {
  /** Takes the reading of a piece; gives that of its member once all of its pieces are there. */
  add(index: number, reading: FileReading): FileReading | null;
  /** The readings of the members, in order. */
  list(): FileReading[];
}

function startJoins(cut: readonly (readonly ArchiveMember[])[]): Joins {
  const readings = cut.map((pieces): (FileReading | null)[] => pieces.map(() => null));
  const places = cut.flatMap((pieces, member) => pieces.map((_, piece) => ({ member, piece })));
  const wholes: FileReading[] = [];
  return {
    add: (index, reading) => {
      const place = places[index];
      const parts = place === undefined ? undefined : readings[place.member];
      if (place === undefined || parts === undefined) return null;
      parts[place.piece] = reading;
      const read = parts.filter((part) => part !== null);
      if (read.length < parts.length) return null;
      const whole = joinReadings(read);
      wholes[place.member] = whole;
      return whole;
    },
    list: () => wholes,
  };
}

interface OrderedQueue {
  accept(index: number, event: LogEvent): void;
  finish(index: number): void;
}

function startQueue(shared: SharedPieces, accept: ParallelTask['accept']): OrderedQueue {
  const waiting: LogEvent[][] = shared.pieces.map(() => []);
  const isFinished = shared.pieces.map(() => false);
  let current = 0;
  let waitingEvents = 0;
  return {
    accept: (index, event) => {
      if (index === current) accept(event);
      else {
        waiting[index]?.push(event);
        waitingEvents += 1;
        noteWaiting(shared, waitingEvents);
      }
    },
    finish: (index) => {
      isFinished[index] = true;
      while (isFinished[current]) {
        current += 1;
        const events = waiting[current]?.splice(0) ?? [];
        for (const event of events) accept(event);
        waitingEvents -= events.length;
      }
      noteWaiting(shared, waitingEvents);
      noteDelivered(shared, current);
    },
  };
}
