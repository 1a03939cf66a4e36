import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeAudit } from '../../src/judgement/judge-audit.ts';
import type { JudgementInput } from '../../src/judgement/judgement-input.ts';
import { exactEventTypes } from '../../src/model/event-type-set.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { RememberedFinding } from '../../src/model/issue-memory.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import type { Match } from '../../src/model/match.ts';
import { ROLES } from '../../src/model/severity.ts';
import type { SupportAccess } from '../../src/model/support-access.ts';
import { DAY_MS, HOUR_MS } from '../../src/model/time-window.ts';
import { NO_TUNING } from '../../src/model/tuning.ts';
import { makeMemory, makeRow } from '../memory/make-finding.ts';
import {
  apiTokenCreation,
  failedSignIn,
  impersonationEvent,
  OKTA_SYSTEM,
  passwordReset,
  person,
} from '../simulators/okta/build-event.ts';
import {
  at,
  incidentTime,
  makeCheck,
  makeInput,
  makeMatch,
  makeReading,
  makeScope,
  NOW_MS,
  name,
  needsOf,
  rolling,
  span,
  toEvent,
  WEEK,
} from './judgement-case.ts';

const dana = person('dana.reyes@example.com');
const lee = person('lee.kim@example.com');
const kit = person('kit.owen@example.com');
const check = makeCheck('password-reset', { nextSteps: ['Look at target.User.id for a day.'] });

function reset(time: string, target = lee, actor = dana): LogEvent {
  return toEvent(passwordReset({ actor, target, at: at(time) }));
}

function judge(matches: readonly Match[], changes: Partial<JudgementInput> = {}) {
  return judgeAudit(makeInput({ checks: [check], results: [{ check, matches }], ...changes }));
}

function only(findings: readonly Finding[]): Finding {
  const [finding, ...rest] = findings;
  if (finding === undefined || rest.length > 0) throw new Error(`${findings.length} findings`);
  return finding;
}

describe('a finding', () => {
  const event = reset('2026-11-20T10:14');
  const finding = only(
    judge([makeMatch([event], { facts: { reason: 'x' }, attribution: 'administrator' })]).findings,
  );

  test('says what a colleague would say', () => {
    expect(finding).toMatchObject({
      check: 'password-reset',
      title: 'Title of password-reset',
      severity: 'medium',
      confidence: 'medium',
      role: 'review',
      status: 'new',
      suppressedBy: null,
      inWindow: true,
      summary:
        'dana.reyes@example.com reset the password of lee.kim@example.com on 2026-11-20 at 10:14 UTC, from 192.0.2.10 (Berlin, Germany).',
      actor: { id: dana.id, login: 'dana.reyes@example.com' },
      target: { id: lee.id, login: 'lee.kim@example.com' },
      attribution: 'administrator',
      firstSeenMs: event.publishedMs,
      lastSeenMs: event.publishedMs,
      eventCount: 1,
      events: [event],
      facts: { reason: 'x' },
      alsoSeenBy: [],
      askWhom: 'lee.kim@example.com whether they expected this',
      nextSteps: [`Look at target.User.id (${lee.id}) for a day.`],
    });
  });

  test('has the same id whatever the window is and whatever else was found', () => {
    const other = judge([makeMatch([event]), makeMatch([reset('2026-11-21T08:00', kit)])], {
      time: rolling(span('2026-11-20', '2026-11-22')),
    });
    expect(other.findings.map(({ id }) => id)).toContain(finding.id);
  });

  test('says by which means it was done', () => {
    const match = makeMatch([event], { attribution: 'api-token' });
    expect(only(judge([match]).findings).summary).toMatch(/, with an API token\.$/);
  });

  test('takes the sentence of its check where there is one match', () => {
    const one = makeMatch([event], { summary: 'Dana did it again.' });
    expect(only(judge([one]).findings).summary).toBe('Dana did it again.');
    const two = makeMatch([reset('2026-11-20T11:00')], { summary: 'And again.' });
    expect(only(judge([one, two]).findings).summary).toMatch(
      /^dana\.reyes@example\.com reset .* \(2 times\)/,
    );
  });
});

describe('a next step', () => {
  const asking = makeCheck('password-reset', { nextSteps: ['Ask.', 'List the sessions.'] });
  const unused = makeMatch([reset('2026-11-20T08:00')], { nextSteps: ['Ask.'] });
  const used = makeMatch([reset('2026-11-20T09:00')]);
  const stepsOf = (matches: readonly Match[]) =>
    only(judge(matches, { checks: [asking], results: [{ check: asking, matches }] }).findings)
      .nextSteps;

  test('that does not apply to any match is left out', () => {
    expect(stepsOf([unused])).toEqual(['Ask.']);
  });

  test('that applies to one of several matches stays', () => {
    expect(stepsOf([unused, used])).toEqual(['Ask.', 'List the sessions.']);
  });
});

