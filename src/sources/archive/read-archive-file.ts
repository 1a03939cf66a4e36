import { statSync } from 'node:fs';
import {
  type FileReading,
  noteDamage,
  STILL_GROWING,
  startFileReading,
  tallyOf,
} from './coverage/file-reading.ts';
import { findTornPart } from './coverage/find-torn-part.ts';
import { lookInto } from './coverage/tally-events.ts';
import type { StoredRange } from './files/archive-member.ts';
import { fillFromChunks, fillFromFile } from './files/fill-area.ts';
import { countBytes, openArchiveBytes } from './files/open-archive-bytes.ts';
import type { OpenedBytes } from './files/opened-bytes.ts';
import { readStoredBytes } from './files/read-stored-bytes.ts';
import type { ArchiveFormat } from './formats/archive-format.ts';
import { beginsWithHeaders, blankHeaders, blankHeadersIn } from './framing/blank-headers.ts';
import { chooseFraming, type Framing } from './framing/choose-framing.ts';
import { cutLines } from './framing/cut-lines.ts';
import { createPieceJoiner } from './framing/piece-joiner.ts';
import {
  chooseSiftFormat,
  countMarkBytes,
  findFirstEvent,
  type PeekedMember,
  peekMember,
  type SampledRecord,
  sampleLines,
  sampleValues,
  unwrapSampled,
} from './framing/sample-lines.ts';
import { readParquetFile } from './read-parquet-file.ts';
import { readValues } from './read-values.ts';
import { siftLines } from './scan/sift-lines.ts';
import { createValueSifter } from './scan/sift-values.ts';
import { type Sifting, startSifting } from './start-sifting.ts';
import {
  type FileTask,
  isPutOff,
  MAXIMUM_RECORD_BYTES,
  noteBroken,
  noteCutValue,
  noteOrg,
  noteSampling,
  type Run,
  takeText,
  takeValue,
} from './take-records.ts';

const FRONT_BYTES = 1000;
const LINE_FEED = 0x0a;
const BLANK = 0x20;

/** Reads one file to its end and says what it held; what it could not read is located in the answer. */
export async function readArchiveFile(given: FileTask): Promise<FileReading> {
  let takenBytes = 0;
  const advance = (taken: number): void => {
    takenBytes = taken;
    given.advance(taken);
  };
  const task = { ...given, advance };
  const { member } = task;
  const isLater = member.piece?.isFirst === false;
  const { reading, isPlain } = isLater
    ? { reading: await readLaterPiece(task, member.piece.format), isPlain: true }
    : await readFromFront(task);
  if (isPlain) reading.endOffset = (member.range.start ?? 0) + takenBytes;
  if (takenBytes < member.bytes && (isPlain || isShorterNow(member))) noteShortened(reading);
  if (isLongerNow(member)) noteGrown(reading);
  return reading;
}

/** Parts of a file with an end of their own, such as entries of a zip file, stay as they are. */
function isLongerNow({ range, bytes }: FileTask['member']): boolean {
  if (range.end !== undefined) return false;
  const now = statSync(range.path, { throwIfNoEntry: false });
  return now !== undefined && now.size > (range.start ?? 0) + bytes;
}

/** Whatever writes a file has not ended: what is still to come may lie wherever the end of the file may reach. */
function noteGrown(reading: FileReading): void {
  if (reading.losses > 0) return;
  noteDamage(reading, {
    offset: reading.endOffset,
    reason: STILL_GROWING,
    count: 0,
    extent: 'to-the-end',
  });
}

/**
 * Members of gzip and frames of Zstandard may be cut off without a trace. That some packed bytes were not taken says less: nobody
 * reads zeros that stand behind them.
 */
function isShorterNow({ range, bytes }: FileTask['member']): boolean {
  const now = statSync(range.path, { throwIfNoEntry: false });
  return now !== undefined && now.size < (range.start ?? 0) + bytes;
}

/**
 * Notes what a file had when it was listed and no longer when it was read, as after a rotation that empties it: it may have been
 * cut between two records, where nothing looks damaged.
 */
