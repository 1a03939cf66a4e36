import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import { isRecord, type RawEvent } from '../../src/model/log-event.ts';
import { ROLES } from '../../src/model/severity.ts';
import { DAY_MS, HOUR_MS } from '../../src/model/time-window.ts';
import { NO_TUNING, type Tuning } from '../../src/model/tuning.ts';
import { createArchiveSource } from '../../src/sources/archive/archive-source.ts';
import { layFiles, SILENT, toLines } from '../archive/archive-workbench.ts';
import { writeFormat } from '../archive/format-writers.ts';
import { type AuditQuestion, askAudit, LATER_MS } from './ask-audit.ts';
import {
  inOrder,
  inventTenants,
  publishedMs,
  shift,
  type Tenant,
  workOf,
} from './random-tenant.ts';
import { windowStart } from './tell-events.ts';

/* What must hold between two audits, whatever happened in the tenant. */

const TENANTS = inventTenants(5).map((tenant, number) => ({ number, ...tenant }));

function audit(
  files: Readonly<Record<string, string | Buffer>>,
  plan: AuditQuestion['plan'] = {},
): Promise<JudgedAudit> {
  const workingDirectory = layFiles(files);
  const patterns = Object.keys(files);
  const source = createArchiveSource({ patterns, workingDirectory, progress: SILENT });
  return askAudit({ incident: null, source, plan });
}

function auditEvents(
  events: readonly RawEvent[],
  plan: AuditQuestion['plan'] = {},
): Promise<JudgedAudit> {
  return audit({ 'a.ndjson': toLines(events) }, plan);
}

function tune(events: readonly RawEvent[], tuning: Partial<Tuning>): Promise<JudgedAudit> {
  return auditEvents(events, { tuning: { ...NO_TUNING, ...tuning } });
}

function tellFinding({ id, check, role, severity, status, attribution, events }: Finding) {
  const uuids = events.map(({ uuid }) => uuid).sort();
  return { id, check, role, severity, status, attribution, uuids };
}

function tell({ verdict, coverage, findings }: JudgedAudit) {
  const told = findings.map(tellFinding).sort((one, other) => (one.id < other.id ? -1 : 1));
  return { verdict, state: coverage.state, findings: told };
}

/** What does not hang on the day. */
function tellTimeless({ verdict, coverage, findings }: JudgedAudit) {
  const told = findings.map((finding) => JSON.stringify({ ...tellFinding(finding), id: '' }));
  return { verdict, state: coverage.state, findings: told.sort() };
}

/** The strongest role that each event of a finding has. */
function listRoles({ findings }: Pick<JudgedAudit, 'findings'>): Map<string, number> {
  const roles = new Map<string, number>();
  for (const { role, events } of findings) {
    for (const { uuid } of events) {
      roles.set(uuid, Math.max(roles.get(uuid) ?? -1, ROLES.indexOf(role)));
    }
  }
  return roles;
}

function weakened(before: Pick<JudgedAudit, 'findings'>, after: JudgedAudit): string[] {
  const roles = listRoles(after);
  return [...listRoles(before)].flatMap(([uuid, role]) =>
    (roles.get(uuid) ?? -1) < role ? uuid : [],
  );
}

