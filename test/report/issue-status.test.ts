import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type {
  CoverageHole,
  CredentialChange,
  Investigation,
  Investigations,
  JudgedAudit,
} from '../../src/model/judged-audit.ts';
import { DAY_MS, type TimeWindow } from '../../src/model/time-window.ts';
import { readMarker, readNotes } from '../../src/report/issue-blocks.ts';
import {
  isSameIssueContent,
  noteFailedAttempt,
  rewriteIssueStatus,
} from '../../src/report/issue-status.ts';
import { listActiveNodes } from './read-markdown.ts';
import { renderBody, SAMPLE_MARKER, SAMPLE_NEWS } from './render-sample.ts';
import {
  NOW_MS,
  SAMPLE_IDENTITY,
  sampleAudit,
  sampleFinding,
  sampleSource,
} from './sample-audit.ts';
import { incidentAudit, newsAudit, quietAudit } from './sample-stories.ts';

/** The same state of things, looked at a night later. */
function nextNight(judged: JudgedAudit): JudgedAudit {
  return {
    ...judged,
    generatedAtMs: judged.generatedAtMs + DAY_MS,
    window: {
      sinceMs: judged.window.sinceMs + DAY_MS,
      untilMs: judged.window.untilMs + DAY_MS,
    },
    verdictSentence: judged.verdictSentence.replace('2026-11-23', '2026-11-24'),
    coverage: { ...judged.coverage, sources: [sampleSource({ name: 'other counts' })] },
    findings: judged.findings.map((finding) =>
      finding.status === 'new' ? { ...finding, status: 'open' } : finding,
    ),
  };
}

function addFinding(judged: JudgedAudit, changes: Partial<Finding>): JudgedAudit {
  const findings = [...judged.findings, sampleFinding({ id: 'F-M0REMORE', ...changes })];
  return { ...judged, findings };
}

function changeAsked(judged: JudgedAudit, changes: Partial<Investigations>): JudgedAudit {
  return { ...judged, investigations: { ...judged.investigations, ...changes } };
}

function changeUser(judged: JudgedAudit, changes: Partial<Investigation>): JudgedAudit {
  const users = judged.investigations.users.map((user) => ({ ...user, ...changes }));
  return changeAsked(judged, { users });
}

function changeCredential(judged: JudgedAudit, changes: Partial<CredentialChange>): JudgedAudit {
  const credentialChanges = judged.investigations.credentialChanges.map((change) => ({
    ...change,
    ...changes,
  }));
  return changeAsked(judged, { credentialChanges });
}

