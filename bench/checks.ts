import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { createAnalyses } from '../src/checks/analyses.ts';
import { beginCorroboration } from '../src/checks/credential-changes/corroborate.ts';
import { createIndicatorChecks } from '../src/checks/indicators/indicator-check.ts';
import { beginInvestigations } from '../src/checks/investigations/investigate.ts';
import { beginSupportTimeline } from '../src/checks/support-access/support-timeline.ts';
import { limitYoungGeneration } from '../src/connect/limit-young-generation.ts';
import { listenFor } from '../src/evaluation/listen-for.ts';
import { routeEvents } from '../src/evaluation/route-events.ts';
import { mayHoldType } from '../src/model/event-type-set.ts';
import { type LogEvent, parseLogEvent, readActor, readTargets } from '../src/model/log-event.ts';
import type { FollowUp } from '../src/model/reading.ts';
import { NO_TUNING } from '../src/model/tuning.ts';
import { inventRelevantEvent, type Log, startLog } from './invent-relevant-events.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const LIMIT_MB = 400;
/**
 * Measures every analysis, an indicator check, corroboration, the support timeline and the investigations together
 * over relevant events alone, each size in a process of its own so that its peak memory can be told. The events come
 * as lines of JSON from another process, as from an archive: then no two of them share a text, keeping one costs what
 * it costs, and inventing them takes none of the memory. The time is what the checks take, without reading and parsing.
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

/** With the limit on V8's young generation under which every audit runs. */
async function measure(count: number): Promise<Measured> {
  const endLimit = limitYoungGeneration();
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
  const listeners = runs.map(({ check, run }) => listenFor(check, run));
  const route = routeEvents([...listeners, timeline, corroboration, investigations]);
  let ms = await feed(log, route);
  const followers = runs.flatMap(({ run }) => {
    const followUps = run.follow?.() ?? [];
    return followUps.length === 0 ? [] : [{ run, isFollowed: selectFollowed(followUps) }];
  });
  ms += await feed(log, (event) => {
    for (const { run, isFollowed } of followers) if (isFollowed(event)) run.accept(event);
  });
  const startMs = performance.now();
  const matches = runs.flatMap(({ run }) => corroboration.corroborate(run.finish()));
  timeline.finish();
  investigations.finish();
  ms += performance.now() - startMs;
  endLimit();
  return { count, ms, peakMb: process.resourceUsage().maxRSS / 1_024, matches: matches.length };
}

/** Only the handing over is timed. */
async function feed(log: Log, accept: (event: LogEvent) => void): Promise<number> {
  const inventor = spawn(process.execPath, [import.meta.filename, 'invent', String(log.count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let ms = 0;
  let events = 0;
  for await (const line of createInterface({ input: inventor.stdout })) {
    const event = parseLogEvent(JSON.parse(line));
    if (event === null) throw new Error('invented something that is no event');
    const startMs = performance.now();
    accept(event);
    ms += performance.now() - startMs;
    events += 1;
  }
  if (events !== log.count) throw new Error(`${events} of ${log.count} events came`);
  return ms;
}

/** Writes the whole log to the standard output, as fast as it is taken. */
async function invent(log: Log): Promise<void> {
  for (let first = 0; first < log.count; first += LINES_AT_ONCE) {
    const size = Math.min(LINES_AT_ONCE, log.count - first);
    const lines = Array.from(
      { length: size },
      (_, index) => `${JSON.stringify(inventRelevantEvent(log, first + index))}\n`,
    );
    if (!process.stdout.write(lines.join(''))) await once(process.stdout, 'drain');
  }
}

const LINES_AT_ONCE = 100;

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

/** Run by itself it measures one size or invents one log, which is what the child processes do. */
if (import.meta.main) {
  const [asked, count] = process.argv.slice(2);
  if (asked === undefined) benchChecks();
  else if (asked === 'invent') await invent(startLog(Number(count)));
  else console.log(JSON.stringify(await measure(Number(asked))));
}
