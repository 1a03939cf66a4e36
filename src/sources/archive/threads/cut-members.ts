import type { ArchiveMember } from '../files/archive-member.ts';
import { findLineFormat } from '../framing/sample-lines.ts';
import { cutMember } from './cut-member.ts';

/** Small enough for threads to be done at about the same time, large enough for handing over to cost nothing. */
export const PIECE_BYTES = 32 << 20;

/** Cuts large plain files, so that they keep all threads at work to the end: the pieces of each member. Throws `archive-unreadable`. */
export async function cutMembers(
  members: readonly ArchiveMember[],
  pieceBytes: number,
): Promise<ArchiveMember[][]> {
  const cut: ArchiveMember[][] = [];
  for (const member of members) cut.push(await cutLargeMember(member, pieceBytes));
  return cut;
}

async function cutLargeMember(member: ArchiveMember, pieceBytes: number): Promise<ArchiveMember[]> {
  const { range, bytes } = member;
  const isWholeFile = range !== null && range.start === undefined;
  if (!isWholeFile || bytes < 2 * pieceBytes) return [member];
  const format = await findLineFormat(member);
  return format === null ? [member] : cutMember({ member, range, format: format.id, pieceBytes });
}
