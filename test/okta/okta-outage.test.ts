import { describe, expect, test } from 'vitest';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import { DAY_MS, type TimeWindow } from '../../src/model/time-window.ts';
import { askAudit } from '../scopes/ask-audit.ts';
import { createMemorySource } from '../scopes/memory-source.ts';
import type { FaultAction } from '../simulators/okta/simulator-fault.ts';
import { fromRequest } from '../simulators/okta/simulator-fault.ts';
import { BY_TOKEN, NOW, openTenant } from './simulated-tenant.ts';

const LONG_AGO = { sinceMs: Date.parse('2021-10-01'), untilMs: Date.parse('2022-05-01') };

async function auditWhere({
  action,
  incident,
  archive,
}: {
  readonly action: FaultAction;
  readonly incident: string | null;
  readonly archive: TimeWindow | null;
}): Promise<JudgedAudit> {
  const tenant = await openTenant({ faults: [fromRequest('logs', 1, action)] });
  return askAudit({
    incident,
    source: tenant.source,
    others: archive === null ? [] : [createMemorySource({ events: [], covered: archive })],
    plan: {
      nowMs: NOW,
      archives: archive === null ? [] : ['memory'],
      okta: { orgUrl: tenant.simulator.url, credentials: BY_TOKEN },
    },
  });
}

describe('while Okta is out of order', () => {
  test('an archive answers for what it covers', async () => {
    const judged = await auditWhere({
      action: { kind: 'status', status: 503 },
      incident: 'okta-2022-01-lapsus',
      archive: LONG_AGO,
    });
    expect(judged.coverage.state).toBe('complete');
    expect(judged.coverage.sources.map(({ kind, counts }) => [kind, counts.requests])).toEqual([
      ['okta', 0],
      ['archive', 0],
    ]);
  });

  test('what the archive does not cover is a hole that says why', async () => {
    const judged = await auditWhere({
      action: { kind: 'status', status: 503 },
      incident: null,
      archive: { sinceMs: NOW - 60 * DAY_MS, untilMs: NOW - DAY_MS },
    });
    expect(judged.coverage.state).toBe('partial');
    expect(judged.verdict).toBe('not-assessable');
    const [hole] = judged.coverage.holes;
    expect(hole).toMatchObject({ decides: true, reason: expect.stringContaining('HTTP 503') });
    expect(hole?.window.sinceMs).toBe(NOW - DAY_MS);
  });

  test('there is no answer without an archive', async () => {
    await expect(
      auditWhere({ action: { kind: 'status', status: 503 }, incident: null, archive: null }),
    ).rejects.toMatchObject({ code: 'okta-unexpected-response' });
  });
});

test('credentials that Okta refuses are to be mended, whatever an archive covers', async () => {
  await expect(
    auditWhere({
      action: { kind: 'status', status: 401, errorCode: 'E0000011' },
      incident: 'okta-2022-01-lapsus',
      archive: LONG_AGO,
    }),
  ).rejects.toMatchObject({ code: 'okta-credentials-rejected' });
});
