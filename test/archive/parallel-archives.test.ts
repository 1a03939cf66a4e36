import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exactEventTypes } from '../../src/model/event-type-set.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import { DAY_MS } from '../../src/model/time-window.ts';
import type { FileReading } from '../../src/sources/archive/coverage/file-reading.ts';
import type { ArchiveMember } from '../../src/sources/archive/files/archive-member.ts';
import { createMemberReader } from '../../src/sources/archive/member-reader.ts';
import { serveAsArchiveWorker } from '../../src/sources/archive/threads/archive-worker.ts';
import { readInParallel } from '../../src/sources/archive/threads/read-in-parallel.ts';
import { days, layFiles, makeNoise, makeRecord, toLines } from './archive-workbench.ts';
import { bundleArchiveWorker } from './bundle-archive-worker.ts';

const ENTRY = await bundleArchiveWorker();
const WINDOW = days('2022-01-10', '2022-01-20');
const WANTED = 'user.account.reset_password';
const question = {
  request: {
    window: WINDOW,
    needs: [{ eventTypes: exactEventTypes([WANTED]), window: WINDOW }],
    followUps: [],
    pull: 'targeted',
  },
  isStrict: false,
} as const;

/** A file a day, the first one cut brotli, which takes so long that others are done first; some broken, some compressed. */
function layDays(): ArchiveMember[] {
  const files: Record<string, Buffer> = {};
  for (let day = 0; day < 8; day += 1) {
    const since = WINDOW.sinceMs + day * DAY_MS;
    const noise = makeNoise({ sinceMs: since, untilMs: since + DAY_MS }, 10_000 * (1 + day * day));
    const wanted = Array.from({ length: 1200 }, (_, index) =>
      makeRecord({ at: since + index, eventType: WANTED, uuid: `${day}-${index}` }),
    );
    const text = toLines([...noise, ...wanted]) + (day === 3 ? '{"broken\n' : '');
    if (day === 0) files['0.br'] = cutBrotli(text);
    else files[`${day}`] = day % 2 === 0 ? Buffer.from(text) : zlib.gzipSync(text);
  }
  const folder = layFiles(files);
  return Object.entries(files).map(([name, content]) => ({
    name,
    bytes: content.length,
    range: { path: join(folder, name) },
  }));
}

function cutBrotli(text: string): Buffer {
  const whole = zlib.brotliCompressSync(text, {
    params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 2 },
  });
  return whole.subarray(0, whole.length - 100);
}

