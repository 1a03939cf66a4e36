import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toOutputs } from '../../src/connect/to-outputs.ts';
import { wordVerdict } from '../../src/judgement/verdict/word-verdict.ts';
import { FINDING_STATUSES, type Finding } from '../../src/model/finding.ts';
import { digestToBase32 } from '../../src/model/finding-id.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import { compareSeverity, ROLES, SEVERITIES, type Severity } from '../../src/model/severity.ts';
import { renderEvidence } from '../../src/report/evidence-ndjson.ts';
import { renderFindingsCsv } from '../../src/report/findings-csv.ts';
import { renderFindingsOcsf } from '../../src/report/findings-ocsf.ts';
import { renderReportHtml } from '../../src/report/report-html.ts';
import { renderReportJson } from '../../src/report/report-json.ts';
import { renderReportPages } from '../../src/report/report-pages.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { readVisibleText } from './read-markdown.ts';
import { answerOf, listBoxes, renderBody } from './render-sample.ts';
import { SAMPLE_EVIDENCE, sampleAudit, sampleFinding } from './sample-audit.ts';

const HOLE = {
  window: { sinceMs: Date.parse('2026-11-17'), untilMs: Date.parse('2026-11-18') },
  reason: 'the log broke off',
  remedy: 'give an archive',
  checks: ['admin-privilege-granted-to-user'],
  decides: true,
};