describe('matches become findings', () => {
  test('by actor, target user and UTC day where the check says nothing else', () => {
    const { checks, findings } = judge(
      [
        reset('2026-11-20T23:59:59.999'),
        reset('2026-11-20T08:00'),
        reset('2026-11-21T00:00'),
        reset('2026-11-20T09:00', kit),
        reset('2026-11-20T09:00', lee, kit),
      ].map((event) => makeMatch([event])),
    );
    expect(findings.map(({ eventCount }) => eventCount).toSorted()).toEqual([1, 1, 1, 2]);
    expect(checks).toMatchObject([{ events: 5, findings: 4 }]);
  });

  test('about the one user whom it was done to, whatever else was a target', () => {
    const raw = passwordReset({ actor: dana, target: lee, at: at('2026-11-20T08:00') });
    const targets = [{ id: '0oa1', type: 'AppInstance', displayName: 'Payroll' }, lee];
    const event = toEvent({ ...raw, target: targets });
    expect(only(judge([makeMatch([event])]).findings).target).toMatchObject({ id: lee.id });
  });

  test('by the check’s own group where it gives one', () => {
    const matches = [reset('2026-11-20T08:00'), reset('2026-11-20T09:00', kit)].map((event) =>
      makeMatch([event], { group: ['dana'] }),
    );
    const finding = only(judge(matches).findings);
    expect(finding).toMatchObject({ eventCount: 2, target: null, actor: { id: dana.id } });
  });

  test('with the strongest role and severity of their matches, and the facts of all', () => {
    const matches = [
      makeMatch([reset('2026-11-20T08:00')], { severity: 'low', facts: { app: 'a', n: 1 } }),
      makeMatch([reset('2026-11-20T09:00')], {
        severity: 'high',
        circumstances: ['privileged'],
        facts: { app: 'b', n: 1 },
      }),
    ];
    const scope = makeScope([
      name(check.id, 'context', { instead: [{ when: 'privileged', role: 'review' }] }),
    ]);
    expect(only(judge(matches, { scope }).findings)).toMatchObject({
      role: 'review',
      severity: 'high',
      circumstances: ['privileged'],
      facts: { app: ['b', 'a'], n: 1 },
      firstSeenMs: at('2026-11-20T08:00'),
      lastSeenMs: at('2026-11-20T09:00'),
    });
  });

  test('on the day of the event that completes them where they span none', () => {
    const [before, after] = [reset('2026-11-20T23:50'), reset('2026-11-21T00:10')];
    expect(only(judge([makeMatch([before, after])]).findings).id).toBe(
      only(judge([makeMatch([after])]).findings).id,
    );
  });

  test('on the day of the first event where they span a stretch of time', () => {
    const events = [reset('2026-11-14T08:00'), reset('2026-11-17T08:00')];
    const stretch = { span: span('2026-11-14', '2026-11-18'), group: ['case 1'] };
    const before = judge([makeMatch(events, stretch)]);
    const after = judge([makeMatch([...events, reset('2026-11-19T08:00')], stretch)]);
    expect(only(before.findings).id).toBe(only(after.findings).id);
  });

  test.each([
    ['low', ['low']],
    ['medium', ['low', 'medium']],
    ['medium', ['medium', 'low']],
    ['informational', ['informational']],
  ] as const)('of severity %s where those of the matches are %j', (severity, given) => {
    const matches = given.map((one, index) =>
      makeMatch([reset(`2026-11-20T0${index}:00`)], { severity: one }),
    );
    expect(only(judge(matches).findings).severity).toBe(severity);
  });

  test.each(['habitual', 'usual-for-token', 'new-account', 'own-network'] as const)(
    'which %s excuses only where all of them are',
    (circumstance) => {
      const circumstancesOf = (...given: Match['circumstances'][]) =>
        only(
          judge(
            given.map((circumstances, hour) =>
              makeMatch([reset(`2026-11-20T0${hour}:00`)], { circumstances }),
            ),
          ).findings,
        ).circumstances;
      expect(circumstancesOf([circumstance], [circumstance])).toEqual([circumstance]);
      expect(circumstancesOf([circumstance], ['privileged'])).toEqual(['privileged']);
    },
  );

  test('with every value of a fact once, as a text, and fifty at most', () => {
    const factsOf = (...given: Match['facts'][]) =>
      only(
        judge(
          given.map((facts, index) =>
            makeMatch([reset(`2026-11-20T00:00:${10 + index}`)], { facts }),
          ),
        ).findings,
      ).facts;
    expect(factsOf({ app: ['a', 'b'], n: 1 }, { app: 'b', n: 2 }, { app: 'c', n: 1 })).toEqual({
      app: ['a', 'b', 'c'],
      n: ['1', '2'],
    });
    const apps = Array.from({ length: 48 }, (_, index) => `app ${index}`);
    expect(factsOf({ app: apps }, { app: ['a', 'b', 'c'] })['app']).toHaveLength(50);
  });

  test('with what began on an earlier day counted, unless they span a stretch of time', () => {
    const events = ['2026-11-20T23:00', '2026-11-21T00:00', '2026-11-21T01:00'].map((time) =>
      reset(time),
    );
    const countOf = (seen: readonly LogEvent[], changes: Partial<Match> = {}) =>
      only(judge([makeMatch(seen, changes)]).findings).earlierEventCount;
    expect(countOf(events)).toBe(1);
    expect(countOf(events.slice(1))).toBeUndefined();
    expect(countOf(events, { span: span('2026-11-20', '2026-11-22') })).toBeUndefined();
  });

  test('about the one thing that it was done to where no user is a target', () => {
    const raw = passwordReset({ actor: dana, target: lee, at: at('2026-11-20T08:00') });
    const target = [{ id: '0oa1', type: 'AppInstance', displayName: 'Payroll' }];
    const finding = only(judge([makeMatch([toEvent({ ...raw, target })])]).findings);
    expect(finding.target).toMatchObject({ id: '0oa1' });
  });

  test('which tell of another group of the same check as of itself', () => {
    const [first, second] = [reset('2026-11-20T08:00'), reset('2026-11-20T09:00')];
    const { findings } = judge([
      makeMatch([first, second], { group: ['a'], summary: 'Of a.' }),
      makeMatch([second], { group: ['b'], summary: 'Of b.', facts: { of: 'b' } }),
    ]);
    expect(only(findings).alsoSeenBy).toEqual([]);
    expect(only(findings).facts).toEqual({});
  });

  test('whose order of targets does not matter', () => {
    const event = reset('2026-11-20T08:00');
    const turned = toEvent({
      ...event.raw,
      target: [{ ...kit }, { ...lee }],
    });
    const straight = toEvent({ ...event.raw, target: [{ ...lee }, { ...kit }] });
    expect(only(judge([makeMatch([turned])]).findings).id).toBe(
      only(judge([makeMatch([straight])]).findings).id,
    );
  });
});