function noteShortened(reading: FileReading): void {
  const isLeft = reading.losses > 0 || reading.damages.some(({ extent }) => extent !== 'here');
  if (isLeft) return;
  const reason = 'the file became shorter while it was read';
  noteDamage(reading, { offset: reading.endOffset, reason, count: 0, extent: 'to-the-end' });
}

interface PlainReading {
  readonly reading: FileReading;
  /** False where the bytes are packed or of another encoding: what was taken of them ends elsewhere than what was read. */
  readonly isPlain: boolean;
}

interface OpenedMember {
  readonly opened: OpenedBytes;
  readonly peeked: PeekedMember;
}

/** What `curl -i` wrote is read without its headers, and so are not the bytes that are stored. */
async function openMember({ member, advance }: FileTask): Promise<OpenedMember> {
  const opened = await openArchiveBytes(member, advance);
  const peeked = await peekMember(member, opened);
  if (!beginsWithHeaders(peeked.head)) return { opened, peeked };
  const [head, chunks] = [blankHeaders(peeked.head), blankHeadersIn(peeked.chunks)];
  return { opened: { ...opened, isAsStored: false }, peeked: { ...peeked, head, chunks } };
}

async function readFromFront(task: FileTask): Promise<PlainReading> {
  const { opened, peeked } = await openMember(task);
  const markBytes = countMarkBytes(peeked.head);
  const reading = startFileReading(task.member.name);
  const begin = Math.max(
    markBytes,
    peeked.head.findIndex((byte) => byte > BLANK),
  );
  reading.front = peeked.head.toString('utf8', begin, begin + FRONT_BYTES);
  try {
    await readFramed({ task, reading, markBytes }, opened, peeked);
  } finally {
    await peeked.close();
  }
  await readStatements(reading);
  const damage = opened.readDamage();
  if (damage !== null) {
    noteDamage(reading, { ...damage, offset: reading.endOffset, count: 0 });
  }
  return { reading, isPlain: opened.isAsStored };
}

/** A statement that cannot be understood counts as a pull that never ended. */
async function readStatements({ saved }: FileReading): Promise<void> {
  if (saved === null) return;
  const { parseStatement } = await import('./saved/parse-statement.ts');
  for (const content of saved.unread.splice(0)) {
    const statement = parseStatement(content);
    if (statement === null) saved.begun += 1;
    else saved.ended.push(statement);
  }
}

/** Its front was looked into where the file was cut. */
async function readLaterPiece(task: FileTask, format: string): Promise<FileReading> {
  const { member, sieve } = task;
  const reading = startFileReading(member.name);
  const run = { task, reading, markBytes: 0 };
  const chunks = countBytes(readStoredBytes(member), task.advance);
  const offset = member.range.start ?? 0;
  if (sieve === null) await readLines(run, chunks, offset);
  else {
    const sifting = startSifting(run, { sieve, format, firstOffset: offset });
    await readSifted({ run, sifting, range: member.range, chunks });
  }
  await readStatements(reading);
  return reading;
}

async function readFramed(run: Run, opened: OpenedBytes, peeked: PeekedMember): Promise<void> {
  const { task, markBytes } = run;
  const head = peeked.head.subarray(markBytes);
  const text = passText(peeked.chunks, run);
  const framing = chooseFraming(head, peeked.isWhole);
  const sample = sampleFramed(framing, head);
  const format = chooseSiftFormat(sample);
  if (task.sieve !== null && format !== null) {
    const record = findFirstEvent(sample);
    if (record !== undefined && isPutOff(run, { format, record })) return;
    const sifted = lookIntoSample(run, { format, sample });
    const isDirect = opened.isAsStored && markBytes === 0;
    const range = isDirect ? task.member.range : null;
    const sifting = startSifting(sifted, { sieve: task.sieve, format: format.id, firstOffset: 0 });
    if (framing.kind === 'values') await readValues(sifted, text, createValueSifter(sifting));
    else await readSifted({ run: sifted, sifting, range, chunks: text });
  } else if (framing.kind === 'parquet') await readParquetFile(run, opened, peeked.chunks);
  else if (framing.kind === 'lines') await readLines(run, text);
  else if (framing.kind === 'values') await readValues(run, text, null);
  else await readCsv(run, text, framing.delimiter);
}

