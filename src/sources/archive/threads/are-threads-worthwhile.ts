import type { ArchiveMember } from '../files/archive-member.ts';
import { lookIntoLines } from '../framing/sample-lines.ts';

/** Below this a second thread costs more than it saves: Node takes a tenth of a second to start one and to warm its code. */
const LEAST_BYTES = 64 << 20;
/** The same for plain lines that are sifted by their bytes, as these take a tenth of the time. */
const LEAST_SIFTED_BYTES = 512 << 20;

/** Says whether several threads read members sooner than one, by their size and what the largest holds. Throws `archive-unreadable`. */
export async function areThreadsWorthwhile(
  members: readonly ArchiveMember[],
  isStrict: boolean,
): Promise<boolean> {
  const bytes = members.reduce((sum, member) => sum + member.bytes, 0);
  if (bytes < LEAST_BYTES) return false;
  if (isStrict || bytes >= LEAST_SIFTED_BYTES) return true;
  const [first, ...others] = members;
  if (first === undefined) return false;
  const largest = others.reduce((one, other) => (other.bytes > one.bytes ? other : one), first);
  return (await lookIntoLines(largest)) === null;
}
