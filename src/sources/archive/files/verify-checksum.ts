import type { OpenedBytes } from './opened-bytes.ts';

/** Gives the same bytes and holds them to the CRC-32 that the directory of a zip file has of them. */
export function verifyChecksum(opened: OpenedBytes, expected: number): OpenedBytes {
  // Loaded here, because most archives are plain and a start should not pay for it.
  const { crc32 } = process.getBuiltinModule('node:zlib');
  let isWrong = false;

  async function* run(): AsyncGenerator<Buffer> {
    let sum = 0;
    for await (const chunk of opened.chunks) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
    isWrong = sum !== expected;
  }

  return {
    isAsStored: false,
    chunks: run(),
    readDamage: () =>
      opened.readDamage() ??
      (isWrong
        ? { reason: 'it has not the checksum that the zip file names', extent: 'anywhere' }
        : null),
  };
}