function sampleFramed({ kind }: Framing, head: Buffer): readonly SampledRecord[] {
  if (kind === 'lines') return sampleLines(head);
  return kind === 'values' ? sampleValues(head) : [];
}

/**
 * Gives the run in which what counts for the same format is not looked into twice, and which was not put off for its first event.
 */
function lookIntoSample(
  run: Run,
  { format, sample }: { readonly format: ArchiveFormat; readonly sample: readonly SampledRecord[] },
): Run {
  const tally = tallyOf(run.reading, format.id);
  const sampled = new Set<number>();
  for (const recognised of sample) {
    const { events, formats } = unwrapSampled(recognised);
    for (const event of events) {
      noteSampling(run, event);
      if (findTornPart(event) === null) lookInto(tally, event);
    }
    const countsOnce = events.length > 0 && formats.size === 1 && formats.has(format);
    if (countsOnce) sampled.add(recognised.offset);
    noteOrg(run, recognised);
    noteSampling(run, recognised.value);
  }
  return { ...run, task: { ...run.task, putsOffThinned: false }, sampled };
}

async function readSifted({
  run,
  sifting,
  range,
  chunks,
}: {
  readonly run: Run;
  readonly sifting: Sifting;
  /** Set where the file can be read as it is. */
  readonly range: StoredRange | null;
  readonly chunks: AsyncIterable<Buffer>;
}): Promise<void> {
  const file = range === null ? null : fillFromFile(range, run.task.advance);
  try {
    await siftLines({
      ...sifting,
      fill: file?.fill ?? fillFromChunks(chunks),
      maximumRecordBytes: MAXIMUM_RECORD_BYTES,
    });
  } finally {
    file?.close();
  }
}

async function readLines(run: Run, chunks: AsyncIterable<Buffer>, firstOffset = 0): Promise<void> {
  const joiner = createPieceJoiner(
    ({ bytes, ...place }) => takeText(run, bytes, place),
    MAXIMUM_RECORD_BYTES,
  );
  for await (const block of cutLines(chunks, MAXIMUM_RECORD_BYTES)) {
    let start = 0;
    while (start < block.bytes.length) {
      const feed = block.bytes.indexOf(LINE_FEED, start);
      const end = feed < 0 ? block.bytes.length : feed;
      const offset = firstOffset + block.offset + start;
      const isTorn = block.isTorn && feed < 0;
      joiner.take({ bytes: block.bytes.subarray(start, end), offset, isTorn });
      if (run.reading.losses > 0) return;
      start = end + 1;
    }
  }
  joiner.end();
}

async function readCsv(run: Run, chunks: AsyncIterable<Buffer>, delimiter: string): Promise<void> {
  const { cutCsv, restoreCells } = await import('./framing/cut-csv.ts');
  for await (const { value, offset, isWhole } of cutCsv(chunks, delimiter)) {
    if (run.reading.losses > 0) return;
    if (value !== null) takeValue(run, restoreCells(value), offset);
    else if (isWhole) noteBroken(run, { offset, reason: 'not CSV' });
    else noteCutValue(run, { isRecord: true, offset });
  }
}

/** Passes on what stands behind the byte order mark, no sooner than there is room for it, and notes how much there was. */
async function* passText(
  chunks: AsyncIterable<Buffer>,
  { task, reading, markBytes }: Run,
): AsyncGenerator<Buffer> {
  let left = markBytes;
  for await (const chunk of chunks) {
    reading.endOffset += chunk.length;
    yield left === 0 ? chunk : chunk.subarray(left);
    left = 0;
    await task.waitForRoom?.();
  }
}
