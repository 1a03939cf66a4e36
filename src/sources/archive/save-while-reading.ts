import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import * as zlib from 'node:zlib';
import type { LogEvent } from '../../model/log-event.ts';
import type { EventSource } from '../../model/reading.ts';
import { formatInstant, type TimeWindow } from '../../model/time-window.ts';

export interface SavedArchive {
  readonly path: string;
  readonly events: number;
  readonly sha256: string;
}

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
 * one file a read, the records as Okta gave them, one a line, with its checksum in `SHA256SUMS` as `sha256sum -c` takes it.
 * A read that fails leaves no file. What a targeted pull did not ask for is not in its archive.
 */
export function saveWhileReading(source: EventSource, options: SavingOptions): EventSource {
  return {
    ...source,
    read: async (request, deliver) => {
      const file = startFile(options.directory, request.window);
      try {
        const reading = await source.read(request, (events) => {
          file.write(events);
          deliver(events);
        });
        const saved = file.finish();
        if (saved !== null) options.tell(saved);
        return reading;
      } catch (thrown) {
        file.drop();
        throw thrown;
      }
    },
  };
}

interface ArchiveInProgress {
  write(events: readonly LogEvent[]): void;
  /** Null where there was nothing to save. */
  finish(): SavedArchive | null;
  drop(): void;
}

function startFile(directory: string, window: TimeWindow): ArchiveInProgress {
  mkdirSync(directory, { recursive: true });
  const path = findFreePath(directory, window);
  const partial = `${path}.partial`;
  const file = openSync(partial, 'w', 0o600);
  const hash = createHash('sha256');
  let events = 0;
  const drop = (): void => {
    closeSync(file);
    rmSync(partial, { force: true });
  };
  return {
    write: (batch) => {
      const text = batch.map((event) => `${JSON.stringify(event.raw)}\n`).join('');
      const bytes = hasZstd ? zlib.zstdCompressSync(text) : zlib.gzipSync(text);
      hash.update(bytes);
      writeSync(file, bytes);
      events += batch.length;
    },
    finish: () => {
      if (events === 0) {
        drop();
        return null;
      }
      closeSync(file);
      renameSync(partial, path);
      const sha256 = hash.digest('hex');
      appendFileSync(join(directory, CHECKSUMS), `${sha256}  ${basename(path)}\n`);
      return { path, events, sha256 };
    },
    drop,
  };
}

/** `okta-20220116T000000Z-20220122T000000Z.ndjson.zst`, with a number where that exists. */
function findFreePath(directory: string, { sinceMs, untilMs }: TimeWindow): string {
  const name = `okta-${sayCompact(sinceMs)}-${sayCompact(untilMs)}`;
  for (let copy = 1; ; copy += 1) {
    const path = join(directory, `${name}${copy === 1 ? '' : `-${copy}`}.${EXTENSION}`);
    if (!existsSync(path)) return path;
  }
}

function sayCompact(instantMs: number): string {
  return formatInstant(instantMs).replace(/[-:]|\.\d+/g, '');
}
