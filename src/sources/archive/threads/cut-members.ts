import type { ArchiveMember } from '../files/archive-member.ts';
import { lookIntoLines } from '../framing/sample-lines.ts';
import { cutMember } from './cut-member.ts';

/** Small enough for threads to be done at about the same time, large enough for handing over to cost nothing. */
export const PIECE_BYTES = 32 << 20;

export interface CutTask {
  readonly pieceBytes: number;
  /** Leaves a file whole that will be put off: only its front can tell. */
  readonly putsOffThinned?: boolean;
}

/** Cuts large plain files, so that they keep all threads at work to the end: the pieces of each member. Throws `archive-unreadable`. */
export async function cutMembers(
  members: readonly ArchiveMember[],
  task: CutTask,
): Promise<ArchiveMember[][]> {
  const cut: ArchiveMember[][] = [];
  for (const member of members) cut.push(await cutLargeMember(member, task));
  return cut;
}

async function cutLargeMember(
  member: ArchiveMember,
  { pieceBytes, putsOffThinned = false }: CutTask,
): Promise<ArchiveMember[]> {
  const { range, bytes } = member;
  const isWholeFile = range.start === undefined;
  if (!isWholeFile || bytes < 2 * pieceBytes) return [member];
  const lines = await lookIntoLines(member);
  if (!lines?.isAsStored || (putsOffThinned && lines.losses > 0)) return [member];
  return cutMember({ member, range, format: lines.format.id, pieceBytes });
}
