import type { AskedTime } from '../../model/asked-time.ts';
import type { CheckProfile } from '../../model/check.ts';
import type { Finding } from '../../model/finding.ts';
import type { IssueMemory } from '../../model/issue-memory.ts';
import type { Circumstance } from '../../model/match.ts';
import type { Scope } from '../../model/scope.ts';
import {
  endOfAccess,
  type SupportAccess,
  type SupportInterval,
} from '../../model/support-access.ts';
import { formatInstant, HOUR_MS } from '../../model/time-window.ts';
import type { Tuning } from '../../model/tuning.ts';
import { assignRole } from '../assign-role.ts';
import { formatZonedMinute } from '../format-time.ts';
import { toOneLine } from '../name-party.ts';
import { readTunedSeverity } from '../tuned-severity.ts';
import { assignFindingIds } from './assign-finding-ids.ts';
import { copyProfile } from './copy-profile.ts';
import { type FindingKey, formatKey } from './finding-key.ts';

/** The check that looks for access in the log; access that Okta says is open now is a finding of the same check. */
const CHECK_ID = 'support-access-open';

/** A window that ends this close to now asks about now. */
const NOW_MARGIN_MS = HOUR_MS;

interface EnabledQuestion {
  readonly nowMs: number;
  readonly scope: Scope;
  readonly time: AskedTime;
  readonly checks: readonly CheckProfile[];
  readonly supportAccess: SupportAccess;
  readonly supportIntervals: readonly SupportInterval[];
  readonly tuning: Tuning;
  readonly memory: IssueMemory;
}

interface OpenAccess {
  readonly caseNumber: string | null;
  readonly expiresAtMs: number | null;
}

/**
 * Support access that Okta's API says is open, as findings without events: one for each open case and expiry.
 * Only where the window reaches now: today's switch says nothing about a window that is over.
 */
export function findEnabledAccess(question: EnabledQuestion): Finding[] {
  const { scope, checks, supportAccess } = question;
  const scopeCheck = scope.checks.find(({ id }) => id === CHECK_ID);
  const check = checks.find(({ id }) => id === CHECK_ID);
  if (supportAccess.state !== 'enabled' || scopeCheck === undefined || check === undefined)
    return [];
  if (question.time.window.untilMs < question.nowMs - NOW_MARGIN_MS) return [];
  const accesses = listOpenAccesses(supportAccess);
  const ids = assignFindingIds({ keys: accesses.map(toKey), memory: question.memory });
  return accesses.map((access) => {
    const circumstances = findCircumstances(access, question.tuning);
    const role = assignRole({ scopeCheck, events: [], circumstances });
    const id = ids.get(formatKey(toKey(access))) ?? '';
    return { ...describeAccess({ access, check, question }), id, role, circumstances };
  });
}

function listOpenAccesses({ cases, expiresAtMs }: SupportAccess): OpenAccess[] {
  const open = cases
    .filter(({ isOpen }) => isOpen)
    .map((one) => ({ caseNumber: one.caseNumber, expiresAtMs: endOfAccess(one) ?? expiresAtMs }));
  return open.length > 0 ? open : [{ caseNumber: null, expiresAtMs }];
}

/** Case and expiry alone: the same access is the same finding every night, an extension is a new one. */
function toKey({ caseNumber, expiresAtMs }: OpenAccess): FindingKey {
  const expiry = expiresAtMs === null ? '' : formatInstant(expiresAtMs);
  return { check: CHECK_ID, group: ['enabled', caseNumber ?? '', expiry], day: '' };
}

function findCircumstances({ caseNumber }: OpenAccess, { supportCases }: Tuning): Circumstance[] {
  return caseNumber !== null && supportCases.includes(caseNumber) ? ['listed-support-case'] : [];
}

function describeAccess({
  access,
  check,
  question,
}: {
  access: OpenAccess;
  check: CheckProfile;
  question: EnabledQuestion;
}): Omit<Finding, 'id' | 'role' | 'circumstances'> {
  const { caseNumber, expiresAtMs } = access;
  const interval = findInterval(access, question.supportIntervals);
  const sinceMs = interval?.startMs ?? question.nowMs;
  const until = expiresAtMs === null ? '' : ` until ${formatZonedMinute(expiresAtMs)}`;
  const forCase = caseNumber === null ? '' : ` for case ${toOneLine(caseNumber)}`;
  const by =
    interval === null || interval.grantedBy === null
      ? ''
      : `, granted by ${toOneLine(interval.grantedBy)}`;
  return {
    ...copyProfile(check),
    title: 'Okta Support access found enabled',
    severity: readTunedSeverity(question.tuning, CHECK_ID) ?? check.severity,
    status: 'new',
    suppressedBy: null,
    inWindow: true,
    summary: `Okta said that its support may enter the tenant${until}${forCase}${by}.`,
    actor: null,
    target: null,
    attribution: null,
    firstSeenMs: sinceMs,
    lastSeenMs: sinceMs,
    eventCount: 0,
    events: [],
    eventsSinceAcknowledged: 0,
    facts: {
      ...(caseNumber === null ? {} : { caseNumber }),
      ...(expiresAtMs === null ? {} : { expiresAt: formatInstant(expiresAtMs) }),
    },
    alsoSeenBy: [],
    supersedes: [],
    ask: 'administrators',
    askWhom: 'the administrators of the tenant who opened it, and for which case',
    query: 'eventType sw "user.session.impersonation."',
  };
}

/** The stretch of the log that explains the access: still open, and of the same case where both name one. */
function findInterval(
  { caseNumber }: OpenAccess,
  intervals: readonly SupportInterval[],
): SupportInterval | null {
  const ongoing = intervals.filter(({ endBasis }) => endBasis === 'ongoing');
  const same = ongoing.find((one) => one.caseNumber === caseNumber);
  if (same !== undefined) return same;
  const possible = ongoing.filter((one) => one.caseNumber === null || caseNumber === null);
  return possible.length === 1 ? (possible[0] ?? null) : null;
}
