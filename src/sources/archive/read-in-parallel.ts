import { Worker } from 'node:worker_threads';
import { AuditError } from '../../errors.ts';
import type { LogEvent } from '../../model/log-event.ts';
import {
  ARCHIVE_WORKER_TASK,
  type ArchiveWorkerData,
  type MemberAnswer,
  type MemberOrder,
} from './archive-worker.ts';
import type { FileReading } from './coverage/file-reading.ts';
import type { ArchiveMember } from './files/archive-member.ts';
import { createMemberReader, type MemberQuestion, type MemberReader } from './member-reader.ts';

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
}

/**
 * Reads members on several threads, each the next one that nobody has taken, and gives their readings in order.
 * This thread reads too: it is at work while the others start.
 * What a later member gave waits until the earlier ones are done, so that the same archive gives the same order on any machine.
 */
export async function readInParallel(task: ParallelTask): Promise<FileReading[]> {
  const { members, question, workerEntry, threads, check } = task;
  const readings: FileReading[] = [];
  const queue = startQueue(task);
  const taken = members.map(() => 0);
  let takenBytes = 0;
  let next = 0;
  let isStopped = false;
  const workerData: ArchiveWorkerData = { task: ARCHIVE_WORKER_TASK, question };
  const workers = Array.from(
    { length: Math.min(threads, members.length) - 1 },
    () => new Worker(workerEntry, { workerData, env: {}, argv: [] }),
  );
  const noteTaken = (index: number, bytes: number): void => {
    takenBytes += bytes - (taken[index] ?? 0);
    taken[index] = bytes;
  };
  const work = async (read: MemberReader): Promise<void> => {
    for (let index = next++; index < members.length; index = next++) {
      const member = members[index];
      if (member === undefined) return;
      const position = index;
      const reading = await read(member, {
        accept: (event) => queue.accept(position, event),
        advance: (bytes) => {
          if (isStopped) throw new Error('the reading was stopped');
          noteTaken(position, bytes);
          task.advance(takenBytes, member.name);
        },
      });
      check(reading);
      readings[index] = reading;
      noteTaken(index, member.bytes);
      queue.finish(index);
    }
  };
  try {
    await Promise.all([createMemberReader(question), ...workers.map(toReader)].map(work));
  } finally {
    isStopped = true;
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return readings;
}

interface OrderedQueue {
  accept(index: number, event: LogEvent): void;
  finish(index: number): void;
}

function startQueue({ members, accept }: ParallelTask): OrderedQueue {
  const waiting: LogEvent[][] = members.map(() => []);
  const isFinished = members.map(() => false);
  let current = 0;
  return {
    accept: (index, event) => {
      if (index === current) accept(event);
      else waiting[index]?.push(event);
    },
    finish: (index) => {
      isFinished[index] = true;
      while (isFinished[current]) {
        current += 1;
        for (const event of waiting[current]?.splice(0) ?? []) accept(event);
      }
    },
  };
}

function toReader(worker: Worker): MemberReader {
  return (member, sink) =>
    new Promise((settle, fail) => {
      const end = (): void =>
        fail(new Error(`the worker that read ${member.name} ended too early`));
      const hear = (answer: MemberAnswer): void => {
        if (answer.kind === 'events') for (const event of answer.events) sink.accept(event);
        else if (answer.kind === 'taken') sink.advance(answer.bytes);
        else {
          worker.off('message', hear).off('error', fail).off('exit', end);
          if (answer.kind === 'read') settle(answer.reading);
          else fail(new AuditError(answer));
        }
      };
      worker.on('message', hear).on('error', fail).on('exit', end);
      const order: MemberOrder = { member };
      worker.postMessage(order);
    });
}
