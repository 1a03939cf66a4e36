import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exactEventTypes } from '../src/model/event-type-set.ts';
import { type LogEvent, readText } from '../src/model/log-event.ts';
import type { FollowUp, ReadRequest } from '../src/model/reading.ts';
import type { TimeWindow } from '../src/model/time-window.ts';
import { createArchiveSource } from '../src/sources/archive/archive-source.ts';
import { ASKED_TYPES, ASKED_WINDOW, generateArchive } from './generate-archive.ts';

const FOLDER = join(tmpdir(), 'okta-archive-bench');
const EVENTS = 500_000;
const ROUNDS = 5;
const COUNTS = [1, 5, 50];
const FIELDS: readonly FollowUp['field'][] = [
  'actor.id',
  'actor.alternateId',
  'authenticationContext.externalSessionId',
  'client.ipAddress',
];
const ALL_TIME: TimeWindow = { sinceMs: 0, untilMs: Date.parse('2100-01-01') };
const FIRST_SCAN: ReadRequest = {
  window: ASKED_WINDOW,
  needs: [{ eventTypes: exactEventTypes(ASKED_TYPES), window: ASKED_WINDOW }],
  followUps: [],
  pull: 'targeted',
};

interface Side {
  readonly name: string;
  readonly request: ReadRequest;
}

/**
 * Measures the second pass over an archive against the first, for one id and for many, all in one run and interleaved.
 * Ids are asked for in 20 of the 120 days, as the first scan asks for types; once in all of them, which no finding does.
 */
async function benchDrillDown(): Promise<void> {
  const path = join(FOLDER, `${EVENTS}.ndjson`);
  mkdirSync(FOLDER, { recursive: true });
  if (!existsSync(path)) generateArchive(path, EVENTS);
  const sides = await listSides(path);
  const seconds = new Map<string, number[]>(sides.map(({ name }) => [name, []]));
  const found = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const turn = (round * 3) % sides.length;
    for (const { name, request } of [...sides.slice(turn), ...sides.slice(0, turn)]) {
      const { cpuSeconds, events } = await measure(path, request);
      seconds.get(name)?.push(cpuSeconds);
      found.set(name, events.length);
    }
  }
  const median = (name: string): number =>
    (seconds.get(name) ?? []).sort((one, other) => one - other)[ROUNDS >> 1] ?? Number.NaN;
  const scan = median(sides[0]?.name ?? '');
  for (const { name } of sides) {
    const ratio = (median(name) / scan).toFixed(2);
    console.log(
      `${name}: ${median(name).toFixed(2)} s of CPU, ${ratio}, ${found.get(name)} events`,
    );
  }
}

async function listSides(path: string): Promise<Side[]> {
  const { events } = await measure(path, FIRST_SCAN);
  const follow = (field: FollowUp['field'], count: number, window: TimeWindow): ReadRequest => {
    const values = listValues(events, field).slice(0, count);
    return { ...FIRST_SCAN, needs: [], followUps: [{ field, values, window }] };
  };
  return [
    { name: 'first scan', request: FIRST_SCAN },
    ...FIELDS.flatMap((field) =>
      COUNTS.map((count) => ({
        name: `${field}, values: ${count}`,
        request: follow(field, count, ASKED_WINDOW),
      })),
    ),
    { name: 'actor.id in all days, values: 50', request: follow('actor.id', 50, ALL_TIME) },
  ];
}

async function measure(
  path: string,
  request: ReadRequest,
): Promise<{ cpuSeconds: number; events: LogEvent[] }> {
  const events: LogEvent[] = [];
  const source = createArchiveSource({
    patterns: [path],
    workingDirectory: FOLDER,
    progress: { start: () => {}, advance: () => {}, finish: () => {} },
  });
  const before = process.cpuUsage();
  await source.read(request, (batch) => events.push(...batch));
  const { user, system } = process.cpuUsage(before);
  return { cpuSeconds: (user + system) / 1e6, events };
}

/** What rare events have at a field, each value once. */
function listValues(events: readonly LogEvent[], field: FollowUp['field']): string[] {
  return [...new Set(events.flatMap((event) => readText(event, field) ?? []))];
}

if (import.meta.main) await benchDrillDown();
