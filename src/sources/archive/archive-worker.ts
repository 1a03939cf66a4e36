import { isMainThread, type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type ErrorCode, toAuditError } from '../../errors.ts';
import type { LogEvent } from '../../model/log-event.ts';
import type { FileReading } from './coverage/file-reading.ts';
import type { ArchiveMember } from './files/archive-member.ts';
import { createMemberReader, type MemberQuestion } from './member-reader.ts';

/** Names the task of a worker thread, so that a program that starts itself again knows what it is to be. */
export const ARCHIVE_WORKER_TASK = 'read-archive-members';

export interface ArchiveWorkerData {
  readonly task: typeof ARCHIVE_WORKER_TASK;
  readonly question: MemberQuestion;
}

/** What the main thread asks: one member at a time. */
export interface MemberOrder {
  readonly member: ArchiveMember;
}

export type MemberAnswer =
  | { readonly kind: 'events'; readonly events: readonly LogEvent[] }
  | { readonly kind: 'taken'; readonly bytes: number }
  | { readonly kind: 'read'; readonly reading: FileReading }
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
  port.on('message', ({ member }: MemberOrder) => {
    answer(port, member, read).catch((thrown: unknown) => {
      const { code, message, hint } = toAuditError(thrown);
      post(port, { kind: 'failed', code, message, hint });
    });
  });
  return true;
}

async function answer(
  port: MessagePort,
  member: ArchiveMember,
  read: ReturnType<typeof createMemberReader>,
): Promise<void> {
  let events: LogEvent[] = [];
  let toldBytes = 0;
  const flush = (): void => {
    if (events.length > 0) post(port, { kind: 'events', events });
    events = [];
  };
  const reading = await read(member, {
    accept: (event) => {
      events.push(event);
      if (events.length >= BATCH_EVENTS) flush();
    },
    advance: (bytes) => {
      if (bytes - toldBytes < TOLD_BYTES) return;
      toldBytes = bytes;
      post(port, { kind: 'taken', bytes });
    },
  });
  flush();
  post(port, { kind: 'read', reading });
}

function post(port: MessagePort, answer: MemberAnswer): void {
  port.postMessage(answer);
}

function isArchiveWorkerData(value: unknown): value is ArchiveWorkerData {
  return typeof value === 'object' && value !== null && 'task' in value
    ? value.task === ARCHIVE_WORKER_TASK
    : false;
}