describe('without what the issue remembers', () => {
  const unread = { reason: 'Could not look for the issue.', remedy: 'Give the job the right.' };

  test('nothing is clear, whatever was read', () => {
    expect(judge([]).verdict).toBe('no-evidence');
    const judged = judge([], { memory: { ...makeMemory({}), unread } });
    expect(judged.verdict).toBe('not-assessable');
    expect(judged.coverage.state).toBe('partial');
    expect(judged.coverage.holes).toEqual([
      {
        window: judged.window,
        reason: 'what the issue keeps from earlier runs is missing (Could not look for the issue)',
        remedy: 'Give the job the right',
        checks: [],
        decides: true,
      },
    ]);
  });

  test('what the log lacks is said as well, and makes it no better', () => {
    const { coverage: known } = judge([], { readings: [] });
    const { coverage } = judge([], { readings: [], memory: { ...makeMemory({}), unread } });
    expect(coverage.state).toBe('none');
    expect(coverage.holes.slice(1)).toEqual(known.holes);
    expect(known.holes).not.toEqual([]);
  });
});

describe('one event that several checks saw', () => {
  const event = reset('2026-11-20T10:14');
  const strong = makeCheck('support-tool-reset', { severity: 'high' });
  const scope = makeScope([name(check.id, 'review'), name(strong.id, 'review')]);
  const judgeBoth = (changes: Partial<JudgementInput> = {}) =>
    judge([makeMatch([event], { facts: { a: 1, b: 1 }, summary: 'The weak sentence.' })], {
      scope,
      checks: [check, strong],
      results: [
        {
          check,
          matches: [makeMatch([event], { facts: { a: 1, b: 1 }, summary: 'The weak sentence.' })],
        },
        { check: strong, matches: [makeMatch([event], { facts: { b: 2 } })] },
      ],
      ...changes,
    });
  const weakId = only(judge([makeMatch([event])]).findings).id;

  test('is one finding of the strongest, with the others as facts', () => {
    expect(only(judgeBoth().findings)).toMatchObject({
      check: 'support-tool-reset',
      alsoSeenBy: ['password-reset'],
      supersedes: [{ id: weakId, eventCount: 1 }],
      facts: { a: 1, b: 2, 'password-reset': 'The weak sentence.' },
    });
  });

  test('says once what both know under two names, and keeps fields and numbers', () => {
    const others = { 'actor.alternateId': 'dana', accessGrantedBy: 'dana', tries: 2, case: '7' };
    const { facts } = only(
      judgeBoth({
        results: [
          { check, matches: [makeMatch([event], { facts: others })] },
          { check: strong, matches: [makeMatch([event], { facts: { grantedBy: 'dana', n: 2 } })] },
        ].map((result) => ({ ...result, remarks: [] })),
      }).findings,
    );
    expect(facts).toEqual({
      'actor.alternateId': 'dana',
      tries: 2,
      case: '7',
      grantedBy: 'dana',
      n: 2,
    });
  });

  test('still counts for each check in the list of checks', () => {
    expect(judgeBoth().checks.map(({ id, events, findings }) => [id, events, findings])).toEqual([
      ['password-reset', 1, 0],
      ['support-tool-reset', 1, 1],
    ]);
  });

  test('hands the acknowledgement of the superseded finding on', () => {
    const row = makeRow({
      id: weakId,
      status: 'acknowledged',
      acknowledgedCount: 1,
      lastSeenMs: event.publishedMs,
    });
    const { findings } = judgeBoth({ memory: makeMemory({ findings: [row] }) });
    expect(only(findings).status).toBe('acknowledged');
  });

  describe('before the window, when it was acknowledged as another finding', () => {
    const [begin, next, end] = ['2026-11-10T08:00', '2026-11-10T09:00', '2026-11-20T08:00'].map(
      (time) => reset(time),
    ) as [LogEvent, LogEvent, LogEvent];
    const other = makeCheck('a-third');
    const earlier = { time: rolling(span('2026-11-09', '2026-11-12')) };
    const early = [makeMatch([begin]), makeMatch([next])];
    const idOf = (of: typeof check) =>
      only(
        judge([], { ...earlier, checks: [of], results: [{ check: of, matches: early }] }).findings,
      ).id;
    const rowOf = (id: string, status: RememberedFinding['status'] = 'acknowledged') =>
      makeRow({ id, status, acknowledgedCount: 2, lastSeenMs: next.publishedMs });
    const [id, otherId] = [idOf(check), idOf(other)];
    const lasting = { span: span('2026-11-10T08:00', '2026-11-17') };
    const askOf = (story: Match, rows: readonly RememberedFinding[], matches = early) =>
      judgeBoth({
        checks: [check, other, strong],
        results: [
          { check, matches },
          { check: other, matches: early },
          { check: strong, matches: [story] },
        ],
        memory: makeMemory({ findings: rows }),
      }).findings.map(({ check: by, status, supersedes }) => ({ by, status, supersedes }));
    const settled = { id, eventCount: 2 };

    test.each<[string, Match, readonly RememberedFinding[], object]>([
      [
        'is acknowledged as a state that lasts',
        makeMatch([begin, next], lasting),
        [rowOf(id)],
        { status: 'acknowledged', supersedes: [settled] },
      ],
      [
        'is handed on from every one of several, by their ids',
        makeMatch([begin, next], lasting),
        [rowOf(id), { ...rowOf(otherId), check: other.id }],
        {
          status: 'acknowledged',
          supersedes: [settled, { id: otherId, eventCount: 2 }].toSorted((one, two) =>
            one.id < two.id ? -1 : 1,
          ),
        },
      ],
      [
        'is nothing to what only began with it',
        makeMatch([begin, next, end]),
        [rowOf(id)],
        { status: 'new', supersedes: [] },
      ],
    ])('%s', (_title, story, rows, expected) => {
      expect(askOf(story, rows)).toEqual([{ by: strong.id, ...expected }]);
    });

    test('is not what saw other events as well', () => {
      const wider = [makeMatch([begin, next, reset('2026-11-10T10:00')])];
      expect(askOf(makeMatch([begin, next], lasting), [rowOf(id)], wider)).toMatchObject([
        { by: strong.id, status: 'new', supersedes: [] },
      ]);
    });

    test('keeps its own name where nobody acknowledged it', () => {
      expect(askOf(makeMatch([begin, next], lasting), [rowOf(id, 'open')])).toMatchObject([
        { by: strong.id, status: 'new', supersedes: [] },
        { by: check.id, status: 'open' },
      ]);
    });
  });

  test('hands the row of the superseded finding on, which is not carried beside it', () => {
    const memory = makeMemory({ findings: [makeRow({ id: weakId })] });
    expect(only(judgeBoth({ memory }).findings)).toMatchObject({
      check: 'support-tool-reset',
      status: 'open',
    });
  });
});

