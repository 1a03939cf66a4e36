import { randomBytes } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { packTar, type TarEntry } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { days, makeNoise, readArchive, SILENT, toLines } from './archive-workbench.ts';
import { makeZip } from './make-zip.ts';

const WINDOW = days('2022-01-16', '2022-01-18');
const RECORDS = makeNoise(WINDOW);
const [FIRST, SECOND] = [toLines(RECORDS.slice(0, 24)), toLines(RECORDS.slice(24))];
/** Longer than the names of old, which tools write in a header of its own. */
const LONG = `./logs/${'2022/'.repeat(30)}17.json`;

async function pack(
  files: Readonly<Record<string, string | Buffer>>,
  more: readonly TarEntry[] = [],
): Promise<Buffer> {
  const entries = Object.entries(files).map(([name, body]) => ({
    header: { name, size: Buffer.byteLength(body) },
    body,
  }));
  const folder: TarEntry = { header: { name: './logs/', size: 0, type: 'directory' } };
  return Buffer.from(await packTar([folder, ...entries, ...more]));
}

const TAR = await pack({ './logs/16.json.gz': gzipSync(FIRST), [LONG]: SECOND });
const WITH_LINK = await pack({ 'a.json': FIRST }, [
  { header: { name: 'b.json', size: 0, type: 'symlink', linkname: '../b.json' } },
]);

describe('a tar archive is read as a folder of its files', () => {
  it.each([
    ['a.tar', TAR],
    ['a.tar.gz', gzipSync(TAR)],
    ['a', gzipSync(TAR)],
    ['a.tar.br', brotliCompressSync(TAR)],
  ])('%s', async (name, content) => {
    const { reading, events } = await readArchive({ files: { [name]: content }, window: WINDOW });
    expect(events.map(({ raw }) => raw)).toEqual(RECORDS);
    expect(reading.counts).toMatchObject({ eventsRead: 48, malformed: 0 });
  });

  it('without what is hidden, and with the zip files in it', async () => {
    const files = {
      './a.zip': makeZip({ './16.json': Buffer.from(FIRST) }, true),
      './b.json': SECOND,
      './._b.json': 'x',
      '__MACOSX/b.json': 'x',
    };
    const { events } = await readArchive({ files: { 'a.tgz': gzipSync(await pack(files)) } });
    expect(events.map(({ raw }) => raw)).toEqual(RECORDS);
  });

  it('from the standard input', async () => {
    async function* input(): AsyncGenerator<Uint8Array> {
      yield gzipSync(TAR);
    }
    const { events } = await readArchive({
      files: {},
      patterns: ['-'],
      options: { standardInput: input() },
    });
    expect(events).toHaveLength(48);
  });

  it('and what cannot be read in it is told by name', async () => {
    const files = { 'a.tar': await pack({ '16.json': FIRST, '17.json': `${SECOND}{"broken` }) };
    const { reading } = await readArchive({ files, window: WINDOW });
    expect(reading.counts).toMatchObject({ eventsRead: 49, malformed: 1 });
    expect(reading.holes.map(({ reason }) => reason).join()).toContain(
      'a.tar:17.json is damaged: 1 record could not be read',
    );
  });
});

describe('a tar archive that is not whole is an error', () => {
  const packed = gzipSync(TAR);
  it.each([
    ['cut between two files', TAR.subarray(0, TAR.lastIndexOf('ustar') - 257 - 2 * 512)],
    ['cut in front of its end', TAR.subarray(0, -1024)],
    ['cut in a file', TAR.subarray(0, -2048)],
    ['cut and compressed', packed.subarray(0, -100)],
    ['compressed and without its checksum', packed.subarray(0, -8)],
    ['with a header that is broken', Buffer.from(TAR).fill('x', 530, 540)],
    ['with something behind it', Buffer.concat([TAR, TAR])],
  ])('%s', async (_, content) => {
    await expect(readArchive({ files: { 'a.tar': content } })).rejects.toMatchObject({
      code: 'archive-unreadable',
      message: expect.stringMatching(/a\.tar cannot be read: .*[^.]\.$/),
    });
  });

  it.each([
    ['a link, whose file may lie elsewhere', 'a.tar', WITH_LINK, 'b.json in it is a symlink'],
    [
      'a tar archive inside of a zip file',
      'a.zip',
      makeZip({ 'b.tar': TAR }, true),
      'a.zip:b.tar is packed with tar',
    ],
  ])('as is one with %s', async (_, name, content, message) => {
    await expect(readArchive({ files: { [name]: content } })).rejects.toMatchObject({
      code: 'archive-unreadable',
      message: expect.stringContaining(message),
    });
  });

  it('as is one with a link, which says how to pack it without', async () => {
    await expect(readArchive({ files: { 'a.tar': WITH_LINK } })).rejects.toMatchObject({
      hint: expect.stringContaining('tar --dereference'),
    });
  });

  it('and nothing more is read of it behind the error', async () => {
    const noise = randomBytes(8 << 20);
    const files = { 'a.zip': makeZip({ 'b.tar': await pack({ 'a.json': noise }) }, true) };
    let advances = 0;
    const progress = { ...SILENT, advance: () => (advances += 1) };
    await expect(readArchive({ files, options: { progress } })).rejects.toThrow('with tar');
    const before = advances;
    await readArchive({ files: { 'a.tar': TAR } });
    expect(advances).toBe(before);
  });
});
