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
  /** How many pieces this thread reads at once. */
  readonly lanes: number;
  /** How large the pieces of large files are. */
  readonly pieceBytes?: number;
}

/**
 * Reads members on several threads or lanes, each the next piece that nobody has taken, and gives their readings in order.
 * This thread reads too: it is at work while the others start.
 * What a later piece gave waits until the earlier ones are done, so that the same archive gives the same order on any machine.
 */
export async function readInParallel(task: ParallelTask): Promise<FileReading[]> {
  const { members, question, lanes, pieceBytes = PIECE_BYTES } = task;
  const { putsOffThinned = false } = question;
  const cut = await cutMembers(members, { pieceBytes, putsOffThinned });
  const shared = sharePieces(cut.flat());
  const intake = startIntake(task, { cut, shared });
  const helpers = startHelpers(task, { shared, intake });
  try {
    await Promise.all([
      ...Array.from({ length: Math.min(lanes, shared.pieces.length) }, () =>
        readShare(shared, createMemberReader(question), intake),
      ),
      ...helpers.map(({ done }) => done),
    ]);
    return intake.listReadings();
  } finally {
    intake.stop();
    for (const helper of helpers) helper.end();
  }
}

/** Another thread that reads. */
interface Helper {
  /** Settles when there is nothing left to read. */
  readonly done: Promise<void>;
  end(): void;
}

interface Share {
  readonly shared: SharedPieces;
  readonly intake: PieceIntake;
}

/** As many as there is work for. */
function startHelpers({ question, workerEntry, threads }: ParallelTask, share: Share): Helper[] {
  const workerData: ArchiveWorkerData = { task: ARCHIVE_WORKER_TASK, question };
  return Array.from({ length: Math.min(threads, share.shared.pieces.length) - 1 }, () =>
    startHelper(new Worker(workerEntry, { workerData, env: {}, argv: [] }), share),
  );
}

function startHelper(worker: Worker, { shared, intake }: Share): Helper {
  const done = new Promise<void>((settle, fail) => {
    worker.on('message', (told: WorkerReport) => {
      try {
        if (told.kind === 'done') settle();
        else if (told.kind === 'failed') fail(new AuditError(told));
        else takeReport(told, intake);
      } catch (thrown) {
        fail(thrown);
      }
    });
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('a thread that reads the archive ended too early')));
  });
  worker.postMessage(shared);
  return { done, end: () => void worker.terminate() };
}

function takeReport(
  told: Exclude<WorkerReport, { readonly kind: 'done' | 'failed' }>,
  intake: PieceIntake,
): void {
  if (told.kind === 'events') for (const event of told.events) intake.accept(told.index, event);
  else if (told.kind === 'taken') intake.advance(told.index, told.bytes);
  else intake.finish(told.index, told.reading);
}
