import { describe, expect, it } from 'vitest';
import { exactEventTypes } from '../../src/model/event-type-set.ts';
import type { CoveredStretch } from '../../src/model/reading.ts';
import type { FileReading } from '../../src/sources/archive/coverage/file-reading.ts';
import { createMemberReader } from '../../src/sources/archive/member-reader.ts';
import { readInParallel } from '../../src/sources/archive/threads/read-in-parallel.ts';
import {
  days,
  layFiles,
  makeNoise,
  makeRecord,
  readArchive,
  toLines,
} from './archive-workbench.ts';
import { writeFormat } from './format-writers.ts';

const WINDOW = days('2022-01-10', '2022-01-13');
/** A record every thirty seconds: some megabytes. */
const LOG = makeNoise(WINDOW, 30_000);
const THINNED = LOG.map((record) => ({ ...record, client: { userAgent: null } }));
/** What a tenant logs at night, and no person causes. */
const JOBS = LOG.slice(0, 25).map((record, index) => ({
  ...record,
  uuid: `job ${index}`,
  actor: { id: 'system', type: 'SystemPrincipal', alternateId: 'system@okta.com' },
}));

const WANTED = exactEventTypes(['user.account.reset_password']);
const request = {
  window: WINDOW,
  needs: [{ eventTypes: WANTED, window: WINDOW }],
  followUps: [
    {
      field: 'client.ipAddress',
      values: ['203.0.113.9'],
      window: WINDOW,
      decidesSinceMs: WINDOW.sinceMs,
    },
  ],
  pull: 'targeted',
} as const;

type Content = readonly Record<string, unknown>[];

const WRITERS: readonly (readonly [string, (records: Content) => string])[] = [
  ['lines', toLines],
  ['a list', (records) => JSON.stringify(records)],
];

async function readFollowed(content: string): Promise<readonly CoveredStretch[]> {
  const { reading } = await readArchive({ files: { a: content }, window: WINDOW, request });
  return reading.followed ?? [];
}

describe.each(WRITERS)('records that nobody asked for, as %s', (_, write) => {
  it('are looked into far behind the front, where it holds jobs alone', async () => {
    const [whole] = await readFollowed(write([...JOBS, ...LOG]));
    expect(whole?.missingFields).toEqual([]);
    const [stretch] = await readFollowed(write([...JOBS, ...THINNED]));
    expect(stretch?.missingFields).toContain('client.ipAddress');
  });

  it('are looked into where the log of another org was appended', async () => {
    const stream = (org: string, records: Content): Content =>
      records.map((detail) => ({
        'detail-type': 'SystemLog',
        source: `aws.partner/okta.com/${org}/audit`,
        detail,
      }));
    const half = LOG.length / 2;
    const joined = write([
      ...stream('acme', LOG.slice(0, half)),
      ...stream('globex', LOG.slice(half)),
    ]);
    await expect(readFollowed(joined)).rejects.toMatchObject({ code: 'archive-other-tenant' });
  });

  it('cost what they lack where an export was appended that left it out', async () => {
    const half = LOG.length / 2;
    const followed = await readFollowed(write([...LOG.slice(0, half), ...THINNED.slice(half)]));
    const thin = followed.filter(({ missingFields }) => missingFields.includes('client.ipAddress'));
    const sinceMs = WINDOW.sinceMs + half * 30_000;
    expect(thin.length).toBeGreaterThan(0);
    expect(thin.every(({ window }) => window.sinceMs >= sinceMs)).toBe(true);
  });
});

it('rows of a table that were appended cost all of a log what they did not keep', async () => {
  const rows = THINNED.slice(1000).map(({ client: _, ...record }) => record);
  const table = writeFormat('flattened-record', rows, 'lines');
  const { reading } = await readArchive({
    files: { a: toLines(LOG.slice(0, 1000)) + table },
    window: WINDOW,
    eventTypes: WANTED,
  });
  expect(reading.covered.map(({ missingFields }) => missingFields)).toEqual([['client']]);
});

it('all records are parsed where any one in front would not be told by its bytes', async () => {
  const jobs = (records: Content): Content =>
    records.map((record) => ({ batch: [record, JSON.stringify(hide(record))] }));
  const hide = (record: Record<string, unknown>): Record<string, unknown> => ({
    ...record,
    eventType: 'user.account.reset_password',
    uuid: `hidden ${record['uuid']}`,
  });
  const single = LOG.slice(0, 5).map((record) => ({ batch: record }));
  const { events } = await readArchive({
    files: { a: toLines([...single, ...jobs(LOG.slice(5, 40))]) },
    window: WINDOW,
    eventTypes: WANTED,
  });
  expect(events).toHaveLength(35);
});

it('the same lines are looked into in pieces, each once', async () => {
  const wanted = LOG.map((record, index) =>
    index % 50 === 0
      ? makeRecord({ at: String(record['published']), eventType: 'user.account.reset_password' })
      : record,
  );
  const content = toLines([...wanted.slice(0, 3000), ...THINNED.slice(3000)]).replaceAll(
    '}\n{',
    '}\r\n{',
  );
  const path = `${layFiles({ a: content })}/a`;
  const member = { name: 'a', bytes: Buffer.byteLength(content), range: { path } };
  const question = { request, isStrict: false };
  const sink = { accept: () => {}, advance: () => {} };
  const whole = await createMemberReader(question)(member, sink);
  for (const pieceBytes of [400_000, 1_000_001, 3_000_000]) {
    const readings: FileReading[] = await readInParallel({
      members: [member],
      question,
      workerEntry: '/nowhere/worker.js',
      threads: 1,
      lanes: 2,
      pieceBytes,
      ...sink,
      check: () => {},
    });
    expect(readings).toEqual([whole]);
  }
  const [tally] = whole.tallies.values();
  expect(tally?.lookedInto).toBeGreaterThan(70);
  expect(tally?.thinned.size).toBeGreaterThan(0);
});
