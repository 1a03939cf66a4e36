import type { JudgedAudit } from '../../model/judged-audit.ts';
import { sumCounts } from '../../model/reading.ts';
import type { RunIdentity } from '../../model/run-identity.ts';
import { link } from '../escape/markdown.ts';
import { formatCount } from '../words/format-count.ts';
import { formatMinute, formatWindow } from '../words/format-time.ts';

export interface StatusToRender {
  readonly judged: JudgedAudit;
  readonly identity: RunIdentity;
  /** End of the last window that was read completely, from the memory; null where there was none. */
  readonly completeThroughMs: number | null;
}

/** When it was looked last, over which time, and at what cost. */
export function renderStatusLine({ judged, identity, completeThroughMs }: StatusToRender): string {
  const { state, sources } = judged.coverage;
  const isComplete = state === 'complete';
  const requests = sumCounts(sources, 'requests');
  const read = sumCounts(sources, 'eventsRead');
  return [
    `**${isComplete ? 'Last complete look' : 'Last look'}:** ${formatMinute(judged.generatedAtMs)} UTC${isComplete ? '' : ', not complete'}`,
    ...(isComplete ? [] : [describeCompleteThrough(completeThroughMs)]),
    `window ${formatWindow(judged.window)} UTC`,
    ...(identity.run === null ? [] : [link('run', identity.run.url)]),
    `${formatCount(read, 'event')} read`,
    ...(requests > 0 ? [`${formatCount(requests, 'request')} to Okta`] : []),
  ].join(' · ');
}

function describeCompleteThrough(completeThroughMs: number | null): string {
  return completeThroughMs === null
    ? 'no complete look on record'
    : `read completely through ${formatMinute(completeThroughMs)} UTC`;
}
