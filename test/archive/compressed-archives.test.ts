import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { days, makeNoise, readArchive, toLines } from './archive-workbench.ts';
import { makeZip } from './make-zip.ts';

const WEEK = makeNoise(days('2022-01-10', '2022-01-17'));
const HALVES = [toLines(WEEK.slice(0, 84)), toLines(WEEK.slice(84))];
const LINES = HALVES.join('');
const hasZstd = typeof zlib.zstdCompressSync === 'function';
const zstd = (text: string): Buffer => (hasZstd ? zlib.zstdCompressSync(text) : Buffer.alloc(0));

const parts = Object.fromEntries(
  HALVES.map((half, index) => [`logs/part-${index}.ndjson`, Buffer.from(half)]),
);

describe('compression is told by content', () => {
  const cases: Record<string, Buffer> = {
    brotli: zlib.brotliCompressSync(LINES),
    'a zip file, stored': makeZip(parts, false),
    'a zip file, deflated': makeZip(parts, true),
    'a zip file of `./`': makeZip({ './logs/a.json': Buffer.from(LINES) }, true),
    'a zip file of gzip': makeZip({ 'a.gz': zlib.gzipSync(LINES) }, false),
    'gzip in gzip': zlib.gzipSync(zlib.gzipSync(LINES)),
    'UTF-16 as PowerShell writes it': Buffer.from(`\ufeff${LINES}`, 'utf16le'),
    'UTF-16, high byte first': Buffer.from(`\ufeff${LINES}`, 'utf16le').swap16(),
    'UTF-16 without a mark': Buffer.from(LINES, 'utf16le'),
    'UTF-16 without a mark, high byte first': Buffer.from(LINES, 'utf16le').swap16(),
    'gzip of UTF-16': zlib.gzipSync(Buffer.from(`\ufeff${LINES}`, 'utf16le')),
  };
  it.each(Object.entries(cases))('%s', async (name, content) => {
    const file = name === 'brotli' ? 'a.json.br' : 'archive';
    const { reading, events } = await readArchive({ files: { [file]: content } });
    expect(events.map((event) => event.raw)).toEqual(WEEK);
    expect(reading.counts).toMatchObject({ eventsRead: 168, malformed: 0 });
    expect(reading.covered).toHaveLength(1);
  });

  it.each([
    ['a.br', (text: string) => zlib.brotliCompressSync(text)],
    ['a.json.BR', (text: string) => zlib.brotliCompressSync(text)],
    ['a.br.gz', (text: string) => zlib.gzipSync(zlib.brotliCompressSync(text))],
  ])('brotli as %s, also where it begins with letters beyond ASCII', async (name, compress) => {
    const records = WEEK.map((record) => ({ displayMessage: 'Änderung', ...record }));
    const { reading, events } = await readArchive({
      files: { [name]: compress(toLines(records)) },
    });
    expect(events).toHaveLength(168);
    expect(reading.counts.malformed).toBe(0);
  });

  it.runIf(hasZstd)('Zstandard, also of several frames and with frames to skip', async () => {
    const skipped = Buffer.from('502a4d1804000000cafecafe', 'hex');
    const frames = HALVES.map(zstd);
    for (const content of [
      zstd(LINES),
      Buffer.concat(frames),
      Buffer.concat([skipped, ...frames, skipped]),
      Buffer.concat([...frames, Buffer.alloc(512)]),
    ]) {
      const { reading, events } = await readArchive({ files: { archive: content } });
      expect(events.map((event) => event.raw)).toEqual(WEEK);
      expect(reading.covered).toHaveLength(1);
    }
  });

  it.runIf(hasZstd)('Zstandard frames that end where a read ends', async () => {
    const noise = Array.from({ length: 40 }, (_, index) =>
      zlib.zstdCompressSync(toLines(WEEK.slice(index * 4, index * 4 + 4)), {
        params: { [zlib.constants.ZSTD_c_checksumFlag]: 1 },
      }),
    );
    const first = Buffer.concat(noise);
    const padding = (1 << 16) - first.length - 8;
    const skip = Buffer.alloc(8 + padding);
    skip.writeUInt32LE(0x184d2a50, 0);
    skip.writeUInt32LE(padding, 4);
    const { events } = await readArchive({
      files: { archive: Buffer.concat([first, skip, zstd(toLines(WEEK.slice(160)))]) },
    });
    expect(events.map((event) => event.raw)).toEqual(WEEK);
  });
});

