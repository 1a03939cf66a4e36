import { isRecord, type LogEvent, type RawEvent } from '../../model/log-event.ts';
import {
  CUT_SHORT,
  type FileReading,
  FOREIGN,
  noteDamage,
  noteEvent,
  noteMalformed,
  noteOther,
  noteSearchPage,
  noteStatement,
  noteTime,
  tallyOf,
} from './coverage/file-reading.ts';
import { describeForeign, findTornPart } from './coverage/find-torn-part.ts';
import { noteFlattened } from './coverage/note-parts.ts';
import { lookInto } from './coverage/tally-events.ts';
import { noteThinned } from './coverage/thinned-records.ts';
import type { ArchiveMember } from './files/archive-member.ts';
import type { ArchiveFormat } from './formats/archive-format.ts';
import { type RecognisedRecord, recogniseFormat } from './formats/archive-formats.ts';
import { countLosses } from './formats/count-losses.ts';
import { dropHeader } from './formats/drop-header.ts';
import { isBareRecord } from './formats/is-bare-record.ts';
import { isOfOtherProduct } from './formats/is-of-other-product.ts';
import { isSampled } from './formats/is-sampled.ts';
import { holdsRecordKeys } from './formats/nested-record.ts';
import { readEvent } from './formats/read-event.ts';
import { isRawRecord, readRawText } from './formats/read-raw-record.ts';
import { describeUntoldTime } from './formats/settle-published.ts';
import { SYSTEM_LOG } from './formats/system-log.ts';
import type { BracketMatcher } from './framing/bracket-matcher.ts';
import { type CutValue, ENDS_EARLY, splitValues } from './framing/cut-values.ts';
import { findTextStart } from './framing/find-text-start.ts';
import { readSearchPages } from './framing/read-search-page.ts';
import { unwrapLists } from './framing/unwrap-lists.ts';
import { findStatementLine } from './saved/archive-statement.ts';
import type { LineScanner } from './scan/line-scanner.ts';
import type { SiftPlan } from './scan/plan-sift.ts';

/** A record larger than this is no System Log event; it is counted as malformed. */
export const MAXIMUM_RECORD_BYTES = 64 << 20;
/** Okta's own records are less than ten deep; whatever writes reports could not follow one of thousands. */
const MOST_DEPTH = 200;
const TOO_DEEP = 'nested too deep';

export interface FileTask {
  readonly member: ArchiveMember;
  /** Leaves a file alone whose first record lost something. */
  readonly putsOffThinned?: boolean;
  /** Says which events to hand over; all are counted. */
  isWanted(event: LogEvent): boolean;
  /** Takes the wanted events in the order of the file. */
  accept(event: LogEvent): void;
  /** Told how many stored bytes of the member were taken so far. */
  advance(takenBytes: number): void;
  readonly waitForRoom?: (() => Promise<void>) | undefined;
  /** How to leave out lines that cannot matter; null to parse every record. */
  readonly sieve: { readonly scanner: LineScanner; readonly plan: SiftPlan } | null;
  /** Gives what finds the ends of values; null where this machine has none. */
  findMatcher(): BracketMatcher | null;
}

/** One read of one file: what to do with its events, and what is noted of it. */
export interface Run {
  readonly task: FileTask;
  readonly reading: FileReading;
  /** Bytes of the byte order mark in front. */
  readonly markBytes: number;
  /** Where the texts begin whose records were looked into before they are taken. */
  readonly sampled?: ReadonlySet<number>;
}

export interface TextPlace {
  readonly offset: number;
  /** True where the file ends in the text. */
  readonly isTorn: boolean;
}

/** Takes a line, or a value that was cut out of a file: one record, or several that stand in a row. */
export function takeText(run: Run, bytes: Buffer, { offset: at, isTorn }: TextPlace): void {
  const text = bytes.toString('utf8').trim();
  if (text === '') return;
  const offset = at + findTextStart(bytes);
  const values = parseValues(text, bytes);
  const isCut = isTorn && isOpen(text);
  if (values === null) noteBroken(run, { offset, reason: isCut ? ENDS_EARLY : 'not JSON' });
  else for (const value of values) takeValue(run, value, offset);
}

/** Says whether a text begins a record and does not end it. */
function isOpen(text: string): boolean {
  const record = text.startsWith('{') ? text : dropHeader(text);
  return record !== null && splitValues(Buffer.from(record)) === null;
}

/**
 * The value of a text, without the words in front of it and the commas behind, or the records that were joined into it without a
 * separator, or none where commas are all it has; null where it is no JSON. None of these lines is ever left out by its bytes, but
 * of several values only what holds Okta's own keys is taken apart.
 */
function parseValues(text: string, bytes: Buffer): readonly unknown[] | null {
  try {
    return [JSON.parse(text)];
  } catch {
    const record = dropHeader(text);
    const parts = splitValues(record === null ? bytes : Buffer.from(record));
    return parts === null ? null : parseParts(parts);
  }
}

function parseParts(parts: readonly CutValue[]): readonly unknown[] | null {
  try {
    const values = parts.map((part): unknown => JSON.parse(part.bytes.toString('utf8')));
    return values.length === 1 || values.every(holdsRecordKeys) ? values : null;
  } catch {
    return null;
  }
}

