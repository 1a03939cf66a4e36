import { rememberAnswers } from './remember-answers.ts';

/** One System Log record exactly as its source gave it; every field may be absent, null or of another type. */
export type RawEvent = Readonly<Record<string, unknown>>;

/** One System Log record, with the few fields that every stage needs read out. */
export interface LogEvent {
  readonly uuid: string;
  readonly eventType: string;
  readonly publishedMs: number;
  readonly raw: RawEvent;
}

/** Somebody or something that an event names: its actor or one of its targets. */
export interface Party {
  readonly id: string | null;
  readonly type: string | null;
  readonly login: string | null;
  readonly name: string | null;
}

/**
 * Reads one record, or gives null where it cannot be an Okta event: no type or no time.
 * A record without `uuid` is keyed by a hash of its type, time, actor, targets and transaction, so that copies still meet.
 */
export function parseLogEvent(record: unknown): LogEvent | null {
  if (!isRecord(record)) return null;
  const { eventType, published, uuid } = record;
  if (typeof eventType !== 'string' || eventType === '') return null;
  if (typeof published !== 'string') return null;
  const publishedMs = Date.parse(published);
  if (Number.isNaN(publishedMs)) return null;
  return {
    uuid: typeof uuid === 'string' && uuid !== '' ? uuid : deriveUuid(record),
    eventType,
    publishedMs,
    raw: record,
  };
}

/** The order in which correlations and reports see events. */
export function compareEvents(
  one: Pick<LogEvent, 'publishedMs' | 'uuid'>,
  other: Pick<LogEvent, 'publishedMs' | 'uuid'>,
): number {
  if (one.publishedMs !== other.publishedMs) return one.publishedMs - other.publishedMs;
  if (one.uuid === other.uuid) return 0;
  return one.uuid < other.uuid ? -1 : 1;
}

export function readActor(event: Pick<LogEvent, 'raw'>): Party | null {
  return toParty(event.raw['actor']);
}

/** All targets in Okta's order, which promises nothing: look for a type, never for an index. */
export function readTargets(event: Pick<LogEvent, 'raw'>): Party[] {
  const { target } = event.raw;
  if (!Array.isArray(target)) return [];
  return target.flatMap((entry) => toParty(entry) ?? []);
}

export function readTarget(event: LogEvent, type: string): Party | null {
  return readTargets(event).find((target) => target.type === type) ?? null;
}

export function readTargetUser(event: LogEvent): Party | null {
  return readTarget(event, 'User');
}

/** The text at a dotted path of objects, or null where there is none. */
export function readText(event: Pick<LogEvent, 'raw'>, path: string): string | null {
  let value: unknown = event.raw;
  for (const key of splitPath(path)) {
    if (!isRecord(value)) return null;
    value = value[key];
  }
  return typeof value === 'string' ? value : null;
}

/** Adds all texts at a dotted path, through lists; `target.User.id` looks at the targets of that type alone. */
export function collectTexts(event: LogEvent, path: string, found: Set<string>): void {
  collectBelow(event.raw, { keys: splitPath(path), depth: 0, found });
}

function collectBelow(
  value: unknown,
  { keys, depth, found }: { keys: readonly string[]; depth: number; found: Set<string> },
): void {
  if (Array.isArray(value)) {
    for (const element of value) {
      if (!Array.isArray(element)) collectBelow(element, { keys, depth, found });
    }
    return;
  }
  const key = keys[depth];
  if (key === undefined) {
    if (typeof value === 'string') found.add(value);
    return;
  }
  if (!isRecord(value)) return;
  const isType = depth === 1 && keys[0] === 'target' && /^[A-Z]/.test(key);
  if (isType && value['type'] !== key) return;
  collectBelow(isType ? value : value[key], { keys, depth: depth + 1, found });
}

/** Code names a few paths and follows each through thousands of events. */
const splitPath: (path: string) => readonly string[] = rememberAnswers((path) => path.split('.'));

/** Outcomes of what did not happen; the last two are those of a factor that nobody confirmed. */
const ATTEMPTS: ReadonlySet<string | null> = new Set([
  'FAILURE',
  'DENY',
  'UNANSWERED',
  'ABANDONED',
]);

/** Something was tried and did not happen. */
export function isAttempt(event: Pick<LogEvent, 'raw'>): boolean {
  return ATTEMPTS.has(readText(event, 'outcome.result'));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toParty(value: unknown): Party | null {
  if (!isRecord(value)) return null;
  return {
    id: toText(value['id']),
    type: toText(value['type']),
    login: toText(value['alternateId']),
    name: toText(value['displayName']),
  };
}

function toText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** What tells an event from others where nothing was given for it. */
export function deriveUuid(record: RawEvent): string {
  const { eventType, published, actor, target, transaction } = record;
  const targetIds = Array.isArray(target)
    ? target.map((entry) => (isRecord(entry) ? entry['id'] : null))
    : [];
  const identity = JSON.stringify([
    eventType,
    published,
    isRecord(actor) ? actor['id'] : null,
    targetIds,
    isRecord(transaction) ? transaction['id'] : null,
  ]);
  // Loaded here, because it costs every program that reads events a start, and hardly any record needs it.
  const { createHash } = process.getBuiltinModule('node:crypto');
  return `sha256-${createHash('sha256').update(identity).digest('hex').slice(0, 32)}`;
}
