/**
 * Files are read, and inflaters fill their output, in buffers of so many bytes, one after the other.
 * Large ones cost a third of the CPU that zlib's 16 KB cost.
 */
export const BUFFER_BYTES = 1 << 20;

/** Smaller ones may be parts of a pool of Node's, which others use too. */
const LEAST_BYTES = 1 << 17;

/**
 * Gives the memory of a chunk back at once where it is the last of its buffer; neither may be used again.
 * Left to the garbage collector, every buffer would be fresh memory that the system has to map and to clear first: that takes
 * a third of the time of inflating. Only Node from 21 on can do it.
 */
export function releaseChunk(chunk: Buffer): void {
  if (chunk.byteOffset + chunk.length === chunk.buffer.byteLength) releaseBuffer(chunk);
}

/** Does the same for the last chunk of all, behind which nobody fills its buffer any more. */
export function releaseBuffer({ buffer }: Buffer): void {
  if (buffer.byteLength >= LEAST_BYTES && isTransferable(buffer)) buffer.transfer(0);
}

/** Newer than the types that are compiled with. */
interface TransferableBuffer {
  transfer(bytes: number): unknown;
}

function isTransferable(buffer: object): buffer is TransferableBuffer {
  return 'transfer' in buffer;
}
