import { describe, expect, it } from 'vitest';
import { draftIssue } from '../../src/audit/draft-issue.ts';
import { recallMemory } from '../../src/audit/recall-memory.ts';
import { judgeAudit } from '../../src/judgement/judge-audit.ts';
import { DAY_MS } from '../../src/model/time-window.ts';
import type { FoundIssue } from '../../src/publish/find-issue.ts';
import { settleTime } from '../../src/scope/settle-time.ts';
import { makeInput } from '../judgement/judgement-case.ts';
import { SAMPLE_IDENTITY } from '../report/sample-audit.ts';

/** One quiet night after the other. */
function draft(current: FoundIssue | null) {
  return draftIssue(
    {
      markerKey: '0123456789abcdef',
      judge: (memory) => judgeAudit(makeInput({ memory })),
      identity: SAMPLE_IDENTITY,
      evidence: null,
      minimumSeverity: 'low',
      mentions: [],
      notices: [],
    },
    current,
  );
}

function closedIssue(body: string): FoundIssue {
  const [title, url, updatedAt] = ['Okta audit', 'https://github.com/acme/security/issues/1', ''];
  const state = { isOpen: false, closedByPerson: false, labels: [], duplicates: [] };
  return { number: 1, url, title, body, updatedAt, ownComments: [], ...state };
}

describe('a memory that cannot be read', () => {
  it.each<[string, (body: string) => string]>([
    ['was edited', (body) => body.replace(/memory=m1\.\w{9}/, 'memory=m1.')],
    ['was cut off', (body) => body.replace(/ memory=.*$/m, '')],
    ['was deleted while the audit wrote', (body) => body.replace(/^<!-- .*$/m, '')],
  ])('is told and makes nothing clear, where it %s', (_, damage) => {
    const first = draft(null);
    expect(first.open).toBe(false);
    const told = draft(closedIssue(damage(first.body)));
    expect(told).toMatchObject({ open: true, isUnchanged: false });
    for (const text of [told.body, told.comment]) {
      expect(text).toContain('what the issue keeps from earlier runs is missing');
      expect(text).toContain('edit history');
    }
    expect(told.body).toContain('Not assessable.');
    expect(told.body).toContain('not complete · read as far as possible through ');
    expect(told.comment).toContain('for what waited');
    const next = draft(closedIssue(told.body));
    expect(next).toMatchObject({ open: false, comment: null });
    expect(next.body).toContain('No evidence.');
  });

  it('lets no night be skipped after the one that told it', () => {
    const told = draft(closedIssue(draft(null).body.replace(/ memory=.*$/m, '')));
    const { completeThroughMs } = recallMemory(closedIssue(told.body));
    const { window } = judgeAudit(makeInput({}));
    expect(completeThroughMs).toBe(window.untilMs);
    const nowMs = window.untilMs + 30 * DAY_MS;
    const { window: next } = settleTime({
      nowMs,
      scope: { window: { kind: 'rolling', days: 7 } },
      times: { lookbackDays: null, sinceMs: null, untilMs: null },
      completeThroughMs,
      readsLive: true,
      readsArchive: false,
    });
    expect(next.sinceMs).toBeLessThan(window.untilMs);
  });

  it('is followed by the names of what nobody had ticked', () => {
    const boxes = '- [ ] **F-7Q2K4M9X · high · Password reset**\n- [x] **F-2HK8VW3N · low · Told**';
    const { unread } = recallMemory({
      body: `No marker\n${boxes}`,
      closedByPerson: false,
      ownComments: [],
    });
    expect(unread?.remedy).toContain('for F-7Q2K4M9X; ticks have to be set again');
  });
});
