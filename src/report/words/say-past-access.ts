import { formatCount } from '../../model/format-count.ts';
import type { SupportInterval } from '../../model/support-access.ts';

/** How often access was open and used, as the end of a sentence: `open 1 time in the log, no use seen`. */
export function sayPastAccess(intervals: readonly SupportInterval[]): string {
  const used = intervals.filter(({ sessions }) => sessions.length > 0).length;
  const unread = intervals.some(({ isUnread }) => isUnread === true)
    ? ', but not all was read'
    : '';
  const use = used === 0 ? 'no use seen' : `used ${formatCount(used, 'time')}`;
  return `open ${formatCount(intervals.length, 'time')} in the log, ${use}${unread}`;
}