describe('what an unknown person typed', () => {
  const typed = 'Tr0ub4dor&3';
  const unknown = { id: 'unknown', type: 'User', alternateId: typed, displayName: 'unknown' };
  const event = toEvent(failedSignIn({ user: unknown, at: at('2026-11-20T10:14') }));
  const match = makeMatch([event], {
    summary: `Sign-in as ${typed.toUpperCase()} failed.`,
    facts: { login: typed, seen: [`${typed}!`], count: 3 },
  });
  const finding = only(judge([match]).findings);

  test('stands nowhere but in the raw event', () => {
    const { events, ...rest } = finding;
    expect(JSON.stringify(rest).toLowerCase()).not.toContain(typed.toLowerCase());
    expect(JSON.stringify(events)).toContain(typed);
  });

  test('is hidden whole, down to three characters, where another one typed its beginning', () => {
    const typed = ['xq7', 'xq7-mine'].map((alternateId, minute) =>
      toEvent(
        failedSignIn({ user: { ...unknown, alternateId }, at: at(`2026-11-20T10:1${minute}`) }),
      ),
    );
    const matches = [makeMatch(typed, { facts: { seen: 'xq7, xq7-mine' } })];
    expect(only(judge(matches).findings).facts).toEqual({
      seen: '(unknown login, 3 characters), (unknown login, 8 characters)',
    });
  });

  test('gives way to its length', () => {
    expect(finding).toMatchObject({
      summary: 'Sign-in as (unknown login, 11 characters) failed.',
      actor: { login: '(unknown login, 11 characters)' },
      facts: { login: '(unknown login, 11 characters)', count: 3 },
    });
  });
});

