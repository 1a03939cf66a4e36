import { describe, expect, test } from 'vitest';
import { weighMatches } from '../../src/judgement/weigh-matches.ts';
import type { AskedTime } from '../../src/model/asked-time.ts';
import type { Circumstance, Match } from '../../src/model/match.ts';
import type { ScopeCheck } from '../../src/model/scope.ts';
import { NO_TUNING, type Tuning } from '../../src/model/tuning.ts';
import { passwordReset, person } from '../simulators/okta/build-event.ts';
import {
  at,
  incidentTime,
  makeCheck,
  makeMatch,
  makeScope,
  name,
  rolling,
  span,
  toEvent,
} from './judgement-case.ts';

const lee = person('lee.kim@example.com');
const dana = person('dana.reyes@example.com');

function reset(time: string, result = 'SUCCESS') {
  return toEvent(passwordReset({ actor: dana, target: lee, at: at(time), result }));
}

function weigh({
  match,
  scopeCheck = name('password-reset', 'review'),
  time = rolling(span('2026-11-16', '2026-11-23')),
  tuning = NO_TUNING,
}: {
  match: Match;
  scopeCheck?: ScopeCheck | null;
  time?: AskedTime;
  tuning?: Tuning;
}) {
  const check = makeCheck('password-reset', { severity: 'low' });
  return weighMatches({
    results: [{ check, matches: [match] }],
    scope: makeScope(scopeCheck === null ? [] : [scopeCheck]),
    time,
    tuning,
  });
}

describe('a match counts', () => {
  test.each([
    ['at the first instant of the window', '2026-11-16T00:00', true],
    ['inside it', '2026-11-20T10:00', true],
    ['not a millisecond before it', '2026-11-15T23:59:59.999', false],
    ['not at its end, which belongs to the next', '2026-11-23T00:00', false],
  ])('%s', (_title, time, counts) => {
    expect(weigh({ match: makeMatch([reset(time)]) })).toHaveLength(counts ? 1 : 0);
  });

  test('by its anchor, whatever other events it holds', () => {
    const events = [reset('2026-11-15T23:00'), reset('2026-11-16T01:00')];
    expect(weigh({ match: makeMatch(events) })).toHaveLength(1);
    expect(weigh({ match: makeMatch(events, { anchor: events[0] ?? fail() }) })).toHaveLength(0);
  });

  test.each([
    ['that ends inside', '2026-11-10', '2026-11-16T00:01', true],
    ['that ends where the window begins', '2026-11-10', '2026-11-16', false],
    ['that holds all of it', '2026-11-01', '2026-12-01', true],
    ['that begins where the window ends', '2026-11-23', '2026-11-24', false],
  ])('by any overlap where it spans a stretch %s', (_title, since, until, counts) => {
    const match = makeMatch([reset('2026-11-10T08:00')], { span: span(since, until) });
    expect(weigh({ match })).toHaveLength(counts ? 1 : 0);
  });
});

describe('the role', () => {
  const inside = makeMatch([reset('2026-11-20T10:00')]);

  test.each<[string, ScopeCheck['instead'], readonly Circumstance[], string]>([
    ['is the scope check’s own without exceptions', [], ['privileged'], 'review'],
    [
      'is the exception’s where its circumstance holds',
      [{ when: 'self', role: 'context' }],
      ['self'],
      'context',
    ],
    [
      'stays where the exception does not hold',
      [{ when: 'self', role: 'context' }],
      ['administrator'],
      'review',
    ],
    [
      'is that of the first exception that holds',
      [
        { when: 'privileged', role: 'evidence' },
        { when: 'self', role: 'context' },
      ],
      ['self', 'privileged'],
      'evidence',
    ],
  ])('%s', (_title, instead, circumstances, role) => {
    const match = { ...inside, circumstances };
    const scopeCheck = name('password-reset', 'review', { instead });
    expect(weigh({ match, scopeCheck })[0]?.role).toBe(role);
  });

  test.each([
    ['evidence', ['FAILURE'], 'review'],
    ['evidence', ['DENY'], 'review'],
    ['evidence', ['FAILURE', 'SUCCESS'], 'evidence'],
    ['evidence', ['SUCCESS'], 'evidence'],
    ['context', ['FAILURE'], 'context'],
  ] as const)('%s of events that end in %j is %s', (role, results, expected) => {
    const events = results.map((result, hour) => reset(`2026-11-20T1${hour}:00`, result));
    const scopeCheck = name('password-reset', role);
    expect(weigh({ match: makeMatch(events), scopeCheck })[0]?.role).toBe(expected);
  });

  test('of a check that the scope does not name is review', () => {
    expect(weigh({ match: inside, scopeCheck: null })[0]?.role).toBe('review');
  });
});

