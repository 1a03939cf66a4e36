import type { ArchiveMember } from '../files/archive-member.ts';
import { lookIntoLines } from '../framing/sample-lines.ts';

/**
 * How members are read: one after the other; several at once on this thread, because inflating, which is most of the work, is done
 * on others anyway; or on several threads.
 */
export type Spread = 'in-turn' | 'at-once' | 'on-threads';

/** Below this there is nothing to save. */
const LEAST_PACKED_BYTES = 1 << 20;
/** Below this a second thread costs more than it saves: Node takes a tenth of a second to start one and to warm its code. */
const LEAST_BYTES = 64 << 20;
/** The same for plain lines that are sifted by their bytes, as these take a tenth of the time. */
const LEAST_SIFTED_BYTES = 512 << 20;

/** Says how members are read soonest, by their size and what the largest holds. Throws `archive-unreadable`. */
export async function chooseSpread(
  members: readonly ArchiveMember[],
  isStrict: boolean,
): Promise<Spread> {
  const bytes = members.reduce((sum, member) => sum + member.bytes, 0);
  const [first, ...others] = members;
  if (first === undefined || bytes < LEAST_PACKED_BYTES) return 'in-turn';
  const largest = others.reduce((one, other) => (other.bytes > one.bytes ? other : one), first);
  const lines = isStrict ? null : await lookIntoLines(largest);
  if (lines?.isAsStored === false) return others.length > 0 ? 'at-once' : 'in-turn';
  return bytes < (lines === null ? LEAST_BYTES : LEAST_SIFTED_BYTES) ? 'in-turn' : 'on-threads';
}