describe('the verdict', () => {
  const matches = [makeMatch([reset('2026-11-20T10:14')])];
  const suppress = {
    tuning: {
      ...NO_TUNING,
      suppressions: [
        {
          check: check.id,
          actor: null,
          target: null,
          reason: 'known',
          expiresMs: at('2027-01-01'),
        },
      ],
    },
  };

  test('is not changed by a suppression', () => {
    const judged = judge(matches, suppress);
    expect(only(judged.findings)).toMatchObject({
      status: 'suppressed',
      suppressedBy: 'known (until 2026-12-31)',
    });
    expect(judged.verdict).toBe('needs-review');
  });

  test('is not changed by a tick', () => {
    const { id, lastSeenMs } = only(judge(matches).findings);
    const row = makeRow({ id, lastSeenMs, status: 'acknowledged', acknowledgedCount: 1 });
    const judged = judge(matches, { memory: makeMemory({ findings: [row] }) });
    expect(only(judged.findings).status).toBe('acknowledged');
    expect(judged.verdict).toBe('needs-review');
  });

  test('is about this window: what the memory carries is said among the reasons', () => {
    const memory = makeMemory({
      findings: [makeRow({ role: 'evidence', title: 'Old', summary: 'Old news.' })],
    });
    const judged = judge([], { memory });
    expect(judged.verdict).toBe('no-evidence');
    expect(only(judged.findings)).toMatchObject({
      inWindow: false,
      status: 'open',
      summary: 'Old news.',
      description: 'What password-reset sees.',
    });
    expect(judged.checks).toMatchObject([{ id: 'password-reset', events: 0, findings: 0 }]);
    expect(judged.verdictReasons).toEqual([
      'coverage is complete',
      '1 finding from outside this window still waits for review',
    ]);
  });

  test('weighs what the memory carries by the levels of the tuning file, as what is in the window', () => {
    const memory = makeMemory({ findings: [makeRow({ severity: 'high' })] });
    const level = { enabled: null, severity: 'informational', filter: null } as const;
    const tuning = { ...NO_TUNING, rules: { 'password-reset': level } };
    const judged = judge([], { memory, tuning });
    expect(only(judged.findings).severity).toBe('informational');
    expect(only(judge([], { memory }).findings).severity).toBe('high');
  });

  describe('of a window that an earlier run read and this one could not', () => {
    const firstSeenMs = at('2026-11-20T10:00');
    const seen = { role: 'evidence', firstSeenMs, lastSeenMs: firstSeenMs } as const;
    const acknowledged = { ...seen, status: 'acknowledged', acknowledgedCount: 1 } as const;
    const judgeAgain = (row: Partial<RememberedFinding>, changes: Partial<JudgementInput> = {}) =>
      judge([], { memory: makeMemory({ findings: [makeRow(row)] }), readings: [], ...changes });

    test.each([
      ['waits', seen, 'open', 'is evidence'],
      ['was ticked', acknowledged, 'acknowledged', '(1 acknowledged)'],
      ['was suppressed', { ...seen, status: 'suppressed' }, 'suppressed', '(1 suppressed)'],
    ] as const)('keeps the evidence that %s', (_title, row, status, words) => {
      const judged = judgeAgain(row);
      expect(judged.verdict).toBe('evidence-found');
      expect(judged.coverage.state).toBe('none');
      expect(only(judged.findings)).toMatchObject({ inWindow: false, isBehindHole: true, status });
      expect(judged.verdictSentence).toContain(words);
      expect(judged.verdictSentence).toContain(
        '1 of these findings was seen by an earlier run, and this one could not look there again.',
      );
      expect(judged.verdictSentence).not.toContain('Nothing can be said');
      expect(judged.verdictReasons[0]).toContain('(evidence, medium)');
    });

    test('keeps what happened at its very first instant', () => {
      const first = { firstSeenMs: at('2026-11-16'), lastSeenMs: at('2026-11-16') };
      expect(judgeAgain({ ...seen, ...first }).verdict).toBe('evidence-found');
    });

    test('keeps it whatever another check saw', () => {
      const other = makeCheck('sign-in', {
        needs: needsOf({ eventTypes: exactEventTypes(['user.session.start']) }),
      });
      const covered = [{ window: WEEK, eventTypes: other.needs.eventTypes, missingFields: [] }];
      const judged = judgeAgain(seen, {
        checks: [other, check],
        scope: makeScope([name(other.id, 'review'), name(check.id, 'review')]),
        readings: [makeReading([WEEK], { covered })],
      });
      expect(judged.checks.map(({ status }) => status)).toEqual(['not-evaluated', 'evaluated']);
      expect(judged.verdict).toBe('evidence-found');
    });

    const justBefore = at('2026-11-16') - 1;

    test.each<[string, Partial<RememberedFinding>, Partial<JudgementInput>, string]>([
      ['long before the window', { firstSeenMs: 0, lastSeenMs: 0 }, {}, 'not-assessable'],
      [
        'an instant before the window',
        { firstSeenMs: justBefore, lastSeenMs: justBefore },
        {},
        'not-assessable',
      ],
      [
        'before the window, in look-back that this one could not read either',
        { firstSeenMs: at('2026-11-10'), lastSeenMs: at('2026-11-10') },
        {
          time: incidentTime(WEEK),
          checks: [makeCheck('password-reset', { needs: needsOf({ lookBackMs: 14 * DAY_MS }) })],
        },
        'not-assessable',
      ],
      ['of a check that is gone', { check: 'gone' }, {}, 'not-assessable'],
      [
        'where this run looked and saw nothing',
        {},
        { readings: [makeReading([span('2026-11-19', '2026-11-23T02:07')])] },
        'not-assessable',
      ],
      [
        'where all was read',
        {},
        { readings: [makeReading([span('2026-08-26', '2026-11-23T02:07')])] },
        'no-evidence',
      ],
    ])('does not rest on what was seen %s', (_title, row, changes, verdict) => {
      expect(judgeAgain({ ...seen, ...row }, changes).verdict).toBe(verdict);
      expect(judgeAgain({ ...acknowledged, ...row }, changes).findings).toEqual([]);
    });
  });

  test('names what it rests on', () => {
    const judged = judge(matches, { readings: [] });
    const { id } = only(judged.findings);
    expect(judged.verdictReasons).toEqual([
      `${id} (review, medium): Title of password-reset`,
      'coverage is none',
      '2026-11-16 to 2026-11-23 02:07 UTC: no source was read; give an archive that covers 2026-11-16 to 2026-11-23',
    ]);
  });

  test('rests on the findings of its role in this window, and on no other', () => {
    const weak = makeCheck('weak');
    const note = makeCheck('note');
    const judged = judge([], {
      checks: [check, weak, note],
      scope: makeScope([
        name(check.id, 'evidence'),
        name(weak.id, 'review'),
        name(note.id, 'context'),
      ]),
      results: [
        { check, matches },
        { check: weak, matches: [makeMatch([reset('2026-11-20T11:00')])] },
        { check: note, matches: [makeMatch([reset('2026-11-20T12:00')])] },
      ],
      memory: makeMemory({
        findings: [makeRow({ id: 'F-OLD', role: 'evidence' }), makeRow({ id: 'F-OLDER' })],
      }),
    });
    const deciding = judged.findings.find((one) => one.check === check.id && one.inWindow);
    expect(judged.findings).toHaveLength(5);
    expect(judged.verdictReasons).toEqual([
      `${deciding?.id} (evidence, medium): Title of password-reset`,
      'coverage is complete',
      '2 findings from outside this window still wait for review',
    ]);
  });

  test('rests on no hole that decides nothing, and says what no log can answer', () => {
    const judged = judge([], {
      scope: makeScope([name(check.id, 'review')], { assessable: false }),
      time: incidentTime(span('2026-11-18', '2026-11-20'), WEEK),
      readings: [makeReading([span('2026-11-17', '2026-11-23T02:07')])],
    });
    expect(judged.coverage.holes).toHaveLength(1);
    expect(judged.verdictReasons).toEqual([
      'coverage is complete',
      'no Okta log can answer what this scope asks',
    ]);
  });

  test.each([
    [5, []],
    [6, ['1 more finding with role review']],
    [7, ['2 more findings with role review']],
  ])('of %i findings names five and counts the rest', (count, rest) => {
    const many = Array.from({ length: count }, (_, hour) =>
      makeMatch([reset(`2026-11-20T0${hour}:00`, person(`u${hour}@example.com`))]),
    );
    const { findings, verdictReasons } = judge(many);
    expect(verdictReasons).toEqual([
      ...findings.slice(0, 5).map(({ id }) => `${id} (review, medium): Title of password-reset`),
      ...rest,
      'coverage is complete',
    ]);
  });

  test('is never no-evidence unless all of the required was read and the scope can be assessed', () => {
    const windows = fc
      .tuple(fc.integer({ min: -2, max: 9 }), fc.integer({ min: 0, max: 9 }))
      .map(([from, days]) => ({
        sinceMs: at('2026-11-16') + from * 86_400_000,
        untilMs: at('2026-11-16') + (from + days) * 86_400_000,
      }));
    fc.assert(
      fc.property(
        fc.array(windows, { maxLength: 4 }),
        fc.boolean(),
        fc.constantFrom(...ROLES),
        fc.array(fc.integer({ min: -1, max: 8 }), { maxLength: 3 }),
        (covered, assessable, role, days) => {
          const seen = days.map((day) =>
            reset(new Date(at('2026-11-16') + day * 86_400_000).toISOString().slice(0, 19)),
          );
          const judged = judge(
            seen.map((event) => makeMatch([event])),
            {
              readings: [makeReading(covered)],
              scope: makeScope([name(check.id, role)], { assessable }),
            },
          );
          if (judged.verdict !== 'no-evidence') return;
          expect(assessable).toBe(true);
          expect(judged.coverage.state).toBe('complete');
          expect(judged.findings.every((finding) => finding.role === 'context')).toBe(true);
          const everyHour = Array.from(
            { length: 7 * 24 },
            (_, hour) => at('2026-11-16') + hour * 3_600_000,
          );
          expect(
            everyHour.every((hourMs) =>
              covered.some(({ sinceMs, untilMs }) => sinceMs <= hourMs && hourMs < untilMs),
            ),
          ).toBe(true);
        },
      ),
    );
  });
});

