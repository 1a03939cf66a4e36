import { describe, expect, it } from 'vitest';
import { draftIssue } from '../../src/audit/draft-issue.ts';
import { judgeAudit } from '../../src/judgement/judge-audit.ts';
import type { JudgementInput } from '../../src/judgement/judgement-input.ts';
import { applyMemory } from '../../src/memory/apply-memory.ts';
import { ALL_EVENT_TYPES } from '../../src/model/event-type-set.ts';
import { digestToBase32 } from '../../src/model/finding-id.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  startOfUtcDay,
  subtractWindows,
} from '../../src/model/time-window.ts';
import type { FoundIssue } from '../../src/publish/find-issue.ts';
import {
  at,
  incidentTime,
  makeCheck,
  makeInput,
  makeMatch,
  makeReading,
  NOW_MS,
  rolling,
  span,
  toEvent,
} from '../judgement/judgement-case.ts';
import { SAMPLE_EVIDENCE, SAMPLE_IDENTITY, sampleAudit } from '../report/sample-audit.ts';
import { largeAudit } from '../report/sample-stories.ts';
import { passwordReset, person } from '../simulators/okta/build-event.ts';

function closedByAudit(body: string, comment: string | null = null): FoundIssue {
  const [title, url, updatedAt] = ['Okta audit', 'https://github.com/acme/security/issues/1', ''];
  const state = { isOpen: false, closedByPerson: false, labels: [], duplicates: [] };
  const ownComments = comment === null ? [] : [comment];
  return { number: 1, url, title, body, updatedAt, ownComments, ...state };
}

function open(body: string, comment: string | null = null): FoundIssue {
  return { ...closedByAudit(body, comment), isOpen: true };
}

function closedByPerson(body: string): FoundIssue {
  return { ...closedByAudit(body), closedByPerson: true };
}

/** A night in which everything was read and nothing found; `changes` says what is different. */
function draftNight(
  nowMs: number,
  current: FoundIssue | null,
  changes: Partial<JudgementInput> = {},
) {
  const window = { sinceMs: startOfUtcDay(nowMs) - 7 * DAY_MS, untilMs: nowMs - 10 * MINUTE_MS };
  return draftIssue(
    {
      markerKey: '0123456789abcdef',
      judge: (memory) =>
        judgeAudit(
          makeInput({
            nowMs,
            time: rolling(window),
            readings: [makeReading([window])],
            memory,
            ...changes,
          }),
        ),
      identity: SAMPLE_IDENTITY,
      evidence: null,
      minimumSeverity: 'low',
      mentions: [],
      notices: [],
    },
    current,
  );
}

function draft(count: number, current: FoundIssue | null = null) {
  return draftOf(count === 0 ? sampleAudit() : largeAudit(count), current);
}