describe('compressed data that is cut or broken', () => {
  const codecs: [string, (text: string) => Buffer, string][] = [
    ['gzip', (text) => zlib.gzipSync(text), 'a.gz'],
    ['brotli', (text) => zlib.brotliCompressSync(text), 'a.br'],
    ['Zstandard', zstd, 'a.zst'],
  ];
  it.each(codecs.filter(([title]) => hasZstd || title !== 'Zstandard'))(
    '%s gives what was readable and a hole to its end',
    async (title, compress, name) => {
      const many = makeNoise(days('2022-01-10', '2022-01-17'), 60_000);
      const whole = compress(toLines(many));
      const { reading, events } = await readArchive({
        files: { [name]: whole.subarray(0, whole.length >> 1) },
        window: days('2022-01-10', '2022-01-17'),
      });
      expect(events.length).toBeGreaterThan(many.length / 4);
      expect(events.map((event) => event.raw)).toEqual(many.slice(0, events.length));
      const [hole] = reading.holes;
      expect(hole?.reason).toContain(`the ${title} data is cut short or broken`);
      expect(hole?.window.sinceMs).toBe(events.at(-1)?.publishedMs);
    },
  );

  it('gives everything in front of what follows the data', async () => {
    const { events, reading } = await readArchive({
      files: { 'a.br': Buffer.concat([zlib.brotliCompressSync(LINES), Buffer.from('more')]) },
    });
    expect(events).toHaveLength(168);
    expect(reading.holes.map((hole) => hole.reason).join()).toContain('something else follows');
  });

  it('is an error where a zip file has lost its directory', async () => {
    const zip = makeZip(parts, true);
    await expect(
      readArchive({ files: { 'a.zip': zip.subarray(0, zip.length - 40) } }),
    ).rejects.toMatchObject({
      code: 'archive-unreadable',
      message: expect.stringContaining('a.zip'),
    });
  });

  it('names the entry of a zip file that is none of Okta', async () => {
    const zip = makeZip({ ...parts, 'README.txt': Buffer.from('Read me.\n') }, true);
    await expect(readArchive({ files: { 'a.zip': zip } })).rejects.toMatchObject({
      code: 'archive-not-okta',
      message: expect.stringContaining('a.zip:README.txt'),
    });
  });
});

describe('compression that cannot be read here is an error that names it', () => {
  it.each([
    ['xz', 'fd377a585a00'],
    ['bzip2', '425a6839'],
    ['LZ4', '04224d18'],
    ['7-Zip', '377abcaf271c'],
    ['Snappy', 'ff060000734e61507059'],
    ['compress', '1f9d'],
  ])('%s', async (title, hex) => {
    await expect(
      readArchive({ files: { a: Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(64)]) } }),
    ).rejects.toMatchObject({
      code: 'archive-unreadable',
      message: expect.stringContaining(title),
      hint: expect.stringContaining('Unpack'),
    });
  });
});

describe('a zip file that is whole and packed in another way is an error that says what to do about that', () => {
  it.each([
    ['with a password', { place: 2, value: 1 }, 'the entry is encrypted'],
    ['with bzip2', { place: 4, value: 12 }, 'the entry uses compression method 12'],
  ])('%s', async (_, { place, value }, reason) => {
    const zip = makeZip({ 'a.json': Buffer.from(LINES) }, true);
    zip.writeUInt16LE(value, zip.indexOf('504b0102', 0, 'hex') + 6 + place);
    await expect(readArchive({ files: { 'a.zip': zip } })).rejects.toMatchObject({
      code: 'archive-unreadable',
      message: `The archive file a.zip:a.json cannot be read: ${reason}.`,
      hint: expect.stringContaining('Unpack the zip file first'),
    });
  });
});
