import { expect, test } from 'vitest';
import type { AuditPlan } from '../../src/model/audit-plan.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import { DAY_MS } from '../../src/model/time-window.ts';
import { askAudit } from '../scopes/ask-audit.ts';
import { generateNoise, person, privilegeGrant } from '../simulators/okta/build-event.ts';
import { type Fault, fromRequest } from '../simulators/okta/simulator-fault.ts';
import { BY_TOKEN, NOW, openTenant } from './simulated-tenant.ts';

const RANGE: Partial<AuditPlan> = { focus: [{ kind: 'ip', value: '192.0.2.0/24' }] };

async function auditWhere(fault: Fault | null, plan: Partial<AuditPlan>): Promise<JudgedAudit> {
  const tenant = await openTenant({
    events: [
      ...generateNoise({ seed: 3, from: NOW - 8 * DAY_MS, to: NOW, count: 500 }),
      // The first says from where this administrator works, so that no check has to ask for the sign-ins.
      ...[9, 2].map((days) =>
        privilegeGrant({
          actor: person('dana.reyes@example.com'),
          target: person('j.ortiz@example.com'),
          at: NOW - days * DAY_MS,
        }),
      ),
    ],
    faults: fault === null ? [] : [fault],
  });
  const okta = { orgUrl: tenant.simulator.url, credentials: BY_TOKEN };
  return askAudit({
    incident: null,
    source: tenant.source,
    plan: { nowMs: NOW, archives: [], okta, ...plan },
  });
}

function sayHoles({ coverage }: JudgedAudit) {
  return coverage.holes.map(({ reason, checks, decides }) => [reason, checks.length > 0, decides]);
}

const RANGE_HOLE = [
  'A targeted pull asks Okta for event types by name, and this needs every event',
  false,
  false,
];

test('a night says which network of the focus it could not ask Okta for', async () => {
  const judged = await auditWhere(null, RANGE);
  expect(judged.coverage.state).toBe('complete');
  expect(sayHoles(judged)).toEqual([RANGE_HOLE]);
});

test('what Okta fails to give is no matter of the network of the focus', async () => {
  const judged = await auditWhere(fromRequest('logs', 4, { kind: 'status', status: 500 }), RANGE);
  expect(sayHoles(judged)).toEqual([[expect.stringContaining('HTTP 500'), true, true], RANGE_HOLE]);
});

test('a night says that what happened around a finding was not read', async () => {
  const judged = await auditWhere(
    {
      when: ({ query }) => /^(actor|target)\.id eq/.test(query.get('filter') ?? ''),
      action: { kind: 'status', status: 500 },
    },
    {},
  );
  expect(judged.findings.length).toBeGreaterThan(0);
  expect(judged.coverage.state).toBe('complete');
  expect(sayHoles(judged)).toEqual([[expect.stringContaining('HTTP 500'), false, false]]);
});
