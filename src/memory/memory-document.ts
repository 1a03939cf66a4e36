import { z } from 'zod';
import { FINDING_STATUSES } from '../model/finding.ts';
import { TICKABLE_ID } from '../model/finding-id.ts';
import type {
  AnnouncedNews,
  IssueMemory,
  RememberedFinding,
  RememberedHole,
  WatchedCheck,
} from '../model/issue-memory.ts';
import { ROLES, SEVERITIES } from '../model/severity.ts';
import { SUPPORT_ACCESS_STATES } from '../model/support-access.ts';
import { COVERAGE_STATES, VERDICTS } from '../model/verdict.ts';

const Instant = z.int().min(-8.64e15).max(8.64e15);
const Count = z.int().min(0);

/** What the news says of a row, one letter each. */
const NEW_ROW = 'n';
const REOPENED_ROW = 'r';
const OTHER_ROW = '-';

/**
 * The memory as it is stored, version 1: one column for each property of the rows, because equal neighbours compress
 * well. Rows are in the order of `compareRows`; `first` holds differences to the row before, `span` is last - first;
 * check ids stand once in `checks` and are named by index, and so are titles.
 */
export const MemoryDocument = z.strictObject({
  complete: Instant.nullable(),
  verdict: z.enum(VERDICTS).nullable(),
  coverage: z.enum(COVERAGE_STATES).nullable(),
  support: z.enum(SUPPORT_ACCESS_STATES).nullable(),
  checks: z.array(z.string()),
  titles: z.array(z.string()),
  rows: z.strictObject({
    id: z.array(z.string()),
    check: z.array(Count),
    title: z.array(Count),
    severity: z.array(
      z
        .int()
        .min(0)
        .max(SEVERITIES.length - 1),
    ),
    role: z.array(
      z
        .int()
        .min(0)
        .max(ROLES.length - 1),
    ),
    status: z.array(
      z
        .int()
        .min(0)
        .max(FINDING_STATUSES.length - 1),
    ),
    first: z.array(z.int()),
    span: z.array(z.int()),
    events: z.array(Count),
    acknowledged: z.array(z.int().min(-1)),
    summary: z.array(z.string()),
    took: z.array(z.array(z.tuple([z.string(), z.array(z.string())]))).optional(),
    hidden: z.array(z.boolean()).optional(),
  }),
  holes: z.array(z.tuple([Instant, Instant, z.array(Count)])).nullable(),
  watched: z.array(z.tuple([Count, Instant, Instant])).default([]),
  closed: z.boolean().default(false),
  news: z
    .strictObject({
      since: z.string(),
      digest: z.string(),
      rows: z.string(),
      before: z.enum(VERDICTS).nullable(),
      support: z.boolean(),
      lost: z.boolean(),
      filled: z.array(z.tuple([Instant, Instant])),
    })
    .optional(),
});
export type MemoryDocument = z.output<typeof MemoryDocument>;

/** The order in which rows are remembered: oldest first, then by id. */
export function compareRows(one: RememberedFinding, other: RememberedFinding): number {
  if (one.firstSeenMs !== other.firstSeenMs) return one.firstSeenMs - other.firstSeenMs;
  if (one.id === other.id) return 0;
  return one.id < other.id ? -1 : 1;
}

export function toMemoryDocument(memory: IssueMemory): MemoryDocument {
  const rows = [...memory.findings].sort(compareRows);
  const holes = memory.holes ?? null;
  const watched = memory.watched ?? [];
  const checks = eachOnce([
    ...rows.map((row) => row.check),
    ...(holes ?? []).flatMap((hole) => hole.checks),
    ...watched.map(({ check }) => check),
  ]);
  const titles = eachOnce(rows.map((row) => row.title));
  return {
    complete: memory.completeThroughMs,
    verdict: memory.verdict,
    coverage: memory.coverage,
    support: memory.supportAccess,
    checks: [...checks.keys()],
    titles: [...titles.keys()],
    rows: {
      id: rows.map((row) => row.id),
      check: rows.map((row) => checks.get(row.check) ?? 0),
      title: rows.map((row) => titles.get(row.title) ?? 0),
      severity: rows.map((row) => SEVERITIES.indexOf(row.severity)),
      role: rows.map((row) => ROLES.indexOf(row.role)),
      status: rows.map((row) => FINDING_STATUSES.indexOf(row.status)),
      first: rows.map((row, index) => row.firstSeenMs - (rows[index - 1]?.firstSeenMs ?? 0)),
      span: rows.map((row) => row.lastSeenMs - row.firstSeenMs),
      events: rows.map((row) => row.eventCount),
      acknowledged: rows.map((row) => row.acknowledgedCount ?? -1),
      summary: rows.map((row) => row.summary),
      ...(rows.some(({ took }) => took !== undefined) && {
        took: rows.map(({ took = [] }) => took.map(({ id, marks }) => [id, [...marks]])),
      }),
      ...(rows.some(({ isHidden }) => isHidden) && {
        hidden: rows.map(({ isHidden = false }) => isHidden),
      }),
    },
    holes:
      holes?.map((hole) => [
        hole.window.sinceMs,
        hole.window.untilMs,
        hole.checks.map((check) => checks.get(check) ?? 0),
      ]) ?? null,
    watched: watched.map(({ check, window }) => [
      checks.get(check) ?? 0,
      window.sinceMs,
      window.untilMs,
    ]),
    closed: memory.leftClosed ?? false,
    ...(memory.announced === undefined ? {} : { news: toNewsDocument(memory.announced, rows) }),
  };
}

