import { describe, expect, it } from 'vitest';
import { renderEvidence } from '../../src/report/evidence-ndjson.ts';
import { renderFindingsCsv } from '../../src/report/findings-csv.ts';
import { expectGolden } from './expect-golden.ts';
import { HOSTILE_TEXTS } from './hostile-text.ts';
import { sampleAudit, sampleFinding } from './sample-audit.ts';
import { person, sampleEvent, stranger } from './sample-events.ts';
import { incidentAudit, newsAudit } from './sample-stories.ts';

describe('findings.csv', () => {
  it('of an incident reads as reviewed', () => {
    expectGolden(
      'test/report/golden/findings.csv',
      renderFindingsCsv({ judged: incidentAudit() }).replaceAll('\r\n', '\n'),
    );
  });

  it('never shows what an unknown person typed', () => {
    expect(renderFindingsCsv({ judged: newsAudit() })).not.toContain('horse');
    expect(renderFindingsCsv({ judged: newsAudit() })).toContain('(unknown login, 21 characters)');
  });

  it('keeps hostile text in its cell and calculates nothing', () => {
    const findings = HOSTILE_TEXTS.map((text) =>
      sampleFinding({ summary: text, actor: { ...person('a.b'), name: text }, facts: {} }),
    );
    const lines = renderFindingsCsv({ judged: sampleAudit({ findings }) }).split('\r\n');
    expect(lines).toHaveLength(findings.length + 2);
    for (const line of lines) expect(line).not.toMatch(/(?:^|,)"?[=+@]/);
  });
});

describe('evidence.ndjson', () => {
  it('holds every event once, untouched, by time', () => {
    const early = sampleEvent({
      at: '2026-11-20T00:00:00.000Z',
      eventType: 'a',
      uuid: '1',
      actor: stranger('typed pass'),
    });
    const late = sampleEvent({ at: '2026-11-21T00:00:00.000Z', eventType: 'b', uuid: '0' });
    const judged = sampleAudit({
      findings: [sampleFinding({ events: [late] }), sampleFinding({ events: [early, late] })],
    });
    const lines = [...renderEvidence(judged)];
    expect(lines.map((line) => JSON.parse(line))).toEqual([early.raw, late.raw]);
    expect(lines.every((line) => line.endsWith('\n') && line.trim().split('\n').length === 1)).toBe(
      true,
    );
    expect(lines[0]).toContain('typed pass');
  });

  it('is empty where no finding has events', () => {
    expect([...renderEvidence(sampleAudit())]).toEqual([]);
  });
});
