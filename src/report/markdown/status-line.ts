import { formatWindow } from '../../model/format-window.ts';
import type { JudgedAudit } from '../../model/judged-audit.ts';
import type { RunIdentity } from '../../model/run-identity.ts';
import { link } from '../escape/markdown.ts';
import { formatMinute } from '../words/format-time.ts';
import { sayAmountRead } from '../words/say-amount-read.ts';

export interface StatusToRender {
  readonly judged: JudgedAudit;
  readonly identity: RunIdentity;
  /** Through when all was read that a night can read, from the memory; null where nothing was. */
  readonly completeThroughMs: number | null;
}

/** When it was looked last, over which time, and at what cost. */
export function renderStatusLine({ judged, identity, completeThroughMs }: StatusToRender): string {
  const isComplete = judged.coverage.state === 'complete';
  return [
    `**${isComplete ? 'Last complete look' : 'Last look'}:** ${formatMinute(judged.generatedAtMs)} UTC${isComplete ? '' : ', not complete'}`,
    ...(isComplete ? [] : [describeCompleteThrough(completeThroughMs)]),
    `window ${formatWindow(judged.window)} UTC`,
    ...(identity.run === null ? [] : [link('run', identity.run.url)]),
    ...sayAmountRead(judged.coverage),
  ].join(' · ');
}

function describeCompleteThrough(completeThroughMs: number | null): string {
  return completeThroughMs === null
    ? 'no complete look on record'
    : `read as far as possible through ${formatMinute(completeThroughMs)} UTC`;
}
