import { isInside, type TimeWindow } from '../../../model/time-window.ts';
import { makeFailure, type OktaFailure } from '../transport/okta-failure.ts';
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
  if (!Array.isArray(first)) return { kind: 'unknown', failure: first };
  if (first.length === 0) return probeBeside(window, { context, reach });
  const last = await probe(window, { context, isDescending: true });
  if (!Array.isArray(last)) return { kind: 'unknown', failure: last };
  return { kind: 'alive' };
}

/** Whether the log holds anything at all, for a window that is silent; its last event tells whether that is true. */
export async function probeBeside(
  silent: TimeWindow,
  { context, reach }: { readonly context: StreamContext; readonly reach: TimeWindow },
): Promise<ReachFinding> {
  const any = await probe(reach, { context, isDescending: true, isElsewhere: true });
  if (!Array.isArray(any)) return { kind: 'unknown', failure: any };
  const isSilent = !any.some((time) => time !== null && isInside(silent, time));
  if (!isSilent) return { kind: 'unknown', failure: contradiction(context.transport.host) };
  return { kind: any.length > 0 ? 'alive' : 'empty' };
}

function contradiction(host: string): OktaFailure {
  return makeFailure({
    code: 'okta-unexpected-response',
    message: `${host} gave no event of it at first, and then one that happened in it.`,
    hint: 'Run the audit again; if it stays so, look for a proxy or cache that answers in place of Okta.',
  });
}

/** Gives the times of what was found, null for what is no event. */
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
): Promise<(number | null)[] | OktaFailure> {
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
  return records.map((event) => event?.publishedMs ?? null);
}