function draftOf(judged: JudgedAudit, current: FoundIssue | null) {
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
      mentions: ['acme/security'],
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

  it('calls nothing new where it is created, as all of it is', () => {
    const { body, comment } = draft(3);
    expect(body).not.toContain('What changed on');
    expect(comment).toBeNull();
  });

  it('is no night without change while news waits to be told', () => {
    const { body, comment } = draft(4, open(draft(3).body));
    expect(comment).toContain('1 new finding');
    expect(draft(4, open(body))).toMatchObject({ comment, isUnchanged: false });
    expect(draft(4, open(body, comment))).toMatchObject({ comment: null, isUnchanged: true });
  });

  it('mentions people where it is created and not again', () => {
    const created = draft(3).body;
    expect(created).toContain('@acme/security');
    const later = draft(4, open(created));
    expect(later.isUnchanged).toBe(false);
    expect(later.body).not.toContain('@acme/security');
  });

  it('ticks a box for check and day again, as taking its tick away takes nothing back', () => {
    const all = draft(400).body.replaceAll('- [ ] **D-', '- [x] **D-');
    const settled = draft(400, open(all)).body;
    expect(draft(400, open(settled)).isUnchanged).toBe(true);
    const again = draft(400, open(settled.replace('- [x] **D-', '- [ ] **D-')));
    expect(again.isUnchanged).toBe(false);
    expect(again.body).toContain('- [x] **D-');
    expect(again.body).not.toContain('- [ ] **D-');
  });

  it('calls nothing new again that somebody ticked and it still sees, however many there are', () => {
    const large = largeAudit(1_500);
    // As hard to compress as real ids and times are.
    const findings = large.findings.map((finding, index) => ({
      ...finding,
      id: `F-${digestToBase32([finding.id]).slice(0, 8)}`,
      firstSeenMs: finding.firstSeenMs + ((index * 7_919) % 50_000),
    }));
    const judged = { ...large, findings };
    const waiting = draftOf(judged, null);
    const settled = draftOf(judged, open(waiting.body.replaceAll('- [ ] **', '- [x] **')));
    expect(settled.comment).toBeNull();
    expect(Buffer.byteLength(settled.body)).toBeLessThanOrEqual(60_000);
    expect(draftOf(judged, open(settled.body))).toMatchObject({ comment: null, isUnchanged: true });
  });

  it('is written anew where nothing changed and its memory would no longer fit beside the old text', () => {
    const large = largeAudit(1_900);
    const known = large.findings.map((finding) => ({
      ...finding,
      id: `F-${digestToBase32([finding.id]).slice(0, 8)}`,
    }));
    const settle = { ...large, findings: known };
    const ticked = draftOf(settle, null).body.replaceAll('- [ ] **', '- [x] **');
    const settled = open(`${ticked}\n${'We asked them. '.repeat(500)}\n`);
    const judged = { ...large, findings: [...known, ...largeAudit(20).findings] };
    const first = draftOf(judged, settled);
    const told = open(first.body, first.comment);
    expect(draftOf(judged, told)).toMatchObject({ comment: null, isUnchanged: true });
    // Later by some milliseconds each: no news to a reader, and more than its usual room to the memory.
    const findings = judged.findings.map((finding, index) => ({
      ...finding,
      lastSeenMs: finding.lastSeenMs + ((index * 7_919) % 50_000),
    }));
    const later = draftOf({ ...judged, findings }, told);
    expect(later.body.length).toBeLessThanOrEqual(65_536);
    expect(later).toMatchObject({ comment: null, isUnchanged: false });
    const again = draftOf({ ...judged, findings }, open(later.body));
    expect(again).toMatchObject({ comment: null, isUnchanged: true });
  });

  it.each([
    ['says what is still missing of an incident once a part of it was read', 16, 18],
    ['says what is missing now where another part was read', 19, 22],
  ])('%s', (_title, since, until) => {
    const time = incidentTime(span('2022-01-16', '2022-01-22'));
    const readingOf = (from: number, to: number) => [
      makeReading([span(`2022-01-${from}`, `2022-01-${to}`)], { kind: 'archive' }),
    ];
    const first = draftNight(NOW_MS, null, { time, readings: readingOf(16, 17) });
    expect(first.body).toContain('2022-01-17 to 2022-01-21');
    const found = { ...closedByAudit(first.body), isOpen: true };
    const second = draftNight(NOW_MS, found, { time, readings: readingOf(since, until) });
    expect(second.isUnchanged).toBe(false);
    expect(second.body).not.toContain('2022-01-17 to 2022-01-21');
  });

  it('keeps what was acknowledged through an outage, and calls its return no stronger verdict', () => {
    const check = makeCheck('password-reset');
    const [actor, target] = [person('dana.reyes@example.com'), person('lee.kim@example.com')];
    const event = toEvent(passwordReset({ actor, target, at: at('2026-11-21T10:00') }));
    const seen = { checks: [check], results: [{ check, matches: [makeMatch([event])] }] };
    const first = draftNight(NOW_MS, null, seen);
    const outage = draftNight(NOW_MS + DAY_MS, closedByPerson(first.body), { readings: [] });
    expect(outage.body).toMatch(/^- \[x\] \*\*F-.*, not seen by this run$/m);
    expect(outage.comment).toContain('Not everything could be read');
    const again = draftNight(NOW_MS + DAY_MS, closedByAudit(outage.body, outage.comment), {
      readings: [],
    });
    expect(again).toMatchObject({ isUnchanged: true, comment: null });
    const back = draftNight(NOW_MS + 2 * DAY_MS, closedByAudit(again.body, outage.comment), seen);
    expect(back.comment).toContain('hole closed');
    expect(back.comment).not.toContain('stronger');
  });

  it('names the hole of this night, where the one of the night before was closed', () => {
    const losing = (nowMs: number, lost: string) => {
      const hole = { sinceMs: at(lost), untilMs: at(lost) + HOUR_MS };
      const window = { sinceMs: nowMs - 10 * DAY_MS, untilMs: nowMs };
      const said = {
        window: hole,
        eventTypes: ALL_EVENT_TYPES,
        reason: 'no answer',
        remedy: 'wait',
      };
      return { readings: [makeReading(subtractWindows(window, [hole]), { holes: [said] })] };
    };
    const first = draftNight(NOW_MS, null, losing(NOW_MS, '2026-11-20T10:00'));
    expect(first.body).toContain('2026-11-20 10:00');
    const later = NOW_MS + DAY_MS;
    const second = draftNight(later, open(first.body), losing(later, '2026-11-21T15:00'));
    expect(second.comment).toContain('hole closed');
    expect(second.body).toContain('2026-11-21 15:00');
    const last = draftNight(
      later,
      open(second.body, second.comment),
      losing(later, '2026-11-21T15:00'),
    );
    expect(last).toMatchObject({ isUnchanged: true, comment: null });
  });
});
