import { isMainThread, type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type ErrorCode, toAuditError } from '../../../errors.ts';
import type { LogEvent } from '../../../model/log-event.ts';
import type { FileReading } from '../coverage/file-reading.ts';
import { createMemberReader, type MemberQuestion } from '../member-reader.ts';
import { type PieceIntake, readShare, type SharedPieces } from './read-share.ts';

/** Names the task of a worker thread, so that a program that starts itself again knows what it is to be. */
export const ARCHIVE_WORKER_TASK = 'read-archive-members';

export interface ArchiveWorkerData {
  readonly task: typeof ARCHIVE_WORKER_TASK;
  readonly question: MemberQuestion;
}

/** What a worker tells of the pieces that it takes. */
export type WorkerReport =
  | { readonly kind: 'events'; readonly index: number; readonly events: readonly LogEvent[] }
  | { readonly kind: 'taken'; readonly index: number; readonly bytes: number }
  | { readonly kind: 'read'; readonly index: number; readonly reading: FileReading }
  | { readonly kind: 'done' }
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly message: string;
      readonly hint: string;
    };

const BATCH_EVENTS = 500;
const TOLD_BYTES = 16 << 20;

/**
 * Serves as a reading worker if this thread was started as one, and says whether it was.
 * A face calls it first: its own file is what workers are started from, so that one bundle holds all.
 */
export function serveAsArchiveWorker(): boolean {
  if (isMainThread || parentPort === null || !isArchiveWorkerData(workerData)) return false;
  const port = parentPort;
  const read = createMemberReader(workerData.question);
  // Listening on, although one message comes: a thread that only waits for memory to change would end.
  port.on('message', (shared: SharedPieces) => {
    readShare(shared, read, startReports(port)).then(
      () => report(port, { kind: 'done' }),
      (thrown: unknown) => {
        const { code, message, hint } = toAuditError(thrown);
        report(port, { kind: 'failed', code, message, hint });
      },
    );
  });
  return true;
}

/** Events are told in batches, because every message has its price. */
function startReports(port: MessagePort): PieceIntake {
  let events: LogEvent[] = [];
  let toldBytes = 0;
  const flush = (index: number): void => {
    if (events.length > 0) report(port, { kind: 'events', index, events });
    events = [];
  };
  return {
    accept: (index, event) => {
      events.push(event);
      if (events.length >= BATCH_EVENTS) flush(index);
    },
    advance: (index, bytes) => {
      if (bytes - toldBytes < TOLD_BYTES) return;
      toldBytes = bytes;
      report(port, { kind: 'taken', index, bytes });
    },
    finish: (index, reading) => {
      flush(index);
      toldBytes = 0;
      report(port, { kind: 'read', index, reading });
    },
  };
}

function report(port: MessagePort, told: WorkerReport): void {
  port.postMessage(told);
}

function isArchiveWorkerData(value: unknown): value is ArchiveWorkerData {
  return typeof value === 'object' && value !== null && 'task' in value
    ? value.task === ARCHIVE_WORKER_TASK
    : false;
}
