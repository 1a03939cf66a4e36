import { readStandingScope } from '../../src/catalogue/read-scopes.ts';
import { extendWatch } from '../../src/memory/extend-watch.ts';
import { EMPTY_MEMORY, type IssueMemory } from '../../src/model/issue-memory.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import { type LogEvent, parseLogEvent, type RawEvent } from '../../src/model/log-event.ts';
import type { EventSource } from '../../src/model/reading.ts';
import { DAY_MS } from '../../src/model/time-window.ts';
import { NO_TUNING, type Tuning } from '../../src/model/tuning.ts';
import { createArchiveSource } from '../../src/sources/archive/archive-source.ts';
import { days, layFiles, SILENT } from '../archive/archive-workbench.ts';
import { askAudit, LATER_MS } from './ask-audit.ts';
import { createMemorySource } from './memory-source.ts';

export const LAPSUS = 'okta-2022-01-lapsus';
export const CASE_FILES = 'okta-2023-10-support-case-files';
export const AROUND_2022 = days('2021-11-01', '2022-05-01');
const NIGHTLY = { sinceMs: LATER_MS - 60 * DAY_MS, untilMs: LATER_MS };

/** Asks about January 2022, of a log that lacks nothing. */
export function askAboutJanuary(raws: readonly RawEvent[]): Promise<JudgedAudit> {
  const source = createMemorySource({ events: toEvents(raws), covered: AROUND_2022 });
  return askAudit({ incident: LAPSUS, source });
}

export function askAboutCaseFiles(raws: readonly RawEvent[]): Promise<JudgedAudit> {
  const covered = days('2023-08-01', '2024-02-01');
  const source = createMemorySource({ events: toEvents(raws), covered });
  return askAudit({ incident: CASE_FILES, source });
}

/** What an issue remembers whose runs found nothing so far. */
const QUIET_WEEKS: IssueMemory = {
  ...EMPTY_MEMORY,
  watched: extendWatch({
    scope: readStandingScope(),
    window: NIGHTLY,
    memory: EMPTY_MEMORY,
    nowMs: LATER_MS,
    evaluated: new Set(readStandingScope().checks.map(({ id }) => id)),
  }),
};

/** Asks the question of every night, of a log that lacks nothing, after quiet weeks unless told otherwise. */
export function askTonight(
  raws: readonly RawEvent[],
  changes: Partial<Tuning> = {},
  memory = QUIET_WEEKS,
): Promise<JudgedAudit> {
  const source = createMemorySource({ events: toEvents(raws), covered: NIGHTLY });
  const plan = { tuning: { ...NO_TUNING, ...changes } };
  return askAudit({ incident: null, source, memory, plan });
}

export function askAboutJanuaryIn(files: Readonly<Record<string, string>>): Promise<JudgedAudit> {
  return askAudit({ incident: LAPSUS, source: openArchive(files) });
}

export function openArchive(files: Readonly<Record<string, string>>): EventSource {
  const workingDirectory = layFiles(files);
  return createArchiveSource({ patterns: Object.keys(files), workingDirectory, progress: SILENT });
}

/** In the order of time. */
export function toEvents(raws: readonly RawEvent[]): LogEvent[] {
  return raws
    .flatMap((raw) => parseLogEvent(raw) ?? [])
    .sort((one, other) => one.publishedMs - other.publishedMs);
}
