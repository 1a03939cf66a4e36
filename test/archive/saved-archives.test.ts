import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LogEvent, parseLogEvent } from '../../src/model/log-event.ts';
import type { EventSource, ReadRequest } from '../../src/model/reading.ts';
import { createArchiveSource } from '../../src/sources/archive/archive-source.ts';
import {
  type SavedArchive,
  saveWhileReading,
} from '../../src/sources/archive/save-while-reading.ts';
import { days, layFiles, makeNoise, SILENT, toLines } from './archive-workbench.ts';

const WINDOW = days('2022-01-10', '2022-01-17');
const RECORDS = makeNoise(WINDOW);
const EVENTS = RECORDS.flatMap((record) => parseLogEvent(record) ?? []);
const REQUEST: ReadRequest = { window: WINDOW, needs: [], followUps: [], pull: 'full' };

/** A live source that gives these events in two batches, and fails afterwards if told to. */
function makeLive(events: readonly LogEvent[], failure: Error | null = null): EventSource {
  return {
    kind: 'okta',
    name: 'acme.okta.com',
    read: async (_, deliver) => {
      if (events.length > 0) {
        deliver(events.slice(0, 100));
        deliver(events.slice(100));
      }
      if (failure !== null) throw failure;
      return {
        kind: 'okta',
        name: 'acme.okta.com',
        firstEventMs: null,
        lastEventMs: null,
        covered: [],
        holes: [],
        counts: { eventsRead: 0, eventsParsed: 0, malformed: 0, duplicates: 0, requests: 2 },
      };
    },
  };
}

describe('a live pull that is saved', () => {
  it('is an archive that gives the same events', async () => {
    const directory = join(layFiles({}), 'saved');
    const saved: SavedArchive[] = [];
    const live = saveWhileReading(makeLive(EVENTS), {
      directory,
      tell: (archive) => saved.push(archive),
    });
    const delivered: LogEvent[] = [];
    await live.read(REQUEST, (batch) => delivered.push(...batch));
    await live.read(REQUEST, () => {});
    expect(delivered).toEqual(EVENTS);
    expect(saved.map(({ events }) => events)).toEqual([168, 168]);
    expect(new Set(saved.map(({ path }) => path)).size).toBe(2);
    expect(saved[0]?.path).toMatch(/okta-20220110T000000Z-20220117T000000Z\.ndjson\.(zst|gz)$/);

    const again: LogEvent[] = [];
    const archive = createArchiveSource({
      patterns: [saved[0]?.path ?? ''],
      workingDirectory: directory,
      progress: SILENT,
    });
    const reading = await archive.read(REQUEST, (batch) => again.push(...batch));
    expect(again).toEqual(EVENTS);
    expect(reading.covered).toHaveLength(1);
  });

  it('has its checksum beside it', async () => {
    const directory = layFiles({});
    const live = saveWhileReading(makeLive(EVENTS), { directory, tell: () => {} });
    await live.read(REQUEST, () => {});
    const [line = ''] = readFileSync(join(directory, 'SHA256SUMS'), 'utf8').split('\n');
    const [sha256, name = ''] = line.split('  ');
    const bytes = readFileSync(join(directory, name));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  });

  it('leaves nothing where it failed or was empty', async () => {
    const directory = layFiles({});
    const failing = saveWhileReading(makeLive(EVENTS, new Error('gone')), {
      directory,
      tell: () => {},
    });
    await expect(failing.read(REQUEST, () => {})).rejects.toThrow('gone');
    await saveWhileReading(makeLive([]), { directory, tell: () => {} }).read(REQUEST, () => {});
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('the standard input', () => {
  it('is an archive like any other, also when it is read twice and beside files', async () => {
    const folder = layFiles({ 'a.ndjson': toLines(RECORDS.slice(0, 100)) });
    writeFileSync(join(folder, '-'), 'a file of that name is not meant');
    async function* input(): AsyncGenerator<Buffer> {
      const text = Buffer.from(toLines(RECORDS.slice(90)));
      yield text.subarray(0, 1000);
      yield text.subarray(1000);
    }
    const source = createArchiveSource({
      patterns: ['a.ndjson', '-'],
      workingDirectory: folder,
      progress: SILENT,
      standardInput: input(),
    });
    expect(source.name).toBe('a.ndjson, standard input');
    for (const _ of [1, 2]) {
      const events: LogEvent[] = [];
      const reading = await source.read(REQUEST, (batch) => events.push(...batch));
      expect(events).toHaveLength(168);
      expect(reading.counts).toMatchObject({ eventsRead: 178, duplicates: 10 });
    }
  });
});
