import type { TimeWindow } from '../../../model/time-window.ts';
import type { OktaFailure } from '../transport/okta-failure.ts';
import { readLogPage, toLogUrl } from './log-page.ts';
import type { StreamContext } from './read-stream.ts';

/** Okta's refusal of a `since` that it finds too old. Source: https://developer.okta.com/docs/reference/system-log-query/ */
const TOO_OLD = 'E0000053';

/** What unfiltered questions at both ends of a window tell about the log there. */
export type ReachFinding =
  /** The log answers, and holds something in the window or beside it. */
  | { readonly kind: 'alive' }
  /** The log answers and holds nothing at all, in the window or beside it. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown'; readonly failure: OktaFailure };

/**
 * Asks for the first and for the last event of a window, whatever they are: a filtered answer that is empty proves
 * nothing, as Okta answers questions about times that it no longer keeps with success and nothing.
 */
export async function probeReach(
  window: TimeWindow,
  { context, reach }: { readonly context: StreamContext; readonly reach: TimeWindow },
): Promise<ReachFinding> {
  const first = await probe(window, { context, isDescending: false });
  if (typeof first !== 'boolean') return { kind: 'unknown', failure: first };
  if (!first) return probeBeside(reach, context);
  const last = await probe(window, { context, isDescending: true });
  if (typeof last !== 'boolean') return { kind: 'unknown', failure: last };
  return { kind: 'alive' };
}

/** Whether the log holds anything at all, for a window that is silent. */
export async function probeBeside(
  reach: TimeWindow,
  context: StreamContext,
): Promise<ReachFinding> {
  const any = await probe(reach, { context, isDescending: true, isElsewhere: true });
  if (typeof any !== 'boolean') return { kind: 'unknown', failure: any };
  return { kind: any ? 'alive' : 'empty' };
}

async function probe(
  window: TimeWindow,
  {
    context,
    isDescending,
    isElsewhere = false,
  }: {
    readonly context: StreamContext;
    readonly isDescending: boolean;
    readonly isElsewhere?: boolean;
  },
): Promise<boolean | OktaFailure> {
  const { transport, record } = context;
  const url = toLogUrl(transport.origin, { window, filter: null, limit: 1, isDescending });
  const page = await readLogPage(transport, url);
  if (page.kind === 'failure') {
    if (page.failure.oktaCode !== TOO_OLD) record.acceptFailure(page.failure);
    return page.failure;
  }
  record.pagesRead += 1;
  if (page.isDoubtful) record.doubtfulPages += 1;
  const records = [...page.parse()];
  for (const event of records) {
    if (event !== null && !isElsewhere) record.noteTime(event.publishedMs);
  }
  return records.length > 0;
}
