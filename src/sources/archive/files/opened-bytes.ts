/** The bytes of a member, decompressed, and what turned out to be wrong with them. */
export interface OpenedBytes {
  /** True where the chunks are the bytes of the file as they are stored. */
  readonly isAsStored: boolean;
  readonly chunks: AsyncIterable<Buffer>;
  /** What is wrong with the bytes, or null. Meaningful after the last chunk. */
  readDamage(): ByteDamage | null;
}

export interface ByteDamage {
  readonly reason: string;
  readonly extent: 'to-the-end' | 'anywhere';
}
