import { Worker } from 'node:worker_threads';
import { AuditError } from '../../../errors.ts';
import type { FileReading } from '../coverage/file-reading.ts';
import type { ArchiveMember } from '../files/archive-member.ts';
import { createMemberReader, type MemberQuestion } from '../member-reader.ts';
import { type ArchiveListener, startIntake } from './archive-intake.ts';
import {
  ARCHIVE_WORKER_TASK,
  type ArchiveWorkerData,
  type WorkerReport,
} from './archive-worker.ts';
import { cutMembers, PIECE_BYTES } from './cut-members.ts';
import { type PieceIntake, readShare, type SharedPieces, sharePieces } from './read-share.ts';

export interface ParallelTask extends ArchiveListener {
  readonly members: readonly ArchiveMember[];
  readonly question: MemberQuestion;
  /** The file that worker threads start from; it must call `serveAsArchiveWorker` first. */
  readonly workerEntry: string;
  /** How many threads read, this one among them. */
  readonly threads: number;
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
    const { putsOffThinned = false } = question;
    const cut = await cutMembers(members, { pieceBytes, putsOffThinned });
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