describe('the content of an issue', () => {
  it('is the same the night after, where nothing happened', () => {
    const before = renderBody(newsAudit(), { news: SAMPLE_NEWS, mentions: ['acme/security'] });
    expect(isSameIssueContent(before.body, renderBody(nextNight(newsAudit())).body)).toBe(true);
  });

  it.each<[string, (judged: JudgedAudit) => JudgedAudit]>([
    [
      'a finding more',
      (judged) => ({
        ...judged,
        findings: [...judged.findings, sampleFinding({ id: 'F-M0REMORE' })],
      }),
    ],
    [
      'a finding more below the minimum severity',
      (judged) => ({
        ...judged,
        findings: [...judged.findings, sampleFinding({ severity: 'informational' })],
      }),
    ],
    [
      'something else that no log can tell',
      (judged) => ({ ...judged, cannotTell: ['Who called.'] }),
    ],
    ['a finding less', (judged) => ({ ...judged, findings: judged.findings.slice(1) })],
    ['a finding acknowledged', (judged) => changeFirst(judged, { status: 'acknowledged' })],
    ['an event more', (judged) => changeFirst(judged, { eventCount: 9 })],
    [
      'an answer that was open before',
      (judged) => changeFirst(judged, { facts: { enrolledAgainAt: '2026-11-23T01:00:00.000Z' } }),
    ],
    [
      'a circumstance more',
      (judged) => changeFirst(judged, { circumstances: ['not-re-enrolled'] }),
    ],
    ['a finding out of the window', (judged) => changeFirst(judged, { inWindow: false })],
    ['an acknowledged finding more', (judged) => addFinding(judged, { status: 'acknowledged' })],
    ['a finding for context more', (judged) => addFinding(judged, { role: 'context' })],
    ['another finding instead', (judged) => changeFirst(judged, { id: 'F-0THER0NE' })],
    ['another title', (judged) => changeFirst(judged, { title: 'Renamed' })],
    ['another sentence', (judged) => changeFirst(judged, { summary: 'Lee did it.' })],
    ['more since it was ticked', (judged) => changeFirst(judged, { eventsSinceAcknowledged: 1 })],
    ['an interval that began before', (judged) => changeInterval(judged, { startMs: 0 })],
    ['another verdict', (judged) => ({ ...judged, verdict: 'evidence-found' })],
    [
      'coverage lost',
      (judged) => ({ ...judged, coverage: { ...judged.coverage, state: 'partial' } }),
    ],
    [
      'support access off',
      (judged) => ({ ...judged, supportAccess: { ...judged.supportAccess, state: 'disabled' } }),
    ],
    ['an interval less', (judged) => ({ ...judged, supportIntervals: [] })],
    ['an interval that ended', (judged) => changeInterval(judged, { endMs: NOW_MS })],
    ['an interval that nobody used', (judged) => changeInterval(judged, { sessions: [] })],
    ['support access for longer', (judged) => changeAccess(judged, { expiresAtMs: NOW_MS })],
    [
      'a doubt about support access',
      (judged) => changeAccess(judged, { reason: 'The log differs.' }),
    ],
    ['a finding that weighs more', (judged) => changeFirst(judged, { severity: 'critical' })],
    ['a finding that became evidence', (judged) => changeFirst(judged, { role: 'evidence' })],
    [
      'a check that failed',
      (judged) => ({
        ...judged,
        checks: judged.checks.map((check) => ({ ...check, status: 'failed' })),
      }),
    ],
  ])('differs with %s', (_name, change) => {
    const before = renderBody(newsAudit()).body;
    expect(isSameIssueContent(before, renderBody(change(newsAudit())).body)).toBe(false);
  });

  it('is the same where the night after misses as much up to its own end', () => {
    const judged = newsAudit();
    const missing = (night: JudgedAudit, sinceMs: number): JudgedAudit => ({
      ...night,
      coverage: {
        ...night.coverage,
        holes: [sampleHole({ sinceMs, untilMs: night.window.untilMs })],
      },
    });
    const before = renderBody(missing(judged, judged.window.sinceMs)).body;
    const later = nextNight(judged);
    expect(isSameIssueContent(before, renderBody(missing(later, later.window.sinceMs)).body)).toBe(
      true,
    );
    expect(
      isSameIssueContent(before, renderBody(missing(later, later.window.sinceMs + 1)).body),
    ).toBe(false);
  });

  it.each<[string, (judged: JudgedAudit) => JudgedAudit]>([
    [
      'another stretch missing for the same reason',
      (judged) => ({
        ...judged,
        coverage: {
          ...judged.coverage,
          holes: judged.coverage.holes.map((hole) => ({
            ...hole,
            window: { ...hole.window, untilMs: hole.window.untilMs - DAY_MS },
          })),
        },
      }),
    ],
    [
      'another reason for the same hole',
      (judged) => ({
        ...judged,
        coverage: {
          ...judged.coverage,
          holes: judged.coverage.holes.map((hole) => ({ ...hole, reason: 'nobody knows' })),
        },
      }),
    ],
    [
      'another check that a hole touches',
      (judged) => ({
        ...judged,
        coverage: {
          ...judged.coverage,
          holes: judged.coverage.holes.map((hole) => ({ ...hole, checks: ['another'] })),
        },
      }),
    ],
    ['a credential change at another time', (judged) => changeCredential(judged, { atMs: 0 })],
    ['another credential change', (judged) => changeCredential(judged, { eventType: 'other' })],
    ['one of somebody else', (judged) => changeCredential(judged, { target: 'lee' })],
    ['nobody asked about', (judged) => changeAsked(judged, { users: [] })],
    [
      'a session asked about',
      ({ investigations, ...judged }) =>
        changeAsked({ ...judged, investigations }, { sessions: investigations.users }),
    ],
    [
      'a network asked about',
      ({ investigations, ...judged }) =>
        changeAsked({ ...judged, investigations }, { networks: investigations.users }),
    ],
    ['another person asked about', (judged) => changeUser(judged, { subject: 'user:lee' })],
    ['an act more', (judged) => changeUser(judged, { countsByEventType: { other: 1 } })],
    [
      'other times asked about',
      (judged) => ({
        ...judged,
        window: { ...judged.window, untilMs: judged.window.untilMs - DAY_MS },
      }),
    ],
    [
      'a credential change less',
      (judged) => ({
        ...judged,
        investigations: {
          ...judged.investigations,
          credentialChanges: judged.investigations.credentialChanges.slice(1),
        },
      }),
    ],
    [
      'somebody asked about',
      (judged) => ({
        ...judged,
        investigations: { ...judged.investigations, users: [], sessions: [], networks: [] },
      }),
    ],
  ])('of an incident differs with %s', (_name, change) => {
    const before = renderBody(incidentAudit()).body;
    expect(isSameIssueContent(before, renderBody(change(incidentAudit())).body)).toBe(false);
  });

  it('differs where something has to stand above everything', () => {
    const before = renderBody(newsAudit()).body;
    const notices = ['acme/security is internal: everybody in the enterprise can read it.'];
    expect(isSameIssueContent(before, renderBody(newsAudit(), { notices }).body)).toBe(false);
  });

  it('differs where another severity hides the same findings', () => {
    const judged = sampleAudit({ findings: [sampleFinding({ severity: 'informational' })] });
    const { body } = renderBody(judged, { minimumSeverity: 'low' });
    const other = renderBody(judged, { minimumSeverity: 'medium' }).body;
    expect(isSameIssueContent(body, other)).toBe(false);
  });

  it('differs where the tuning file that it names was changed', () => {
    const { config } = SAMPLE_IDENTITY;
    const identity = {
      ...SAMPLE_IDENTITY,
      config: config && { ...config, sha256: 'f'.repeat(64) },
    };
    const before = renderBody(newsAudit()).body;
    expect(isSameIssueContent(before, renderBody(newsAudit(), { identity }).body)).toBe(false);
  });

  it('differs where another version words it', () => {
    const identity = { ...SAMPLE_IDENTITY, tool: { ...SAMPLE_IDENTITY.tool, version: '9.9.9' } };
    const before = renderBody(newsAudit()).body;
    expect(isSameIssueContent(before, renderBody(newsAudit(), { identity }).body)).toBe(false);
  });

  it('differs where a suppression ends on another day', () => {
    const [one, other] = ['known (until 2026-12-31)', 'known (until 2027-12-31)'].map(
      (suppressedBy) =>
        renderBody(changeFirst(newsAudit(), { status: 'suppressed', suppressedBy })).body,
    );
    expect(isSameIssueContent(one ?? '', other ?? '')).toBe(false);
  });

  it('is not what somebody wrote into a name', () => {
    const forged = '<!-- okta-audit:content=0123456789abcdef text=0123456789abcdef -->';
    const named = changeFirst(newsAudit(), {
      target: { id: '00uforger', type: 'User', login: forged, name: null },
    });
    const { body } = renderBody(named);
    expect(body).toContain(forged);
    expect(isSameIssueContent(body, renderBody(changeFirst(named, { eventCount: 9 })).body)).toBe(
      false,
    );
  });

  it('of a body that nobody knows is never the same', () => {
    expect(isSameIssueContent('hello', 'hello')).toBe(false);
  });
});