test('the answer is the same in whatever order checks, matches and sources come', () => {
  const other = makeCheck('api-token-created', { severity: 'high' });
  const tokens = [toEvent(apiTokenCreation({ actor: dana, at: at('2026-11-20T12:00') }))];
  const resets = [reset('2026-11-20T08:00'), reset('2026-11-19T08:00', kit)];
  const input = makeInput({
    scope: makeScope([name(check.id, 'review'), name(other.id, 'evidence')]),
    checks: [check, other],
    results: [
      { check, matches: resets.map((event) => makeMatch([event])) },
      { check: other, matches: [makeMatch(tokens), makeMatch([...tokens, ...resets.slice(0, 1)])] },
    ],
    readings: [
      makeReading([span('2026-11-16', '2026-11-20')]),
      makeReading([span('2026-11-19', '2026-11-22')]),
    ],
  });
  const turned = {
    ...input,
    checks: input.checks.toReversed(),
    results: input.results
      .map((result) => ({ ...result, matches: result.matches.toReversed() }))
      .toReversed(),
    readings: input.readings.toReversed(),
  };
  const { coverage, ...rest } = judgeAudit(input);
  expect(judgeAudit(turned)).toEqual({
    ...rest,
    coverage: { ...coverage, sources: turned.readings },
  });
});

test('checks are listed as what they are, strongest role first', () => {
  const more = makeCheck('api-token-created', { kind: 'correlation' });
  const gone = { ...makeCheck('broken'), status: 'failed', reason: 'It does not parse.' } as const;
  const judged = judgeAudit(
    makeInput({
      scope: makeScope([
        name(more.id, 'context'),
        name(gone.id, 'review'),
        name('a-typo', 'review'),
        name(check.id, 'evidence'),
      ]),
      checks: [more, check, makeCheck('of-a-user')],
      unavailable: [gone],
    }),
  );
  expect(judged.checks.map(({ id, kind, title, role }) => [id, kind, title, role])).toEqual([
    ['password-reset', 'rule', 'Title of password-reset', 'evidence'],
    ['a-typo', 'rule', 'a-typo', 'review'],
    ['broken', 'rule', 'Title of broken', 'review'],
    ['of-a-user', 'rule', 'Title of of-a-user', 'review'],
    ['api-token-created', 'correlation', 'Title of api-token-created', 'context'],
  ]);
});

test('a check’s own remarks stand beside what it did not see', () => {
  const remarks = ['2 events name no user and were left out.'];
  const reasonOf = (readings: JudgementInput['readings']) =>
    judgeAudit(
      makeInput({ checks: [check], results: [{ check, matches: [], remarks }], readings }),
    ).checks[0]?.reasons.join('; ');
  expect(reasonOf([makeReading([rolling().window])])).toBe(
    '2 events name no user and were left out',
  );
  expect(reasonOf([])).toBe('no source was read; 2 events name no user and were left out');
});

