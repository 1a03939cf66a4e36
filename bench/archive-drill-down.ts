import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exactEventTypes } from '../src/model/event-type-set.ts';
import type { ReadRequest } from '../src/model/reading.ts';
import { createArchiveSource } from '../src/sources/archive/archive-source.ts';
import { ASKED_TYPES, ASKED_WINDOW, generateArchive } from './generate-archive.ts';

const FOLDER = join(tmpdir(), 'okta-archive-bench');
const EVENTS = 500_000;
const ROUNDS = 5;
const COUNTS = [1, 5, 50];
interface Side {
  readonly name: string;
  readonly request: ReadRequest;
}

/** Measures the second pass over an archive, for one id and for many, against the first; all in one run, interleaved. */
async function benchDrillDown(): Promise<void> {
  const path = join(FOLDER, `${EVENTS}.ndjson`);
  mkdirSync(FOLDER, { recursive: true });
  if (!existsSync(path)) generateArchive(path, EVENTS);
  const ids = await pickIds(path);
  const sides = listSides(ids);
  const seconds = new Map<string, number[]>(sides.map(({ name }) => [name, []]));
  const found = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { name, request } of [...sides.slice(round % 4), ...sides.slice(0, round % 4)]) {
      const { cpuSeconds, events } = await measure(path, request);
      seconds.get(name)?.push(cpuSeconds);
      found.set(name, events);
    }
  }
  const median = (name: string): number =>
    (seconds.get(name) ?? []).sort((one, other) => one - other)[ROUNDS >> 1] ?? Number.NaN;
  for (const { name } of sides) {
    console.log(`${name}: ${median(name).toFixed(2)} s of CPU, ${found.get(name)} events`);
  }
  const scan = median('first scan');
  for (const count of COUNTS) {
    const ratio = median(sayCount(count)) / scan;
    console.log(`${sayCount(count)} against the first scan: ${ratio.toFixed(2)}`);
  }
  const growth = median(sayCount(50)) / median(sayCount(1));
  console.log(`50 ids against 1: ${growth.toFixed(2)}`);
}

function listSides(ids: readonly string[]): Side[] {
  const base = { window: ASKED_WINDOW, pull: 'targeted' } as const;
  const scan: ReadRequest = {
    ...base,
    needs: [{ eventTypes: exactEventTypes(ASKED_TYPES), window: ASKED_WINDOW }],
    followUps: [],
  };
  return [
    { name: 'first scan', request: scan },
    ...COUNTS.map((count) => ({
      name: sayCount(count),
      request: {
        ...base,
        needs: [],
        followUps: [
          { field: 'actor.id' as const, values: ids.slice(0, count), window: ASKED_WINDOW },
        ],
      },
    })),
  ];
}

async function measure(
  path: string,
  request: ReadRequest,
): Promise<{ cpuSeconds: number; events: number }> {
  let events = 0;
  const before = process.cpuUsage();
  await openSource(path).read(request, (batch) => {
    events += batch.length;
  });
  const { user, system } = process.cpuUsage(before);
  return { cpuSeconds: (user + system) / 1e6, events };
}

/** Actors of rare events, each once. */
async function pickIds(path: string): Promise<string[]> {
  const ids = new Set<string>();
  const request: ReadRequest = {
    window: ASKED_WINDOW,
    needs: [{ eventTypes: exactEventTypes(ASKED_TYPES), window: ASKED_WINDOW }],
    followUps: [],
    pull: 'targeted',
  };
  await openSource(path).read(request, (batch) => {
    for (const { raw } of batch) {
      const { actor } = raw;
      if (typeof actor === 'object' && actor !== null && 'id' in actor) ids.add(String(actor.id));
    }
  });
  return [...ids];
}

function openSource(path: string) {
  return createArchiveSource({
    patterns: [path],
    workingDirectory: FOLDER,
    progress: { start: () => {}, advance: () => {}, finish: () => {} },
  });
}

function sayCount(count: number): string {
  return `drill-down by ${count} ${count === 1 ? 'id' : 'ids'}`;
}

if (import.meta.main) await benchDrillDown();
