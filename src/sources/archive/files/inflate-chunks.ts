import { breatheAfter } from './breathe-after.ts';
import { releaseChunk } from './release-chunk.ts';
import {
  type Inflater,
  startOutputs,
  type WatchedInflater,
  watchInflater,
} from './watch-inflater.ts';

/** Decompressed chunks, and what stopped them. */
export interface Inflation {
  readonly chunks: AsyncIterable<Buffer>;
  /** Why the compressed data stopped being readable; null where it was whole. Meaningful after the last chunk. */
  readDamage(): string | null;
}

export interface Compressed {
  /** Begins the compressed bytes anew, in chunks that are nobody else's: they are given back behind it. */
  open(): AsyncIterable<Buffer>;
  createInflater(): Inflater;
  /** True where streams may follow one another and the inflater ends with the first. */
  readonly mayRepeat: boolean;
  /** For little data, which is inflated before another thread would have it; null where only a stream tells what can be read. */
  readonly inflateAtOnce?: ((data: Buffer) => Buffer | null) | undefined;
}

/** What goes in at once; every write is a way to another thread and back. */
const PIECE_BYTES = 1 << 20;
/** zlib forgets the output of the write that fails, so that broken data is read again in ever smaller writes. */
const SALVAGE_PIECE_BYTES = [512, 1];

/**
 * Inflates compressed bytes and gives everything that can be read, also where the data is cut or broken.
 * A pipe would drop what it has buffered when the stream fails; here every output is taken before the failure is looked at.
 * The next output inflates on its thread while the caller works on the last one.
 */
export function inflateChunks(compressed: Compressed): Inflation {
  let damage: string | null = null;

  async function* run(): AsyncGenerator<Buffer> {
    const whole = await inflateWhole(compressed);
    if (whole !== null) {
      const breath = breatheAfter(whole.length);
      if (breath !== null) await breath;
      if (whole.length > 0) yield whole;
      return;
    }
    let givenBytes = 0;
    let safeBytes = 0;
    for (const pieceBytes of [PIECE_BYTES, ...SALVAGE_PIECE_BYTES]) {
      const pieces = cutPieces(compressed.open(), safeBytes, pieceBytes);
      const attempt = startAttempt(compressed, pieces);
      let skipBytes = givenBytes;
      for await (const chunk of attempt.outputs) {
        const fresh = chunk.subarray(Math.min(skipBytes, chunk.length));
        skipBytes -= chunk.length - fresh.length;
        givenBytes += fresh.length;
        if (fresh.length > 0) yield fresh;
        else releaseChunk(chunk);
      }
      damage = attempt.readDamage();
      safeBytes = attempt.readSafeBytes();
      if (!attempt.lostOutput()) return;
    }
  }

  return { chunks: run(), readDamage: () => damage };
}

async function inflateWhole({ open, inflateAtOnce }: Compressed): Promise<Buffer | null> {
  if (inflateAtOnce === undefined) return null;
  const pieces: Buffer[] = [];
  for await (const piece of open()) pieces.push(piece);
  return inflateAtOnce(Buffer.concat(pieces));
}

interface Attempt {
  readonly outputs: AsyncIterable<Buffer>;
  readDamage(): string | null;
  /** How many compressed bytes went in without a failure. */
  readSafeBytes(): number;
  /** True where the failing write may have had output of its own. */
  lostOutput(): boolean;
}

function startAttempt(
  { createInflater, mayRepeat }: Compressed,
  pieces: AsyncIterable<Buffer>,
): Attempt {
  let damage: string | null = null;
  let lostOutput = false;
  let safeBytes = 0;
  let isStopped = false;
  const outputs = startOutputs();
  const watch = (): WatchedInflater =>
    watchInflater(createInflater(), {
      outputs,
      fail: (error) => {
        damage = error.message;
        lostOutput = error.code !== 'Z_BUF_ERROR';
      },
    });
  let current = watch();

  async function write(piece: Buffer): Promise<void> {
    let rest = piece;
    while (rest.length > 0) {
      if (current.isOver()) {
        if (!mayRepeat || isPadding(rest)) break;
        current = watch();
      }
      const unreadBytes = await current.write(rest);
      if (isStopped || damage !== null) return;
      rest = rest.subarray(rest.length - unreadBytes);
    }
    if (!isPadding(rest)) damage = 'something else follows the compressed data';
    else safeBytes += piece.length;
  }

  async function feed(): Promise<void> {
    for await (const piece of pieces) {
      if (!isStopped) await write(piece);
      if (isStopped || damage !== null) return;
      // Only here nobody reads it any more: an inflater that was stopped may still be at it.
      releaseChunk(piece);
    }
    await current.end();
  }

  async function* takeOutputs(): AsyncGenerator<Buffer> {
    const feeding = feed().finally(outputs.close);
    // A caller who is busy elsewhere when it fails hears of it below; nobody listening would end the process.
    feeding.catch(() => {});
    try {
      for (;;) {
        const chunk = await outputs.take();
        if (chunk === null) break;
        yield chunk;
      }
      await feeding;
    } finally {
      isStopped = true;
      current.stop();
      outputs.close();
      await feeding.catch(() => {});
    }
  }

  return {
    outputs: takeOutputs(),
    readDamage: () => damage,
    readSafeBytes: () => safeBytes,
    lostOutput: () => lostOutput,
  };
}

/** Large pieces up to `coarseBytes`, then small ones. */
async function* cutPieces(
  chunks: AsyncIterable<Buffer>,
  coarseBytes: number,
  pieceBytes: number,
): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of chunks) {
    // Of a piece that was given back nobody can tell how long it was.
    for (let left = chunk.length; left > 0; ) {
      const isCoarse = at < coarseBytes;
      const most = isCoarse ? Math.min(PIECE_BYTES, coarseBytes - at) : pieceBytes;
      const length = Math.min(most, left);
      yield chunk.subarray(chunk.length - left, chunk.length - left + length);
      left -= length;
      at += length;
    }
  }
}

/** Zeros after the end are padding, as tapes and block stores leave it. */
function isPadding(rest: Buffer): boolean {
  return rest.every((byte) => byte === 0);
}
