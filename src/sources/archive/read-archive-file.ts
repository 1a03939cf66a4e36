import { type LogEvent, parseLogEvent } from '../../model/log-event.ts';
import { chooseFraming } from './choose-framing.ts';
import { cutLines } from './cut-lines.ts';
import { cutValues } from './cut-values.ts';
import {
  type FileReading,
  noteDamage,
  noteEvent,
  noteMalformed,
  startFileReading,
} from './file-reading.ts';
import type { ArchiveFile } from './find-archive-files.ts';
import { recogniseFormat } from './formats/archive-formats.ts';
import { openArchiveBytes } from './open-archive-bytes.ts';
import { peekChunks } from './peek-chunks.ts';

/** A record larger than this is no System Log event; it is counted as malformed. */
const MAXIMUM_RECORD_BYTES = 64 << 20;
const HEAD_BYTES = 1 << 20;
const FRONT_BYTES = 1000;
const LINE_FEED = 0x0a;

export interface FileTask {
  readonly file: ArchiveFile;
  /** Says which events to hand over; all are counted. */
  isWanted(event: LogEvent): boolean;
  /** Takes the wanted events in the order of the file. */
  accept(event: LogEvent): void;
  /** Told after each block how many bytes of the file were taken. */
  advance(takenBytes: number): void;
}

/** Reads one file to its end and says what it held; what it could not read is located in the answer. */
export async function readArchiveFile(task: FileTask): Promise<FileReading> {
  const reading = startFileReading(task.file);
  const opened = await openArchiveBytes(task.file);
  const { head, chunks } = await peekChunks(opened.chunks, HEAD_BYTES);
  const mark = head.subarray(0, 3).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  const text = dropFront(chunks, mark);
  reading.front = head.toString('utf8', mark, FRONT_BYTES);
  let end = mark;
  const handle = (bytes: Buffer, offset: number): void => {
    handleRecord({ task, reading, bytes, offset: offset + mark });
    end = offset + mark + bytes.length;
  };
  if (chooseFraming(head.subarray(mark), head.length < HEAD_BYTES) === 'lines') {
    for await (const block of cutLines(text, MAXIMUM_RECORD_BYTES)) {
      for (const line of splitLines(block.bytes)) handle(line.bytes, block.offset + line.start);
      task.advance(opened.readTaken());
    }
  } else {
    for await (const value of cutValues(text, MAXIMUM_RECORD_BYTES)) {
      if (value.isWhole) handle(value.bytes, value.offset);
      else noteCutValue(reading, value.bytes, value.offset + mark);
      task.advance(opened.readTaken());
    }
  }
  const damage = opened.readDamage();
  if (damage !== null) {
    noteDamage(reading, {
      offset: end,
      reason: `the ${opened.compression} data is cut short or broken (${damage})`,
      isEnd: true,
    });
  }
  task.advance(opened.readTaken());
  return reading;
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

async function* dropFront(chunks: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const chunk of chunks) {
    yield left === 0 ? chunk : chunk.subarray(left);
    left = 0;
  }
}

function* splitLines(block: Buffer): Generator<{ bytes: Buffer; start: number }> {
  let start = 0;
  while (start < block.length) {
    const feed = block.indexOf(LINE_FEED, start);
    const end = feed < 0 ? block.length : feed;
    yield { bytes: block.subarray(start, end), start };
    start = end + 1;
  }
}

function handleRecord({
  task,
  reading,
  bytes,
  offset,
}: {
  readonly task: FileTask;
  readonly reading: FileReading;
  readonly bytes: Buffer;
  readonly offset: number;
}): void {
  const text = bytes.toString('utf8').trim();
  if (text === '') return;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    reading.records += 1;
    noteMalformed(reading, { offset, reason: 'not JSON' });
    return;
  }
  for (const part of Array.isArray(value) ? value : [value]) {
    readValue({ task, reading, value: part, offset });
  }
}

function readValue({
  task,
  reading,
  value,
  offset,
}: {
  readonly task: FileTask;
  readonly reading: FileReading;
  readonly value: unknown;
  readonly offset: number;
}): void {
  const format = recogniseFormat(value);
  for (const record of format === null ? [value] : format.unwrap(value)) {
    reading.records += 1;
    const event = format === null ? null : parseLogEvent(record);
    if (format === null || event === null) {
      noteMalformed(reading, { offset, reason: 'not an Okta event' });
      continue;
    }
    reading.parsed += 1;
    const { publishedMs, eventType } = event;
    noteEvent(reading, { publishedMs, eventType, format: format.id });
    if (task.isWanted(event)) task.accept(event);
  }
}

/** The file ends inside a value, or an array is never closed: whatever followed is lost. */
function noteCutValue(reading: FileReading, bytes: Buffer, offset: number): void {
  if (bytes.length > 0) {
    reading.records += 1;
    reading.malformed += 1;
  }
  noteDamage(reading, { offset, reason: 'the JSON ends before it is closed', isEnd: true });
}
