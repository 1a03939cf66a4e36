import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LiveMeasurement } from './live-reader.ts';

const NOW = '2026-11-23T02:17:00.000Z';
const MOST_REQUESTS = 12;
const MOST_BYTES = 250e6;

interface Tenant {
  readonly days: number;
  readonly noise: number;
  readonly relevant: number;
}

/**
 * Measures the live source against a simulated org, each in a process of its own: the requests of a targeted week with
 * 60,000 routine and 40 relevant events, and the peak memory of a full pull of 200,000 events.
 */
export async function benchLive(): Promise<void> {
  const week = { days: 7, noise: 60_000, relevant: 40 };
  const targeted = await measure(week, 'targeted');
  print(`targeted week, ${week.noise} + ${week.relevant} events`, targeted);
  console.log(
    `  ${targeted.requests} requests (at most ${MOST_REQUESTS}: ${verdict(targeted.requests, MOST_REQUESTS)})`,
  );
  const month = { days: 30, noise: 200_000, relevant: 0 };
  const full = await measure(month, 'full');
  print(`full pull, ${month.noise} events`, full);
  const pages = Math.ceil(month.noise / 1000);
  console.log(
    `  ${full.requests} requests for ${pages} pages; peak ${megabytes(full.peakBytes)} (at most ${megabytes(MOST_BYTES)}: ${verdict(full.peakBytes, MOST_BYTES)})`,
  );
}

async function measure(tenant: Tenant, pull: string): Promise<LiveMeasurement> {
  const { days, noise, relevant } = tenant;
  const simulator = start('live-simulator.ts', [NOW, days, noise, relevant]);
  const [url] = await once(simulator, 'message');
  const reader = start('live-reader.ts', [url, NOW, days, pull]);
  const [measurement] = await once(reader, 'message');
  simulator.disconnect();
  return measurement;
}

function start(file: string, args: readonly (string | number)[]): ChildProcess {
  return fork(join(import.meta.dirname, file), args.map(String));
}

function print(what: string, { events, holes, wallMs, cpuMs }: LiveMeasurement): void {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  console.log(
    `live: ${what}: ${events} delivered, ${holes} holes, ${seconds(wallMs)}, CPU ${seconds(cpuMs)}`,
  );
}

function verdict(value: number, limit: number): string {
  if (value <= limit) return 'ok';
  process.exitCode = 1;
  return 'TOO MUCH';
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

if (import.meta.main) await benchLive();
