import { describe, expect, test } from 'vitest';
import { parseCases, runCases } from '../../src/sigma/run-cases.ts';
import { compileFiles, compileOne, ruleSelecting } from './compile-yaml.ts';

const DENIED = { name: 'denied', events: [{ eventType: 'a', outcome: { result: 'DENY' } }] };
const ALLOWED = { name: 'allowed', events: [{ eventType: 'a' }] };

function casesOf(content: unknown) {
  const parsed = parseCases(content);
  if (!parsed.ok) throw new Error(problemsOf(content));
  return parsed.cases;
}

function problemsOf(content: unknown): string {
  const parsed = parseCases(content);
  return parsed.ok ? 'none' : parsed.problems.map(({ message }) => message).join('; ');
}

test('a case states what matters, over an unremarkable event', () => {
  const [denied] = casesOf({ fires: [DENIED], quiet: [ALLOWED] });
  expect(denied?.events[0]).toMatchObject({
    eventType: 'a',
    uuid: 'case-0',
    published: '2026-01-15T12:00:00.000Z',
    actor: { type: 'User', alternateId: 'casey@example.com' },
    outcome: { result: 'DENY', reason: null },
    target: null,
  });
});

test('maps are merged, everything else is replaced, null as well', () => {
  const events = [
    {
      eventType: 'a',
      actor: { id: '00u9' },
      client: null,
      target: [{ type: 'User' }],
      securityContext: { isProxy: true },
    },
  ];
  const [one] = casesOf({ fires: [{ name: 'x', events }], quiet: [ALLOWED] });
  expect(one?.events[0]).toMatchObject({
    actor: { id: '00u9', alternateId: 'casey@example.com' },
    client: null,
    target: [{ type: 'User' }],
    securityContext: { isProxy: true, asNumber: 64500 },
  });
});

test('events without a time follow each other by a minute', () => {
  const events = [
    { eventType: 'a' },
    { eventType: 'a', published: '2026-01-15T13:00:00.000Z' },
    { eventType: 'a' },
  ];
  const [one] = casesOf({ fires: [{ name: 'x', events }], quiet: [ALLOWED] });
  expect(one?.events.map(({ published }) => published)).toEqual([
    '2026-01-15T12:00:00.000Z',
    '2026-01-15T13:00:00.000Z',
    '2026-01-15T12:02:00.000Z',
  ]);
});

describe('a case file that proves nothing is refused', () => {
  test.each([
    ['no fires', { quiet: [ALLOWED] }, 'fires'],
    ['empty quiet', { fires: [DENIED], quiet: [] }, 'quiet'],
    ['an unknown key', { fires: [DENIED], quiet: [ALLOWED], loud: [] }, 'Unrecognized key: "loud"'],
    [
      'an unknown key in a case',
      { fires: [{ ...DENIED, expect: 1 }], quiet: [ALLOWED] },
      'Unrecognized key: "expect"',
    ],
    [
      'a case without events',
      { fires: [{ name: 'x', events: [] }], quiet: [ALLOWED] },
      'fires.0.events',
    ],
    ['a case without a name', { fires: [{ events: [{}] }], quiet: [ALLOWED] }, 'fires.0.name'],
    [
      'two cases of one name',
      { fires: [DENIED], quiet: [{ ...ALLOWED, name: 'denied' }] },
      'Two cases are named "denied".',
    ],
    [
      'two cases with the same events',
      { fires: [DENIED], quiet: [{ ...DENIED, name: 'other' }] },
      'The case "other" has the same events as another one.',
    ],
    [
      'an event without a type',
      { fires: [{ name: 'x', events: [{ actor: {} }] }], quiet: [ALLOWED] },
      'The case "x" has an event without a type or time: number 1.',
    ],
    [
      'an event with a broken time',
      { fires: [DENIED], quiet: [{ name: 'x', events: [{ eventType: 'a', published: 'soon' }] }] },
      'number 1',
    ],
    ['nothing', null, 'cases'],
  ])('%s', (_, content, message) => {
    expect(problemsOf(content)).toContain(message);
  });
});

describe('running cases', () => {
  const cases = casesOf({ fires: [DENIED], quiet: [ALLOWED] });

  test('says what fired, as expected', () => {
    const check = compileOne(ruleSelecting('outcome.result: DENY'));
    expect(runCases(check, cases)).toEqual([
      { name: 'denied', expected: 'fires', fired: true, problems: [] },
      { name: 'allowed', expected: 'quiet', fired: false, problems: [] },
    ]);
  });

  test('says what did not go as expected', () => {
    const check = compileOne(ruleSelecting('outcome.result: SUCCESS'));
    expect(runCases(check, cases).map(({ problems }) => problems)).toEqual([
      ['A rule: "denied" should fire and did not.'],
      ['A rule: "allowed" should stay quiet and did not.'],
    ]);
  });

  test('gives each case a run of its own', () => {
    const file =
      'title: C\nname: c\ncorrelation: {type: event_count, rules: base, timespan: 1h, condition: {gte: 2}}\n---\ntitle: Base\nname: base\nlogsource: {product: okta}\ndetection: {sel: {eventType: a}, condition: sel}\n';
    const [check] = compileFiles(file).checks;
    if (check === undefined) throw new Error(file);
    const twice = { name: 'twice', events: [{ eventType: 'a' }, { eventType: 'a' }] };
    const once = ['one', 'two'].map((name) => ({
      name,
      events: [{ eventType: 'a', outcome: { reason: name } }],
    }));
    const fired = runCases(check, casesOf({ fires: [twice], quiet: once })).map(
      (result) => result.fired,
    );
    expect(fired).toEqual([true, false, false]);
  });
});