describe('files that are read at the same time', () => {
  it.each([
    ['whole', { pieceBytes: 32 << 20, threads: 3, lanes: 1 }],
    ['in pieces', { pieceBytes: 20_000, threads: 3, lanes: 1 }],
    ['on one thread', { pieceBytes: 20_000, threads: 1, lanes: 3 }],
  ])('give what they give one after the other, in the same order: %s', async (_, spread) => {
    const members = layDays();
    const expected: LogEvent[] = [];
    const readings: FileReading[] = [];
    const read = createMemberReader(question);
    for (const member of members) {
      readings.push(
        await read(member, { accept: (event) => expected.push(event), advance: () => {} }),
      );
    }
    const events: LogEvent[] = [];
    const done: string[] = [];
    const parallel = await readInParallel({
      members,
      question,
      workerEntry: ENTRY,
      ...spread,
      accept: (event) => events.push(event),
      advance: () => {},
      check: (reading) => done.push(reading.name),
    });
    expect(events).toEqual(expected);
    expect(events.length).toBeGreaterThan(7 * 1200);
    expect(parallel).toEqual(readings);
    expect(done).toHaveLength(8);
    expect(done[0]).not.toBe('0.br');
  });

  it('are left alone where they are put off, large ones as a whole', async () => {
    const records = [0, 1, 2, 3].flatMap((day) => makeNoise(days(`2022-01-1${day}`, '2022-01-20')));
    const thinned = records.map(({ client: _, ...record }) => record);
    const files = { a: toLines(thinned), b: toLines(records), c: JSON.stringify(thinned) };
    const folder = layFiles(files);
    const members = Object.entries(files).map(([name, content]) => ({
      name,
      bytes: content.length,
      range: { path: join(folder, name) },
    }));
    const done: string[] = [];
    const readings = await readInParallel({
      members,
      question: { ...question, putsOffThinned: true },
      workerEntry: ENTRY,
      threads: 2,
      lanes: 1,
      accept: () => {},
      advance: () => {},
      check: (reading) => done.push(reading.name),
      pieceBytes: 20_000,
    });
    expect(readings.map(({ losses }) => losses)).toEqual([1, 0, 1]);
    expect(done).toEqual(['b']);
  });

  it('all come where the first one holds up many', async () => {
    const [slow, quick] = layDays();
    if (slow === undefined || quick === undefined) throw new Error('no files');
    const done: string[] = [];
    await readInParallel({
      members: [slow, ...Array.from({ length: 30 }, () => quick)],
      question,
      workerEntry: ENTRY,
      threads: 2,
      lanes: 1,
      accept: () => {},
      advance: () => {},
      check: (reading) => done.push(reading.name),
    });
    expect(done).toHaveLength(31);
  });

  it('do not pile up what a later one gives', async () => {
    const since = WINDOW.sinceMs;
    const noise = makeNoise({ sinceMs: since, untilMs: since + DAY_MS }, 5000);
    const wanted = noise.map((record, index) => ({
      ...record,
      eventType: WANTED,
      uuid: `${index}`,
    }));
    const files = { 'a.gz': noise, 'b.gz': wanted };
    const packed = Object.entries(files).map(
      ([name, records]) => [name, zlib.gzipSync(toLines(records), { level: 0 })] as const,
    );
    const folder = layFiles(Object.fromEntries(packed));
    const members = packed.map(([name, content]) => ({
      name,
      bytes: content.length,
      range: { path: join(folder, name) },
    }));
    let takenBytes = 0;
    const takenWhenDone: number[] = [];
    await readInParallel({
      members,
      question,
      workerEntry: ENTRY,
      threads: 1,
      lanes: 2,
      accept: () => {},
      advance: (bytes) => {
        takenBytes = bytes;
      },
      check: () => takenWhenDone.push(takenBytes),
    });
    const [first = 0, second = 0] = members.map(({ bytes }) => bytes);
    expect(takenWhenDone[0]).toBeLessThan(first + second / 2);
    expect(takenWhenDone[1]).toBe(first + second);
  });

  it.runIf('zstdCompressSync' in zlib)(
    'lose nothing of a file of many frames that has to wait',
    async () => {
      const since = WINDOW.sinceMs;
      const noise = makeNoise({ sinceMs: since, untilMs: since + DAY_MS }, 2000);
      const wanted = noise.slice(0, 8000).map((record) => ({ ...record, eventType: WANTED }));
      const frames = Array.from({ length: 40 }, (_, index) =>
        zlib.zstdCompressSync(toLines(wanted.slice(index * 200, index * 200 + 200))),
      );
      const files = { 'a.gz': zlib.gzipSync(toLines(noise)), 'b.zst': Buffer.concat(frames) };
      const folder = layFiles(files);
      const members = Object.entries(files).map(([name, content]) => ({
        name,
        bytes: content.length,
        range: { path: join(folder, name) },
      }));
      let events = 0;
      const readings = await readInParallel({
        members,
        question,
        workerEntry: ENTRY,
        threads: 1,
        lanes: 2,
        accept: () => {
          events += 1;
        },
        advance: () => {},
        check: () => {},
      });
      expect(events).toBe(8000);
      expect(readings.map(({ records }) => records)).toEqual([noise.length, 8000]);
    },
  );

  it('stop with the error of the one that cannot be read', async () => {
    const [first] = layDays();
    const gone = { name: 'gone', bytes: 1, range: { path: '/nowhere/gone' } };
    await expect(
      readInParallel({
        members: first === undefined ? [gone] : [first, gone],
        question,
        workerEntry: ENTRY,
        threads: 2,
        lanes: 1,
        accept: () => {},
        advance: () => {},
        check: () => {},
      }),
    ).rejects.toMatchObject({
      code: 'archive-unreadable',
      message: expect.stringContaining('gone'),
    });
  });

  it('need no other thread where one large file cannot be cut', async () => {
    const members = layDays().filter(({ name }) => name === '1');
    const done: string[] = [];
    await readInParallel({
      members,
      question,
      workerEntry: '/nowhere/worker.js',
      threads: 4,
      lanes: 1,
      accept: () => {},
      advance: () => {},
      check: (reading) => done.push(reading.name),
      pieceBytes: 100,
    });
    expect(done).toEqual(['1']);
  });

  it('stop where another thread cannot start', async () => {
    const packed = layDays().filter((_, index) => index % 2 === 1);
    await expect(
      readInParallel({
        members: Array.from({ length: 20 }, () => packed).flat(),
        question,
        workerEntry: '/nowhere/worker.js',
        threads: 2,
        lanes: 1,
        accept: () => {},
        advance: () => {},
        check: () => {},
        pieceBytes: 100,
      }),
    ).rejects.toThrow('/nowhere/worker.js');
  });

  it('stop here where another thread cannot go on', async () => {
    const [slow] = layDays();
    if (slow === undefined) throw new Error('no files');
    const gone = { name: 'gone', bytes: 1, range: { path: '/nowhere/gone' } };
    let isOver = false;
    let toldAfterwards = 0;
    const reading = readInParallel({
      members: [slow, gone, ...Array.from({ length: 20 }, () => slow)],
      question,
      workerEntry: ENTRY,
      threads: 2,
      lanes: 1,
      accept: () => {},
      advance: () => {
        if (isOver) toldAfterwards += 1;
      },
      check: () => {},
    });
    await expect(reading).rejects.toMatchObject({ code: 'archive-unreadable' });
    isOver = true;
    const read = createMemberReader(question);
    await read(slow, { accept: () => {}, advance: () => {} });
    await read(slow, { accept: () => {}, advance: () => {} });
    expect(toldAfterwards).toBe(0);
  });

  it('stop where a reading is refused', async () => {
    await expect(
      readInParallel({
        members: layDays(),
        question,
        workerEntry: ENTRY,
        threads: 2,
        lanes: 1,
        accept: () => {},
        advance: () => {},
        check: () => {
          throw new Error('refused');
        },
      }),
    ).rejects.toThrow('refused');
  });
});

it('a program that is no worker is told so', () => {
  expect(serveAsArchiveWorker()).toBe(false);
});
