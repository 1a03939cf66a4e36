/**
 * Files are read, and inflaters fill their output, in buffers of so many bytes, one after the other.
 * Large ones cost a third of the CPU that zlib's 16 KB cost.
 */
export const BUFFER_BYTES = 1 << 20;

/**
 * Gives the memory of a chunk back at once where it is the last of such a buffer; neither may be used again.
 * Left to the garbage collector, every buffer would be fresh memory that the system has to map and to clear first: that takes
 * a third of the time of inflating. Only Node from 21 on can do it.
 */
export function releaseChunk({ buffer, byteOffset, length }: Buffer): void {
  const isUsedUp = buffer.byteLength === BUFFER_BYTES && byteOffset + length === BUFFER_BYTES;
  if (isUsedUp && isTransferable(buffer)) buffer.transfer(0);
}

/** Newer than the types that are compiled with. */
interface TransferableBuffer {
  transfer(bytes: number): unknown;
}

function isTransferable(buffer: object): buffer is TransferableBuffer {
  return 'transfer' in buffer;
}
