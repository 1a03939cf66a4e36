import type { LogEvent } from '../../../model/log-event.ts';
import type { FileReading } from '../coverage/file-reading.ts';
import type { ArchiveMember } from '../files/archive-member.ts';
import type { MemberReader } from '../member-reader.ts';

/** Work that several threads share: each takes the next piece that nobody has taken. */
export interface SharedPieces {
  readonly pieces: readonly ArchiveMember[];
  /** Index of the next piece, in memory that the threads share: a thread that had to ask for work would wait. */
  readonly next: Int32Array<SharedArrayBuffer>;
}

/** Takes what is read, by the index of its piece. */
export interface PieceIntake {
  /** Takes the wanted events in the order of the piece. */
  accept(index: number, event: LogEvent): void;
  /** Told how many bytes of the piece were taken so far. */
  advance(index: number, takenBytes: number): void;
  finish(index: number, reading: FileReading): void;
}

export function sharePieces(pieces: readonly ArchiveMember[]): SharedPieces {
  return { pieces, next: new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) };
}

/** Reads pieces until all are taken. */
export async function readShare(
  { pieces, next }: SharedPieces,
  read: MemberReader,
  intake: PieceIntake,
): Promise<void> {
  for (;;) {
    const index = Atomics.add(next, 0, 1);
    const piece = pieces[index];
    if (piece === undefined) return;
    const reading = await read(piece, {
      accept: (event) => intake.accept(index, event),
      advance: (takenBytes) => intake.advance(index, takenBytes),
    });
    intake.finish(index, reading);
  }
}
