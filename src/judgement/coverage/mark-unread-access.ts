import type { SupportInterval } from '../../model/support-access.ts';
import { overlaps, type TimeWindow } from '../../model/time-window.ts';
import { formatStretch } from '../format-time.ts';
import type { CheckOutcome } from './check-outcome.ts';

/** What looks for open access and for who came in. */
const WATCHERS: ReadonlySet<string> = new Set(['support-access-open', 'support-session-started']);

/** Says of open access in which nobody was seen that a part of it was not read: somebody may have come in all the same. */
export function markUnreadAccess({
  supportIntervals,
  outcomes,
  nowMs,
}: {
  readonly supportIntervals: readonly SupportInterval[];
  readonly outcomes: readonly Pick<CheckOutcome, 'id' | 'missing'>[];
  readonly nowMs: number;
}): readonly SupportInterval[] {
  const missing = outcomes.flatMap((outcome) => (WATCHERS.has(outcome.id) ? outcome.missing : []));
  return supportIntervals.map((interval) => {
    const open = { sinceMs: interval.startMs, untilMs: interval.endMs ?? nowMs };
    const isUnread = missing.some(({ window }) => overlaps(window, open));
    if (interval.sessions.length > 0 || !isUnread) return interval;
    return { ...interval, isUnread, notes: [...(interval.notes ?? []), word(open)] };
  });
}

function word(open: TimeWindow): string {
  return `Not everything was read of the access from ${formatStretch(open)}: somebody may have used it.`;
}
