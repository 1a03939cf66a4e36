import { ALL_EVENT_TYPES } from '../../../model/event-type-set.ts';
import { formatCount } from '../../../model/format-count.ts';
import type { LogEvent } from '../../../model/log-event.ts';
import type { Progress, ReadRequest, SourceHole, SourceReading } from '../../../model/reading.ts';
import { intersectWindows, type TimeWindow } from '../../../model/time-window.ts';
import { LOGS_PATH, type OktaTransport } from '../transport/transport.ts';
import { compileCovered, compileFollowed, compileHoles, holeByProbe } from './compile-reading.ts';
import { reachOf } from './describe-reach.ts';
import { planStreams, type StreamPlan } from './plan-streams.ts';
import { probeBeside, probeReach } from './probe-reach.ts';
import { readInSlices } from './read-in-slices.ts';
import { readStream, type StreamContext, type StreamOutcome } from './read-stream.ts';
import { startRecord } from './reading-record.ts';
import type { Stream } from './stream.ts';

export interface SystemLogReading {
  readonly transport: OktaTransport;
  readonly request: ReadRequest;
  readonly nowMs: number;
  readonly deliver: (events: readonly LogEvent[]) => void;
  readonly progress: Progress;
}

/**
 * Reads what a request asks for and says what was covered. Each event is delivered once, in no promised order.
 * @throws AuditError okta-* where not one question was answered, or where an answer leads elsewhere; a drill-down comes
 * after an answer that is worth keeping, so that what it does not get is a hole.
 */
export async function readSystemLog(reading: SystemLogReading): Promise<SourceReading> {
  const { transport, request, nowMs, deliver, progress } = reading;
  const reach = reachOf(nowMs);
  const plan = planStreams(request, reach);
  const record = startRecord({ deliver, progress });
  const context: StreamContext = { transport, record };
  const requestsBefore = transport.countRequests(LOGS_PATH);
  const task = request.followUps.length > 0 ? 'Looking around the findings in' : 'Reading';
  progress.start(`${task} the System Log of ${transport.host}`, null);
  const { outcomes, probeHoles } = await readPlan({ plan, request, reach, context });
  const { pagesRead, firstFailure, givenUp } = record;
  if (givenUp?.error.code === 'okta-foreign-link') throw givenUp.error;
  if (pagesRead === 0 && firstFailure !== null && !isDrillDown(request)) throw firstFailure.error;
  const requests = transport.countRequests(LOGS_PATH) - requestsBefore;
  progress.finish(describeReading(record.counts.eventsParsed, requests));
  return {
    kind: 'okta',
    name: transport.host,
    firstEventMs: record.firstEventMs,
    lastEventMs: record.lastEventMs,
    covered: probeHoles.length > 0 ? [] : compileCovered(outcomes),
    ...(request.followUps.length > 0 && { followed: compileFollowed(request, outcomes, reach) }),
    holes: [...plan.holes, ...probeHoles, ...compileHoles(outcomes)],
    counts: { ...record.counts, requests },
  };
}

function describeReading(events: number, requests: number): string {
  if (requests === 0) return 'nothing to ask.';
  return `${formatCount(events, 'event')} read with ${formatCount(requests, 'request')}.`;
}

interface PlannedReading {
  readonly plan: StreamPlan;
  readonly request: ReadRequest;
  readonly reach: TimeWindow;
  readonly context: StreamContext;
}

interface PlanOutcome {
  readonly outcomes: readonly StreamOutcome[];
  readonly probeHoles: readonly SourceHole[];
}

/** Reads once more where an answer that names itself shows that those before it which did not were of somebody else. */
async function readPlan(reading: PlannedReading): Promise<PlanOutcome> {
  const { transport, record } = reading.context;
  const outcome = await readPlanOnce(reading);
  const isDeceived = record.doubtfulPages > 0 && transport.bringsLinks();
  return isDeceived ? readPlanOnce(reading) : outcome;
}

async function readPlanOnce(reading: PlannedReading): Promise<PlanOutcome> {
  const { plan, request, reach, context } = reading;
  if (plan.whole !== null) return readWholePlan({ ...reading, whole: plan.whole });
  if (isDrillDown(request))
    return { outcomes: await readAll(plan.streams, context), probeHoles: [] };
  const inReach = intersectWindows(request.window, reach);
  const finding = await probeReach(inReach ?? request.window, { context, reach });
  const asked = plan.streams.map((stream) => stream.window);
  const probeHoles = inReach === null ? [] : holeByProbe(finding, { window: inReach, asked });
  const isHopeless = finding.kind === 'empty' || context.record.givenUp !== null;
  const outcomes = isHopeless ? [] : await readAll(plan.streams, context);
  return { outcomes, probeHoles };
}

function isDrillDown({ pull, needs, followUps }: ReadRequest): boolean {
  return pull === 'targeted' && needs.length === 0 && followUps.length > 0;
}

/** A full pull sees by itself whether the log holds anything; only where it does not, it has to look beside. */
async function readWholePlan(
  reading: PlannedReading & { readonly whole: TimeWindow },
): Promise<PlanOutcome> {
  const { plan, whole, reach, context } = reading;
  const { record } = context;
  const stream: Stream = {
    window: whole,
    filter: null,
    gives: ALL_EVENT_TYPES,
    loses: ALL_EVENT_TYPES,
  };
  const parallelism = () => parallelismOf(context);
  const readBefore = record.counts.eventsRead;
  const outcome = await readInSlices(stream, { context, parallelism });
  // A question that failed and was asked again proves nothing of a log of which no event came.
  const isSilent =
    record.counts.eventsRead === readBefore && record.pagesRead > 0 && record.givenUp === null;
  const finding = isSilent
    ? await probeBeside(whole, { context, reach })
    : ({ kind: 'alive' } as const);
  const others = await readAll(plan.streams, context);
  const asked = plan.streams.map((one) => one.window);
  const probeHoles = holeByProbe(finding, { window: whole, asked });
  return { outcomes: [outcome, ...others], probeHoles };
}

/** Reads streams side by side, as many at once as the rate limit makes sensible. */
async function readAll(
  streams: readonly Stream[],
  context: StreamContext,
): Promise<StreamOutcome[]> {
  const outcomes: StreamOutcome[] = [];
  const queue = [...streams];
  async function work(): Promise<void> {
    for (let stream = queue.shift(); stream !== undefined; stream = queue.shift()) {
      outcomes.push(await readStream(stream, context));
    }
  }
  const workers = Array.from({ length: parallelismOf(context) }, work);
  for (const result of await Promise.allSettled(workers)) {
    if (result.status === 'rejected') throw result.reason;
  }
  return outcomes;
}

function parallelismOf({ transport }: { readonly transport: OktaTransport }): number {
  return transport.gateOf(LOGS_PATH).parallelism();
}