const situation = fc.record({
  findings: fc.array(
    fc.record({
      role: fc.constantFrom(...ROLES),
      severity: fc.constantFrom(...SEVERITIES),
      status: fc.constantFrom(...FINDING_STATUSES),
      inWindow: fc.boolean(),
      events: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 40 },
  ),
  isPartial: fc.boolean(),
  isAssessable: fc.boolean(),
  minimumSeverity: fc.constantFrom(...SEVERITIES),
});
type Situation = typeof situation extends fc.Arbitrary<infer T> ? T : never;

function toAudit({ findings: plans, isPartial, isAssessable }: Situation): JudgedAudit {
  const findings = plans.map(({ role, severity, status, inWindow, events }, index): Finding => {
    const finding = sampleFinding({
      id: `F-${digestToBase32([String(index)]).slice(0, 8)}`,
      role,
      severity,
      askWhom: `person ${index} whether they did this`,
      // What the judgement never makes: context that somebody reviewed, and suppressed things that are carried.
      status: role === 'context' ? 'new' : inWindow || status === 'acknowledged' ? status : 'open',
      isBehindHole: !inWindow && role !== 'context' && status === 'acknowledged',
      inWindow: inWindow || role === 'context',
    });
    const [event] = finding.events;
    const seen = Array.from({ length: events }, (_, of) => ({
      ...event,
      uuid: `${index}-${of}`,
      raw: { ...event?.raw, uuid: `${index}-${of}` },
    })) as Finding['events'];
    return finding.inWindow
      ? { ...finding, events: seen, eventCount: events }
      : { ...finding, events: [], eventCount: events };
  });
  const has = (role: Finding['role']) => findings.some((one) => one.inWindow && one.role === role);
  const coverage = isPartial
    ? { ...sampleAudit().coverage, state: 'partial' as const, holes: [HOLE] }
    : sampleAudit().coverage;
  const quiet = isPartial || !isAssessable ? 'not-assessable' : 'no-evidence';
  const verdict = has('evidence') ? 'evidence-found' : has('review') ? 'needs-review' : quiet;
  const judged = sampleAudit({ findings, coverage, verdict });
  const { tenant, scope, window } = judged;
  const time = { window, core: scope.core, aheadMs: 0, leftOut: [], isRolling: true };
  const scopeWords = { assessable: isAssessable, cannotTell: [] };
  return {
    ...judged,
    verdictSentence: wordVerdict({
      tenant,
      scope: scopeWords,
      time,
      verdict,
      coverage,
      findings,
      outcomes: [],
    }),
  };
}

/** `5 to review, 2 acknowledged`, as numbers. */
function readCounts(text: string): Record<string, number> {
  const pattern = /([\d,]+|no) (to review|acknowledged|suppressed|for context|as evidence)/g;
  return Object.fromEntries(
    [...text.matchAll(pattern)].map(([, count = '', words = '']) => [
      words,
      Number(count.replace(',', '')),
    ]),
  );
}

function render(judged: JudgedAudit, minimumSeverity: Severity) {
  const answer = { ...answerOf(judged), minimumSeverity };
  const privacy = { mayPublish: true, mayPrint: true, warning: null, error: null };
  return {
    issue: renderBody(judged, { minimumSeverity }).body,
    ...renderReportPages({ ...answer, completeThroughMs: null }),
    html: renderReportHtml({ ...answer, assets: null }),
    json: JSON.parse(renderReportJson({ ...answer, evidence: SAMPLE_EVIDENCE })),
    csv: renderFindingsCsv({ judged }).trim().split('\r\n').slice(1),
    ocsf: [...renderFindingsOcsf(answer)],
    evidence: [...renderEvidence(judged)],
    terminal: renderTerminal({ judged, minimumSeverity, focus: [] }),
    outputs: toOutputs({ judged, privacy, issue: null, report: null, failure: null }, '/'),
  };
}

describe('every surface of one answer', () => {
  it('counts the same findings', () => {
    fc.assert(
      fc.property(situation, (drawn) => expectAgreement(toAudit(drawn), drawn)),
      {
        numRuns: 150,
      },
    );
  });
});

function expectAgreement(judged: JudgedAudit, { minimumSeverity }: Situation): void {
  const seen = render(judged, minimumSeverity);
  const all: readonly Finding[] = seen.json.findings;
  expect(all.map(({ id }) => id)).toEqual(judged.findings.map(({ id }) => id));
  const reviewed = all.filter(({ role }) => role !== 'context');
  const isOpen = ({ status }: Finding) => status === 'new' || status === 'open';
  const isListed = ({ severity }: Finding) => compareSeverity(severity, minimumSeverity) >= 0;
  const tally = (findings: readonly Finding[]) => {
    const of = (status: string) => findings.filter((one) => one.status === status).length;
    return {
      'to review': findings.filter(isOpen).length,
      acknowledged: of('acknowledged'),
      suppressed: of('suppressed'),
    };
  };

  expect(seen.csv).toHaveLength(all.length);
  expect(seen.ocsf).toHaveLength(all.length);
  expect(seen.evidence).toHaveLength(all.reduce((sum, { events }) => sum + events.length, 0));
  expect(seen.outputs).toMatchObject({
    verdict: seen.json.verdict,
    coverage: seen.json.coverage.state,
    'finding-count': String(reviewed.filter(({ status }) => status !== 'suppressed').length),
    'new-finding-count': String(reviewed.filter(({ status }) => status === 'new').length),
    'highest-severity':
      SEVERITIES.findLast((severity) =>
        reviewed.some((one) => isOpen(one) && one.severity === severity),
      ) ?? 'none',
  });

  const context = all.filter(({ role }) => role === 'context');
  const nothing = { 'to review': 0, acknowledged: 0, suppressed: 0, 'for context': 0 };
  expect({ ...nothing, ...readCounts(/^Findings: .*$/m.exec(seen.terminal)?.[0] ?? '') }).toEqual({
    ...tally(reviewed),
    'for context': context.length,
  });

  const listed = {
    ...tally(reviewed.filter(isListed)),
    'for context': context.filter(isListed).length,
  };
  const hidden = all.filter((one) => !isListed(one));
  for (const page of [seen.issue, seen.reportMd, seen.jobSummary]) {
    const text = readVisibleText(page);
    expect({ ...nothing, ...readCounts(/^## Findings .*$/m.exec(page)?.[0] ?? '') }).toEqual(
      listed,
    );
    const [kinds = '', unlisted = 'no'] = /([\d,]+|no) findings? below.*/.exec(text) ?? [];
    expect(Number(unlisted.replace('no', '0'))).toBe(hidden.length);
    const waiting = hidden.filter((one) => one.role !== 'context' && isOpen(one));
    expect({ ...nothing, 'as evidence': 0, ...readCounts(kinds) }).toEqual({
      ...tally(hidden.filter(({ role }) => role !== 'context')),
      'to review': waiting.filter(({ role }) => role === 'review').length,
      'as evidence': waiting.filter(({ role }) => role === 'evidence').length,
      'for context': context.filter((one) => !isListed(one)).length,
    });
    expect(text).toContain(judged.verdictSentence);
  }
  const boxes = listBoxes(seen.issue);
  expect(boxes.filter(([mark]) => mark === ' ')).toHaveLength(listed['to review']);
  expect(boxes.filter(([mark]) => mark === 'x')).toHaveLength(listed.acknowledged);

  expect(seen.html).toContain(`<dt>To review</dt><dd>${listed['to review']}</dd>`);
  const [, note = ''] = /<dt>To review<.*?<dd class="note">(.*?)<\/dd>/.exec(seen.html) ?? [];
  const beside = { ...nothing, ...readCounts(note.replace(/; [^;]* more to review.*$/, '')) };
  // The page lists every finding, whatever its severity.
  expect(beside).toEqual({ ...tally(reviewed), 'for context': context.length, 'to review': 0 });
  const isCalm = seen.html.includes('<div class="tone-calm"><dt>To review</dt>');
  expect(isCalm).toBe(
    tally(reviewed)['to review'] === 0 &&
      judged.verdict !== 'not-assessable' &&
      judged.coverage.state === 'complete',
  );
  const asked = (text: string) => [...text.matchAll(/Ask (person \d+) /g)].map(([, who]) => who);
  const firstOf = (text: string) =>
    asked(/What to do first.*?(?=<\/section>|\n## )/s.exec(text)?.[0] ?? '');
  expect(firstOf(seen.html)).toEqual(firstOf(seen.issue));
}
