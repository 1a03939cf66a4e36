import type { LogEvent } from '../../../model/log-event.ts';
import type { FileReading } from '../coverage/file-reading.ts';
import type { ArchiveMember } from '../files/archive-member.ts';
import type { MemberReader } from '../member-reader.ts';

/** Work that several threads share: each takes the next piece that nobody has taken. */
export interface SharedPieces {
  readonly pieces: readonly ArchiveMember[];
  /** In memory that the threads share, because one that had to ask for work would wait. */
  readonly state: Int32Array<SharedArrayBuffer>;
}

/** Index of the next piece; of the first piece that is not delivered; how many events wait for it to be. */
const [NEXT, CURRENT, WAITING] = [0, 1, 2];
const STATE_BYTES = 3 * Int32Array.BYTES_PER_ELEMENT;
/** While so many events wait, some dozen megabytes, only the piece that they wait for is begun or read on. */
const MOST_WAITING = 2000;

/** Takes what is read, by the index of its piece. */
export interface PieceIntake {
  /** Takes the wanted events in the order of the piece. */
  accept(index: number, event: LogEvent): void;
  /** Told how many bytes of the piece were taken so far. */
  advance(index: number, takenBytes: number): void;
  finish(index: number, reading: FileReading): void;
}

export function sharePieces(pieces: readonly ArchiveMember[]): SharedPieces {
  return { pieces, state: new Int32Array(new SharedArrayBuffer(STATE_BYTES)) };
}

/** Tells every thread how many events wait for an earlier piece. */
export function noteWaiting({ state }: SharedPieces, events: number): void {
  Atomics.store(state, WAITING, events);
}

/** Tells every thread that the pieces in front of an index are delivered. */
export function noteDelivered({ state }: SharedPieces, index: number): void {
  Atomics.store(state, CURRENT, index);
  Atomics.notify(state, CURRENT);
}

/** Reads pieces until all are taken. */
export async function readShare(
  shared: SharedPieces,
  read: MemberReader,
  intake: PieceIntake,
): Promise<void> {
  for (;;) {
    const index = Atomics.add(shared.state, NEXT, 1);
    const piece = shared.pieces[index];
    if (piece === undefined) return;
    await waitForRoom(shared, index);
    const reading = await read(piece, {
      accept: (event) => intake.accept(index, event),
      advance: (takenBytes) => intake.advance(index, takenBytes),
      waitForRoom: () => waitForRoom(shared, index),
    });
    intake.finish(index, reading);
  }
}

async function waitForRoom({ state }: SharedPieces, index: number): Promise<void> {
  for (;;) {
    const current = Atomics.load(state, CURRENT);
    if (index <= current || Atomics.load(state, WAITING) < MOST_WAITING) return;
    await Atomics.waitAsync(state, CURRENT, current).value;
  }
}