/** Takes a parsed value: the records inside, whatever envelope they come in. */
export function takeValue(run: Run, value: unknown, offset: number): void {
  try {
    unwrapValue(run, value, offset);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    noteBroken(run, { offset, reason: TOO_DEEP });
  }
}

function unwrapValue(run: Run, value: unknown, offset: number): void {
  if (isBareRecord(value)) {
    takeRecognised(run, { format: SYSTEM_LOG, value }, { part: value, offset });
    return;
  }
  const statement = findStatementLine(value);
  if (statement !== null) {
    noteStatement(run.reading, statement);
    return;
  }
  for (const page of readSearchPages(value)) noteSearchPage(run.reading, page);
  for (const part of unwrapLists(value)) unwrapPart(run, part, offset);
}

/** A record may have become a text of itself, as `jq` writes one without `-r`. */
function unwrapPart(run: Run, part: unknown, offset: number): void {
  const recognised = recogniseFormat(readRawText(part));
  if (recognised === null) {
    noteForeign(run, part, { part, offset });
    return;
  }
  takeRecognised(run, recognised, { part, offset });
  noteSampling(run, recognised.value);
}

/** What stands at one place: a record, or the envelope of some. */
interface PartPlace {
  readonly part: unknown;
  readonly offset: number;
}

function takeRecognised(run: Run, { format, value }: RecognisedRecord, place: PartPlace): void {
  for (const record of format.unwrap(value)) {
    const event = readEvent(record);
    if (event !== null) takeEvent(run, { event, format, offset: place.offset });
    else if (isEnvelope(record)) unwrapPart(run, record, place.offset);
    else noteForeign(run, record, place);
  }
  noteOrg(run, { format, value });
}

/** Notes of which org the events of a format are, where it names one. */
export function noteOrg({ reading }: Run, { format, value }: RecognisedRecord): void {
  const org = format.nameOrg?.(value) ?? null;
  if (org !== null) reading.tallies.get(format.id)?.orgs.add(org);
}

/** Notes that others were left out beside a record, where it or its envelope says so: the mark stands in what a tool was given. */
export function noteSampling({ reading }: Run, value: RawEvent): void {
  reading.isSampled ||= isSampled(value);
}

function noteForeign(run: Run, record: unknown, { part, offset }: PartPlace): void {
  const reason = describeUntoldTime(record) ?? describeForeign(record);
  if (reason === FOREIGN && isOfOtherProduct(part)) noteOther(run.reading);
  else noteBroken(run, { offset, reason });
}

/** What was kept as text may be an envelope in turn; a record holds no other one. */
function isEnvelope(value: unknown): boolean {
  return isRecord(value) && !isRawRecord(value) && recogniseFormat(value) !== null;
}

interface TakenEvent {
  readonly event: LogEvent;
  readonly format: ArchiveFormat;
  readonly offset: number;
}

/** What is left of an event that was cut short may still be evidence: it is handed on, and counts as one that could not be read. */
function takeEvent(run: Run, { event, format, offset }: TakenEvent): void {
  const { task, reading } = run;
  if (reading.firstMs === null && isPutOff(run, { format, record: event.raw })) return;
  const isWanted = task.isWanted(event);
  if (isWanted && isDeeperThan(MOST_DEPTH, event.raw)) {
    noteBroken(run, { offset, reason: TOO_DEEP });
    return;
  }
  const torn = findTornPart(event.raw);
  if (torn === null) {
    reading.records += 1;
    reading.parsed += 1;
    noteEvent(reading, event, format.id);
    noteSampling(run, event.raw);
    if (!run.sampled?.has(offset)) lookInto(tallyOf(reading, format.id), event.raw);
    if (isWanted) noteFlattened(tallyOf(reading, format.id), event.raw);
  } else {
    noteBroken(run, { offset, reason: `its ${torn} ${CUT_SHORT}` });
    noteTime(reading, event.publishedMs);
  }
  if (!isWanted) return;
  noteThinned(tallyOf(reading, format.id).thinned, event);
  task.accept(event);
}

/** Puts a file off where its first record lost something: other files may hold the same events as a whole. */
export function isPutOff(
  { task, reading }: Run,
  first: { readonly format: ArchiveFormat; readonly record: RawEvent },
): boolean {
  if (task.putsOffThinned && reading.losses === 0) reading.losses = countLosses(first);
  return reading.losses > 0;
}

function isDeeperThan(depth: number, value: object): boolean {
  if (depth === 0) return true;
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null && isDeeperThan(depth - 1, inner)) return true;
  }
  return false;
}

export function noteBroken(
  run: Run,
  place: { readonly offset: number; readonly reason: string },
): void {
  run.reading.records += 1;
  noteMalformed(run.reading, { ...place, offset: place.offset + run.markBytes });
}

interface CutPlace {
  /** False where nothing of a record stands there. */
  readonly isRecord: boolean;
  readonly offset: number;
  readonly reason?: string;
}

/** The file ends inside a value, or an array is never closed, or a value has no end: whatever followed is lost. */
export function noteCutValue(
  { reading, markBytes }: Run,
  { isRecord, offset, reason = ENDS_EARLY }: CutPlace,
): void {
  if (isRecord) {
    reading.records += 1;
    reading.malformed += 1;
  }
  noteDamage(reading, {
    offset: offset + markBytes,
    reason,
    count: isRecord ? 1 : 0,
    extent: 'to-the-end',
  });
}