describe('outside the core window of an incident', () => {
  const scopeCheck = name('password-reset', 'evidence', {
    instead: [{ when: 'outside-core-window', role: 'context' }],
  });
  const time = incidentTime(span('2022-01-16', '2022-01-22'), span('2021-12-01', '2022-03-23'));

  test.each([
    ['2022-01-15T23:59', 'context'],
    ['2022-01-16T00:00', 'evidence'],
    ['2022-01-22T00:00', 'context'],
  ])('a match at %s is %s', (instant, role) => {
    const [weighed] = weigh({ match: makeMatch([reset(instant)]), scopeCheck, time });
    expect(weighed?.role).toBe(role);
    expect(weighed?.circumstances.includes('outside-core-window')).toBe(role === 'context');
  });

  test('a match asks for a review at most', () => {
    const evidence = name('password-reset', 'evidence');
    const [aside] = weigh({ match: makeMatch([reset('2022-02-01')]), scopeCheck: evidence, time });
    expect(aside?.role).toBe('review');
  });

  test('a match keeps what else speaks for a look', () => {
    const routine = name('password-reset', 'context', {
      instead: [{ when: 'privileged', role: 'review' }],
    });
    const match = makeMatch([reset('2022-02-01')], { circumstances: ['privileged'] });
    expect(weigh({ match, scopeCheck: routine, time })[0]?.role).toBe('review');
  });

  test('a stretch that reaches into the core window is inside it', () => {
    const match = makeMatch([reset('2022-01-10T08:00')], {
      span: span('2022-01-10T08:00', '2022-01-16T00:01'),
    });
    expect(weigh({ match, scopeCheck, time })[0]?.role).toBe('evidence');
  });

  const began = reset('2022-01-15T20:00');
  const core = incidentTime(time.core);

  test.each([
    ['goes on in it', '2022-01-16T04:00', time, 'evidence'],
    ['goes on in it, without a review period', '2022-01-16T04:00', core, 'evidence'],
    ['ended as it began', '2022-01-16T00:00', time, 'context'],
    ['ended as it began, without a review period', '2022-01-16T00:00', core, undefined],
    ['would be so in a rolling scope', '2022-01-16T04:00', rolling(time.core), undefined],
  ])('what began before it and %s', (_title, end, asked, role) => {
    const match = makeMatch([began], { lasted: { sinceMs: began.publishedMs, untilMs: at(end) } });
    const [weighed] = weigh({ match, scopeCheck, time: asked });
    expect(weighed?.role).toBe(role);
    expect(weighed?.circumstances).toEqual(
      { evidence: [], context: ['outside-core-window'] }[role ?? ''],
    );
  });

  test('nothing is outside in a rolling scope', () => {
    const match = makeMatch([reset('2026-11-20T10:00')]);
    expect(weigh({ match })[0]?.circumstances).toEqual([]);
  });
});

describe('the severity', () => {
  const events = [reset('2026-11-20T10:00')];

  test('is the check’s, unless the match knows better, unless the team does', () => {
    const tuning: Tuning = {
      ...NO_TUNING,
      rules: { 'password-reset': { enabled: true, severity: 'critical', filter: null } },
    };
    expect(weigh({ match: makeMatch(events) })[0]?.severity).toBe('low');
    expect(weigh({ match: makeMatch(events, { severity: 'high' }) })[0]?.severity).toBe('high');
    expect(weigh({ match: makeMatch(events, { severity: 'high' }), tuning })[0]?.severity).toBe(
      'critical',
    );
  });
});

function fail(): never {
  throw new Error('no such event');
}
