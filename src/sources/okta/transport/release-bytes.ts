/** Below it buffers may share a pool, and there is little to gain. */
const SMALLEST_RELEASE = 1 << 16;

/**
 * Gives a large buffer's memory back at once; nothing may read it afterwards.
 * The collector sees little of what lies outside its heap and lets a dozen pages pile up. Node 20 cannot do it.
 */
export function releaseBytes(bytes: Buffer): void {
  const { buffer } = bytes;
  const isAlone = bytes.byteLength >= SMALLEST_RELEASE && bytes.byteLength * 2 > buffer.byteLength;
  if (!isAlone || !('transfer' in buffer) || typeof buffer.transfer !== 'function') return;
  buffer.transfer(0);
}
