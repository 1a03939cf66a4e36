import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideVerdict } from '../../src/judgement/verdict/decide-verdict.ts';
import { type Answer, wordVerdict } from '../../src/judgement/verdict/word-verdict.ts';
import type { CoverageHole } from '../../src/model/judged-audit.ts';
import { ROLES, type Role } from '../../src/model/severity.ts';
import { DAY_MS } from '../../src/model/time-window.ts';
import { COVERAGE_STATES, type CoverageState, type Verdict } from '../../src/model/verdict.ts';
import { makeFinding } from '../memory/make-finding.ts';
import { incidentTime, rolling, span } from './judgement-case.ts';

const CORE = span('2022-01-16', '2022-01-22');

function hole(since: string, until: string, decides = true): CoverageHole {
  return { window: span(since, until), reason: 'r', remedy: 'm', checks: ['a'], decides };
}

const ROLES_OF: Readonly<Record<Verdict, readonly Role[]>> = {
  'evidence-found': ['evidence', 'review', 'review'],
  'needs-review': ['review', 'review', 'review', 'context'],
  'no-evidence': ['context'],
  'not-assessable': [],
};

const HOLES_OF: Readonly<Record<CoverageState, readonly CoverageHole[]>> = {
  complete: [],
  partial: [hole('2022-01-16', '2022-01-17'), hole('2022-01-20T04:00', '2022-01-20T09:00')],
  none: [hole('2022-01-16', '2022-01-22')],
};

function answer(verdict: Verdict, state: CoverageState, changes: Partial<Answer> = {}): Answer {
  return {
    tenant: 'acme.okta.com',
    scope: { assessable: verdict !== 'not-assessable' || state !== 'complete', cannotTell: [] },
    time: incidentTime(CORE),
    verdict,
    coverage: { state, holes: HOLES_OF[state] },
    findings: ROLES_OF[verdict].map((role) => makeFinding({ role })),
    outcomes: [{ status: 'evaluated' }],
    ...changes,
  };
}

test.each<[Verdict, CoverageState, string]>([
  [
    'evidence-found',
    'complete',
    '1 finding in the log of acme.okta.com from 2022-01-16 to 2022-01-21 is evidence, and 2 more have to be explained by a person. Everything in that window was read.',
  ],
  [
    'evidence-found',
    'partial',
    '1 finding in the log of acme.okta.com from 2022-01-16 to 2022-01-21 is evidence, and 2 more have to be explained by a person. Not everything in that window was looked at: 2 holes, 2022-01-16 00:00 to 24:00 UTC and 2022-01-20 04:00 to 09:00 UTC.',
  ],
  [
    'evidence-found',
    'none',
    '1 finding in the log of acme.okta.com from 2022-01-16 to 2022-01-21 is evidence, and 2 more have to be explained by a person. Nothing of that window was read that could decide it: 1 hole, 2022-01-16 to 2022-01-21.',
  ],
  [
    'needs-review',
    'complete',
    '3 findings in the log of acme.okta.com from 2022-01-16 to 2022-01-21 have to be explained by a person; nothing there is evidence by itself. Everything in that window was read.',
  ],
  [
    'needs-review',
    'partial',
    '3 findings in the log of acme.okta.com from 2022-01-16 to 2022-01-21 have to be explained by a person; nothing there is evidence by itself. Not everything in that window was looked at: 2 holes, 2022-01-16 00:00 to 24:00 UTC and 2022-01-20 04:00 to 09:00 UTC.',
  ],
  [
    'needs-review',
    'none',
    '3 findings in the log of acme.okta.com from 2022-01-16 to 2022-01-21 have to be explained by a person; nothing there is evidence by itself. Nothing of that window was read that could decide it: 1 hole, 2022-01-16 to 2022-01-21.',
  ],
  [
    'no-evidence',
    'complete',
    'Nothing in the log of acme.okta.com from 2022-01-16 to 2022-01-21 has to be explained. Everything in that window was read.',
  ],
  [
    'no-evidence',
    'partial',
    'Nothing in the log of acme.okta.com from 2022-01-16 to 2022-01-21 has to be explained. Not everything in that window was looked at: 2 holes, 2022-01-16 00:00 to 24:00 UTC and 2022-01-20 04:00 to 09:00 UTC.',
  ],
  [
    'no-evidence',
    'none',
    'Nothing in the log of acme.okta.com from 2022-01-16 to 2022-01-21 has to be explained. Nothing of that window was read that could decide it: 1 hole, 2022-01-16 to 2022-01-21.',
  ],
  [
    'not-assessable',
    'complete',
    'Nothing in the log of acme.okta.com from 2022-01-16 to 2022-01-21 has to be explained, but no Okta log can answer this question. Everything in that window was read.',
  ],
  [
    'not-assessable',
    'partial',
    'What was read of the log of acme.okta.com from 2022-01-16 to 2022-01-21 holds nothing that has to be explained, but that is no answer. Not everything in that window was looked at: 2 holes, 2022-01-16 00:00 to 24:00 UTC and 2022-01-20 04:00 to 09:00 UTC.',
  ],
  [
    'not-assessable',
    'none',
    'Nothing can be said about the log of acme.okta.com from 2022-01-16 to 2022-01-21. Nothing of that window was read that could decide it: 1 hole, 2022-01-16 to 2022-01-21.',
  ],
])('%s with %s coverage', (verdict, state, sentence) => {
  expect(wordVerdict(answer(verdict, state))).toBe(sentence);
});

