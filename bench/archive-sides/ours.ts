import { writeSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { limitPoolThreads } from '../../src/connect/limit-pool-threads.ts';
import { limitYoungGeneration } from '../../src/connect/limit-young-generation.ts';
import { exactEventTypes } from '../../src/model/event-type-set.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import { createArchiveSource } from '../../src/sources/archive/archive-source.ts';
import { createBufferScanner } from '../../src/sources/archive/scan/buffer-scanner.ts';
import { ASKED_TYPES, ASKED_WINDOW } from '../generate-archive.ts';

/**
 * Asks the archive source the question and prints the uuids; `wasm`, `buffer`, `strict` or `threads`. No side prints by the
 * console, whose streams take a twentieth of the shortest run to load.
 * Memory and threads are limited as the program limits them.
 */
async function run(kind: string, patterns: readonly string[]): Promise<void> {
  limitPoolThreads(process.env, availableParallelism());
  const endLimit = limitYoungGeneration();
  const source = createArchiveSource({
    patterns,
    workingDirectory: '/',
    progress: { start: () => {}, advance: () => {}, finish: () => {} },
    isStrict: kind === 'strict',
    ...(kind === 'buffer' ? { createScanner: createBufferScanner } : {}),
    ...(kind === 'threads' ? { workerEntry: join(import.meta.dirname, 'ours-worker.mjs') } : {}),
  });
  const uuids: string[] = [];
  const needs = [{ eventTypes: exactEventTypes(ASKED_TYPES), window: ASKED_WINDOW }];
  const take = (events: readonly LogEvent[]): void => {
    for (const event of events) uuids.push(event.uuid);
  };
  await source.read({ window: ASKED_WINDOW, needs, followUps: [], pull: 'targeted' }, take);
  endLimit();
  writeSync(1, `${uuids.join('\n')}\n`);
}

const [kind = 'wasm', ...patterns] = process.argv.slice(2);
await run(kind, patterns);
