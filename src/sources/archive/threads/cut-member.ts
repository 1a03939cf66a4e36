import { closeSync, openSync, readSync } from 'node:fs';
import type { ArchiveMember, StoredRange } from '../files/archive-member.ts';
import { unreadable } from '../files/unreadable.ts';

const BLOCK_BYTES = 1 << 16;
const LINE_FEED = 0x0a;

export interface LinesOfMember {
  /** A plain file of newline-delimited records. */
  readonly member: ArchiveMember;
  readonly range: StoredRange;
  /** Id of the format that its first lines have. */
  readonly format: string;
  readonly pieceBytes: number;
}

/**
 * Cuts a file behind line feeds into pieces of about one size, in its order.
 * The last piece has no end, so that what is appended meanwhile is read as it would be of the whole. Throws `archive-unreadable`.
 */
export function cutMember({
  member,
  range: { path },
  format,
  pieceBytes,
}: LinesOfMember): ArchiveMember[] {
  const { name, bytes } = member;
  const starts = [0];
  try {
    const file = openSync(path, 'r');
    try {
      for (let at = pieceBytes; at < bytes; at = Math.max(at, starts.at(-1) ?? 0) + pieceBytes) {
        const start = findLineStart(file, at);
        if (start !== null && start < bytes) starts.push(start);
      }
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw unreadable(name, cause);
  }
  return starts.map((start, index): ArchiveMember => {
    const next = starts[index + 1];
    const end = next === undefined ? {} : { end: next - 1 };
    return {
      ...member,
      bytes: (next ?? bytes) - start,
      range: { path, start, ...end },
      piece: { format, isFirst: index === 0 },
    };
  });
}

/** Where the first line begins behind a position; null where none does nearby, and the piece in front goes on. */
function findLineStart(file: number, from: number): number | null {
  const block = Buffer.alloc(BLOCK_BYTES);
  const read = readSync(file, block, 0, BLOCK_BYTES, from);
  const feed = block.subarray(0, read).indexOf(LINE_FEED);
  return feed < 0 ? null : from + feed + 1;
}
