import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { createAnalyses } from '../src/checks/analyses.ts';
import { beginCorroboration } from '../src/checks/credential-changes/corroborate.ts';
import { createIndicatorChecks } from '../src/checks/indicators/indicator-check.ts';
import { beginInvestigations } from '../src/checks/investigations/investigate.ts';
import { beginSupportTimeline } from '../src/checks/support-access/support-timeline.ts';
import { routeEvents } from '../src/evaluation/route-events.ts';
import { mayHoldType } from '../src/model/event-type-set.ts';
import { type LogEvent, parseLogEvent, readActor, readTargets } from '../src/model/log-event.ts';
import type { FollowUp } from '../src/model/reading.ts';
import { NO_TUNING } from '../src/model/tuning.ts';
import { inventRelevantEvent, type Log, startLog } from './invent-relevant-events.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const LIMIT_MB = 400;
const CHUNK = 100;

/**
 * Measures every analysis, an indicator check, corroboration, the support timeline and the investigations together
 * over relevant events alone, each size in a process of its own so that its peak memory can be told.
 * The time is what the checks take, without inventing the events; parsing them is measured with the sources.
 */
export function benchChecks(): void {
  console.log('checks: all analyses over relevant events');
  const results = SIZES.map(measureInChild);
  const [small] = results;
  for (const { count, ms, peakMb, matches } of results) {
    const perEvent = (ms * 1_000) / count;
    const growth = small === undefined ? 1 : perEvent / ((small.ms * 1_000) / small.count);
    console.log(
      `  ${String(count).padStart(9)} events ${ms.toFixed(0).padStart(7)} ms ${perEvent.toFixed(2).padStart(6)} us each (x${growth.toFixed(2)}) ${peakMb.toFixed(0).padStart(4)} MB peak, ${matches} matches ${peakMb <= LIMIT_MB ? 'ok' : `MORE THAN ${LIMIT_MB} MB`}`,
    );
  }
}

interface Measured {
  readonly count: number;
  readonly ms: number;
  readonly peakMb: number;
  readonly matches: number;
}

function measureInChild(count: number): Measured {
  const child = spawnSync(process.execPath, [import.meta.filename, String(count)], {
    encoding: 'utf8',
  });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout);
}

function measure(count: number): Measured {
  const log = startLog(count);
  const nowMs = log.untilMs + 86_400_000;
  const window = { sinceMs: log.sinceMs, untilMs: log.untilMs };
  const checks = [
    ...createAnalyses({ tuning: NO_TUNING, nowMs }),
    ...createIndicatorChecks([
      {
        kind: 'address',
        value: '203.0.113.0/28',
        strength: 'strong',
        source: 'https://example.com',
      },
    ]),
  ];
  const runs = checks.map((check) => ({ check, run: check.begin() }));
  const timeline = beginSupportTimeline({ nowMs });
  const corroboration = beginCorroboration({ tuning: NO_TUNING, nowMs });
  const investigations = beginInvestigations({
    focus: [{ kind: 'user', value: 'user1@example.com' }],
    window,
  });
  const listeners = runs.map(({ check, run }) => ({
    eventTypes: check.needs.eventTypes,
    accept: (event: LogEvent) => run.accept(event),
  }));
  const route = routeEvents([...listeners, timeline, corroboration, investigations]);
  let ms = feed(log, route);
  const followers = runs.flatMap(({ run }) => {
    const followUps = run.follow?.() ?? [];
    return followUps.length === 0 ? [] : [{ run, isFollowed: selectFollowed(followUps) }];
  });
  ms += feed(log, (event) => {
    for (const { run, isFollowed } of followers) if (isFollowed(event)) run.accept(event);
  });
  const startMs = performance.now();
  const matches = runs.flatMap(({ run }) => corroboration.corroborate(run.finish()));
  timeline.finish();
  investigations.finish();
  ms += performance.now() - startMs;
  return { count, ms, peakMb: process.resourceUsage().maxRSS / 1_024, matches: matches.length };
}

/** Hands over chunks, so that only the handing over is timed. */
function feed(log: Log, accept: (event: LogEvent) => void): number {
  let ms = 0;
  for (let first = 0; first < log.count; first += CHUNK) {
    const events = inventChunk(log, first);
    const startMs = performance.now();
    for (const event of events) accept(event);
    ms += performance.now() - startMs;
  }
  return ms;
}

function inventChunk(log: Log, first: number): LogEvent[] {
  const size = Math.min(CHUNK, log.count - first);
  return Array.from({ length: size }, (_, index) => {
    const event = parseLogEvent(inventRelevantEvent(log, first + index));
    if (event === null) throw new Error('invented something that is no event');
    return event;
  });
}

function selectFollowed(followUps: readonly FollowUp[]): (event: LogEvent) => boolean {
  const prepared = followUps.map((followUp) => ({ ...followUp, values: new Set(followUp.values) }));
  return (event) =>
    prepared.some(({ field, values, window, eventTypes }) => {
      if (event.publishedMs < window.sinceMs || event.publishedMs >= window.untilMs) return false;
      if (eventTypes !== undefined && !mayHoldType(eventTypes, event.eventType)) return false;
      const parties = field === 'target.id' ? readTargets(event) : [readActor(event)];
      return parties.some((party) => party?.id != null && values.has(party.id));
    });
}

/** Run by itself it measures one size, which is what the child processes do. */
if (import.meta.main) {
  const [asked] = process.argv.slice(2);
  if (asked === undefined) benchChecks();
  else console.log(JSON.stringify(measure(Number(asked))));
}