describe('a night without change', () => {
  const before = renderBody(quietAudit(), { notes: 'Ours: see the runbook.' }).body;
  const later = nextNight(quietAudit());
  const rewritten = rewriteIssueStatus(before, {
    judged: later,
    identity: SAMPLE_IDENTITY,
    completeThroughMs: null,
    memoryMarker: '<!-- okta-tenant-audit:v1 key=0123456789abcdef memory=new -->',
  });

  it('changes marker and status line alone', () => {
    const linesBefore = before.split('\n');
    const changed = rewritten.split('\n').filter((line) => !linesBefore.includes(line));
    expect(changed).toEqual([
      '<!-- okta-tenant-audit:v1 key=0123456789abcdef memory=new -->',
      expect.stringContaining('**Last complete look:** 2026-11-24 02:17 UTC'),
    ]);
    expect(rewritten.split('\n')).toHaveLength(linesBefore.length);
  });

  it('keeps the notes', () => {
    expect(readNotes(rewritten)).toBe('Ours: see the runbook.');
  });

  it('puts the status line back where somebody deleted it', () => {
    const damaged = before.replace(/<!-- okta-audit:status -->.*?<!-- okta-audit:end -->/s, '');
    const repaired = rewriteIssueStatus(damaged, {
      judged: later,
      identity: SAMPLE_IDENTITY,
      completeThroughMs: null,
      memoryMarker: SAMPLE_MARKER,
    });
    expect(repaired).toContain('**Last complete look:** 2026-11-24');
    expect(readMarker(repaired)).toBe(SAMPLE_MARKER);
  });
});

