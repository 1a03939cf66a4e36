import type { RawEvent } from '../../../model/log-event.ts';
import type { ArchiveMember } from '../files/archive-member.ts';
import { openArchiveBytes } from '../files/open-archive-bytes.ts';
import type { OpenedBytes } from '../files/opened-bytes.ts';
import { closeChunks, type PeekedChunks, peekChunks } from '../files/peek-chunks.ts';
import { readStoredFront } from '../files/read-stored-bytes.ts';
import type { ArchiveFormat } from '../formats/archive-format.ts';
import { type RecognisedRecord, recogniseFormat } from '../formats/archive-formats.ts';
import { countLosses } from '../formats/count-losses.ts';
import { readEvent } from '../formats/read-event.ts';
import { readRawText } from '../formats/read-raw-record.ts';
import { chooseFraming } from './choose-framing.ts';
import { cutFront } from './cut-values.ts';
import { findTextStart } from './find-text-start.ts';
import { readSearchPages } from './read-search-page.ts';
import { unwrapLists } from './unwrap-lists.ts';

/** So much of a file is looked into before it is chosen how to read it. */
export const HEAD_BYTES = 1 << 18;
const SAMPLE_LINES = 20;
const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** How many bytes in front of a file are no text; one mark may stand there. */
export function countMarkBytes(head: Buffer): number {
  const isMarked = head.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  return isMarked ? BYTE_ORDER_MARK.length : 0;
}

export interface PeekedMember extends PeekedChunks {
  /** True where the head is all there is. */
  readonly isWhole: boolean;
}

/** Looks into the front of a member without costing its chunks anything. */
export async function peekMember(
  member: ArchiveMember,
  { isAsStored, chunks }: OpenedBytes,
): Promise<PeekedMember> {
  const peeked = isAsStored
    ? { head: readStoredFront(member, HEAD_BYTES), chunks, close: () => closeChunks(chunks) }
    : await peekChunks(chunks, HEAD_BYTES);
  return { ...peeked, isWhole: peeked.head.length < HEAD_BYTES };
}

/** What stands at one place of a sample. */
export interface SampledRecord extends RecognisedRecord {
  /** Where its text begins. */
  readonly offset: number;
}

/** What the first lines hold. */
export function sampleLines(head: Buffer): SampledRecord[] {
  const sample: SampledRecord[] = [];
  let start = 0;
  for (let line = 0; line < SAMPLE_LINES && start < head.length; line += 1) {
    const feed = head.indexOf(LINE_FEED, start);
    const end = feed < 0 ? head.length : feed;
    const text = head.subarray(start, end);
    const recognised = recogniseLine(text.toString('utf8'));
    if (recognised !== null) sample.push({ ...recognised, offset: start + findTextStart(text) });
    start = end + 1;
  }
  return sample;
}

/** What the first values hold that end in the front of a file. */
export function sampleValues(head: Buffer): SampledRecord[] {
  return cutFront(head, SAMPLE_LINES).flatMap(({ bytes, offset }) => {
    const recognised = recogniseLine(bytes.toString('utf8'));
    return recognised === null ? [] : [{ ...recognised, offset }];
  });
}

/** What a line holds; null where it is nothing that is known. */
export function recogniseLine(line: string): RecognisedRecord | null {
  try {
    return recogniseFormat(JSON.parse(line));
  } catch {
    return null;
  }
}

/**
 * The format of a sample where all of it keeps its record's bytes, alone in a line, and no page around one tells of others; null
 * where lines must be parsed: of several in a line some may be texts, which no bytes tell.
 */
export function chooseSiftFormat(sample: readonly RecognisedRecord[]): ArchiveFormat | null {
  const isPlain = sample.every(
    ({ format, value }) =>
      format.keepsBytes && format.unwrap(value).length === 1 && readSearchPages(value).length === 0,
  );
  return isPlain ? (sample[0]?.format ?? null) : null;
}

/** What the lines of a file hold. */
export interface LineContent {
  readonly format: ArchiveFormat;
  /** How much the first record lost. */
  readonly losses: number;
  /** False where they are packed or of another encoding, and no part of them can be read alone. */
  readonly isAsStored: boolean;
}

/** What one value of a sample holds; nothing can be told of records that are no events. */
export interface SampledContent {
  readonly events: readonly RawEvent[];
  /** All that it counts for; null stands for what is no record. */
  readonly formats: ReadonlySet<ArchiveFormat | null>;
}

export function unwrapSampled(recognised: RecognisedRecord): SampledContent {
  const { value } = recognised;
  try {
    const parts = unwrapLists(value).map((part) =>
      part === value ? recognised : recogniseFormat(readRawText(part)),
    );
    return {
      events: parts.flatMap((part) => (part === null ? [] : listEvents(part))),
      formats: new Set(parts.map((part) => part?.format ?? null)),
    };
  } catch (thrown) {
    // One that is nested too deep is counted as broken where it is taken.
    if (!(thrown instanceof RangeError)) throw thrown;
    return { events: [], formats: new Set() };
  }
}

function listEvents({ format, value }: RecognisedRecord): RawEvent[] {
  const records: readonly unknown[] = format.unwrap(value);
  return records.map(readEvent).flatMap((event) => (event === null ? [] : [event.raw]));
}

/** The first event of a sample, by which a file is put off; undefined where there is none. */
export function findFirstEvent(sample: readonly RecognisedRecord[]): RawEvent | undefined {
  for (const recognised of sample) {
    const [event] = unwrapSampled(recognised).events;
    if (event !== undefined) return event;
  }
  return undefined;
}

/** Looks into a file whose lines keep their record's bytes; null for any other. */
export async function lookIntoLines(member: ArchiveMember): Promise<LineContent | null> {
  const opened = await openArchiveBytes(member, () => {});
  const { head, isWhole, close } = await peekMember(member, opened);
  await close();
  if (countMarkBytes(head) > 0) return null;
  const framing = chooseFraming(head, isWhole);
  if (framing.kind !== 'lines') return null;
  const sample = sampleLines(head);
  const format = chooseSiftFormat(sample);
  const record = findFirstEvent(sample);
  if (format === null || record === undefined) return null;
  return { format, losses: countLosses({ format, record }), isAsStored: opened.isAsStored };
}
