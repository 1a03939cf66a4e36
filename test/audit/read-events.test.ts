import { expect, test } from 'vitest';
import { readEvents } from '../../src/audit/read-events.ts';
import { AuditError, type ErrorCode } from '../../src/errors.ts';
import { NO_EVENT_TYPES } from '../../src/model/event-type-set.ts';
import type { EventSource, ReadRequest, SourceReading } from '../../src/model/reading.ts';
import { DAY_MS, MINUTE_MS } from '../../src/model/time-window.ts';
import { createArchiveSource } from '../../src/sources/archive/archive-source.ts';
import { days, layFiles, makeNoise, SILENT, toLines } from '../archive/archive-workbench.ts';
import { NOW, openTenant } from '../okta/simulated-tenant.ts';
import { generateNoise } from '../simulators/okta/build-event.ts';

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

/** Settles with how the other source ended, which nobody waits for. */
async function endBeside(other: EventSource, request: Partial<ReadRequest>): Promise<unknown> {
  let end: Promise<unknown> = Promise.resolve();
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
  const whole = { window: WINDOW, needs: [], followUps: [], pull: 'full', ...request } as const;
  await expect(
    readEvents({ sources: [watched, REFUSING], requestOf: () => whole, deliver: () => {} }),
  ).rejects.toBe(REFUSED);
  return end;
}

test('an archive that holds nothing of interest is read no further where Okta refuses', async () => {
  const week = days('2022-01-10', '2022-01-17');
  const directory = layFiles({ 'a.ndjson': toLines(makeNoise(week)) });
  const archive = createArchiveSource({
    patterns: ['.'],
    workingDirectory: directory,
    progress: SILENT,
  });
  const needs = [{ eventTypes: NO_EVENT_TYPES, window: week }];
  expect(await endBeside(archive, { window: week, needs, pull: 'targeted' })).toBe(REFUSED);
});

test('Okta is asked for no further page where another source cannot be read', async () => {
  const events = generateNoise({ seed: 4, from: WINDOW.sinceMs, to: WINDOW.untilMs, count: 9_000 });
  const { source, simulator } = await openTenant({ events });
  expect(await endBeside(source, { pull: 'full' })).toBe(REFUSED);
  expect(simulator.requestsTo('logs').length).toBeLessThanOrEqual(3);
});

const WHOLE = { window: WINDOW, needs: [], followUps: [], pull: 'full' } as const;

function isDown(code: ErrorCode): EventSource {
  const outage = new AuditError({ code, message: `Okta failed: ${code}`, hint: 'run it again' });
  const fail = async () => {
    throw outage;
  };
  return { kind: 'okta', name: 'acme.okta.example', read: fail };
}

const QUIET: SourceReading = {
  kind: 'archive',
  name: 'quiet',
  firstEventMs: null,
  lastEventMs: null,
  covered: [],
  holes: [],
  counts: { eventsRead: 0, eventsParsed: 0, malformed: 0, duplicates: 0, requests: 0 },
};

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