describe('a failed attempt', () => {
  const before = renderBody(incidentAudit()).body;
  const failed = noteFailedAttempt(before, {
    atMs: NOW_MS,
    run: SAMPLE_IDENTITY.run,
    message: 'Okta refused the token: <b>@acme/all</b> [x](https://evil.example)\n- [ ] forged',
  });

  it('is said behind the status line, and nothing else changes', () => {
    const linesBefore = before.split('\n');
    const added = failed.split('\n').filter((line) => line !== '' && !linesBefore.includes(line));
    expect(added).toHaveLength(2);
    expect(added[1]).toContain('**Last attempt failed:** 2026-11-23 02:17 UTC · [run](');
    expect(failed.indexOf('Last attempt failed')).toBeGreaterThan(
      failed.indexOf('Last complete look'),
    );
    expect(readMarker(failed)).toBe(SAMPLE_MARKER);
  });

  it('brings nothing of its message to life', () => {
    const line = failed.split('\n').find((one) => one.includes('Last attempt failed')) ?? '';
    expect(listActiveNodes(line.replace(/\[run\]\([^)]*\)/, 'run'))).toEqual([]);
  });

  it('is said once, however often it fails', () => {
    const again = noteFailedAttempt(failed, { atMs: NOW_MS + DAY_MS, run: null, message: 'again' });
    expect(again.match(/Last attempt failed/g)).toHaveLength(1);
    expect(again).toContain('2026-11-24 02:17 UTC · again');
  });

  it('is forgotten by the next look', () => {
    const rewritten = rewriteIssueStatus(failed, {
      judged: incidentAudit(),
      identity: SAMPLE_IDENTITY,
      completeThroughMs: null,
      memoryMarker: SAMPLE_MARKER,
    });
    expect(rewritten).toBe(before);
  });

  it('reaches a body without any block', () => {
    expect(
      noteFailedAttempt('<!-- m -->\n\nhello', { atMs: NOW_MS, run: null, message: 'no' }),
    ).toContain('**Last attempt failed:**');
  });
});

describe('notes', () => {
  it('are what people wrote outside of the blocks', () => {
    const { body } = renderBody(incidentAudit());
    expect(readNotes(body)).toBe('');
    const edited = body
      .replace('<!-- okta-audit:support -->', 'Called Dana.\n\n<!-- okta-audit:support -->')
      .concat('\n\nTicket 4711.\r\n- [ ] mine\r\n');
    expect(readNotes(edited)).toBe('Called Dana.\n\nTicket 4711.\n- [ ] mine');
  });

  it('survive being rendered again and again', () => {
    const notes = 'Called Dana.\n\n## Ours\n\n- one\n- two';
    const once = renderBody(incidentAudit(), { notes }).body;
    const twice = renderBody(incidentAudit(), { notes: readNotes(once) }).body;
    expect(readNotes(once)).toBe(notes);
    expect(twice).toBe(once);
  });

  it('of a body that somebody wrote anew are all of it', () => {
    expect(readNotes('All mine.')).toBe('All mine.');
  });
});

function sampleHole(window: TimeWindow): CoverageHole {
  return { window, reason: 'r', remedy: 'm', checks: ['a'], decides: true };
}

function changeFirst(
  judged: JudgedAudit,
  change: Partial<JudgedAudit['findings'][number]>,
): JudgedAudit {
  const [first, ...rest] = judged.findings;
  if (first === undefined) throw new Error('the sample has no finding');
  return { ...judged, findings: [{ ...first, ...change }, ...rest] };
}

function changeInterval(
  judged: JudgedAudit,
  change: Partial<JudgedAudit['supportIntervals'][number]>,
): JudgedAudit {
  const supportIntervals = judged.supportIntervals.map((one) => ({ ...one, ...change }));
  return { ...judged, supportIntervals };
}

function changeAccess(
  judged: JudgedAudit,
  change: Partial<JudgedAudit['supportAccess']>,
): JudgedAudit {
  return { ...judged, supportAccess: { ...judged.supportAccess, ...change } };
}
