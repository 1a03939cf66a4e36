import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import * as zlib from 'node:zlib';
import { AuditError } from '../../../errors.ts';
import { makeDirectory } from '../../../files/make-directory.ts';
import type { LogEvent } from '../../../model/log-event.ts';
import type { EventSource, SavedArchive } from '../../../model/reading.ts';
import { formatInstant, HOUR_MS, type TimeWindow } from '../../../model/time-window.ts';
import { writeBeginLine, writeEndLine } from './archive-statement.ts';
import { toPartial } from './partial-file.ts';

export interface SavingOptions {
  /** Made where there is none. */
  readonly directory: string;
  /** Told of every file that was finished. */
  tell(saved: SavedArchive): void;
}

/** Frames of Zstandard, or members of gzip where Node has none (before 22.15); both may follow one another in a file. */
const hasZstd = typeof zlib.zstdCompressSync === 'function';
const EXTENSION = hasZstd ? 'ndjson.zst' : 'ndjson.gz';
const CHECKSUMS = 'SHA256SUMS';

/**
 * Gives the same source, whose reads also write what they deliver into an archive that the next audit can read:
 * one file a read, the records as Okta gave them, one a line, between a line that begins it and one that states what it covers.
 * So what a targeted pull did not ask for is not taken for silence later. A read that fails leaves no file.
 * The checksum stands in the reading, and in `SHA256SUMS` as `sha256sum -c` takes it. A read throws AuditError `report-unwritable`
 * where it cannot be kept.
 */
export function saveWhileReading(source: EventSource, options: SavingOptions): EventSource {
  return {
    ...source,
    read: async (request, deliver) => {
      const keep = <Value>(act: () => Value): Value => keepOrExplain(options.directory, act);
      const file = keep(() => startFile(options.directory, request.window));
      const write = (text: string): void => keep(() => file.write(text));
      try {
        write(writeBeginLine(source.name));
        let [events, hours] = [0, 0];
        const reading = await source.read(request, (batch) => {
          events += batch.length;
          for (const { publishedMs } of batch) hours += Math.floor(publishedMs / HOUR_MS);
          if (batch.length > 0) write(batch.map(toLine).join(''));
          deliver(batch);
        });
        write(writeEndLine({ reading, request, events, hours }));
        const saved = { ...keep(() => file.finish()), events };
        options.tell(saved);
        return { ...reading, saved: [saved] };
      } catch (thrown) {
        file.drop();
        throw thrown;
      }
    },
  };
}

function toLine({ raw }: LogEvent): string {
  return `${JSON.stringify(raw)}\n`;
}

function keepOrExplain<Value>(directory: string, act: () => Value): Value {
  try {
    return act();
  } catch (cause) {
    throw new AuditError({
      code: 'report-unwritable',
      message: `Could not save what was pulled into ${directory}: ${cause instanceof Error ? cause.message : cause}.`,
      hint: 'Name a directory that exists or can be created, and that has space, after --save-archive, or leave it out.',
      cause,
    });
  }
}

interface ArchiveInProgress {
  write(text: string): void;
  finish(): Pick<SavedArchive, 'path' | 'sha256'>;
  drop(): void;
}

function startFile(directory: string, window: TimeWindow): ArchiveInProgress {
  makeDirectory(directory);
  const path = findFreePath(directory, window);
  const partial = toPartial(path);
  // Never what is there already, such as a link to somewhere else.
  const file = openSync(partial, 'wx', 0o600);
  const hash = createHash('sha256');
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  return {
    write: (text) => {
      const bytes = hasZstd ? zlib.zstdCompressSync(text) : zlib.gzipSync(text);
      hash.update(bytes);
      // Unlike `writeSync` it writes all of them.
      writeFileSync(file, bytes);
    },
    finish: () => {
      close();
      renameSync(partial, path);
      const sha256 = hash.digest('hex');
      appendFileSync(join(directory, CHECKSUMS), `${sha256}  ${basename(path)}\n`);
      return { path, sha256 };
    },
    drop: () => {
      close();
      rmSync(partial, { force: true });
    },
  };
}

/** `okta-20220116T000000Z-20220122T000000Z.ndjson.zst`, with a number where that exists or is being written. */
function findFreePath(directory: string, { sinceMs, untilMs }: TimeWindow): string {
  const name = `okta-${sayCompact(sinceMs)}-${sayCompact(untilMs)}`;
  for (let copy = 1; ; copy += 1) {
    const path = join(directory, `${name}${copy === 1 ? '' : `-${copy}`}.${EXTENSION}`);
    if (!existsSync(path) && !existsSync(toPartial(path))) return path;
  }
}

function sayCompact(instantMs: number): string {
  return formatInstant(instantMs).replace(/[-:]|\.\d+/g, '');
}