describe.each(TENANTS)('tenant $number', ({ events, planted }: Tenant) => {
  let once: Promise<JudgedAudit> | null = null;
  const auditOnce = (): Promise<JudgedAudit> => {
    once ??= auditEvents(events);
    return once;
  };

  it('is judged alike from files that overlap, in any order and form', async () => {
    const [first, second, third] = [0, 1, 2].map((part) =>
      events.filter((_, index) => index % 3 === part || index % 7 === part).toReversed(),
    );
    const judged = await audit({
      'z.json.gz': gzipSync(writeFormat('event-bridge', first ?? [], 'list')),
      'm.json': writeFormat('elastic-original', second ?? [], 'lines'),
      'a.csv': writeFormat('splunk-export', third ?? [], 'lines'),
    });
    expect(tell(judged)).toEqual(tell(await auditOnce()));
  });

  it('is judged alike weeks later', async () => {
    const laterMs = 5 * 7 * DAY_MS;
    const later = events.map((event) => shift(event, laterMs));
    const judged = await auditEvents(later, { nowMs: LATER_MS + laterMs });
    expect(tellTimeless(judged)).toEqual(tellTimeless(await auditOnce()));
  });

  it('is judged alike beside more people at work', async () => {
    const judged = await auditEvents(inOrder([...events, ...workOf('clerk')]));
    expect(tell(judged)).toEqual(tell(await auditOnce()));
  });

  it('gives in one window what two windows give that meet at an event', async () => {
    const cutMs = publishedMs(planted[Math.floor(planted.length / 2)] ?? {});
    const [sinceMs, untilMs] = [windowStart(), LATER_MS - HOUR_MS];
    const asked = (times: { sinceMs: number; untilMs: number }) =>
      auditEvents(events, { times: { lookbackDays: null, ...times } });
    if (cutMs <= sinceMs || cutMs >= untilMs) return;
    const whole = await asked({ sinceMs, untilMs });
    const before = await asked({ sinceMs, untilMs: cutMs });
    const after = await asked({ sinceMs: cutMs, untilMs });
    const parts = { findings: [...before.findings, ...after.findings] };
    expect([...listRoles(parts).keys()].sort()).toEqual([...listRoles(whole).keys()].sort());
    expect(weakened(parts, whole)).toEqual([]);
  });

  it('loses by a suppression nothing, and by a rule that is off its own alone', async () => {
    const judged = await auditOnce();
    const [strongest] = judged.findings;
    if (strongest === undefined) return;
    const { check, id, actor } = strongest;
    const suppression = { actor: actor?.id ?? null, target: null, reason: 'known' };
    const silenced = await tune(events, {
      suppressions: [{ ...suppression, check, expiresMs: LATER_MS + DAY_MS }],
    });
    const unlike = silenced.findings.filter(({ status }) => status === 'suppressed');
    expect(unlike.map((finding) => finding.id)).toContain(id);
    expect(unlike.every((finding) => finding.check === check)).toBe(true);
    expect(tell({ ...silenced, findings: silenced.findings.map(unsuppress) })).toEqual(
      tell(judged),
    );

    const off = await tune(events, {
      rules: { [check]: { enabled: false, severity: null, filter: null } },
    });
    expect(off.findings.some((finding) => finding.check === check)).toBe(false);
    const others = judged.findings.filter((finding) => finding.check !== check);
    expect(weakened({ findings: others }, off)).toEqual([]);
  });

  it.each(['actor', 'actor.id', 'outcome', 'outcome.result', 'client.ipAddress', 'transaction'])(
    'is not cleared for want of %s in half of its records',
    async (field) => {
      const judged = await auditOnce();
      const thinned = events.map((event, index) =>
        index % 2 === 0 || planted.includes(event) ? leaveOut(event, field.split('.')) : event,
      );
      const thin = await auditEvents(thinned);
      if (thin.coverage.state !== 'complete') return;
      const deciding = judged.findings.filter(({ role }) => role !== 'context');
      const evaluated = new Set(
        thin.checks.flatMap(({ id, status }) => (status === 'evaluated' ? id : [])),
      );
      const seen = deciding.filter(({ check }) => evaluated.has(check));
      expect(weakened({ findings: seen }, thin)).toEqual([]);
      expect(thin.verdict).toBe(judged.verdict);
    },
  );
});

function unsuppress(finding: Finding): Finding {
  return finding.status === 'suppressed' ? { ...finding, status: 'new' } : finding;
}

function leaveOut(record: RawEvent, [key = '', ...path]: readonly string[]): RawEvent {
  const { [key]: inner, ...rest } = record;
  return path.length > 0 && isRecord(inner) ? { ...rest, [key]: leaveOut(inner, path) } : rest;
}
