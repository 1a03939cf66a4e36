import { type LogEvent, readActor, readTargets } from '../../model/log-event.ts';
import type { Match } from '../../model/match.ts';
import { formatUtcDay } from '../../model/time-window.ts';
import { compareTexts } from '../order-findings.ts';

/** What makes a finding the same finding in every run: a check, a group and a UTC day. */
export interface FindingKey {
  readonly check: string;
  readonly group: readonly string[];
  /** `2022-01-21`: of the anchor, or of the first event where the match spans a stretch of time. */
  readonly day: string;
}

export function toFindingKey(check: string, match: Match): FindingKey {
  const dayEvent = match.span === undefined ? match.anchor : (match.events[0] ?? match.anchor);
  return {
    check,
    group: match.group ?? [keyActor(match.anchor), keyTargetUsers(match.anchor)],
    day: formatUtcDay(dayEvent.publishedMs),
  };
}

/** The same text for equal keys and for no others. */
export function formatKey({ check, group, day }: FindingKey): string {
  return JSON.stringify([check, day, ...group]);
}

function keyActor(event: LogEvent): string {
  const actor = readActor(event);
  return actor?.id ?? actor?.login?.toLowerCase() ?? '';
}

/** Sorted, because Okta promises no order of targets. */
function keyTargetUsers(event: LogEvent): string {
  return readTargets(event)
    .filter((target) => target.type === 'User')
    .map((target) => target.id ?? target.login?.toLowerCase() ?? '')
    .sort(compareTexts)
    .join(' ');
}
