import { onTestFinished } from 'vitest';
import type { OktaCredentials } from '../../src/model/audit-plan.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import type { EventSource, Progress, ReadRequest, SourceReading } from '../../src/model/reading.ts';
import type { SupportAccess } from '../../src/model/support-access.ts';
import { createOktaSource } from '../../src/sources/okta/okta-source.ts';
import { askSupportAccess } from '../../src/sources/okta/support/ask-support-access.ts';
import type { OktaRuntime } from '../../src/sources/okta/transport/okta-runtime.ts';
import { OktaTransport } from '../../src/sources/okta/transport/transport.ts';
import {
  type OktaSimulator,
  type OktaSimulatorOptions,
  startOktaSimulator,
} from '../simulators/okta/start-okta-simulator.ts';

export const NOW = Date.parse('2026-11-23T02:17:00Z');
export const API_TOKEN = '00simulatedapitokenthatnobodymaysee4242424';
export const BY_TOKEN: OktaCredentials = { kind: 'api-token', token: API_TOKEN };

export interface SimulatedTenant {
  readonly simulator: OktaSimulator;
  readonly transport: OktaTransport;
  readonly source: EventSource;
  /** What the source told people, line by line. */
  readonly lines: readonly string[];
  /** How long it would have slept. */
  readonly sleptMs: () => number;
  read(request: Partial<ReadRequest>): Promise<TenantReading>;
  askSupportAccess(): Promise<SupportAccess>;
}

export interface TenantReading {
  readonly reading: SourceReading;
  readonly events: readonly LogEvent[];
}

/** Long enough that a busy machine rarely misses them, and a miss is only tried again. */
export const SHORT_DEADLINES = { firstByteMs: 800, betweenBytesMs: 400, wholeMs: 4_000 };

const SILENT_PROGRESS: Progress = { start() {}, advance() {}, finish() {} };
const NOTHING_ASKED: ReadRequest = {
  window: { sinceMs: NOW, untilMs: NOW },
  needs: [],
  followUps: [],
  pull: 'targeted',
};

/**
 * An org behind HTTP and the live source in front of it, sharing one clock that sleeping moves on at once.
 * Only deadlines are real time; a test that lets them pass gives `SHORT_DEADLINES`.
 */
export async function openTenant({
  credentials = BY_TOKEN,
  runtime = {},
  orgUrl,
  ...options
}: Omit<Partial<OktaSimulatorOptions>, 'now'> & {
  readonly credentials?: OktaCredentials;
  readonly runtime?: Partial<OktaRuntime>;
  readonly orgUrl?: string;
}): Promise<SimulatedTenant> {
  let clockMs = NOW;
  const simulator = await startOktaSimulator({
    tokens: [{ token: API_TOKEN, role: 'SUPER_ADMIN' }],
    ...options,
    now: () => clockMs,
  });
  onTestFinished(() => simulator.close());
  const lines: string[] = [];
  const transport = new OktaTransport(
    { orgUrl: orgUrl ?? simulator.url, credentials },
    {
      now: () => clockMs,
      sleep: async (durationMs) => {
        clockMs += durationMs;
      },
      random: () => 0.5,
      env: {},
      log: (line) => lines.push(line),
      ...runtime,
    },
  );
  const source = createOktaSource({ transport, nowMs: NOW, progress: SILENT_PROGRESS });
  return {
    simulator,
    transport,
    source,
    lines,
    sleptMs: () => clockMs - NOW,
    async read(request) {
      const events: LogEvent[] = [];
      const whole = { ...NOTHING_ASKED, ...request };
      const reading = await source.read(whole, (batch) => events.push(...batch));
      return { reading, events };
    },
    askSupportAccess: () => askSupportAccess({ transport, nowMs: NOW }),
  };
}
