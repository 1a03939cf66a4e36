import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ALL_EVENT_TYPES, type EventTypeSet } from '../../src/model/event-type-set.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import type { Progress, ReadRequest, SourceReading } from '../../src/model/reading.ts';
import { HOUR_MS, MINUTE_MS, type TimeWindow } from '../../src/model/time-window.ts';
import {
  type ArchiveSourceOptions,
  createArchiveSource,
} from '../../src/sources/archive/archive-source.ts';

/** Event types of a tenant in use, none of them worth a look. */
export const ROUTINE_TYPES = [
  'user.session.start',
  'user.authentication.sso',
  'user.account.update_profile',
  'user.mfa.factor.verify',
];

export interface RecordGiven {
  readonly at: string | number;
  readonly eventType?: string;
  readonly uuid?: string;
  readonly actorId?: string;
  readonly targetId?: string;
  readonly session?: string;
  readonly address?: string;
  readonly login?: string;
  readonly targetLogin?: string;
}

/** One System Log record in Okta's form, about one pair of people or, an hour or a minute later, about another. */
export function makeRecord(given: RecordGiven): Record<string, unknown> {
  const published = new Date(given.at).toISOString();
  const eventType = given.eventType ?? 'user.session.start';
  const atMs = Date.parse(published);
  const isOther = (Math.floor(atMs / HOUR_MS) + Math.floor(atMs / MINUTE_MS)) % 2 === 1;
  return {
    actor: {
      id: given.actorId ?? (isOther ? '00uother' : '00uactor'),
      type: 'User',
      alternateId: given.login ?? 'dana@acme.example',
      displayName: 'Dana',
    },
    client: {
      ipAddress: given.address ?? '192.0.2.1',
      userAgent: null,
      geographicalContext: null,
    },
    authenticationContext: { externalSessionId: given.session ?? '102session' },
    displayMessage: 'A record with "quotes", a \\ and } ] brackets {',
    eventType,
    outcome: { result: 'SUCCESS', reason: null },
    transaction: { id: 'Yd0', type: 'WEB', detail: {} },
    debugContext: { debugData: { requestUri: '/api/v1/authn' } },
    securityContext: { isProxy: false, asNumber: null },
    published,
    uuid: given.uuid ?? `${eventType}@${published}`,
    target: [
      {
        id: given.targetId ?? (isOther ? '00uelse' : '00utarget'),
        type: 'User',
        alternateId: given.targetLogin ?? 'finn@acme.example',
        displayName: 'Finn',
      },
    ],
  };
}

/** One record an hour, cycling through the routine types. */
export function makeNoise(
  window: TimeWindow,
  everyMs: number = HOUR_MS,
): Record<string, unknown>[] {
  const records: Record<string, unknown>[] = [];
  for (let at = window.sinceMs; at < window.untilMs; at += everyMs) {
    const eventType = ROUTINE_TYPES[records.length % ROUTINE_TYPES.length] ?? '';
    records.push(makeRecord({ at, eventType }));
  }
  return records;
}

export function toLines(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

/** `2022-01-16` to `2022-01-18`, midnights in UTC. */
export function days(since: string, until: string): TimeWindow {
  return { sinceMs: Date.parse(since), untilMs: Date.parse(until) };
}

/** Writes files into a folder of their own that goes with the test. */
export function layFiles(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'archive-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

export const SILENT: Progress = { start: () => {}, advance: () => {}, finish: () => {} };

export interface ReadGiven {
  readonly files: Readonly<Record<string, string | Buffer>>;
  readonly patterns?: readonly string[];
  readonly window?: TimeWindow;
  readonly eventTypes?: EventTypeSet;
  readonly request?: Partial<ReadRequest>;
  readonly options?: Partial<ArchiveSourceOptions>;
}

export interface ReadResult {
  readonly reading: SourceReading;
  readonly events: readonly LogEvent[];
}

/** Reads files as an archive; asks for everything in January 2022 unless told otherwise. */
export async function readArchive(given: ReadGiven): Promise<ReadResult> {
  const workingDirectory = layFiles(given.files);
  const window = given.window ?? days('2022-01-01', '2022-02-01');
  const source = createArchiveSource({
    patterns: given.patterns ?? Object.keys(given.files),
    workingDirectory,
    progress: SILENT,
    ...given.options,
  });
  const events: LogEvent[] = [];
  const reading = await source.read(
    {
      window,
      needs: [{ eventTypes: given.eventTypes ?? ALL_EVENT_TYPES, window }],
      followUps: [],
      pull: 'targeted',
      ...given.request,
    },
    (batch) => events.push(...batch),
  );
  return { reading, events };
}
