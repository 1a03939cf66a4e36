import { AuditError } from '../../../errors.ts';
import type { ArchiveMember } from './archive-member.ts';
import { inflateChunks } from './inflate-chunks.ts';
import { inflateSmallGzip } from './inflate-small-gzip.ts';
import { isTar } from './is-tar.ts';
import type { ByteDamage, OpenedBytes } from './opened-bytes.ts';
import { closeChunks, peekChunks } from './peek-chunks.ts';
import { readStoredBytes, readStoredFront } from './read-stored-bytes.ts';
import { findUtf16, readUtf16 } from './read-utf16.ts';
import { BUFFER_BYTES } from './release-chunk.ts';
import { verifyChecksum } from './verify-checksum.ts';
import type { Inflater } from './watch-inflater.ts';

const FRONT_BYTES = 512;
/** Logs become about so much smaller, and those of a few events less. */
const USUAL_RATIO = 16;
const SMALLEST_OUTPUT_BYTES = 1 << 14;
const MOST_BYTES_AT_ONCE = 1 << 16;
/** Goes with the layer that it tells of. */
const EXTENSION = /\.[^.]*$/;
/** A compressed file inside a zip entry, and one layer more. */
const MOST_LAYERS = 3;

/** As zlib and Zstandard word it: everything could be inflated, and is not what was packed. */
const WRONG_CHECKSUM = /^incorrect (?:data|length) check$|doesn't match checksum/;

type Zlib = typeof import('node:zlib');

interface InflaterOptions {
  readonly chunkSize: number;
}

interface Codec {
  readonly title: string;
  isFront(front: Buffer, name: string): boolean;
  /** Gives what makes an inflater, or null where this program cannot read it. */
  findInflater(zlib: Zlib): ((options: InflaterOptions) => Inflater) | null;
  readonly mayRepeat: boolean;
  readonly inflateAtOnce?: (data: Buffer) => Buffer | null;
}

const CODECS: readonly Codec[] = [
  {
    title: 'gzip',
    isFront: startsWith('1f8b'),
    findInflater: (zlib) => zlib.createGunzip,
    mayRepeat: false,
    inflateAtOnce: inflateSmallGzip,
  },
  {
    title: 'Zstandard',
    isFront: (front) => startsWith('28b52ffd')(front) || front.readUInt32LE(0) >>> 4 === 0x184d2a5,
    findInflater: findZstd,
    mayRepeat: true,
  },
  {
    title: 'brotli',
    isFront: (front, name) => /\.br$/i.test(name) && front.some((byte) => byte > 0x7e),
    findInflater: (zlib) => zlib.createBrotliDecompress,
    mayRepeat: false,
  },
  { title: 'xz', isFront: startsWith('fd377a585a'), findInflater: findNone, mayRepeat: false },
  { title: 'bzip2', isFront: startsWith('425a68'), findInflater: findNone, mayRepeat: false },
  { title: 'LZ4', isFront: startsWith('04224d18'), findInflater: findNone, mayRepeat: false },
  {
    title: 'Snappy',
    isFront: startsWith('ff060000734e61507059'),
    findInflater: findNone,
    mayRepeat: false,
  },
  { title: 'compress', isFront: startsWith('1f9d'), findInflater: findNone, mayRepeat: false },
  { title: '7-Zip', isFront: startsWith('377abcaf271c'), findInflater: findNone, mayRepeat: false },
];

const DEFLATE: Codec = {
  title: 'deflate',
  isFront: () => false,
  findInflater: (zlib) => zlib.createInflateRaw,
  mayRepeat: false,
};

/** Opens the text of a member, as `openInflated` does. A tar archive in it is an error: those that stand alone were unpacked before. */
export async function openArchiveBytes(
  member: ArchiveMember,
  tell: (takenBytes: number) => void,
): Promise<OpenedBytes> {
  const { front, ...opened } = await openInflated(member, tell);
  if (isTar(front)) {
    await closeChunks(opened.chunks);
    throw cannotInflate(member.name, 'tar');
  }
  const utf16 = findUtf16(front);
  if (utf16 === null) return opened;
  return { ...opened, isAsStored: false, chunks: readUtf16(opened.chunks, utf16) };
}

export interface InflatedBytes extends OpenedBytes {
  /** Filled up with zeros. */
  readonly front: Buffer;
}

/**
 * Opens a member for reading, decompressed by what it holds and not by how it is called (brotli, which has no mark, by its name).
 * `tell` hears how many stored bytes were taken. Throws `archive-unreadable` for compression that cannot be read here.
 */
