import { expect, test } from 'vitest';
import { DAY_MS } from '../../src/model/time-window.ts';
import { askAudit } from '../scopes/ask-audit.ts';
import { createMemorySource } from '../scopes/memory-source.ts';
import { generateNoise } from '../simulators/okta/build-event.ts';
import { onRequest } from '../simulators/okta/simulator-fault.ts';
import { BY_TOKEN, NOW, openTenant } from './simulated-tenant.ts';

const LOOK_BACK_SINCE = Date.parse('2026-11-02T00:00:00Z');

test('a page that was lost from the look-back is a hole, although it comes before everything that was read', async () => {
  const tenant = await openTenant({
    events: generateNoise({ seed: 3, from: NOW - 30 * DAY_MS, to: NOW, count: 500 }),
    faults: [
      {
        // Of acts that are asked for by their look-back alone.
        when: ({ query }) =>
          query.get('filter')?.includes('"system.idp.lifecycle.create"') === true &&
          Date.parse(query.get('since') ?? '') < LOOK_BACK_SINCE,
        action: { kind: 'status', status: 500 },
      },
    ],
  });
  const okta = { orgUrl: tenant.simulator.url, credentials: BY_TOKEN };
  const { coverage, verdict } = await askAudit({
    incident: null,
    source: tenant.source,
    plan: { nowMs: NOW, archives: [], okta },
  });
  expect(verdict).toBe('not-assessable');
  expect(coverage.state).toBe('partial');
  expect(coverage.holes).toMatchObject([
    {
      window: { sinceMs: LOOK_BACK_SINCE },
      reason: expect.stringContaining('HTTP 500'),
      checks: ['impossible-journey'],
      decides: true,
    },
  ]);
});

test('a log whose reach could not be probed is a hole where an archive does not answer for all that was asked', async () => {
  const tenant = await openTenant({
    events: generateNoise({ seed: 3, from: NOW - 30 * DAY_MS, to: NOW, count: 500 }),
    faults: [onRequest('logs', [1, 2, 3, 4, 5], { kind: 'status', status: 500 })],
  });
  const covered = { sinceMs: NOW - 8 * DAY_MS, untilMs: NOW };
  const { coverage } = await askAudit({
    incident: null,
    source: tenant.source,
    others: [createMemorySource({ events: [], covered })],
    plan: { nowMs: NOW, okta: { orgUrl: tenant.simulator.url, credentials: BY_TOKEN } },
  });
  expect(coverage.state).toBe('partial');
  expect(coverage.holes[0]).toMatchObject({
    window: { sinceMs: LOOK_BACK_SINCE, untilMs: covered.sinceMs },
    reason: expect.stringContaining('could not be probed'),
    decides: true,
  });
});
