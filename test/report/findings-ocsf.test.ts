import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { renderFindingsOcsf } from '../../src/report/findings-ocsf.ts';
import { expectGolden } from './expect-golden.ts';
import { hostileAudit, takeTurns } from './hostile-audit.ts';
import { HOSTILE_TEXTS } from './hostile-text.ts';
import { SAMPLE_IDENTITY, sampleAudit, sampleFinding } from './sample-audit.ts';
import { incidentAudit, largeAudit, newsAudit } from './sample-stories.ts';

function renderLines(judged = incidentAudit()): string[] {
  return [...renderFindingsOcsf({ judged, identity: SAMPLE_IDENTITY })];
}

const Text = z.string();
const Moment = z.int().min(Date.parse('2015-01-01'));
const Uid = z.strictObject({ uid: z.string().regex(/^T\d{4}(?:\.\d{3})?$/) });

/**
 * The attributes that version 1.3.0 knows of the class and its objects, and what it demands of them.
 * Source: https://schema.ocsf.io/1.3.0/classes/detection_finding
 */
const DetectionFinding = z
  .strictObject({
    activity_id: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    category_uid: z.literal(2),
    class_uid: z.literal(2004),
    class_name: z.literal('Detection Finding'),
    type_uid: z.int(),
    time: Moment,
    start_time: Moment,
    end_time: Moment,
    count: z.int().min(0),
    severity: z.enum(['Informational', 'Low', 'Medium', 'High', 'Critical']),
    severity_id: z.int().min(1).max(5),
    confidence: z.enum(['Low', 'Medium', 'High']),
    confidence_id: z.int().min(1).max(3),
    status: z.enum(['New', 'In Progress', 'Suppressed', 'Resolved']),
    status_id: z.int().min(1).max(4),
    message: Text,
    metadata: z.strictObject({
      version: z.literal('1.3.0'),
      product: z.strictObject({ name: Text, vendor_name: Text, version: Text }),
      tenant_uid: Text.optional(),
    }),
    finding_info: z.strictObject({
      uid: z.string().regex(/^F-/),
      title: Text,
      desc: Text,
      first_seen_time: Moment,
      last_seen_time: Moment,
      analytic: z.strictObject({
        uid: Text,
        name: Text,
        type: z.literal('Rule'),
        type_id: z.literal(1),
      }),
      attacks: z.array(z.strictObject({ technique: Uid, sub_technique: Uid.optional() })),
      related_events: z.array(z.strictObject({ uid: Text, type: Text })),
      src_url: z.url().optional(),
    }),
    evidences: z.array(
      z
        .strictObject({
          actor: z.strictObject({ user: z.strictObject({ name: Text }) }).optional(),
          src_endpoint: z.strictObject({ ip: z.union([z.ipv4(), z.ipv6()]) }).optional(),
        })
        .refine((evidence) => Object.keys(evidence).length > 0),
    ),
    resources: z.array(z.strictObject({ uid: Text.optional(), type: Text.optional(), name: Text })),
    unmapped: z.record(z.string(), z.unknown()),
  })
  .refine(({ type_uid, class_uid, activity_id }) => type_uid === class_uid * 100 + activity_id);

interface Evidence {
  readonly src_endpoint?: unknown;
}

describe('findings.ocsf.ndjson', () => {
  it('of an incident reads as reviewed', () => {
    expectGolden('test/report/golden/findings.ocsf.ndjson', renderLines().join(''));
  });

  it('is a valid Detection Finding, line for line', () => {
    for (const judged of [incidentAudit(), newsAudit(), largeAudit(40)]) {
      const lines = renderLines(judged);
      expect(lines).toHaveLength(judged.findings.length);
      for (const line of lines)
        expect(DetectionFinding.safeParse(JSON.parse(line)).error).toBeUndefined();
    }
  });

  it.each([
    ['status', 'new', 1],
    ['status', 'open', 2],
    ['status', 'suppressed', 3],
    ['status', 'acknowledged', 4],
    ['severity', 'informational', 1],
    ['severity', 'critical', 5],
    ['confidence', 'high', 3],
  ])('writes %s %s as %i', (name, value, id) => {
    const [line = ''] = renderLines(sampleAudit({ findings: [sampleFinding({ [name]: value })] }));
    expect(JSON.parse(line)[`${name}_id`]).toBe(id);
  });

  it('hides what an unknown person typed, and everything invisible', () => {
    expect(renderLines(newsAudit()).join('')).not.toContain('horse');
    const lines = renderLines(hostileAudit(takeTurns(HOSTILE_TEXTS)));
    for (const line of lines) {
      expect(line.trimEnd()).not.toMatch(/\p{Cc}|\p{Cf}/u);
      expect(JSON.parse(line).evidences.map(({ src_endpoint }: Evidence) => src_endpoint)).toEqual(
        JSON.parse(line).evidences.map(() => undefined),
      );
    }
  });

  it.each([
    ['new', 1, 200_401],
    ['open', 2, 200_402],
    ['suppressed', 2, 200_402],
    ['acknowledged', 3, 200_403],
  ] as const)('says of a finding that is %s which activity that is', (status, activity, type) => {
    const [line = ''] = renderLines(sampleAudit({ findings: [sampleFinding({ status })] }));
    expect(JSON.parse(line)).toMatchObject({ activity_id: activity, type_uid: type });
  });

  it('tells a sub-technique from a technique', () => {
    const techniques = ['T1199', 'T1098.003'];
    const [line = ''] = renderLines(sampleAudit({ findings: [sampleFinding({ techniques })] }));
    expect(JSON.parse(line).finding_info.attacks).toEqual([
      { technique: { uid: 'T1199' } },
      { technique: { uid: 'T1098' }, sub_technique: { uid: 'T1098.003' } },
    ]);
  });

  it('names the first events of very many and counts all', () => {
    const [event] = sampleFinding().events;
    if (event === undefined) throw new Error('the sample has no event');
    const events = Array.from({ length: 700 }, (_, index) => ({ ...event, uuid: String(index) }));
    const [line = ''] = renderLines(sampleAudit({ findings: [sampleFinding({ events })] }));
    const parsed = JSON.parse(line);
    expect(parsed.finding_info.related_events).toHaveLength(500);
    expect(parsed.count).toBe(700);
  });
});
