import type { LogEvent } from '../../../model/log-event.ts';
import type { FileReading } from '../coverage/file-reading.ts';
import type { ArchiveMember } from '../files/archive-member.ts';
import { joinReadings } from './join-readings.ts';
import { noteDelivered, noteWaiting, type PieceIntake, type SharedPieces } from './read-share.ts';

/** What hears of an archive that several threads read. */
export interface ArchiveListener {
  /** Takes events in the order of the members, whichever thread is done first. */
  accept(event: LogEvent): void;
  /** Told how many bytes of all members were taken so far. */
  advance(takenBytes: number, memberName: string): void;
  /** Called with each member's reading as soon as it is there, unless it was put off; may throw to stop. */
  check(reading: FileReading): void;
}

export interface ArchiveIntake extends PieceIntake {
  /** Lets whoever reads on this thread fail. */
  stop(): void;
  /** The readings of the members, in order. */
  listReadings(): FileReading[];
}

/** Puts what comes of pieces, from whichever thread, in order and together again. */
export function startIntake(
  { accept, advance, check }: ArchiveListener,
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
      const isPutOff = reading.losses > 0;
      noteTaken(index, isPutOff ? 0 : (pieces[index]?.bytes ?? 0));
      const whole = joins.add(index, reading);
      if (whole !== null && !isPutOff) check(whole);
      queue.finish(index);
    },
    stop: () => {
      isStopped = true;
      // Nobody is to wait any more: who goes on is stopped.
      noteDelivered(shared, pieces.length);
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

function startQueue(shared: SharedPieces, accept: ArchiveListener['accept']): OrderedQueue {
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
