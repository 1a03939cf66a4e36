import { existsSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exactEventTypes } from '../../src/model/event-type-set.ts';
import {
  days,
  makeNoise,
  makeRecord,
  type ReadResult,
  readArchive,
  toLines,
} from './archive-workbench.ts';
import { makeZip } from './make-zip.ts';

const WINDOW = days('2022-01-10', '2022-01-12');
const HOURS = makeNoise(WINDOW);
const GOOD = toLines(HOURS);
const RESET = 'user.account.reset_password';
const MEGABYTE = 1 << 20;

/** Reads for one rare type, as lines are sifted, and with every record parsed; both must say the same. */
async function readBothWays(
  files: Readonly<Record<string, string | Buffer>>,
): Promise<ReadResult['reading'] & { readonly events: ReadResult['events'] }> {
  const ask = { files, window: WINDOW, eventTypes: exactEventTypes([RESET]) };
  const sifted = await readArchive(ask);
  const strict = await readArchive({ ...ask, options: { isStrict: true } });
  expect(sifted.events).toEqual(strict.events);
  expect(sifted.reading.holes).toEqual(strict.reading.holes);
  expect(sifted.reading.covered).toEqual(strict.reading.covered);
  return { ...sifted.reading, events: sifted.events };
}

const nest = (depth: number, open: string, close: string): string =>
  open.repeat(depth) + close.repeat(depth);
const secret = (extra: string): string =>
  `{"eventType":"${RESET}","published":"2022-01-10T12:30:00.000Z","uuid":"hidden"${extra}}\n`;

describe('what stands among good lines is a hole, and the rest is read', () => {
  it.each([
    ['a line of 70 MB', `"${'x'.repeat(70 * MEGABYTE)}"\n`],
    ['a line that is nested 200,000 deep', `${nest(200_000, '{"a":[', ']}')}\n`],
    ['a record that is nested 200,000 deep', secret(`,"a":${nest(200_000, '[', ']')}`)],
    ['bytes of zero', '\0'.repeat(5000)],
    ['bytes of zero in front of a record', `${'\0'.repeat(100)}${secret('')}`],
    ['a record that another one runs into', secret('').slice(0, 60) + secret('')],
    ['the rest of a record in front of another one', `a.b","x":{"y":1}} ${secret('')}`],
    ['a piece of a record in front of another one', `User","alternateId ${secret('')}`],
    ['a piece of a record that looks like labels', `User {a="b"},"c":{"d":1}} ${secret('')}`],
    [
      '30 MB of words in front of half a record',
      `${'x'.repeat(30 * MEGABYTE)}${secret('').slice(0, 60)}\n`,
    ],
    ['a list that ends in front of a record', `["a"],"b":{"c":1}} ${secret('')}`],
    ['words in front of something else', 'Jan 16 10:00:00 siem okta: {"level":30}\n'],
    ['a record in UTF-16', Buffer.from(secret(''), 'utf16le').toString('latin1')],
  ])('%s', async (_, line) => {
    const { holes, covered, counts } = await readBothWays({
      'a.ndjson': toLines(HOURS.slice(0, 12)) + line + toLines(HOURS.slice(12)),
    });
    expect(counts.malformed).toBeGreaterThan(0);
    expect(holes.some(({ reason }) => reason.startsWith('a.ndjson is damaged'))).toBe(true);
    const at = Date.parse('2022-01-10T11:30Z');
    expect(covered.some(({ window }) => window.sinceMs <= at && window.untilMs > at)).toBe(false);
    expect(counts.eventsRead - counts.malformed).toBeGreaterThanOrEqual(47);
  });
});

describe('what only looks odd is read as it is', () => {
  it.each([
    ['half a character', ',"displayMessage":"\\ud800"'],
    ['a key called __proto__', ',"__proto__":{"eventType":"user.session.start","uuid":"other"}'],
    ['keys of every object', ',"constructor":{"prototype":1},"toString":"x","hasOwnProperty":1'],
    ['a character of zero', ',"displayMessage":"\\u0000"'],
    ['a long text', `,"displayMessage":"${'x'.repeat(3 * MEGABYTE)}"`],
    ['the same key again', `,"eventType":"user.session.start","eventType":"${RESET}"`],
  ])('%s', async (_, extra) => {
    const { events, counts } = await readBothWays({ 'a.ndjson': GOOD + secret(extra) });
    expect(events.map(({ uuid }) => uuid)).toEqual(['hidden']);
    expect(events[0]?.eventType).toBe(RESET);
    expect(counts.malformed).toBe(0);
  });

  it.each([
    ['rows of a data lake', { p_log_type: 'Okta.SystemLog' }],
    ['console CSV', { event_type: RESET, timestamp: '2022-01-10T12:30:00Z', uuid: 'x' }],
  ])('__proto__ in %s names no event', async (_, row) => {
    const text = `{"__proto__":{"eventType":"${RESET}","uuid":"forged"},${JSON.stringify({ ...row, published: '2022-01-10T12:30:00Z' }).slice(1)}\n`;
    const { events } = await readArchive({ files: { a: GOOD + text } });
    expect(events.every(({ uuid }) => uuid !== 'forged')).toBe(true);
    expect(Object.hasOwn({}, 'eventType')).toBe(false);
  });
});

