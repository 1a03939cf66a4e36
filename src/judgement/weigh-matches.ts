import type { AskedTime } from '../model/asked-time.ts';
import type { Check } from '../model/check.ts';
import type { Circumstance, Match } from '../model/match.ts';
import type { Scope, ScopeCheck } from '../model/scope.ts';
import type { Role, Severity } from '../model/severity.ts';
import { isInside, overlaps, type TimeWindow } from '../model/time-window.ts';
import type { Tuning } from '../model/tuning.ts';
import { assignRole } from './assign-role.ts';
import { type FindingKey, formatKey, toFindingKey } from './findings/finding-key.ts';
import type { CheckResult } from './judgement-input.ts';
import { readTunedSeverity } from './tuned-severity.ts';

/** A match that counts, with what it means to the scope's question. */
export interface WeighedMatch {
  readonly check: Check;
  readonly match: Match;
  readonly role: Role;
  readonly severity: Severity;
  /** Those of the match, and where it lies. */
  readonly circumstances: readonly Circumstance[];
  readonly key: FindingKey;
  /** `key` as text. */
  readonly candidate: string;
}

interface Weighing {
  readonly results: readonly CheckResult[];
  readonly scope: Scope;
  readonly time: AskedTime;
  readonly tuning: Tuning;
}

/** The matches that lie in the window, each with its role and severity. */
export function weighMatches({ results, scope, time, tuning }: Weighing): WeighedMatch[] {
  const scopeChecks = new Map(scope.checks.map((entry) => [entry.id, entry]));
  return results.flatMap(({ check, matches }) => {
    const scopeCheck = scopeChecks.get(check.id) ?? null;
    const severity = readTunedSeverity(tuning, check.id);
    return matches
      .filter((match) => isMatchInside(match, time.window) || goesOnInCore(match, time))
      .map((match) => weigh({ check, match, scopeCheck, severity, time }));
  });
}

function weigh({
  check,
  match,
  scopeCheck,
  severity,
  time,
}: {
  check: Check;
  match: Match;
  scopeCheck: ScopeCheck | null;
  severity: Severity | null;
  time: AskedTime;
}): WeighedMatch {
  const circumstances = placeMatch(match, time);
  const key = toFindingKey(check.id, match);
  return {
    check,
    match,
    role: assignRole({ scopeCheck, events: match.events, circumstances }),
    severity: severity ?? match.severity ?? check.severity,
    circumstances,
    key,
    candidate: formatKey(key),
  };
}

/** A state that lasts counts where any of it overlaps; everything else by its anchor. */
export function isMatchInside({ span, anchor }: Match, window: TimeWindow): boolean {
  return span === undefined ? isInside(window, anchor.publishedMs) : overlaps(span, window);
}

/** What began before an incident and goes on in its core window means the same with a review period and without one. */
function goesOnInCore({ lasted }: Match, { core, isRolling }: AskedTime): boolean {
  return !isRolling && lasted !== undefined && overlaps(lasted, core);
}

function placeMatch(match: Match, time: AskedTime): readonly Circumstance[] {
  if (goesOnInCore(match, time) || isMatchInside(match, time.core)) return match.circumstances;
  return [...match.circumstances, 'outside-core-window'];
}
