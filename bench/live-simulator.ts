import {
  apiTokenCreation,
  factorEvent,
  generateNoise,
  impersonationEvent,
  passwordReset,
  person,
  privilegeGrant,
} from '../test/simulators/okta/build-event.ts';
import { startOktaSimulator } from '../test/simulators/okta/start-okta-simulator.ts';

/** A process of its own, so that the memory of the simulated org is not taken for that of the reader. */
const [, , now = '', days = '', count = '', relevant = ''] = process.argv;
const nowMs = Date.parse(now);
const from = nowMs - Number(days) * 86_400_000;
const target = person('omar.lind@example.com');
const actor = person('dana.reyes@example.com');
/** Taken in turn. */
const RELEVANT = [
  (at: number) => passwordReset({ target, at }),
  (at: number) => factorEvent('deactivate', { actor, target, at }),
  (at: number) => privilegeGrant({ actor, target, at, privilege: 'Super administrator' }),
  (at: number) => apiTokenCreation({ actor, at, token: 'automation' }),
  (at: number) => impersonationEvent('grant', { actor, at }),
];
const stepMs = (nowMs - from) / (Number(relevant) + 1);
const simulator = await startOktaSimulator({
  now: nowMs,
  tokens: [{ token: 'bench', role: 'SUPER_ADMIN' }],
  rateLimit: { limit: 100_000 },
  events: [
    ...generateNoise({ seed: 1, from, to: nowMs, count: Number(count) }),
    ...Array.from({ length: Number(relevant) }, (_, index) =>
      Math.floor(from + (index + 1) * stepMs),
    )
      .map((at, index) => RELEVANT[index % RELEVANT.length]?.(at))
      .filter((event) => event !== undefined),
  ],
});
process.on('disconnect', () => void simulator.close());
process.send?.(simulator.url);
