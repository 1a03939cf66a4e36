import { readPath, readRawText } from '../formats/read-raw-record.ts';

interface Line {
  readonly bytes: Buffer;
  /** Where it starts in the file. */
  readonly offset: number;
  /** True where the file ends in it. */
  readonly isTorn: boolean;
}

interface Piece {
  /** Pieces of several streams may alternate. */
  readonly stream: string;
  readonly text: Buffer;
  readonly isLast: boolean;
}

export interface PieceJoiner {
  take(line: Line): void;
  /** Hands over what waits for pieces that never came. */
  end(): void;
}

/** `2022-01-16T10:00:00.1Z stdout P {"actor"`, as containerd and CRI-O write a line, with an F for its last piece. */
const RUNTIME_FRONT = /^\S{20,40} (stdout|stderr) ([PF])\S* /;
const RUNTIME_FRONT_BYTES = 80;
const OPEN_OBJECT = 0x7b;
/** What only the JSON of a line has, be it Docker's or a shipper's. Node finds seven bytes three times as fast as eight. */
const STREAM = Buffer.from('stream"');
/** How a line shows that it is whole, as most are: it need not be parsed to see it. */
const WHOLE = ['\\n","stream":', '"logtag":"F"'].map((mark) => Buffer.from(mark));

/**
 * Joins what runtimes of containers cut into lines of 16 KB. Pieces that make no whole JSON together are handed over as they are.
 * Sources: https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md,
 * https://docs.docker.com/engine/logging/drivers/json-file/, https://github.com/fluent/fluent-bit/blob/master/conf/parsers.conf
 */
export function createPieceJoiner(
  handOver: (line: Line) => void,
  maximumBytes: number,
): PieceJoiner {
  const held = new Map<string, { readonly line: Line; readonly text: Buffer }[]>();
  let heldBytes = 0;
  const release = (stream: string): void => {
    const pieces = held.get(stream) ?? [];
    held.delete(stream);
    const text = Buffer.concat(pieces.map((piece) => piece.text));
    heldBytes -= text.length;
    const [first] = pieces;
    if (first !== undefined && typeof readRawText(text.toString('utf8')) !== 'string') {
      handOver({ ...first.line, bytes: text });
    } else for (const { line } of pieces) handOver(line);
  };
  return {
    take: (line) => {
      const piece = readPiece(line.bytes, heldBytes > 0);
      if (piece === null || (piece.isLast && !held.has(piece.stream))) {
        handOver(line);
        return;
      }
      const { stream, text, isLast } = piece;
      const pieces = held.get(stream) ?? [];
      // Copied, because a block of lines is kept as long as a part of it is.
      pieces.push({ line: { ...line, bytes: Buffer.from(line.bytes) }, text: Buffer.from(text) });
      held.set(stream, pieces);
      heldBytes += text.length;
      if (isLast || heldBytes > maximumBytes) release(stream);
    },
    end: () => {
      for (const stream of [...held.keys()]) release(stream);
    },
  };
}

function readPiece(bytes: Buffer, isAwaited: boolean): Piece | null {
  if (bytes[0] === OPEN_OBJECT) {
    if (!bytes.includes(STREAM)) return null;
    const isWhole = !isAwaited && WHOLE.some((mark) => bytes.includes(mark));
    return isWhole ? null : readJsonPiece(bytes);
  }
  const front = RUNTIME_FRONT.exec(bytes.toString('latin1', 0, RUNTIME_FRONT_BYTES));
  if (front === null) return null;
  const [{ length }, stream = '', flag] = front;
  return { stream, text: bytes.subarray(length), isLast: flag === 'F' };
}

/**
 * Only Docker's last piece ends its line; shippers may have dropped the ends of all lines. They keep the runtime's letter beside it,
 * and tell in which container a stream is.
 */
function readJsonPiece(bytes: Buffer): Piece | null {
  const line = readRawText(bytes.toString('utf8'));
  const flag = readPath(line, 'logtag') ?? readPath(line, '_p');
  const log = readPath(line, 'log') ?? (flag === undefined ? null : readPath(line, 'message'));
  const stream = readPath(line, 'stream');
  if (typeof log !== 'string' || typeof stream !== 'string') return null;
  const isLast = flag === 'F' || log.endsWith('\n') || typeof readRawText(log) !== 'string';
  return {
    stream: JSON.stringify([stream, readPath(line, 'kubernetes')]),
    text: Buffer.from(log),
    isLast,
  };
}