function toNewsDocument(
  { news, digest, since }: AnnouncedNews,
  rows: readonly RememberedFinding[],
): NonNullable<MemoryDocument['news']> {
  const unseen = new Set(news.newFindings);
  const reopened = new Set(news.reopenedFindings);
  return {
    since,
    digest,
    rows: rows
      .map(({ id }) => (unseen.has(id) ? NEW_ROW : reopened.has(id) ? REOPENED_ROW : OTHER_ROW))
      .join(''),
    before: news.weakerVerdictBefore,
    support: news.supportAccessEnabled,
    lost: news.coverageLost,
    filled: news.closedHoles.map(({ sinceMs, untilMs }) => [sinceMs, untilMs]),
  };
}

function readNews(
  news: NonNullable<MemoryDocument['news']>,
  rows: readonly RememberedFinding[],
): AnnouncedNews {
  const listMarked = (mark: string) =>
    rows.filter((_, index) => news.rows[index] === mark).map(({ id }) => id);
  return {
    since: news.since,
    digest: news.digest,
    news: {
      newFindings: listMarked(NEW_ROW),
      reopenedFindings: listMarked(REOPENED_ROW),
      weakerVerdictBefore: news.before,
      supportAccessEnabled: news.support,
      coverageLost: news.lost,
      closedHoles: news.filled.map(([sinceMs, untilMs]) => ({ sinceMs, untilMs })),
    },
  };
}

/** Null where the columns do not fit each other. */
export function fromMemoryDocument(document: MemoryDocument): IssueMemory | null {
  const findings = readRows(document);
  const holes = document.holes === null ? null : readHoles(document.holes, document.checks);
  const watched = readWatched(document);
  if (findings === null || (document.holes !== null && holes === null)) return null;
  if (watched === null) return null;
  return {
    completeThroughMs: document.complete,
    verdict: document.verdict,
    coverage: document.coverage,
    supportAccess: document.support,
    findings,
    ...(holes === null ? {} : { holes }),
    ...(watched.length === 0 ? {} : { watched }),
    ...(document.closed ? { leftClosed: true } : {}),
    ...(document.news === undefined ? {} : { announced: readNews(document.news, findings) }),
  };
}

function readRows(document: MemoryDocument): RememberedFinding[] | null {
  const { rows } = document;
  const { length } = rows.id;
  const { took = rows.id, hidden = rows.id, ...columns } = rows;
  const all = [...Object.values(columns), took, hidden];
  if (all.some((column) => column.length !== length)) return null;
  const findings: RememberedFinding[] = [];
  let firstSeenMs = 0;
  for (let index = 0; index < length; index += 1) {
    firstSeenMs += rows.first[index] ?? 0;
    const finding = readRow({ document, index, firstSeenMs });
    if (finding === null) return null;
    findings.push(finding);
  }
  return findings;
}

function readRow({
  document: { rows, checks, titles },
  index,
  firstSeenMs,
}: {
  document: MemoryDocument;
  index: number;
  firstSeenMs: number;
}): RememberedFinding | null {
  const id = rows.id[index];
  const check = checks[rows.check[index] ?? -1];
  const title = titles[rows.title[index] ?? -1];
  const summary = rows.summary[index];
  const severity = SEVERITIES[rows.severity[index] ?? -1];
  const role = ROLES[rows.role[index] ?? -1];
  const status = FINDING_STATUSES[rows.status[index] ?? -1];
  const acknowledged = rows.acknowledged[index] ?? -1;
  const lastSeenMs = firstSeenMs + (rows.span[index] ?? 0);
  const took = rows.took?.[index] ?? [];
  if (id === undefined || !TICKABLE_ID.test(id) || check === undefined) return null;
  if (title === undefined || summary === undefined) return null;
  if (severity === undefined || role === undefined || status === undefined) return null;
  if (!isInstant(firstSeenMs) || !isInstant(lastSeenMs)) return null;
  return {
    id,
    check,
    title,
    summary,
    severity,
    role,
    status,
    firstSeenMs,
    lastSeenMs,
    eventCount: rows.events[index] ?? 0,
    acknowledgedCount: acknowledged < 0 ? null : acknowledged,
    ...(rows.hidden?.[index] === true && { isHidden: true }),
    ...(took.length > 0 && { took: took.map(([taken, marks]) => ({ id: taken, marks })) }),
  };
}

function readHoles(
  holes: NonNullable<MemoryDocument['holes']>,
  names: readonly string[],
): RememberedHole[] | null {
  const read: RememberedHole[] = [];
  for (const [sinceMs, untilMs, indices] of holes) {
    const checks = indices.flatMap((index) => names[index] ?? []);
    if (checks.length !== indices.length) return null;
    read.push({ window: { sinceMs, untilMs }, checks });
  }
  return read;
}

function readWatched({ watched, checks }: MemoryDocument): WatchedCheck[] | null {
  const read = watched.flatMap(([index, sinceMs, untilMs]) => {
    const check = checks[index];
    return check === undefined ? [] : { check, window: { sinceMs, untilMs } };
  });
  return read.length === watched.length ? read : null;
}

function isInstant(instantMs: number): boolean {
  return Instant.safeParse(instantMs).success;
}

/** Every text with the index of its first mention. */
function eachOnce(texts: readonly string[]): Map<string, number> {
  const indices = new Map<string, number>();
  for (const text of texts) {
    if (!indices.has(text)) indices.set(text, indices.size);
  }
  return indices;
}
