import { addToGroup } from '../../model/group-by-key.ts';
import { compareRecords, type ImpersonationRecord } from './impersonation-record.ts';
import {
  applyEnd,
  applyExtension,
  applyGrant,
  applyInitiation,
  applyOrphanEnd,
  applyRevocation,
  beginDraft,
  beginOrphan,
  type IntervalDraft,
  isAlive,
  mayBeAlive,
  type SessionDraft,
} from './interval-draft.ts';

/** What was put together so far, in the order of the events. */
interface Assembly {
  readonly drafts: IntervalDraft[];
  /** The latest draft per case that is not known to have ended; '' where no case is named. */
  readonly open: Map<string, IntervalDraft>;
  /** Sessions that began, the latest last, per session id and per person; those that ended are dropped on the way. */
  readonly begun: Map<string, SessionDraft[]>;
}

/**
 * Puts support access events together to the stretches in which access was open, in the order of their start.
 * Order and repetition of the records do not matter. Linear in their number, apart from sorting.
 */
export function assembleIntervals(records: readonly ImpersonationRecord[]): IntervalDraft[] {
  const assembly: Assembly = { drafts: [], open: new Map(), begun: new Map() };
  let last: string | null = null;
  for (const record of [...records].sort(compareRecords)) {
    if (record.uuid === last) continue;
    last = record.uuid;
    STEPS[record.action](assembly, record);
  }
  return assembly.drafts;
}

const STEPS = {
  grant: takeGrant,
  extend: takeExtension,
  initiate: takeInitiation,
  end: takeEnd,
  revoke: takeRevocation,
} satisfies Record<
  ImpersonationRecord['action'],
  (assembly: Assembly, record: ImpersonationRecord) => void
>;

function takeGrant(assembly: Assembly, record: ImpersonationRecord): void {
  const known = assembly.open.get(record.caseNumber ?? '');
  if (known !== undefined && isAlive(known, record.atMs)) {
    applyGrant(known, record);
    return;
  }
  const draft = beginDraft(record);
  applyGrant(draft, record);
  keep(assembly, draft);
}

function takeExtension(assembly: Assembly, record: ImpersonationRecord): void {
  const known = findOpen(assembly, record);
  const draft = known ?? beginOrphan(record);
  applyExtension(draft, record);
  if (known === null) keep(assembly, draft);
}

/** Without a case named it ends everything that is open, as the switch for the whole org does. */
function takeRevocation(assembly: Assembly, record: ImpersonationRecord): void {
  const alive = record.caseNumber === null ? listAlive(assembly, record.atMs) : [];
  const found = alive.length > 0 ? alive : [findOpen(assembly, record)];
  for (const known of found) {
    const draft = known ?? beginOrphan(record);
    applyRevocation(draft, record);
    if (known === null) assembly.drafts.push(draft);
    forget(assembly, draft);
  }
}

function takeInitiation(assembly: Assembly, record: ImpersonationRecord): void {
  const [covering, ...others] = listCovering(assembly, record);
  const draft = covering ?? pushOrphan(assembly, record);
  const session = applyInitiation(draft, record, others.length > 0);
  for (const key of sessionKeys(record)) addToGroup(assembly.begun, key, session);
}

function takeEnd(assembly: Assembly, record: ImpersonationRecord): void {
  const session = findRunning(assembly, record);
  if (session === null) {
    applyOrphanEnd(listCovering(assembly, record)[0] ?? pushOrphan(assembly, record), record);
    return;
  }
  applyEnd(session, record);
}

/** The access that an extension or a revocation is about; shortly after a computed end it still counts. */
function findOpen(assembly: Assembly, record: ImpersonationRecord): IntervalDraft | null {
  const named = findByCase(assembly, record.caseNumber);
  if (named !== null && mayBeAlive(named, record.atMs)) return named;
  if (record.caseNumber !== null) return null;
  const alive = listAlive(assembly, record.atMs);
  const latest = alive.at(-1);
  if (latest !== undefined) return latest;
  return [...assembly.open.values()].findLast((draft) => mayBeAlive(draft, record.atMs)) ?? null;
}

/** The open access of a case; access that was granted without naming a case may be what the case is about. */
function findByCase(assembly: Assembly, caseNumber: string | null): IntervalDraft | null {
  const named = assembly.open.get(caseNumber ?? '');
  if (named !== undefined) return named;
  const unnamed = assembly.open.get('');
  if (unnamed === undefined) return null;
  return unnamed.caseNumber === null || unnamed.caseNumber === caseNumber ? unnamed : null;
}

/** The access that a session was possible through: of its own case, else all that is open, latest grant first. */
function listCovering(assembly: Assembly, record: ImpersonationRecord): IntervalDraft[] {
  if (record.caseNumber === null) return listAlive(assembly, record.atMs).reverse();
  const named = findByCase(assembly, record.caseNumber);
  return named !== null && isAlive(named, record.atMs) ? [named] : [];
}

/** Everything that is open at a time, earliest first; what can no longer be extended is dropped on the way. */
function listAlive(assembly: Assembly, atMs: number): IntervalDraft[] {
  const alive: IntervalDraft[] = [];
  for (const [key, draft] of assembly.open) {
    if (isAlive(draft, atMs)) alive.push(draft);
    else if (!mayBeAlive(draft, atMs)) assembly.open.delete(key);
  }
  return alive;
}

function findRunning(assembly: Assembly, record: ImpersonationRecord): SessionDraft | null {
  for (const key of sessionKeys(record)) {
    const begun = assembly.begun.get(key) ?? [];
    while (isOver(begun.at(-1))) begun.pop();
    const session = begun.at(-1);
    if (session !== undefined && !contradicts(session, record)) return session;
  }
  return null;
}

function isOver(session: SessionDraft | undefined): boolean {
  return session !== undefined && session.endMs !== null;
}

/** The same person may run two sessions: where both events name their session, the names decide. */
function contradicts(session: SessionDraft, record: ImpersonationRecord): boolean {
  if (session.sessionIds.length === 0 || record.sessionIds.length === 0) return false;
  return !session.sessionIds.some((id) => record.sessionIds.includes(id));
}

function sessionKeys({ sessionIds, byId, by }: ImpersonationRecord): string[] {
  const keys = sessionIds.map((id) => `session ${id}`);
  const person = byId ?? by;
  return person === null ? keys : [...keys, `person ${person}`];
}

function pushOrphan(assembly: Assembly, record: ImpersonationRecord): IntervalDraft {
  const draft = beginOrphan(record);
  assembly.drafts.push(draft);
  return draft;
}

/** Re-inserted, so that the map stays in the order of the latest grant. */
function keep(assembly: Assembly, draft: IntervalDraft): void {
  const key = draft.caseNumber ?? '';
  assembly.drafts.push(draft);
  assembly.open.delete(key);
  assembly.open.set(key, draft);
}

function forget(assembly: Assembly, draft: IntervalDraft): void {
  for (const key of [draft.caseNumber ?? '', '']) {
    if (assembly.open.get(key) === draft) assembly.open.delete(key);
  }
}
