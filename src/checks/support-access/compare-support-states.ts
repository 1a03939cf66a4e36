import type { SupportAccess, SupportInterval } from '../../model/support-access.ts';
import { formatInstant, formatUtcMinute, HOUR_MS } from '../../model/time-window.ts';

/** Below this the two expiries tell the same, and a log that was read until then tells of now. */
const TOLERANCE_MS = HOUR_MS;

interface Comparison {
  /** What Okta says of now. */
  readonly access: SupportAccess;
  readonly intervals: readonly SupportInterval[];
  readonly readUntilMs: number;
  readonly nowMs: number;
}

/**
 * Says in one sentence how Okta's answer about support access and the log disagree, or gives null where they agree.
 * Where Okta refused to answer, an access that the log shows as open is worth saying by itself. A log that was not read
 * until now cannot disagree: access is granted and revoked within minutes.
 */
export function compareSupportStates(comparison: Comparison): string | null {
  const { access, intervals, readUntilMs, nowMs } = comparison;
  if (readUntilMs < nowMs - TOLERANCE_MS) {
    return access.state === 'enabled'
      ? `When it was granted may not be in what was read: the time that was asked about ends at ${formatUtcMinute(readUntilMs)} UTC.`
      : null;
  }
  const expectedEndMs = latestExpectedEnd(intervals);
  if (access.state === 'enabled') return compareEnabled(access, expectedEndMs);
  if (expectedEndMs === null) return null;
  const until = formatInstant(expectedEndMs);
  if (access.state === 'unknown') {
    return `Okta did not say whether support access is enabled; by the log it is open until ${until}.`;
  }
  return `Okta says that support access is disabled, but by the log it should be open until ${until}: it was ended without a revocation being logged, or the end was computed too late.`;
}

function compareEnabled(access: SupportAccess, expectedEndMs: number | null): string | null {
  if (expectedEndMs === null) {
    return 'Okta says that support access is enabled, but no grant in the log that was read explains it: it was granted earlier, or in a way that the log does not record.';
  }
  if (access.expiresAtMs === null) return null;
  if (Math.abs(access.expiresAtMs - expectedEndMs) <= TOLERANCE_MS) return null;
  return `Okta says that support access expires at ${formatInstant(access.expiresAtMs)}; by the log it would be ${formatInstant(expectedEndMs)}.`;
}

function latestExpectedEnd(intervals: readonly SupportInterval[]): number | null {
  const ends = intervals.flatMap((interval) => interval.expectedEndMs ?? []);
  return ends.length === 0 ? null : ends.reduce((one, other) => Math.max(one, other));
}