test('findings come strongest first, then by severity, then oldest first', () => {
  const low = makeCheck('low', { severity: 'low' });
  const high = makeCheck('high', { severity: 'high' });
  const evidence = makeCheck('evidence', { severity: 'low' });
  const input = makeInput({
    scope: makeScope([name('low', 'review'), name('high', 'review'), name('evidence', 'evidence')]),
    checks: [low, high, evidence],
    results: [
      { check: low, matches: [makeMatch([reset('2026-11-17T08:00')])] },
      {
        check: high,
        matches: [makeMatch([reset('2026-11-19T08:00')]), makeMatch([reset('2026-11-18T08:00')])],
      },
      { check: evidence, matches: [makeMatch([reset('2026-11-20T08:00')])] },
    ],
    memory: makeMemory({
      findings: [makeRow({ check: 'carried', severity: 'high', firstSeenMs: at('2026-11-10') })],
    }),
  });
  expect(
    judgeAudit(input).findings.map((finding) => [
      finding.check,
      new Date(finding.firstSeenMs).getUTCDate(),
    ]),
  ).toEqual([
    ['evidence', 20],
    ['carried', 10],
    ['high', 18],
    ['high', 19],
    ['low', 17],
  ]);
});

test('of findings alike what concerns power comes first, then they come by their ids', () => {
  const times = ['08', '09', '10', '11'].map((hour) => `2026-11-18T${hour}:00`);
  const alike = times.map((_, index) =>
    makeMatch([reset('2026-11-18T08:00', person(`u${index}@example.com`))]),
  );
  const power = makeMatch([reset('2026-11-19T08:00')], { circumstances: ['privileged'] });
  for (const matches of [
    [...alike, power],
    [power, ...alike],
  ]) {
    const [first, ...rest] = judge(matches).findings;
    expect(first?.target?.login).toBe('lee.kim@example.com');
    expect(rest.map(({ id }) => id)).toEqual(rest.map(({ id }) => id).toSorted());
  }
});

test.each<[string, JudgementInput['readings'], boolean]>([
  ['read nothing', [], false],
  ['read a part', [makeReading([span('2026-11-18', '2026-11-19')])], true],
  ['read everything', [makeReading([WEEK])], true],
])('a habit is watched by a run that %s: %j', (_title, readings, isWatched) => {
  const scope = makeScope([
    name(check.id, 'review', { instead: [{ when: 'habitual', role: 'context' }] }),
  ]);
  const watched = [{ check: check.id, window: WEEK }];
  expect(judge([], { scope, readings }).watched).toEqual(isWatched ? watched : []);
});

