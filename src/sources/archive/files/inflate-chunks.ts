import type { Transform } from 'node:stream';

/** Decompressed chunks, and what stopped them. */
export interface Inflation {
  readonly chunks: AsyncIterable<Buffer>;
  /** Why the compressed data stopped being readable; null where it was whole. Meaningful after the last chunk. */
  readDamage(): string | null;
}

export type Inflater = Transform & { readonly bytesWritten: number };

export interface Compressed {
  /** Begins the compressed bytes anew. */
  open(): AsyncIterable<Buffer>;
  createInflater(): Inflater;
  /** True where streams may follow one another and the inflater ends with the first. */
  readonly mayRepeat: boolean;
}

/** Small enough that one input cannot blow up to more than some dozen megabytes. */
const PIECE_BYTES = 1 << 16;
/** zlib forgets the output of the write that fails, so that broken data is read again in ever smaller writes. */
const SALVAGE_PIECE_BYTES = [512, 1];

/**
 * Inflates compressed bytes and gives everything that can be read, also where the data is cut or broken.
 * A pipe would drop what it has buffered when the stream fails; here every output is taken before the failure is looked at.
 * The next piece inflates on its thread while the caller works on the last one.
 */
export function inflateChunks(compressed: Compressed): Inflation {
  let damage: string | null = null;

  async function* run(): AsyncGenerator<Buffer> {
    let givenBytes = 0;
    let safeBytes = 0;
    for (const pieceBytes of [PIECE_BYTES, ...SALVAGE_PIECE_BYTES]) {
      const pieces = cutPieces(compressed.open(), safeBytes, pieceBytes);
      const attempt = startAttempt(compressed);
      let skipBytes = givenBytes;
      for await (const chunk of attempt.inflate(pieces)) {
        const fresh = chunk.subarray(Math.min(skipBytes, chunk.length));
        skipBytes -= chunk.length - fresh.length;
        givenBytes += fresh.length;
        if (fresh.length > 0) yield fresh;
      }
      damage = attempt.readDamage();
      safeBytes = attempt.readSafeBytes();
      if (!attempt.lostOutput()) return;
    }
  }

  return { chunks: run(), readDamage: () => damage };
}

interface Attempt {
  inflate(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer>;
  readDamage(): string | null;
  /** How many compressed bytes went in without a failure. */
  readSafeBytes(): number;
  /** True where the failing write may have had output of its own. */
  lostOutput(): boolean;
}

function startAttempt({ createInflater, mayRepeat }: Compressed): Attempt {
  let damage: string | null = null;
  let lostOutput = false;
  let safeBytes = 0;
  const outputs: Buffer[] = [];
  const watch = (): WatchedInflater =>
    watchInflater(createInflater(), {
      take: (output) => outputs.push(output),
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
      if (damage !== null) return;
      rest = rest.subarray(rest.length - unreadBytes);
    }
    if (!isPadding(rest)) damage = 'something else follows the compressed data';
    else safeBytes += piece.length;
  }

  async function* inflate(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let pending = Promise.resolve();
    for await (const piece of pieces) {
      await pending;
      const ready = outputs.splice(0);
      if (damage === null) pending = write(piece);
      yield* ready;
      if (damage !== null) break;
    }
    await pending;
    if (damage === null) await current.end();
    yield* outputs.splice(0);
  }

  return {
    inflate,
    readDamage: () => damage,
    readSafeBytes: () => safeBytes,
    lostOutput: () => lostOutput,
  };
}

interface WatchedInflater {
  isOver(): boolean;
  /** Gives how many bytes of the piece lie behind the end of the stream. */
  write(piece: Buffer): Promise<number>;
  end(): Promise<void>;
}

function watchInflater(
  inflater: Inflater,
  told: { take(output: Buffer): void; fail(error: NodeJS.ErrnoException): void },
): WatchedInflater {
  let isOver = false;
  let givenBytes = 0;
  const over = new Promise<void>((settle) => {
    const end = (): void => {
      isOver = true;
      settle();
    };
    inflater.on('data', told.take);
    inflater.on('error', told.fail);
    inflater.on('end', end);
    inflater.on('close', end);
  });
  return {
    isOver: () => isOver,
    write: async (piece) => {
      givenBytes += piece.length;
      const written = new Promise<void>((settle) => inflater.write(piece, () => settle()));
      await Promise.race([over, written]);
      return isOver ? givenBytes - inflater.bytesWritten : 0;
    },
    end: async () => {
      if (isOver) return;
      inflater.end();
      await over;
    },
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
    let start = 0;
    while (start < chunk.length) {
      const isCoarse = at < coarseBytes;
      const most = isCoarse ? Math.min(PIECE_BYTES, coarseBytes - at) : pieceBytes;
      const piece = chunk.subarray(start, start + most);
      yield piece;
      start += piece.length;
      at += piece.length;
    }
  }
}

/** Zeros after the end are padding, as tapes and block stores leave it. */
function isPadding(rest: Buffer): boolean {
  return rest.every((byte) => byte === 0);
}
