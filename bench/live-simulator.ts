import { generateNoise, passwordReset, person } from '../test/simulators/okta/build-event.ts';
import { startOktaSimulator } from '../test/simulators/okta/start-okta-simulator.ts';

/** A process of its own, so that the memory of the simulated org is not taken for that of the reader. */
const [, , now = '', days = '', count = '', relevant = ''] = process.argv;
const nowMs = Date.parse(now);
const from = nowMs - Number(days) * 86_400_000;
const target = person('omar.lind@example.com');
const stepMs = (nowMs - from) / (Number(relevant) + 1);
const simulator = await startOktaSimulator({
  now: nowMs,
  tokens: [{ token: 'bench', role: 'SUPER_ADMIN' }],
  rateLimit: { limit: 100_000 },
  events: [
    ...generateNoise({ seed: 1, from, to: nowMs, count: Number(count) }),
    ...Array.from({ length: Number(relevant) }, (_, index) =>
      passwordReset({ target, at: Math.floor(from + (index + 1) * stepMs) }),
    ),
  ],
});
process.on('disconnect', () => void simulator.close());
process.send?.(simulator.url);
