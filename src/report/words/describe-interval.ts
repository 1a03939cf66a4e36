import { formatCount } from '../../model/format-count.ts';
import type { SupportInterval } from '../../model/support-access.ts';
import { formatMinute } from './format-time.ts';

/** A time of open support access in the words of its table, without what the log wrote. */
export interface DescribedInterval {
  /** Where no end was read; else null. */
  readonly openEnd: string | null;
  readonly extended: string;
  /** `1 session`; `no` where nobody came in, as far as that was read. */
  readonly used: string;
  /** `first 2026-11-20 15:00`; null where nobody came in. */
  readonly firstUse: string | null;
  readonly howEndIsKnown: string;
}

export function describeInterval({
  endMs,
  expectedEndMs,
  endBasis,
  extensions,
  sessions,
  isUnread = false,
}: SupportInterval): DescribedInterval {
  const [first] = sessions;
  const lapses = expectedEndMs === null ? '' : `, lapses ${formatMinute(expectedEndMs)}`;
  return {
    openEnd: endMs === null ? `open${lapses}` : null,
    extended: extensions === 0 ? 'no' : formatCount(extensions, 'time'),
    used:
      first === undefined
        ? NO_USE[isUnread ? 'partly' : 'all']
        : formatCount(sessions.length, 'session'),
    firstUse: first === undefined ? null : `first ${formatMinute(first.startMs)}`,
    howEndIsKnown: END_WORDS[endBasis],
  };
}

const NO_USE = { all: 'no', partly: 'unknown, not all was read' } as const;

const END_WORDS = {
  observed: 'logged',
  computed: 'computed, no revoke was read',
  ongoing: 'no end was read',
} as const;