describe('what blows up is read in pieces', () => {
  it.each([
    ['gzip', (content: Buffer) => gzipSync(content, { level: 1 })],
    ['zip', (content: Buffer) => makeZip({ 'a.ndjson': content }, true)],
    ['gzip in gzip', (content: Buffer) => gzipSync(gzipSync(content, { level: 1 }))],
  ])('%s of nothing but zeros', async (_, pack) => {
    const bomb = pack(Buffer.alloc(100 * MEGABYTE, '0'));
    expect(bomb.length).toBeLessThan(4 * MEGABYTE);
    await expect(readArchive({ files: { bomb, 'good.ndjson': GOOD } })).rejects.toMatchObject({
      code: 'archive-not-okta',
      message: expect.stringContaining('bomb'),
    });
  });

  it('a value without an end', async () => {
    const content = Buffer.alloc(66 * MEGABYTE, '[');
    content.write(`[{"a":"`);
    await expect(readArchive({ files: { 'a.json': content } })).rejects.toMatchObject({
      code: 'archive-unreadable',
      message: expect.stringContaining('a.json holds no whole event: a value of more than 64 MB'),
    });
  });
});

describe('one file among many', () => {
  it.each([
    ['archive-empty', 'b.ndjson', ''],
    ['archive-empty', 'b.gz', Buffer.alloc(0)],
    ['archive-empty', 'b.gz', gzipSync('')],
    ['archive-empty', 'b.zip', makeZip({ c: Buffer.from(GOOD), 'd.gz': gzipSync('\n') }, false)],
    ['archive-empty', 'b.zip', makeZip({ c: Buffer.from(GOOD), d: Buffer.alloc(0) }, true)],
    [
      'archive-empty',
      'b.zip',
      makeZip({ 'logs/': Buffer.alloc(0), 'logs/.a': Buffer.from('x') }, true),
    ],
    ['archive-unreadable', 'b.tar', makeTar('b.ndjson', GOOD)],
    ['archive-unreadable', 'b.tgz', gzipSync(makeTar('b.ndjson', GOOD))],
    [
      'archive-not-okta',
      'b.zip',
      makeZip({ 'c.zip': makeZip({ d: Buffer.from(GOOD) }, true) }, false),
    ],
    ['archive-not-okta', 'b.ndjson', Buffer.alloc(1000)],
    ['archive-not-okta', 'b.json', '{"a":1}\n{"b":2}\n'],
    ['archive-not-okta', 'b.json', nest(100_000, '[', ']') + nest(100_000, '{"a":', '}')],
  ])('is an error that names it: %s, %s', async (code, name, content) => {
    await expect(
      readArchive({ files: { 'a.ndjson': GOOD, [name]: content, 'c.ndjson': GOOD } }),
    ).rejects.toMatchObject({ code, message: expect.stringContaining(name) });
  });

  it('is read past what macOS leaves in a zip file', async () => {
    const zip = makeZip(
      {
        'logs/a.ndjson': Buffer.from(GOOD),
        '__MACOSX/logs/._a.ndjson': Buffer.from('0005160700020000', 'hex'),
        'logs/.DS_Store': Buffer.from('x'),
      },
      true,
    );
    const { reading } = await readArchive({ files: { 'a.zip': zip }, window: WINDOW });
    expect(reading.counts).toMatchObject({ eventsRead: 48, malformed: 0 });
  });

  it('is let go of when it was read', async () => {
    const countOpen = (): number =>
      existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0;
    const large = toLines(makeNoise(WINDOW, 60_000));
    expect(large.length).toBeGreaterThan(MEGABYTE);
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`${index}`, large]));
    const before = countOpen();
    await readArchive({ files, window: WINDOW, eventTypes: exactEventTypes([RESET]) });
    expect(countOpen()).toBeLessThan(before + 10);
  });
});

/** A tar file with one member. */
function makeTar(name: string, text: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(text.length.toString(8).padStart(11, '0'), 124);
  header.write('ustar', 257);
  const content = Buffer.alloc(Math.ceil(text.length / 512) * 512 + 1024);
  content.write(text);
  return Buffer.concat([header, content]);
}

it.each([
  ['colons', `${':'.repeat(100_000)}x`],
  ['colons and a blank', `${':'.repeat(100_000)} x`],
])('an address of a hundred thousand %s is read in no time', async (_, ipAddress) => {
  const person = '"actor":{"type":"User"},"transaction":{"type":"WEB"}';
  const files = { a: secret(`,${person},"client":{"ipAddress":"${ipAddress}"}`) };
  const startMs = performance.now();
  const { events } = await readBothWays(files);
  expect(events).toHaveLength(1);
  expect(performance.now() - startMs).toBeLessThan(3000);
});

it('an attack among a million zeros is still seen', async () => {
  const wanted = makeRecord({ at: '2022-01-11T10:30Z', eventType: RESET });
  const { events } = await readBothWays({
    'a.ndjson': `${GOOD}${'\0'.repeat(MEGABYTE)}\n${toLines([wanted])}`,
  });
  expect(events.map(({ raw }) => raw)).toEqual([wanted]);
});
