import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactEventTypes } from '../../src/model/event-type-set.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import type { ReadRequest } from '../../src/model/reading.ts';
import {
  type FileReading,
  startFileReading,
} from '../../src/sources/archive/coverage/file-reading.ts';
import type { ArchiveMember } from '../../src/sources/archive/files/archive-member.ts';
import { createMemberReader } from '../../src/sources/archive/member-reader.ts';
import { cutMembers } from '../../src/sources/archive/threads/cut-members.ts';
import { joinReadings } from '../../src/sources/archive/threads/join-readings.ts';
import { FOLLOW_UPS, file, followedFile, WANTED, WINDOW } from './adversarial-files.ts';
import { layFiles, makeNoise, toLines } from './archive-workbench.ts';

const REQUEST: ReadRequest = {
  window: WINDOW,
  needs: [{ eventTypes: exactEventTypes(WANTED), window: WINDOW }],
  followUps: FOLLOW_UPS,
  pull: 'targeted',
};

interface Read {
  readonly events: readonly LogEvent[];
  readonly reading: FileReading;
}

function layMember(content: string | Buffer): ArchiveMember {
  const path = join(layFiles({ a: content }), 'a');
  return { name: 'a', bytes: Buffer.byteLength(content), range: { path } };
}

async function readAll(members: readonly ArchiveMember[], isStrict: boolean): Promise<Read> {
  const read = createMemberReader({ request: REQUEST, isStrict });
  const events: LogEvent[] = [];
  const readings: FileReading[] = [];
  for (const member of members) {
    readings.push(await read(member, { accept: (event) => events.push(event), advance: () => {} }));
  }
  return { events, reading: joinReadings(readings) };
}

async function cut(member: ArchiveMember, pieceBytes: number): Promise<ArchiveMember[]> {
  return (await cutMembers([member], { pieceBytes })).flat();
}

describe.each([
  ['sifted', false],
  ['parsed', true],
])('a file whose lines are %s', (_, isStrict) => {
  it('gives in pieces what it gives as a whole', async () => {
    let pieces = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(file, followedFile, file).map((parts) => parts.join('\n')),
        fc.integer({ min: 1800, max: 4000 }),
        async (content, pieceBytes) => {
          const member = layMember(content);
          const members = await cut(member, pieceBytes);
          pieces += members.length;
          expect(await readAll(members, isStrict)).toEqual(await readAll([member], isStrict));
        },
      ),
      { numRuns: 300 },
    );
    expect(pieces).toBeGreaterThan(600);
  });
});

it('pieces are whole lines that follow one another, the last one without an end', async () => {
  const lines = toLines(makeNoise(WINDOW));
  const members = await cut(layMember(lines), 20_000);
  expect(members.length).toBeGreaterThan(4);
  let next = 0;
  for (const { bytes, range, piece } of members) {
    expect(piece).toEqual({ format: 'system-log', isFirst: next === 0 });
    expect(range?.start).toBe(next);
    next += bytes;
    expect(lines[next - 1]).toBe('\n');
    expect(range?.end).toBe(next === lines.length ? undefined : next - 1);
  }
  expect(next).toBe(lines.length);
});

it('a line longer than several pieces stays whole', async () => {
  const noise = makeNoise(WINDOW);
  const [first = {}, ...others] = noise;
  const long = { ...first, displayMessage: 'x'.repeat(200_000) };
  const member = layMember(toLines([...noise, long, ...others]));
  const members = await cut(member, 40_000);
  expect(members.length).toBeGreaterThan(2);
  expect(await readAll(members, false)).toEqual(await readAll([member], false));
});

it.each([
  ['its end', [true, false]],
  ['more to come', [false, true]],
])('the last of several pages tells %s, in whatever piece the others stand', async (_, isOpen) => {
  const records = makeNoise(WINDOW);
  const pages = isOpen.map((preview) => toLines([{ preview, result: { _raw: '{}' } }]));
  const member = layMember(pages.map((page) => toLines(records) + page).join(''));
  const members = await cut(member, 40_000);
  expect(members.length).toBeGreaterThan(2);
  const { searches } = (await readAll([member], true)).reading;
  expect(searches.size).toBe(1);
  expect((await readAll(members, true)).reading.searches).toEqual(searches);
});

it('a file that is damaged throughout is so in pieces too', async () => {
  const lines = toLines(makeNoise(WINDOW));
  const member = layMember(lines + lines.replaceAll('"uuid"', "'uuid'").repeat(5));
  const members = await cut(member, 80_000);
  expect(members.length).toBeGreaterThan(4);
  const { reading } = await readAll(members, true);
  expect(reading).toEqual((await readAll([member], true)).reading);
  expect(reading.damages.length).toBeLessThan(reading.malformed);
});

it.each([
  ['small', toLines(makeNoise(WINDOW).slice(0, 20))],
  ['compressed', gzipSync(Buffer.from(toLines(makeNoise(WINDOW))), { level: 0 })],
  ['an array', JSON.stringify(makeNoise(WINDOW))],
  [
    'pretty',
    makeNoise(WINDOW)
      .map((one) => JSON.stringify(one, null, 2))
      .join('\n'),
  ],
  ['marked as UTF-8', `\ufeff${toLines(makeNoise(WINDOW))}`],
  ['UTF-16', Buffer.from(`\ufeff${toLines(makeNoise(WINDOW))}`, 'utf16le')],
  [
    'without line feeds',
    makeNoise(WINDOW)
      .map((one) => JSON.stringify(one))
      .join(''),
  ],
])('a file that is %s is read as a whole', async (_, content) => {
  const member = layMember(content);
  expect(await cut(member, 20_000)).toEqual([member]);
});

it('what a saved archive states is joined too', () => {
  const begun: FileReading = {
    ...startFileReading('a'),
    saved: { begun: 1, orgs: new Set(['a']), ended: [], hours: 0, unread: [] },
  };
  const plain = startFileReading('a');
  const again: FileReading = {
    ...startFileReading('a'),
    searches: new Map([[9, 4]]),
    saved: { begun: 1, orgs: new Set(['b']), ended: [], hours: 0, unread: ['x'] },
  };
  const joined = joinReadings([begun, plain, again, { ...plain, searches: new Map([[9, 5]]) }]);
  expect(joined.saved).toEqual({
    begun: 2,
    orgs: new Set(['a', 'b']),
    ended: [],
    hours: 0,
    unread: ['x'],
  });
  expect(joined.searches).toEqual(new Map([[9, 9]]));
});
