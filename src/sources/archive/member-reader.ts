import type { LogEvent } from '../../model/log-event.ts';
import type { ReadRequest } from '../../model/reading.ts';
import type { FileReading } from './coverage/file-reading.ts';
import type { ArchiveMember } from './files/archive-member.ts';
import { type BracketMatcher, createWasmMatcher } from './framing/bracket-matcher.ts';
import { readArchiveFile } from './read-archive-file.ts';
import { createBufferScanner } from './scan/buffer-scanner.ts';
import type { LineScanner } from './scan/line-scanner.ts';
import { planSift } from './scan/plan-sift.ts';
import { createWasmScanner } from './scan/wasm-scanner.ts';
import { selectEvents } from './select-events.ts';

/** What every member of an archive is read for. */
export interface MemberQuestion {
  readonly request: ReadRequest;
  /** Parses every record, where otherwise only those are parsed that can matter. */
  readonly isStrict: boolean;
  /** Leaves a file alone whose first record lost something; its reading then says how much. */
  readonly putsOffThinned?: boolean;
}

export interface MemberSink {
  /** Takes the wanted events in the order of the file. */
  accept(event: LogEvent): void;
  /** Told how many stored bytes were taken so far. */
  advance(takenBytes: number): void;
  /** Settles once more events can be taken; asked for now and then, where there is anything to wait for. */
  readonly waitForRoom?: () => Promise<void>;
}

/** Reads members one after the other. */
export type MemberReader = (member: ArchiveMember, sink: MemberSink) => Promise<FileReading>;

/** Makes what finds lines by their bytes. */
export type ScannerFactory = (ids: readonly string[]) => LineScanner;

export function createMemberReader(
  { request, isStrict, putsOffThinned = false }: MemberQuestion,
  createScanner: ScannerFactory = createFastestScanner,
): MemberReader {
  const isWanted = selectEvents(request);
  const plan = planSift(request);
  const findMatcher = makeOnce(createWasmMatcher);
  const sieve = isStrict ? null : { plan, scanner: createScanner(plan.ids) };
  return (member, sink) =>
    readArchiveFile({
      ...sink,
      member,
      isWanted,
      putsOffThinned: putsOffThinned && member.piece === undefined,
      sieve,
      findMatcher,
    });
}

/** Made when the first file needs it, and then kept. */
function makeOnce(make: () => BracketMatcher | null): () => BracketMatcher | null {
  let made: BracketMatcher | null | undefined;
  return () => {
    if (made === undefined) made = make();
    return made;
  };
}

function createFastestScanner(ids: readonly string[]): LineScanner {
  return createWasmScanner(ids) ?? createBufferScanner(ids);
}
