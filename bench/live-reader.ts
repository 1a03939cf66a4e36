import { exactEventTypes } from '../src/model/event-type-set.ts';
import { createOktaSource } from '../src/sources/okta/okta-source.ts';
import { OktaTransport } from '../src/sources/okta/transport/transport.ts';

/** What one read in a process of its own has cost. */
export interface LiveMeasurement {
  readonly requests: number;
  readonly events: number;
  readonly holes: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
}

const RELEVANT_TYPES = [
  'system.api_token.create',
  'user.account.privilege.grant',
  'user.account.reset_password',
  'user.account.update_password',
  'user.mfa.factor.deactivate',
  'user.mfa.factor.reset_all',
  'user.session.impersonation.grant',
  'user.session.impersonation.initiate',
];

const [, , orgUrl = '', now = '', days = '', pull = ''] = process.argv;
const nowMs = Date.parse(now);
const window = { sinceMs: nowMs - Number(days) * 86_400_000, untilMs: nowMs };
const transport = new OktaTransport(
  { orgUrl, credentials: { kind: 'api-token', token: 'bench' } },
  {
    now: Date.now,
    sleep: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
    random: Math.random,
    env: {},
    log: () => {},
  },
);
const progress = { start() {}, advance() {}, finish() {} };
const source = createOktaSource({ transport, nowMs, progress });
const startedMs = performance.now();
let events = 0;
const reading = await source.read(
  {
    window,
    needs: [{ eventTypes: exactEventTypes(RELEVANT_TYPES), window }],
    followUps: [],
    pull: pull === 'full' ? 'full' : 'targeted',
  },
  (batch) => {
    events += batch.length;
  },
);
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
const measurement: LiveMeasurement = {
  requests: reading.counts.requests,
  events,
  holes: reading.holes.length,
  wallMs: performance.now() - startedMs,
  cpuMs: (userCPUTime + systemCPUTime) / 1000,
  peakBytes: maxRSS * 1024,
};
process.send?.(measurement, () => process.disconnect());
