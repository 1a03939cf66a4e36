import type { Transform } from 'node:stream';

export type Inflater = Transform & { readonly bytesWritten: number };

/** How many outputs may wait for the caller before the inflater does: little input can become very much output. */
const MOST_WAITING = 2;

/** Outputs on their way from inflaters, one after the other, to the one who works on them. */
export interface Outputs {
  /** Takes an output, and whom to tell when there is room again; says whether there still is. */
  put(output: Buffer, goOn: () => void): boolean;
  /** Gives the next output; null when there will be none. */
  take(): Promise<Buffer | null>;
  /** Settles when the next output is taken. */
  waitForTake(): Promise<void>;
  close(): void;
}

export function startOutputs(): Outputs {
  const waiting: Buffer[] = [];
  let isClosed = false;
  let tellPut = (): void => {};
  let tellTaken = (): void => {};
  let makeRoom = (): void => {};
  return {
    put: (output, goOn) => {
      waiting.push(output);
      makeRoom = goOn;
      tellPut();
      return waiting.length < MOST_WAITING;
    },
    take: async () => {
      while (waiting.length === 0 && !isClosed) {
        await new Promise<void>((settle) => {
          tellPut = settle;
        });
      }
      const output = waiting.shift() ?? null;
      makeRoom();
      tellTaken();
      return output;
    },
    waitForTake: () =>
      new Promise<void>((settle) => {
        tellTaken = settle;
      }),
    close: () => {
      isClosed = true;
      tellPut();
      tellTaken();
    },
  };
}

export interface WatchedInflater {
  isOver(): boolean;
  /** Gives how many bytes of the piece lie behind the end of the stream. */
  write(piece: Buffer): Promise<number>;
  end(): Promise<void>;
  stop(): void;
}

/** Hands on what an inflater gives as it comes, and tells why it failed. */
export function watchInflater(
  inflater: Inflater,
  told: { readonly outputs: Outputs; fail(error: NodeJS.ErrnoException): void },
): WatchedInflater {
  const { outputs } = told;
  let isOver = false;
  let givenBytes = 0;
  const goOn = (): void => {
    if (inflater.isPaused()) inflater.resume();
  };
  const over = new Promise<void>((settle) => {
    const end = (): void => {
      isOver = true;
      settle();
    };
    inflater.on('data', (output: Buffer) => {
      if (!outputs.put(output, goOn)) inflater.pause();
    });
    inflater.on('error', told.fail);
    inflater.on('end', end);
    inflater.on('close', end);
  });
  /** What the stream still holds it drops where it fails, or turns out to be cut. */
  const drain = async (): Promise<void> => {
    while (inflater.readableLength > 0 && !inflater.destroyed) await outputs.waitForTake();
  };
  return {
    isOver: () => isOver,
    write: async (piece) => {
      await drain();
      givenBytes += piece.length;
      const written = new Promise<void>((settle) => inflater.write(piece, () => settle()));
      await Promise.race([over, written]);
      // What it left lies behind the end of its stream, which it tells only once the caller has taken all in front of it.
      if (inflater.bytesWritten < givenBytes) await over;
      return isOver ? givenBytes - inflater.bytesWritten : 0;
    },
    end: async () => {
      await drain();
      if (isOver) return;
      inflater.end();
      await over;
    },
    stop: () => inflater.destroy(),
  };
}
