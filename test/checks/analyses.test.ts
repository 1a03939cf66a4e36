import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createAnalyses } from '../../src/checks/analyses.ts';
import { NO_TUNING } from '../../src/model/tuning.ts';

const analyses = createAnalyses({ tuning: NO_TUNING, nowMs: Date.parse('2024-03-20T00:00:00Z') });
const catalogue = new Set(
  readFileSync(new URL('../../rules/okta-event-types.txt', import.meta.url), 'utf8').split('\n'),
);

describe('the analyses', () => {
  test('are sorted by id, each once', () => {
    const ids = analyses.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test.each(analyses)(
    '$id tells a reader what it sees, what to ask and what may be harmless',
    (check) => {
      expect(check.kind).toBe('analysis');
      expect(check.description.length).toBeGreaterThan(80);
      expect(check.falsePositives.length).toBeGreaterThan(0);
      expect(check.nextSteps.length).toBeGreaterThan(0);
      for (const technique of check.techniques) expect(technique).toMatch(/^T\d{4}(\.\d{3})?$/);
      for (const reference of check.references) expect(reference).toMatch(/^https:\/\//);
    },
  );

  test.each(analyses)('$id needs event types that Okta has', ({ needs }) => {
    const { eventTypes } = needs;
    if (eventTypes.kind === 'all') throw new Error('an analysis names its event types');
    for (const { match, eventType } of eventTypes.terms) {
      const known = [...catalogue].some((type) =>
        match === 'exact' ? type === eventType : type.startsWith(eventType),
      );
      expect(known, eventType).toBe(true);
    }
  });

  test.each(analyses)('$id finds nothing in nothing', (check) => {
    const run = check.begin();
    expect(run.follow?.() ?? []).toEqual([]);
    expect(run.finish()).toEqual([]);
  });
});
