import { expect, test } from 'vitest';
import { readEvents } from '../../src/audit/read-events.ts';
import { AuditError, type ErrorCode } from '../../src/errors.ts';
import { isRecord, type RawEvent } from '../../src/model/log-event.ts';
import type { EventSource, ReadRequest, SourceReading } from '../../src/model/reading.ts';
import { DAY_MS, MINUTE_MS } from '../../src/model/time-window.ts';
import { createArchiveSource } from '../../src/sources/archive/archive-source.ts';
import { layFiles, SILENT, toLines } from '../archive/archive-workbench.ts';
import { NOW, openTenant } from '../okta/simulated-tenant.ts';
import { generateNoise, person, signIn } from '../simulators/okta/build-event.ts';

const REFUSED = new AuditError({
  code: 'okta-credentials-rejected',
  message: 'refused',
  hint: 'check',
});
const REFUSING: EventSource = {
  kind: 'okta',
  name: 'acme.okta.example',
  read: async () => {
    throw REFUSED;
  },
};
const WINDOW = { sinceMs: NOW - 7 * DAY_MS, untilMs: NOW - 10 * MINUTE_MS };
const WHOLE = { window: WINDOW, needs: [], followUps: [], pull: 'full' } as const;

const QUIET: SourceReading = {
  kind: 'archive',
  name: 'quiet',
  firstEventMs: null,
  lastEventMs: null,
  covered: [],
  holes: [],
  counts: { eventsRead: 0, eventsParsed: 0, malformed: 0, duplicates: 0, requests: 0 },
};

/** Settles with how the other source ended, which nobody waits for. */
async function endBeside(other: EventSource, request: Partial<ReadRequest>): Promise<unknown> {
  let end: Promise<unknown> = Promise.resolve('never read');
  const watched: EventSource = {
    ...other,
    read: (asked, deliver) => {
      const read = other.read(asked, deliver);
      end = read.then(
        () => 'read to its end',
        (thrown: unknown) => thrown,
      );
      return read;
    },
  };
  const whole = { ...WHOLE, ...request };
  await expect(
    readEvents({ sources: [watched, REFUSING], requestOf: () => whole, deliver: () => {} }),
  ).rejects.toBe(REFUSED);
  return end;
}

test('no archive is read where Okta refuses', async () => {
  const archive: EventSource = { ...QUIET, read: async () => QUIET };
  expect(await endBeside(archive, {})).toBe('never read');
});

test('Okta is asked for no further page where the archive is not there', async () => {
  const events = generateNoise({ seed: 4, from: WINDOW.sinceMs, to: WINDOW.untilMs, count: 9_000 });
  const { source, simulator } = await openTenant({ events });
  const archive = createArchiveSource({
    patterns: ['nowhere.ndjson'],
    workingDirectory: layFiles({}),
    progress: SILENT,
  });
  await expect(
    readEvents({ sources: [source, archive], requestOf: () => WHOLE, deliver: () => {} }),
  ).rejects.toMatchObject({ code: 'archive-not-found' });
  expect(simulator.requestsTo('logs').length).toBeLessThanOrEqual(3);
});

const EVENT = signIn({ user: person('dana.reyes@example.com'), at: NOW - DAY_MS });
const { debugContext: _, ...UNEXPLAINED } = EVENT;
const MASKED = '203.0.113.0';

test.each<[string, RawEvent]>([
  ['says that it failed', { ...EVENT, outcome: { result: 'FAILURE' } }],
  ['lacks its debug data', UNEXPLAINED],
  ['lacks who did it', { ...EVENT, actor: null }],
  ['has no target', { ...EVENT, target: null }],
  ['has its address masked', { ...EVENT, client: { ...readPart('client'), ipAddress: MASKED } }],
  ['has its login masked', { ...EVENT, actor: { ...readPart('actor'), alternateId: '***' } }],
])(
  'a copy in an archive that %s gives way to the live log, which is slower',
  async (_what, raw) => {
    const { source } = await openTenant({ events: [EVENT] });
    const alone = { ...raw, uuid: 'alone' };
    const archive = createArchiveSource({
      patterns: ['.'],
      workingDirectory: layFiles({ 'a.ndjson': toLines([raw, alone]) }),
      progress: SILENT,
    });
    const delivered: RawEvent[] = [];
    await readEvents({
      sources: [source, archive],
      requestOf: () => WHOLE,
      deliver: (event) => delivered.push(event.raw),
    });
    expect(delivered).toEqual([EVENT, alone]);
  },
);

function readPart(name: string): RawEvent {
  const part = EVENT[name];
  return isRecord(part) ? part : {};
}

test('Okta is asked for no further page where another source cannot be read', async () => {
  const events = generateNoise({ seed: 4, from: WINDOW.sinceMs, to: WINDOW.untilMs, count: 9_000 });
  const { source, simulator } = await openTenant({ events });
  expect(await endBeside(source, { pull: 'full' })).toBe(REFUSED);
  expect(simulator.requestsTo('logs').length).toBeLessThanOrEqual(3);
});

function isDown(code: ErrorCode): EventSource {
  const outage = new AuditError({ code, message: `Okta failed: ${code}`, hint: 'run it again' });
  const fail = async () => {
    throw outage;
  };
  return { kind: 'okta', name: 'acme.okta.example', read: fail };
}

test.each<ErrorCode>([
  'okta-unreachable',
  'okta-timeout',
  'okta-rate-limited',
  'okta-unexpected-response',
])('%s is a hole that another reading may fill where an archive answers', async (code) => {
  const archive: EventSource = { ...QUIET, read: async () => QUIET };
  const [live] = await readEvents({
    sources: [isDown(code), archive],
    requestOf: () => WHOLE,
    deliver: () => {},
  });
  expect(live?.covered).toEqual([]);
  expect(live?.holes).toMatchObject([
    { window: WINDOW, reason: `Okta failed: ${code}`, remedy: 'run it again', wasLost: true },
  ]);
});

test('nobody has looked where no source answers', async () => {
  const sources = [isDown('okta-unreachable'), isDown('okta-timeout')];
  await expect(
    readEvents({ sources, requestOf: () => WHOLE, deliver: () => {} }),
  ).rejects.toMatchObject({ code: 'okta-unreachable' });
  await expect(
    readEvents({ sources: sources.slice(1), requestOf: () => WHOLE, deliver: () => {} }),
  ).rejects.toMatchObject({ code: 'okta-timeout' });
});