describe('the sentence', () => {
  test('ends with what no log can tell', () => {
    const scope = {
      assessable: true,
      cannotTell: ['No log shows who looked', 'The minutes are unknown.'],
    };
    expect(wordVerdict(answer('no-evidence', 'complete', { scope }))).toMatch(
      /was read\. No log shows who looked\. The minutes are unknown\.$/,
    );
  });

  test('says of a scope that looks for nothing that nothing was looked at', () => {
    const scope = { assessable: false, cannotTell: [] };
    const coverage = { state: 'none' as const, holes: [] };
    expect(wordVerdict(answer('not-assessable', 'none', { scope, coverage }))).toBe(
      'Nothing can be said about the log of acme.okta.com from 2022-01-16 to 2022-01-21: no Okta log can answer this question. No check looked at that window.',
    );
  });

  test.each<[Verdict, CoverageState, string]>([
    ['not-assessable', 'none', 'Nothing can be said about '],
    ['not-assessable', 'partial', 'What was read of '],
    ['not-assessable', 'complete', 'Nothing in '],
    ['needs-review', 'complete', '3 findings in '],
  ])(
    'of %s with %s coverage says that no log can answer, and of no more than was read',
    (verdict, state, begin) => {
      const scope = { assessable: false, cannotTell: [] };
      const sentence = wordVerdict(answer(verdict, state, { scope }));
      expect(sentence).toMatch(/^[^.]*acme\.okta\.com[^.]*no Okta log can answer this question\./);
      expect(sentence.startsWith(begin)).toBe(true);
    },
  );

  test('names the core window to its end where the incident goes on', () => {
    const time = { ...incidentTime(CORE), aheadMs: 3 * DAY_MS };
    const holes = [hole('2022-01-22', '2022-01-26')];
    const ongoing = answer('not-assessable', 'partial', {
      time,
      coverage: { state: 'partial', holes },
    });
    expect(wordVerdict(ongoing)).toContain(
      "Not everything in the incident's core window (2022-01-16 to 2022-01-24) and in what its checks have to see around it was looked at: 1 hole, 2022-01-22 to 2022-01-25.",
    );
  });

  test('names the core window where it is not all that was asked', () => {
    const time = incidentTime(CORE, span('2021-12-01', '2022-03-23'));
    const coverage = {
      state: 'complete' as const,
      holes: [
        hole('2022-03-02', '2022-03-03', false),
        // A story that was not read.
        { ...hole('2021-12-01', '2022-03-23', false), checks: [] },
      ],
    };
    expect(wordVerdict(answer('needs-review', 'complete', { time, coverage }))).toBe(
      "3 findings in the log of acme.okta.com from 2021-12-01 to 2022-03-22 have to be explained by a person; nothing there is evidence by itself. Everything in the incident's core window (2022-01-16 to 2022-01-21) was read, and the time around it has 1 hole.",
    );
  });

  test('of a hole that begins before the core window says that its checks look there', () => {
    const time = incidentTime(CORE, span('2021-12-01', '2022-03-23'));
    const word = (since: string) =>
      wordVerdict(
        answer('not-assessable', 'partial', {
          time,
          coverage: { state: 'partial', holes: [hole(since, '2022-01-17')] },
        }),
      );
    expect(word('2022-01-02')).toContain(
      "Not everything in the incident's core window (2022-01-16 to 2022-01-21) and in what its checks have to see around it was looked at: 1 hole, 2022-01-02 to 2022-01-16.",
    );
    expect(word('2022-01-16')).toContain('(2022-01-16 to 2022-01-21) was looked at');
  });

  test('says that some did not look, and counts them in an incident', () => {
    const outcomes = [{ status: 'evaluated' }, { status: 'not-evaluated' }] as const;
    expect(wordVerdict(answer('no-evidence', 'complete', { outcomes }))).toMatch(
      /Everything that decides in that window was read; 1 more check could not look at all of it\.$/,
    );
    const time = rolling(span('2026-11-16', '2026-11-23T02:07'));
    expect(wordVerdict(answer('no-evidence', 'complete', { outcomes, time }))).toMatch(
      /Everything that decides in that window was read\.$/,
    );
  });

  test('of a night has no time around it', () => {
    const time = rolling(span('2026-11-16', '2026-11-23T02:07'));
    const coverage = {
      state: 'complete' as const,
      holes: [hole('2026-11-18', '2026-11-19', false)],
    };
    expect(wordVerdict(answer('no-evidence', 'complete', { time, coverage }))).toMatch(
      /Everything in that window was read\.$/,
    );
  });

  test('puts into the past what somebody has settled', () => {
    const findings = (['acknowledged', 'suppressed'] as const).map((status) =>
      makeFinding({ status }),
    );
    const time = rolling(span('2026-11-16', '2026-11-23T02:07'));
    expect(wordVerdict(answer('needs-review', 'complete', { time, findings }))).toContain(
      '2 findings (1 acknowledged, 1 suppressed) in the log of acme.okta.com from 2026-11-16 to 2026-11-23 02:07 UTC had to be explained by a person',
    );
  });

  test('does not ask again for what somebody explained beside evidence', () => {
    const findings = [
      makeFinding({ role: 'evidence', status: 'acknowledged' }),
      ...(['acknowledged', 'acknowledged', 'open', 'new'] as const).map((status) =>
        makeFinding({ status }),
      ),
    ];
    expect(wordVerdict(answer('evidence-found', 'complete', { findings }))).toMatch(
      /^1 finding \(1 acknowledged\) in .* is evidence, and 2 more \(beside 2 acknowledged\) have to be explained/,
    );
  });

  test('says of a night what was acknowledged and suppressed, and what still waits from before', () => {
    const findings = [
      makeFinding({ status: 'acknowledged' }),
      makeFinding({ status: 'suppressed' }),
      makeFinding({ status: 'open' }),
      makeFinding({ status: 'open', inWindow: false }),
    ];
    const time = rolling(span('2026-11-16', '2026-11-23T02:07'));
    expect(wordVerdict(answer('needs-review', 'complete', { time, findings }))).toBe(
      '1 finding (beside 1 acknowledged, 1 suppressed) in the log of acme.okta.com from 2026-11-16 to 2026-11-23 02:07 UTC has to be explained by a person; nothing there is evidence by itself. Everything in that window was read. 1 finding of an earlier run still waits for review.',
    );
  });

  test.each<[readonly Role[], string]>([
    [['evidence'], ' 1 finding of an earlier run still waits for review: it is evidence.'],
    [['review', 'review'], ' 2 findings of earlier runs still wait for review.'],
    [
      ['review', 'evidence', 'review'],
      ' 3 findings of earlier runs still wait for review, 1 of them evidence.',
    ],
  ])('tells what waits from before also where the window holds nothing: %j', (roles, words) => {
    const findings = roles.map((role) => makeFinding({ role, status: 'open', inWindow: false }));
    const quiet = wordVerdict(answer('no-evidence', 'complete', { findings: [] }));
    expect(wordVerdict(answer('no-evidence', 'complete', { findings }))).toBe(`${quiet}${words}`);
  });

  test('speaks of the archived log where no tenant was asked', () => {
    expect(wordVerdict(answer('no-evidence', 'complete', { tenant: null }))).toContain(
      'in the archived log from',
    );
  });
});

