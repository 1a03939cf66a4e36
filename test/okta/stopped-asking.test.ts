import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openOkta } from '../../src/connect/open-okta.ts';
import { SILENT } from '../archive/archive-workbench.ts';
import { fromRequest } from '../simulators/okta/simulator-fault.ts';
import { startOktaSimulator } from '../simulators/okta/start-okta-simulator.ts';
import { API_TOKEN, BY_TOKEN } from './simulated-tenant.ts';

/** Longer than the first wait before a request is tried again. */
const LONGER_MS = 2_500;

test('an audit that has failed asks nothing more, and says nothing behind its last word', async () => {
  const nowMs = Date.now();
  const simulator = await startOktaSimulator({
    now: nowMs,
    tokens: [{ token: API_TOKEN, role: 'SUPER_ADMIN' }],
    faults: [fromRequest('support', 1, { kind: 'status', status: 503 })],
  });
  onTestFinished(() => simulator.close());
  const lines: string[] = [];
  const { askSupportAccess, stop } = openOkta({
    access: { orgUrl: simulator.url, credentials: BY_TOKEN },
    plan: { nowMs },
    env: {},
    progress: SILENT,
    tell: { info: (line) => lines.push(line), warn: (line) => lines.push(line) },
  });
  void askSupportAccess();
  await expect.poll(() => lines, { timeout: 5_000 }).toHaveLength(1);
  stop();
  await wait(LONGER_MS);
  expect(lines).toEqual([expect.stringContaining('Trying again in')]);
  expect(simulator.requestsTo('support')).toHaveLength(1);
});