describe('support access that Okta says is enabled now', () => {
  const open = makeCheck('support-access-open', { kind: 'analysis', ask: 'actor' });
  const scope = makeScope([
    name(open.id, 'review', { instead: [{ when: 'listed-support-case', role: 'context' }] }),
  ]);
  const supportAccess: SupportAccess = {
    state: 'enabled',
    expiresAtMs: at('2026-11-23T08:00'),
    reason: null,
    cases: [
      {
        caseNumber: '01234567',
        subject: null,
        impersonation: 'ENABLED',
        impersonationExpiresAtMs: at('2026-11-23T08:00'),
        selfAssigned: null,
        isOpen: true,
      },
      {
        caseNumber: '00000001',
        subject: null,
        impersonation: 'DISABLED',
        impersonationExpiresAtMs: null,
        selfAssigned: null,
        isOpen: false,
      },
    ],
  };
  const input = { scope, checks: [open], results: [], supportAccess };
  const compareFacts = (one: object, other: object) =>
    JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;

  test('is a finding to review for each open case', () => {
    const judged = judgeAudit(makeInput(input));
    expect(only(judged.findings)).toMatchObject({
      check: 'support-access-open',
      title: 'Okta Support access found enabled',
      role: 'review',
      summary:
        'Okta said that its support may enter the tenant until 2026-11-23 08:00 UTC for case 01234567.',
      facts: { caseNumber: '01234567', expiresAt: '2026-11-23T08:00:00.000Z' },
      eventCount: 0,
    });
    expect(judged.verdict).toBe('needs-review');
  });

  test('is the same finding an hour later, and another one once it is extended', () => {
    const idOf = (changes: Partial<JudgementInput>) =>
      only(judgeAudit(makeInput({ ...input, ...changes })).findings).id;
    const extended = { ...supportAccess, cases: [], expiresAtMs: at('2026-11-24T08:00') };
    const later = { ...supportAccess, cases: [], expiresAtMs: at('2026-11-23T08:00') };
    expect(idOf({ nowMs: NOW_MS + 1_800_000 })).toBe(idOf({}));
    expect(idOf({ supportAccess: extended })).not.toBe(idOf({ supportAccess: later }));
  });

  const findingsOf = (changes: Partial<JudgementInput>) =>
    judgeAudit(makeInput({ ...input, ...changes })).findings;

  test('is a finding of its own for each of several open cases, whatever expiry they share', () => {
    const [first] = supportAccess.cases;
    const second = { ...first, caseNumber: '01234568' } as SupportAccess['cases'][number];
    const third = { ...second, impersonationExpiresAtMs: at('2026-11-23T20:00') };
    const cases = [...supportAccess.cases, second, third];
    const findings = findingsOf({ supportAccess: { ...supportAccess, cases } });
    expect(findings.map(({ facts }) => facts).toSorted(compareFacts)).toEqual([
      { caseNumber: '01234567', expiresAt: '2026-11-23T08:00:00.000Z' },
      { caseNumber: '01234568', expiresAt: '2026-11-23T08:00:00.000Z' },
      { caseNumber: '01234568', expiresAt: '2026-11-23T20:00:00.000Z' },
    ]);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(3);
  });

  test('says no more than Okta does, which may tell neither a case nor an end', () => {
    const untold = { ...supportAccess, cases: [], expiresAtMs: null };
    const finding = only(findingsOf({ supportAccess: untold }));
    expect(finding.summary).toBe('Okta said that its support may enter the tenant.');
    expect(finding.facts).toEqual({});
  });

  test('is asked of a window that ended up to an hour ago', () => {
    const endedAt = (untilMs: number) =>
      findingsOf({ time: rolling({ sinceMs: at('2026-11-16'), untilMs }) });
    expect(endedAt(NOW_MS - HOUR_MS)).toHaveLength(1);
    expect(endedAt(NOW_MS - HOUR_MS - 1)).toEqual([]);
  });

  const granted = (caseNumber: string | null, grantedBy: string | null = dana.alternateId) => ({
    startMs: at('2026-11-22T20:00'),
    endMs: null,
    expectedEndMs: at('2026-11-23T08:00'),
    endBasis: 'ongoing' as const,
    grantedBy,
    caseNumber,
    extensions: 0,
    sessions: [],
    events: [],
  });

  test.each([
    ['of this case', '01234567'],
    ['without a case', null],
  ])('names who granted it and since when, where the log tells of one access %s', (_, number) => {
    const supportIntervals = [granted(number)];
    const finding = only(judgeAudit(makeInput({ ...input, supportIntervals })).findings);
    expect(finding.firstSeenMs).toBe(at('2026-11-22T20:00'));
    expect(finding.summary).toContain('granted by dana.reyes@example.com');
  });

  test('names who granted it where neither Okta nor more than one access names a case', () => {
    const cases = { ...supportAccess, cases: [] };
    const grantedBy = (supportIntervals: JudgementInput['supportIntervals']) =>
      only(judgeAudit(makeInput({ ...input, supportAccess: cases, supportIntervals })).findings)
        .summary;
    expect(grantedBy([granted('01234567')])).toContain('granted by dana.reyes@example.com');
    expect(grantedBy([granted('01234567'), granted('09999999')])).not.toContain('granted by');
  });

  test.each([
    ['for another case', granted('09999999')],
    [
      'of this case that is over',
      { ...granted('01234567'), endMs: at('2026-11-22T21:00'), endBasis: 'observed' as const },
    ],
  ])('is not explained by a grant %s', (_title, interval) => {
    const finding = only(findingsOf({ supportIntervals: [interval] }));
    expect(finding.summary).not.toContain('granted by');
    expect(finding.firstSeenMs).toBe(NOW_MS);
  });

  test('is known since its grant also where that does not tell by whom', () => {
    const finding = only(findingsOf({ supportIntervals: [granted('01234567', null)] }));
    expect(finding.firstSeenMs).toBe(at('2026-11-22T20:00'));
    expect(finding.summary).toMatch(/ for case 01234567\.$/);
  });

  test('is of the one case among several whose access the log tells', () => {
    const supportIntervals = [
      granted('09999999', 'kit.owen@example.com'),
      granted('01234567', 'dana.reyes@example.com'),
    ];
    const finding = only(judgeAudit(makeInput({ ...input, supportIntervals })).findings);
    expect(finding.summary).toContain('granted by dana.reyes@example.com');
  });

  test('ends with the tenant’s own expiry where the case tells none', () => {
    const cases = supportAccess.cases.map((one) => ({ ...one, impersonationExpiresAtMs: null }));
    const judged = judgeAudit(makeInput({ ...input, supportAccess: { ...supportAccess, cases } }));
    expect(only(judged.findings).summary).toContain('until 2026-11-23 08:00 UTC');
  });

  test('has the role that the scope gives it, and the severity of the team', () => {
    const rules = { [open.id]: { enabled: true, severity: 'critical' as const, filter: null } };
    const tuning = { ...NO_TUNING, rules };
    const decisive = makeScope([name(open.id, 'evidence')]);
    const judged = judgeAudit(makeInput({ ...input, scope: decisive, tuning }));
    expect(only(judged.findings)).toMatchObject({ role: 'evidence', severity: 'critical' });
  });

  test('is context where the team listed the case', () => {
    const tuning = { ...NO_TUNING, supportCases: ['01234567'] };
    expect(judgeAudit(makeInput({ ...input, tuning })).verdict).toBe('no-evidence');
  });

  test.each<[string, Partial<JudgementInput>]>([
    ['it is disabled', { supportAccess: { ...supportAccess, state: 'disabled' } }],
    ['it is unknown', { supportAccess: { ...supportAccess, state: 'unknown' } }],
    ['the scope does not ask for it', { scope: makeScope([]) }],
    ['its check did not run', { checks: [] }],
    ['the window is long over', { time: incidentTime(span('2022-01-16', '2022-01-22')) }],
  ])('is no finding where %s', (_title, changes) => {
    expect(judgeAudit(makeInput({ ...input, ...changes })).findings).toEqual([]);
  });
});

test('an impersonation session in an incident’s core window is evidence, and one after it is not', () => {
  const session = makeCheck('support-session-started', {
    severity: 'critical',
    ask: 'administrators',
  });
  const scope = makeScope([
    name(session.id, 'evidence', { instead: [{ when: 'outside-core-window', role: 'review' }] }),
  ]);
  const start = (time: string) =>
    makeMatch([toEvent(impersonationEvent('initiate', { actor: OKTA_SYSTEM, at: at(time) }))]);
  const time = incidentTime(span('2022-01-16', '2022-01-22'), span('2021-12-01', '2022-03-23'));
  const readings = [makeReading([span('2021-12-01', '2022-03-23')])];
  const ask = (instant: string) =>
    judgeAudit(
      makeInput({
        scope,
        time,
        readings,
        checks: [session],
        results: [{ check: session, matches: [start(instant)] }],
      }),
    );
  expect(ask('2022-01-21T10:00').verdict).toBe('evidence-found');
  expect(ask('2022-02-21T10:00').verdict).toBe('needs-review');
  expect(ask('2022-04-21T10:00').verdict).toBe('no-evidence');
});