describe('the verdict', () => {
  const finding = (role: Role, inWindow = true) => makeFinding({ role, inWindow });

  test.each<[string, readonly ReturnType<typeof finding>[], CoverageState, boolean, Verdict]>([
    [
      'evidence counts more than anything',
      [finding('review'), finding('evidence')],
      'none',
      false,
      'evidence-found',
    ],
    [
      'then what has to be reviewed',
      [finding('context'), finding('review')],
      'complete',
      true,
      'needs-review',
    ],
    ['context is nothing to answer', [finding('context')], 'complete', true, 'no-evidence'],
    ['nothing found is an answer only where all was read', [], 'partial', true, 'not-assessable'],
    ['nothing read is no answer', [], 'none', true, 'not-assessable'],
    ['what no log can show is no answer', [], 'complete', false, 'not-assessable'],
    [
      'what only the memory knows is about another window',
      [finding('evidence', false)],
      'complete',
      true,
      'no-evidence',
    ],
  ])('%s', (_title, findings, coverage, assessable, verdict) => {
    expect(decideVerdict({ findings, coverage, assessable })).toBe(verdict);
  });

  test('is no-evidence only where coverage is complete and the scope can be assessed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ role: fc.constantFrom(...ROLES), inWindow: fc.boolean() })),
        fc.constantFrom(...COVERAGE_STATES),
        fc.boolean(),
        (findings, coverage, assessable) => {
          const verdict = decideVerdict({ findings, coverage, assessable });
          if (verdict === 'no-evidence') expect([coverage, assessable]).toEqual(['complete', true]);
        },
      ),
    );
  });
});

test('large numbers are written in groups of three', () => {
  const many = (role: Role) => Array.from({ length: 1_204 }, () => makeFinding({ role }));
  const findings = [...many('evidence'), ...many('review')];
  expect(wordVerdict(answer('evidence-found', 'complete', { findings }))).toMatch(
    /^1,204 findings in .* are evidence, and 1,204 more have to be explained/,
  );
});
