import { describe, expect, it } from 'vitest';
import { draftIssue } from '../../src/audit/draft-issue.ts';
import { applyMemory } from '../../src/memory/apply-memory.ts';
import type { FoundIssue } from '../../src/publish/find-issue.ts';
import { SAMPLE_EVIDENCE, SAMPLE_IDENTITY, sampleAudit } from '../report/sample-audit.ts';
import { largeAudit } from '../report/sample-stories.ts';

function closedByPerson(body: string): FoundIssue {
  const [title, url, updatedAt] = ['Okta audit', 'https://github.com/acme/security/issues/1', ''];
  const state = { isOpen: false, closedByPerson: true, labels: [], duplicates: [] };
  return { number: 1, url, title, body, updatedAt, ...state };
}

function draft(count: number, current: FoundIssue | null = null) {
  const judged = count === 0 ? sampleAudit() : largeAudit(count);
  return draftIssue(
    {
      markerKey: '0123456789abcdef',
      judge: (memory) => ({
        ...judged,
        findings: applyMemory({ findings: judged.findings, memory }),
      }),
      identity: SAMPLE_IDENTITY,
      evidence: SAMPLE_EVIDENCE,
      minimumSeverity: 'low',
      mentions: [],
      notices: [],
    },
    current,
  );
}

describe('the draft of an issue', () => {
  it('leaves nothing out where everything fits', () => {
    expect(draft(0).cut).toEqual([]);
    expect(draft(3).cut).toEqual([]);
  });

  it.each([1, 30, 300, 2_000])(
    'of %i findings fits with its memory, and what is missing is said in it',
    (count) => {
      const { body, cut } = draft(count);
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(60_000);
      for (const words of cut) expect(body).toContain(words);
      expect(body).toContain(`${count.toLocaleString('en-US')} to review`);
    },
  );

  it('says what its memory had to leave behind', () => {
    const { body, cut } = draft(2_000);
    expect(cut.at(-1)).toMatch(/^the (?:sentences|titles) of [\d,]+ open findings/);
    expect(body).toContain('the sentences of');
  });

  it('ticks all that a closing acknowledged before the news, and nothing that was taken back since', () => {
    const closed = draft(1, closedByPerson(draft(1).body));
    expect(closed.open).toBe(false);
    expect(closed.bodyBeforeNews).toMatch(/^- \[x\] \*\*F-/m);
    const takenBack = closed.body.replace('- [x] **F-', '- [ ] **F-');
    expect(draft(1, closedByPerson(takenBack)).bodyBeforeNews).toBe(takenBack);
  });
});