export async function openInflated(
  member: ArchiveMember,
  tell: (takenBytes: number) => void,
): Promise<InflatedBytes> {
  let open = (): OpenedBytes => ({
    isAsStored: true,
    chunks: countBytes(readStoredBytes(member), tell),
    readDamage: () => null,
  });
  const { entry } = member;
  if (entry?.isDeflated) open = inflateWith(DEFLATE, open, member);
  if (entry !== undefined) {
    const openEntry = open;
    open = () => verifyChecksum(openEntry(), entry.crc32);
  }
  let { name } = member;
  for (let layer = 0; ; layer += 1) {
    const opened = await openLayer(open, member);
    const codec = CODECS.find((candidate) => candidate.isFront(opened.front, name));
    if (codec === undefined || layer === MOST_LAYERS) return opened;
    await closeChunks(opened.chunks);
    open = inflateWith(codec, open, member);
    name = name.replace(EXTENSION, '');
  }
}

/** Opens bytes and looks at their front. */
async function openLayer(open: () => OpenedBytes, member: ArchiveMember): Promise<InflatedBytes> {
  const opened = open();
  const front = Buffer.alloc(FRONT_BYTES);
  if (opened.isAsStored) {
    readStoredFront(member, FRONT_BYTES).copy(front);
    return { ...opened, front };
  }
  const { head, chunks } = await peekChunks(opened.chunks, FRONT_BYTES);
  head.copy(front);
  return { ...opened, chunks, front };
}

function inflateWith(
  codec: Codec,
  open: () => OpenedBytes,
  member: ArchiveMember,
): () => OpenedBytes {
  const { mayRepeat, title } = codec;
  // Loaded here, because most archives are plain and a start should not pay for it.
  const createInflater = codec.findInflater(process.getBuiltinModule('node:zlib'));
  if (createInflater === null) throw cannotInflate(member.name, title);
  const options = { chunkSize: sizeOutput(member.bytes) };
  const inflateAtOnce = member.bytes <= MOST_BYTES_AT_ONCE ? codec.inflateAtOnce : undefined;
  return () => {
    let inner: OpenedBytes | null = null;
    const inflation = inflateChunks({
      open: () => {
        inner = open();
        return inner.chunks;
      },
      createInflater: () => createInflater(options),
      mayRepeat,
      inflateAtOnce,
    });
    const readDamage = (): ByteDamage | null => {
      const damage = inflation.readDamage();
      if (damage === null) return inner?.readDamage() ?? null;
      return {
        reason: `the ${title} data is cut short or broken (${damage})`,
        extent: WRONG_CHECKSUM.test(damage) ? 'anywhere' : 'to-the-end',
      };
    };
    return { isAsStored: false, chunks: inflation.chunks, readDamage };
  };
}

/** Node has Zstandard since 22.15, and the terminal program may run on an older one. */
function findZstd(zlib: Zlib): ((options: InflaterOptions) => Inflater) | null {
  return zlib.createZstdDecompress ?? null;
}

/** A large buffer for each of a hundred thousand small files would keep the garbage collector busy. */
function sizeOutput(storedBytes: number): number {
  return Math.min(BUFFER_BYTES, Math.max(SMALLEST_OUTPUT_BYTES, storedBytes * USUAL_RATIO));
}

function findNone(): null {
  return null;
}

/** Passes chunks on and tells how many bytes were taken. */
export async function* countBytes(
  chunks: AsyncIterable<Buffer>,
  tell: (takenBytes: number) => void,
): AsyncGenerator<Buffer> {
  let taken = 0;
  for await (const chunk of chunks) {
    // Whoever takes a chunk may give its memory back.
    const { length } = chunk;
    yield chunk;
    taken += length;
    tell(taken);
  }
}

function startsWith(hex: string): (front: Buffer) => boolean {
  const mark = Buffer.from(hex, 'hex');
  return (front) => front.subarray(0, mark.length).equals(mark);
}

function cannotInflate(name: string, title: string): AuditError {
  const isZstd = title === 'Zstandard';
  return new AuditError({
    code: 'archive-unreadable',
    message: `The archive file ${name} is packed with ${title}, which ${isZstd ? 'this Node cannot read' : 'cannot be read here'}.`,
    hint: isZstd
      ? 'Run on Node 22.15 or newer, or unpack the file first.'
      : 'Unpack the file first, or use gzip, Zstandard, brotli, zip, or tar that lies in no other archive.',
  });
}
