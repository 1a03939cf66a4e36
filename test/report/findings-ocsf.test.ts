import { describe, expect, it } from 'vitest';
import { renderFindingsOcsf } from '../../src/report/findings-ocsf.ts';
import { expectGolden } from './expect-golden.ts';
import { hostileAudit, takeTurns } from './hostile-audit.ts';
import { HOSTILE_TEXTS } from './hostile-text.ts';
import { SAMPLE_IDENTITY, sampleAudit, sampleFinding } from './sample-audit.ts';
import { incidentAudit, largeAudit, newsAudit } from './sample-stories.ts';

function renderLines(judged = incidentAudit()): string[] {
  return [...renderFindingsOcsf({ judged, identity: SAMPLE_IDENTITY })];
}

/** What the class demands. Source: https://schema.ocsf.io/1.3.0/classes/detection_finding */
const REQUIRED = {
  activity_id: 1,
  category_uid: 2,
  class_uid: 2004,
  type_uid: 200_401,
  time: expect.any(Number),
  severity_id: expect.any(Number),
  metadata: { version: '1.3.0', product: { vendor_name: expect.any(String) } },
  finding_info: { uid: expect.stringMatching(/^F-/), title: expect.any(String) },
};

describe('findings.ocsf.ndjson', () => {
  it('of an incident reads as reviewed', () => {
    expectGolden('test/report/golden/findings.ocsf.ndjson', renderLines().join(''));
  });

  it('gives every finding what a detection finding must have', () => {
    for (const judged of [incidentAudit(), newsAudit(), largeAudit(40)]) {
      const lines = renderLines(judged);
      expect(lines).toHaveLength(judged.findings.length);
      for (const line of lines) expect(JSON.parse(line)).toMatchObject(REQUIRED);
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
    for (const line of lines) expect(line.trimEnd()).not.toMatch(/\p{Cc}|\p{Cf}/u);
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
