import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTuning } from '../../src/config/parse-tuning.ts';
import type { Check } from '../../src/model/check.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import { compileFiles, indent, messagesOf, offer, START_MS, toEvent } from './compile-yaml.ts';

const BASES = ['a', 'b', 'c']
  .map(
    (name) =>
      `---\ntitle: Base ${name}\nname: base-${name}\nlogsource: {product: okta}\ndetection:\n  sel: {eventType: type.${name}}\n  condition: sel\n`,
  )
  .join('');

function fileWith(section: string, more = ''): string {
  return `title: Correlated\nname: correlated\ncorrelation:\n${indent(section)}\n${more}${BASES}`;
}

function compileCorrelation(section: string, more = ''): Check {
  const compiled = compileFiles(fileWith(section, more));
  const check = compiled.checks.find(({ id }) => id === 'correlated');
  if (check === undefined) throw new Error(JSON.stringify(compiled, null, 1));
  return check;
}

/** An event of base rule a, b or c, so many seconds after the start, by somebody, with a value. */
interface Told {
  readonly rule: 'a' | 'b' | 'c';
  readonly s: number;
  readonly by?: string | null;
  readonly value?: unknown;
  readonly uuid?: string;
  readonly target?: readonly unknown[];
}

function toRaw(told: Told, index: number): RawEvent {
  return {
    uuid: told.uuid ?? `${told.rule}${told.s}-${index}`,
    eventType: `type.${told.rule}`,
    published: new Date(START_MS + told.s * 1000).toISOString(),
    ...(told.by === null ? {} : { client: { ipAddress: told.by ?? '192.0.2.1' } }),
    debugContext: { debugData: { value: told.value } },
    target: told.target ?? null,
  };
}

/** Each match as the uuids of its events, then its anchor. */
function run(check: Check, story: readonly Told[]): string[] {
  const events = story.map((told, index) => toEvent(toRaw(told, index)));
  return offer(check, events).map(
    ({ events: met, anchor }) => `${met.map(({ uuid }) => uuid).join(' ')} > ${anchor.uuid}`,
  );
}

function at(rule: Told['rule'], ...seconds: readonly number[]): Told[] {
  return seconds.map((s) => ({ rule, s, uuid: `${rule}${s}` }));
}

interface Meeting {
  readonly s: number;
  readonly meets: readonly string[];
}

/** Whether some chain of different events, in the order of time and within two seconds, ends with one event. */
function endsChain(options: {
  readonly story: readonly Meeting[];
  readonly rules: readonly string[];
  readonly last: number;
  readonly endS?: number;
  readonly used?: readonly number[];
}): boolean {
  const { story, rules, last, used = [] } = options;
  const event = story[last];
  const rule = rules.at(-1);
  if (event === undefined || rule === undefined || !event.meets.includes(rule)) return false;
  const endS = options.endS ?? event.s;
  if (endS - event.s > 2) return false;
  const before = rules.slice(0, -1);
  if (before.length === 0) return true;
  const taken = [...used, last];
  return story.some(
    ({ s }, index) =>
      s <= event.s &&
      !taken.includes(index) &&
      endsChain({ story, rules: before, last: index, endS, used: taken }),
  );
}

const COUNT = 'type: event_count\nrules: [base-a]\ngroup-by: [client.ipAddress]\ntimespan: 10s\n';

describe('event_count', () => {
  test.each([
    ['gte: 3', [0, 5, 10], ['a0 a5 a10 > a10']],
    ['gte: 3', [0, 5, 11], []],
    ['gt: 2', [0, 5, 10], ['a0 a5 a10 > a10']],
    ['gt: 2.5', [0, 5, 10], ['a0 a5 a10 > a10']],
    ['gte: 2.5', [0, 5, 10], ['a0 a5 a10 > a10']],
    ['eq: 2', [0, 5, 6], ['a0 a5 > a5']],
    ['gt: 1\n  lte: 2', [0, 5, 6], ['a0 a5 > a5']],
    ['gte: 3', [0, 5, 10, 12, 40, 45, 50], ['a0 a5 a10 > a10', 'a12 > a12', 'a40 a45 a50 > a50']],
  ])('%s over %j', (condition, seconds, expected) => {
    expect(
      run(compileCorrelation(`${COUNT}condition:\n  ${condition}`), at('a', ...seconds)),
    ).toEqual(expected);
  });

  test('slides: last minus first is at most the timespan, wherever the hour begins', () => {
    const check = compileCorrelation(`${COUNT.replace('10s', '1h')}condition: {gte: 2}`);
    expect(run(check, at('a', 0, 3600))).toEqual(['a0 a3600 > a3600']);
    expect(run(check, at('a', 0, 3601))).toEqual([]);
  });

  test('does not depend on the order in which events come', () => {
    const check = compileCorrelation(`${COUNT}condition: {gte: 3}`);
    const story = at('a', 0, 5, 10, 12, 30);
    expect(run(check, story.toReversed())).toEqual(run(check, story));
  });

  test('counts an event once, also where it meets two rules', () => {
    const twice =
      '---\ntitle: Again\nname: again\nlogsource: {product: okta}\ndetection:\n  sel: {eventType: type.a}\n  condition: sel\n';
    const file =
      fileWith('type: event_count\nrules: [base-a, again]\ntimespan: 10s\ncondition: {gte: 3}') +
      twice;
    const check = compileFiles(file).checks.find(({ id }) => id === 'correlated');
    if (check === undefined) throw new Error(file);
    expect(run(check, at('a', 0, 1))).toEqual([]);
    expect(run(check, at('a', 0, 1, 2))).toEqual(['a0 a1 a2 > a2']);
  });

  test('groups by the values of its fields, ignoring case', () => {
    const check = compileCorrelation(`${COUNT}condition: {gte: 2}`);
    const story: Told[] = [
      { rule: 'a', s: 0, by: '2001:DB8::1', uuid: 'x0' },
      { rule: 'a', s: 1, by: '192.0.2.9', uuid: 'y1' },
      { rule: 'a', s: 2, by: '2001:db8::1', uuid: 'x2' },
    ];
    expect(run(check, story)).toEqual(['x0 x2 > x2']);
  });

  test('counts each group for itself', () => {
    const check = compileCorrelation(`${COUNT}condition: {gte: 3}`);
    const byThree = ['192.0.2.1', '192.0.2.1', '192.0.2.2', '192.0.2.2', '192.0.2.3'];
    expect(
      run(
        check,
        byThree.map((by, s): Told => ({ rule: 'a', s, by })),
      ),
    ).toEqual([]);
  });

  test('groups by several fields at once', () => {
    const check = compileCorrelation(
      'type: event_count\nrules: base-a\ngroup-by: [client.ipAddress, debugContext.debugData.value]\ntimespan: 10s\ncondition: {gte: 2}',
    );
    const story: Told[] = [
      { rule: 'a', s: 0, value: 'p', uuid: 'p0' },
      { rule: 'a', s: 1, value: 'q', uuid: 'q1' },
      { rule: 'a', s: 2, value: 'p', uuid: 'p2' },
    ];
    expect(run(check, story)).toEqual(['p0 p2 > p2']);
  });

  test('gives an array one group per distinct value', () => {
    const check = compileCorrelation(
      'type: event_count\nrules: base-a\ngroup-by: target.User.id\ntimespan: 10s\ncondition: {gte: 2}',
    );
    const user = (id: string) => ({ type: 'User', id });
    const story: Told[] = [
      { rule: 'a', s: 0, target: [user('1'), user('2'), user('1')], uuid: 'e0' },
      { rule: 'a', s: 1, target: [user('3'), { type: 'AppInstance', id: '1' }], uuid: 'e1' },
      { rule: 'a', s: 2, target: [user('2')], uuid: 'e2' },
    ];
    expect(run(check, story)).toEqual(['e0 e2 > e2']);
  });

  test('leaves out and counts an event without the key', () => {
    const check = compileCorrelation(`${COUNT}condition: {gte: 2}`);
    const started = check.begin();
    const story: Told[] = [
      { rule: 'a', s: 0, by: null },
      { rule: 'a', s: 1, by: null },
      { rule: 'a', s: 2 },
    ];
    for (const [index, told] of story.entries()) started.accept(toEvent(toRaw(told, index)));
    expect(started.finish()).toEqual([]);
    expect(started.remarks?.()).toEqual([
      '2 events were left out, having no value for client.ipAddress.',
    ]);
  });

  test('counts an event that it left out once, also where it meets two rules', () => {
    const twice =
      '---\ntitle: Again\nname: again\nlogsource: {product: okta}\ndetection:\n  sel: {eventType: type.a}\n  condition: sel\n';
    const file =
      fileWith(`${COUNT.replace('[base-a]', '[base-a, again]')}condition: {gte: 2}`) + twice;
    const started = compileFiles(file)
      .checks.find(({ id }) => id === 'correlated')
      ?.begin();
    started?.accept(toEvent(toRaw({ rule: 'a', s: 0, by: null }, 0)));
    started?.finish();
    expect(started?.remarks?.()).toEqual([
      '1 event was left out, having no value for client.ipAddress.',
    ]);
  });

  test('without group-by counts everything together', () => {
    const check = compileCorrelation(
      'type: event_count\nrules: base-a\ntimespan: 10s\ncondition: {gte: 2}',
    );
    expect(
      run(check, [
        { rule: 'a', s: 0, by: null, uuid: 'n' },
        { rule: 'a', s: 1, uuid: 'm' },
      ]),
    ).toEqual(['n m > m']);
    expect(check.begin().remarks?.()).toEqual([]);
  });

  test('brings all events of its window again on the next UTC day', () => {
    const check = compileCorrelation(`${COUNT.replace('10s', '1d')}condition: {gte: 2}`);
    const noonToMidnight = 12 * 3600;
    expect(run(check, at('a', 0, 5, noonToMidnight, noonToMidnight + 1))).toEqual([
      'a0 a5 > a5',
      'a0 a5 a43200 > a43200',
      'a43201 > a43201',
    ]);
  });

  test('takes as long for a storm as for the same events apart', () => {
    const check = compileCorrelation(`${COUNT}condition: {gte: 10}`);
    const started = check.begin();
    for (let index = 0; index < 100_000; index += 1) {
      started.accept(
        toEvent({
          eventType: 'type.a',
          uuid: `u${index}`,
          published: new Date(START_MS + index).toISOString(),
          client: { ipAddress: '192.0.2.1' },
        }),
      );
    }
    const matches = started.finish();
    expect(matches).toHaveLength(99_991);
    expect(matches.reduce((sum, { events }) => sum + events.length, 0)).toBe(100_000);
  });
});

describe('value_count', () => {
  const section = (condition: string) =>
    `type: value_count\nrules: base-a\ngroup-by: client.ipAddress\ntimespan: 10s\ncondition: ${condition}`;
  const story = (...values: readonly unknown[]): Told[] =>
    values.map((value, s) => ({ rule: 'a', s, value, uuid: `a${s}` }));

  test.each([
    ['{field: debugContext.debugData.value, gte: 3}', ['x', 'y', 'x', 'z'], ['a0 a1 a2 a3 > a3']],
    ['{field: debugContext.debugData.value, gte: 2}', ['x', 'X', 'x'], []],
    ['{field: debugContext.debugData.value, gte: 2}', ['x', null, undefined], []],
    ['{field: debugContext.debugData.value, gte: 2}', [['x', 'y']], ['a0 > a0']],
    ['{field: [debugContext.debugData.value, eventType], gte: 2}', ['x', 'y'], ['a0 a1 > a1']],
    ['{field: [debugContext.debugData.value, eventType], gte: 2}', ['x', 'x'], []],
  ])('%s over %j', (condition, values, expected) => {
    expect(run(compileCorrelation(section(condition)), story(...values))).toEqual(expected);
  });

  test('forgets values that left the window', () => {
    const check = compileCorrelation(section('{field: debugContext.debugData.value, gte: 2}'));
    expect(
      run(check, [
        { rule: 'a', s: 0, value: 'x' },
        { rule: 'a', s: 11, value: 'y' },
      ]),
    ).toEqual([]);
  });
});

describe('aggregations of values', () => {
  const section = (type: string, condition: string) =>
    `type: ${type}\nrules: base-a\ntimespan: 10s\ncondition: {field: debugContext.debugData.value, ${condition}}`;
  const story = (...values: readonly unknown[]): Told[] =>
    values.map((value, s) => ({ rule: 'a', s, value, uuid: `a${s}` }));
  const anchors = (check: Check, told: readonly Told[]) =>
    run(check, told).map((match) => match.split(' > ')[1]);

  test.each([
    ['value_sum', 'gt: 10', [4, '6', 1], ['a2']],
    ['value_sum', 'gte: 10', [4, 6, -1], ['a1']],
    ['value_sum', 'gte: 10', ['x', 10, null], ['a1', 'a2']],
    ['value_avg', 'gt: 4', [4, 6, 1], ['a1']],
    ['value_avg', 'lt: 2', ['x', 3, 0], ['a2']],
    ['value_median', 'gte: 5', [1, 9, 5, 9], ['a1', 'a2', 'a3']],
    ['value_median', 'eq: 7', [1, 9, 5, 9], ['a3']],
    ['value_percentile', 'percentile: 50, eq: 5', [1, 9, 5, 7], ['a2', 'a3']],
    ['value_percentile', 'percentile: 100, gte: 9', [1, 9, 5], ['a1', 'a2']],
    ['value_percentile', 'percentile: 1, gte: 5', [7, 9, 1], ['a0', 'a1']],
  ])('%s %s over %j', (type, condition, values, expected) => {
    expect(anchors(compileCorrelation(section(type, condition)), story(...values))).toEqual(
      expected,
    );
  });

  test.each([7, 14, 28, 29, 55, 99])(
    'of a hundred values the one at %i percent is that of its number',
    (percentile) => {
      const whole = section('value_percentile', `percentile: ${percentile}, eq: ${percentile}`);
      const check = compileCorrelation(whole.replace('10s', '100s'));
      const values = Array.from({ length: 100 }, (_, index) => index + 1);
      expect(anchors(check, story(...values))).toContain('a99');
    },
  );

  test('a sum starts anew after a pause, without what rounding left', () => {
    const check = compileCorrelation(section('value_sum', 'eq: 0.05'));
    const told: Told[] = [0.1, 0.2, 0.3].map((value, s) => ({ rule: 'a', s, value }));
    expect(run(check, [...told, { rule: 'a', s: 60, value: 0.05, uuid: 'late' }])).toEqual([
      'late > late',
    ]);
  });

  test('agree with a plain calculation while the window slides', () => {
    const values = Array.from({ length: 300 }, (_, index) => ((index * 7919) % 101) - 50);
    const windows = values.map((_, index) =>
      values.slice(Math.max(0, index - 10), index + 1).sort((one, other) => one - other),
    );
    const hitsOf = (holds: (window: readonly number[]) => boolean) =>
      windows.flatMap((window, index) => (holds(window) ? [`a${index}`] : []));
    const rank = (window: readonly number[], percent: number) =>
      window[Math.max(1, Math.ceil((percent / 100) * window.length)) - 1] ?? 0;
    const sum = (window: readonly number[]) => window.reduce((total, value) => total + value, 0);
    const median = (window: readonly number[]) =>
      ((window[Math.ceil(window.length / 2) - 1] ?? 0) +
        (window[Math.floor(window.length / 2)] ?? 0)) /
      2;
    const told = story(...values);
    const found = (type: string, condition: string) =>
      anchors(compileCorrelation(section(type, condition)), told);
    expect(found('value_percentile', 'percentile: 90, gt: 30')).toEqual(
      hitsOf((window) => rank(window, 90) > 30),
    );
    expect(found('value_median', 'gt: 5')).toEqual(hitsOf((window) => median(window) > 5));
    expect(found('value_sum', 'gt: 60')).toEqual(hitsOf((window) => sum(window) > 60));
    expect(found('value_avg', 'gt: 4')).toEqual(
      hitsOf((window) => sum(window) / window.length > 4),
    );
  });
});

describe('temporal', () => {
  const section =
    'type: temporal\nrules: [base-a, base-b]\ngroup-by: client.ipAddress\ntimespan: 10s';
  const check = compileCorrelation(section);

  test.each([
    ['any order', [...at('b', 0), ...at('a', 10)], ['b0 a10 > a10']],
    ['too far apart', [...at('b', 0), ...at('a', 11)], []],
    ['one rule twice', at('a', 0, 1), []],
    [
      'every event of the window',
      [...at('a', 0, 1), ...at('b', 2, 3)],
      ['a0 a1 b2 > b2', 'b3 > b3'],
    ],
  ])('%s', (_, story, expected) => {
    expect(run(check, story)).toEqual(expected);
  });

  test('asks for the same values of group-by', () => {
    expect(
      run(check, [
        { rule: 'a', s: 0, by: '192.0.2.1' },
        { rule: 'b', s: 1, by: '192.0.2.2' },
      ]),
    ).toEqual([]);
  });

  test('may ask for some of its rules', () => {
    const some = compileCorrelation(
      `${section.replace('base-b]', 'base-b, base-c]')}\ncondition: {gte: 2}`,
    );
    expect(run(some, [...at('a', 0), ...at('c', 1)])).toEqual(['a0 c1 > c1']);
  });

  test('counts a rule once that is named twice', () => {
    const twice = compileCorrelation(section.replace('[base-a,', '[base-a, base-a,'));
    expect(run(twice, at('a', 0, 1))).toEqual([]);
    expect(run(twice, [...at('a', 0), ...at('b', 1)])).toEqual(['a0 b1 > b1']);
  });

  test('looks at an event that meets several rules as at one moment', () => {
    const others = ['again', 'and-again'].map(
      (name) =>
        `---\ntitle: ${name}\nname: ${name}\nlogsource: {product: okta}\ndetection:\n  sel: {eventType: type.a}\n  condition: sel\n`,
    );
    const two = compileCorrelation(
      'type: temporal\nrules: [base-a, again, and-again]\ntimespan: 10s\ncondition: {eq: 2}',
      others.join(''),
    );
    expect(run(two, at('a', 0))).toEqual([]);
  });

  test('may say in words which of its rules', () => {
    const words = compileCorrelation(
      'type: temporal\ntimespan: 10s\ncondition: base-a and (base-b or base-c)',
    );
    expect(run(words, [...at('b', 0), ...at('c', 1)])).toEqual([]);
    expect(run(words, [...at('a', 0), ...at('c', 1)])).toEqual(['a0 c1 > c1']);
  });
});

describe('temporal_ordered', () => {
  const three = compileCorrelation(
    'type: temporal_ordered\nrules: [base-a, base-b, base-c]\ngroup-by: client.ipAddress\ntimespan: 10s',
  );
  const two = compileCorrelation('type: temporal_ordered\nrules: [base-a, base-b]\ntimespan: 10s');

  test.each([
    ['in order', [...at('a', 0), ...at('b', 5), ...at('c', 10)], ['a0 b5 c10 > c10']],
    ['out of order', [...at('b', 0), ...at('a', 5), ...at('c', 10)], []],
    ['too long', [...at('a', 0), ...at('b', 5), ...at('c', 11)], []],
    [
      'with a later first rule',
      [...at('a', 0, 4), ...at('b', 5), ...at('c', 11)],
      ['a4 b5 c11 > c11'],
    ],
    [
      'leaving out what is in no chain',
      [...at('c', 0), ...at('a', 1), ...at('b', 2), ...at('c', 3)],
      ['a1 b2 c3 > c3'],
    ],
    [
      'with everything that is in a chain',
      [...at('a', 0, 1), ...at('b', 2, 3), ...at('c', 4)],
      ['a0 a1 b2 b3 c4 > c4'],
    ],
    [
      'chain by chain',
      [...at('a', 0), ...at('b', 1), ...at('c', 2), ...at('b', 3), ...at('c', 4)],
      ['a0 b1 c2 > c2', 'a0 b3 c4 > c4'],
    ],
    [
      'with the chain of each match',
      [...at('a', 0), ...at('b', 1), ...at('a', 2), ...at('c', 3), ...at('b', 4), ...at('c', 5)],
      ['a0 b1 c3 > c3', 'a2 b4 c5 > c5'],
    ],
    [
      'with what was in no chain to the match before',
      [...at('a', 0), ...at('b', 1), ...at('a', 2, 3), ...at('c', 4), ...at('b', 5), ...at('c', 6)],
      ['a0 b1 c4 > c4', 'a2 a3 b5 c6 > c6'],
    ],
  ])('%s', (_, story, expected) => {
    expect(run(three, story)).toEqual(expected);
  });

  test('allows equal times for distinct events, whatever their uuids', () => {
    const story: Told[] = [
      { rule: 'a', s: 0, uuid: 'z' },
      { rule: 'b', s: 0, uuid: 'a' },
    ];
    expect(run(two, story)).toEqual(['a z > a']);
    const chain: Told[] = [
      { rule: 'c', s: 0, uuid: '1' },
      { rule: 'b', s: 0, uuid: '2' },
      { rule: 'a', s: 0, uuid: '3' },
    ];
    expect(run(three, chain)).toEqual(['1 2 3 > 1']);
  });

  test('brings every part of a chain within one millisecond', () => {
    const story: Told[] = ['a', 'a', 'b', 'b', 'c'].map((rule, index) => ({
      rule: rule as Told['rule'],
      s: 0,
      uuid: `${index}`,
    }));
    expect(run(three, story)).toEqual(['0 1 2 3 4 > 4']);
  });

  test('brings the parts of its chains again on the next UTC day', () => {
    const check = compileCorrelation(
      'type: temporal_ordered\nrules: [base-a, base-b]\ntimespan: 1d',
    );
    expect(run(check, [...at('a', 0, 1), ...at('b', 2, 12 * 3600)])).toEqual([
      'a0 a1 b2 > b2',
      'a0 a1 b43200 > b43200',
    ]);
  });

  test('does not take one event for two rules', () => {
    const both =
      '---\ntitle: Both\nname: both\nlogsource: {product: okta}\ndetection:\n  sel: {eventType: [type.a, type.b]}\n  condition: sel\n';
    const file = fileWith('type: temporal_ordered\nrules: [both, base-b]\ntimespan: 10s') + both;
    const check = compileFiles(file).checks.find(({ id }) => id === 'correlated');
    if (check === undefined) throw new Error(file);
    expect(run(check, at('b', 0))).toEqual([]);
    expect(run(check, at('b', 0, 1))).toEqual(['b0 b1 > b1']);
    expect(
      run(check, [
        { rule: 'b', s: 0, uuid: 'x' },
        { rule: 'b', s: 0, uuid: 'y' },
      ]),
    ).toHaveLength(2);
  });

  test('may name one rule twice', () => {
    const again = compileCorrelation(
      'type: temporal_ordered\nrules: [base-a, base-b, base-a]\ntimespan: 10s',
    );
    expect(run(again, [...at('a', 0), ...at('b', 1)])).toEqual([]);
    expect(run(again, [...at('a', 0), ...at('b', 1), ...at('a', 2)])).toEqual(['a0 b1 a2 > a2']);
    expect(run(again, [...at('a', 0), ...at('b', 2), ...at('a', 2)])).toEqual(['a0 a2 b2 > a2']);
  });

  test('agrees with a search through all chains, whatever rules an event meets and at what times', () => {
    const overlapping = ['a', 'b', 'c']
      .map(
        (name) =>
          `---\ntitle: Has ${name}\nname: has-${name}\nlogsource: {product: okta}\ndetection:\n  sel: {severity|contains: ${name}}\n  condition: sel\n`,
      )
      .join('');
    const rule = fc.constantFrom('a', 'b', 'c');
    const event = fc.record({ s: fc.integer({ min: 0, max: 3 }), meets: fc.array(rule) });
    fc.assert(
      fc.property(
        fc.array(rule, { minLength: 2, maxLength: 4 }),
        fc.array(event, { maxLength: 7 }),
        (rules, story) => {
          const names = rules.map((name) => `has-${name}`);
          const head = `title: C\nname: correlated\ncorrelation: {type: temporal_ordered, rules: [${names}], timespan: 2s}\n`;
          const check = compileFiles(head + overlapping).checks.find(
            ({ id }) => id === 'correlated',
          );
          if (check === undefined) throw new Error(head);
          const events = story.map(({ s, meets }, index) =>
            toEvent({
              uuid: `u${index}`,
              published: new Date(START_MS + s * 1000).toISOString(),
              severity: `-${meets.join('')}`,
            }),
          );
          const anchors = offer(check, events).map(({ anchor }) => anchor.uuid);
          const expected = story.flatMap((_, last) =>
            endsChain({ story, rules, last }) ? [`u${last}`] : [],
          );
          expect(anchors.sort()).toEqual(expected);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('brings all that is in some chain, and nothing else', () => {
    const event = fc.record({
      s: fc.integer({ min: 0, max: 9 }),
      rule: fc.constantFrom<Told['rule'][]>('a', 'b', 'c'),
    });
    const check = compileCorrelation(
      'type: temporal_ordered\nrules: [base-a, base-b, base-c]\ntimespan: 5s',
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 14 }), (story) => {
        const told = story.map((one, index) => ({ ...one, uuid: `u${index}` }));
        const of = (rule: string) => told.filter((one) => one.rule === rule);
        const chained = of('a').flatMap((a) =>
          of('b').flatMap((b) =>
            of('c').flatMap((c) =>
              a.s <= b.s && b.s <= c.s && c.s - a.s <= 5 ? [a.uuid, b.uuid, c.uuid] : [],
            ),
          ),
        );
        const events = told.map((one, index) => toEvent(toRaw(one, index)));
        const brought = offer(check, events).flatMap((match) => match.events);
        expect([...new Set(brought.map(({ uuid }) => uuid))].sort()).toEqual(
          [...new Set(chained)].sort(),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('takes a condition that says the same', () => {
    for (const condition of ['{gte: 2}', '{eq: 2}', '{gt: 1}', 'base-a and base-b']) {
      const check = compileCorrelation(
        `type: temporal_ordered\nrules: [base-a, base-b]\ntimespan: 10s\ncondition: ${condition}`,
      );
      expect(run(check, [...at('a', 0), ...at('b', 1)])).toEqual(['a0 b1 > b1']);
    }
  });

  test('answers a storm of equal times', () => {
    const story = Array.from(
      { length: 4000 },
      (_, index): Told => ({ rule: index % 2 === 0 ? 'a' : 'b', s: 0, uuid: `u${index}` }),
    );
    expect(run(two, story)).toHaveLength(2000);
  });
});

describe('aliases give one name to different fields', () => {
  const section = `type: temporal
rules: [base-a, base-b]
aliases:
  who:
    base-a: client.ipAddress
    base-b: debugContext.debugData.value
group-by: [who]
timespan: 10s`;

  test('in group-by', () => {
    const check = compileCorrelation(section);
    const story: Told[] = [
      { rule: 'a', s: 0, by: '192.0.2.1', uuid: 'a' },
      { rule: 'b', s: 1, by: null, value: '192.0.2.1', uuid: 'b' },
    ];
    expect(run(check, story)).toEqual(['a b > b']);
    expect(
      run(check, [
        { ...story[0], rule: 'a', s: 0, by: '192.0.2.2' },
        { rule: 'b', s: 1, value: '192.0.2.1' },
      ]),
    ).toEqual([]);
  });

  test('and must name one for every rule', () => {
    const compiled = compileFiles(
      fileWith(section.replace('    base-b: debugContext.debugData.value\n', '')),
    );
    expect(messagesOf(compiled, 'error')).toEqual([
      '7: The alias who names no field for the rule base-b.',
    ]);
  });
});

describe('a correlation of correlations', () => {
  const inner = `---
title: Many
name: many
correlation:
  type: value_count
  rules: [base-a]
  group-by: [client.ipAddress]
  timespan: 10s
  condition: {field: debugContext.debugData.value, gte: 2}
`;

  test('sees each event from the moment at which the inner condition first held with it', () => {
    const check = compileCorrelation(
      'type: temporal_ordered\nrules: [many, base-b]\ngroup-by: [debugContext.debugData.value]\ntimespan: 10s',
      inner,
    );
    const spray: Told[] = [
      { rule: 'a', s: 0, value: 'ada', uuid: 'a0' },
      { rule: 'a', s: 8, value: 'eve', uuid: 'a8' },
    ];
    const success = (s: number): Told => ({ rule: 'b', s, value: 'ADA', uuid: 'b' });
    expect(run(check, [...spray, success(18)])).toEqual(['a0 b > b']);
    expect(run(check, [...spray, success(19)])).toEqual([]);
    expect(run(check, [...spray, success(7)])).toEqual([]);
  });

  test('counts from the first of several inner matches', () => {
    const chain = `---
title: Chain
name: chain
correlation: {type: temporal_ordered, rules: [base-a, base-b], timespan: 1m}
`;
    const check = compileCorrelation(
      'type: temporal_ordered\nrules: [chain, base-c]\ngroup-by: [debugContext.debugData.value]\ntimespan: 10s',
      chain,
    );
    const story = (s: number): Told[] => [
      { rule: 'a', s: 0, value: 'x', uuid: 'a' },
      { rule: 'b', s: 1, value: 'y', uuid: 'b1' },
      { rule: 'b', s: 5, value: 'y', uuid: 'b5' },
      { rule: 'c', s, value: 'x', uuid: 'c' },
    ];
    expect(run(check, story(11))).toEqual(['a c > c']);
    expect(run(check, story(12))).toEqual([]);
  });

  test('counts what the inner one left out', () => {
    const outer = 'type: temporal\nrules: [many, base-b]\ngroup-by: [target.User.id]\ntimespan: 1m';
    const started = compileCorrelation(outer, inner).begin();
    started.accept(toEvent(toRaw({ rule: 'a', s: 0, by: null }, 0)));
    started.accept(toEvent(toRaw({ rule: 'b', s: 1, by: null }, 1)));
    started.finish();
    expect(started.remarks?.()).toEqual([
      '2 events were left out, having no value for target.User.id or client.ipAddress.',
    ]);
  });

  test('takes over the groups of an inner one that groups by the same fields', () => {
    const byUser = inner.replace('client.ipAddress', 'target.User.id');
    const check = compileCorrelation(
      'type: temporal\nrules: [many, base-b]\ngroup-by: [target.User.id]\ntimespan: 1m',
      byUser,
    );
    const users = (...ids: string[]) => ids.map((id) => ({ type: 'User', id }));
    const story: Told[] = [
      { rule: 'a', s: 0, value: 'p', target: users('1', '2'), uuid: 'a0' },
      { rule: 'a', s: 1, value: 'q', target: users('2'), uuid: 'a1' },
    ];
    expect(run(check, [...story, { rule: 'b', s: 2, target: users('2'), uuid: 'b' }])).toEqual([
      'a0 a1 b > b',
    ]);
    expect(run(check, [...story, { rule: 'b', s: 2, target: users('1'), uuid: 'b' }])).toEqual([]);
  });

  test('does not take over groups that only one rule of the inner one groups by', () => {
    const inner =
      '---\ntitle: Inner\nname: inner\ncorrelation:\n  type: event_count\n  rules: [base-a, base-b]\n  group-by: who\n  aliases: {who: {base-a: client.ipAddress, base-b: target.User.id}}\n  timespan: 10s\n  condition: {gte: 2}\n';
    const outer = compileCorrelation(
      'type: event_count\nrules: inner\ngroup-by: client.ipAddress\ntimespan: 10s\ncondition: {gte: 2}',
      inner,
    );
    const target = [{ type: 'User', id: '192.0.2.1' }];
    const story = (by: string): Told[] => [
      { rule: 'a', s: 0, by: '192.0.2.1', uuid: 'a0' },
      { rule: 'b', s: 1, by, target, uuid: 'b1' },
    ];
    expect(run(outer, story('192.0.2.1'))).toEqual(['a0 b1 > b1']);
    expect(run(outer, story('192.0.2.2'))).toEqual([]);
  });

  test('looks back as far as both together, and needs what both need', () => {
    const check = compileCorrelation(
      'type: temporal_ordered\nrules: [many, base-b]\ntimespan: 1m',
      inner,
    );
    expect(check.needs).toMatchObject({ lookBackMs: 70_000, lookAheadMs: 0 });
    expect(check.needs.eventTypes).toEqual({
      kind: 'some',
      terms: ['type.a', 'type.b'].map((eventType) => ({
        match: 'exact',
        eventType,
        narrowings: [],
      })),
    });
  });

  test('brings the event that made the inner condition hold, whatever its group', () => {
    const check = compileCorrelation(
      'type: event_count\nrules: many\ngroup-by: [debugContext.debugData.value]\ntimespan: 1m\ncondition: {gte: 1}',
      inner,
    );
    const story: Told[] = [
      { rule: 'a', s: 0, value: 'ada', uuid: 'a0' },
      { rule: 'a', s: 8, value: 'eve', uuid: 'a8' },
    ];
    expect(run(check, story)).toEqual(['a0 a8 > a8', 'a8 > a8']);
  });

  test('counts events, not inner matches', () => {
    const check = compileCorrelation(
      'type: event_count\nrules: many\ntimespan: 1m\ncondition: {gte: 4}',
      inner,
    );
    const story: Told[] = [0, 1, 2, 3].map((s) => ({ rule: 'a', s, value: s, uuid: `a${s}` }));
    expect(run(check, story)).toEqual(['a0 a1 a2 a3 > a3']);
  });
});

describe('a correlation that cannot be meant is an error', () => {
  test.each([
    [
      'type: event_sum\nrules: base-a\ntimespan: 1m\ncondition: {gte: 1}',
      '4: ',
      'correlation type "event_sum" is unknown',
    ],
    ['rules: base-a\ntimespan: 1m\ncondition: {gte: 1}', '3: ', 'correlation.type'],
    [
      'type: event_count\nrules: base-a\ntimespan: 1w\ncondition: {gte: 1}',
      '6: ',
      'timespan "1w" is not understood',
    ],
    [
      'type: event_count\nrules: base-a\ntimespan: 0m\ncondition: {gte: 1}',
      '6: ',
      'timespan "0m" is not understood',
    ],
    ['type: event_count\nrules: base-a\ntimespan: 1m', '3: ', 'needs a condition'],
    ['type: event_count\nrules: base-a\ntimespan: 1m\ncondition: {}', '7: ', 'names no bound'],
    [
      'type: event_count\nrules: base-a\ntimespan: 1m\ncondition: {lt: 5}',
      '7: ',
      'true where nothing happened',
    ],
    [
      'type: event_count\nrules: base-a\ntimespan: 1m\ncondition: {lte: 5}',
      '7: ',
      'true where nothing happened',
    ],
    [
      'type: event_count\nrules: base-a\ntimespan: 1m\ncondition: {eq: 0}',
      '7: ',
      'true where nothing happened',
    ],
    [
      'type: event_count\nrules: base-a\ntimespan: 1m\ncondition: {gte: 0}',
      '7: ',
      'true where nothing happened',
    ],
    [
      'type: value_sum\nrules: base-a\ntimespan: 1m\ncondition: {field: version, lt: 5}',
      '7: ',
      'true where nothing happened',
    ],
    [
      'type: temporal\nrules: [base-a, base-b]\ntimespan: 1m\ncondition: {lte: 1}',
      '7: ',
      'true where nothing happened',
    ],
    [
      'type: temporal\nrules: [base-a, base-b]\ntimespan: 1m\ncondition: {gte: 3}',
      '7: ',
      'can never be met by 2 rules',
    ],
    ...['{gte: 10, lte: 3}', '{gt: 3, lt: 4}', '{eq: 2.5}', '{lt: 0}'].map((condition) => [
      `type: event_count\nrules: base-a\ntimespan: 1m\ncondition: ${condition}`,
      '7: ',
      'can never be met',
    ]),
    [
      'type: value_avg\nrules: base-a\ntimespan: 1m\ncondition: {field: version, gt: 4, lt: 4}',
      '7: ',
      'can never be met',
    ],
    [
      'type: temporal_ordered\nrules: [base-a, base-b]\ntimespan: 1m\ncondition: {gte: 1}',
      '7: ',
      'asks for all of its rules',
    ],
    [
      'type: temporal_ordered\nrules: [base-a, base-b]\ntimespan: 1m\ncondition: base-a or base-b',
      '7: ',
      'takes "and" only',
    ],
    [
      'type: temporal\nrules: [base-a, base-b]\ntimespan: 1m\ncondition: base-a and not base-b',
      '7: ',
      'asks for absence',
    ],
    [
      'type: temporal\nrules: [base-a, base-b]\ntimespan: 1m\ncondition: 1 of base*',
      '7: ',
      'names rules, not patterns',
    ],
    [
      'type: temporal\nrules: [base-a, base-b]\ntimespan: 1m\ncondition: base-a',
      '7: ',
      'does not mention the rule base-b',
    ],
    [
      'type: temporal\nrules: [base-a]\ntimespan: 1m\ncondition: base-a and base-b',
      '7: ',
      'names base-b, which is not among the rules',
    ],
    [
      'type: event_count\nrules: base-a\ntimespan: 1m\ncondition: base-a',
      '7: ',
      'Only temporal correlations take a condition in words',
    ],
    [
      'type: value_count\nrules: base-a\ntimespan: 1m\ncondition: {gte: 1}',
      '7: ',
      'needs the field whose values count',
    ],
    [
      'type: event_count\nrules: base-a\ntimespan: 1m\ncondition: {gte: 1, field: x}',
      '7: ',
      'takes no field',
    ],
    [
      'type: value_percentile\nrules: base-a\ntimespan: 1m\ncondition: {gte: 1, field: version}',
      '7: ',
      'needs condition.percentile',
    ],
    [
      'type: value_avg\nrules: base-a\ntimespan: 1m\ncondition: {gte: 1, field: version, percentile: 5}',
      '7: ',
      'takes no percentile',
    ],
    ['type: event_count\ntimespan: 1m\ncondition: {gte: 1}', '6: ', 'names no rules'],
    [
      'type: event_count\nrules: base-a\ntimespan: 1m\ncondition: {gte: 1, neq: 2}',
      '7: ',
      'Unrecognized key: "neq"',
    ],
    [
      'type: event_count\nrules: base-a\ntimespan: 1m\ncondition: {gte: many}',
      '7: ',
      'correlation.condition.gte',
    ],
    [
      'type: event_count\nrules: {a: b}\ntimespan: 1m\ncondition: {gte: 1}',
      '5: ',
      'write a name or a list of names',
    ],
    [
      'type: event_count\nrules: nowhere\ntimespan: 1m\ncondition: {gte: 1}',
      '5: ',
      'The rule nowhere does not exist.',
    ],
    [
      'type: event_count\nrules: [base-a, nowhere]\ntimespan: 1m\ncondition: {gte: 1}',
      '5: ',
      'The rule nowhere does not exist.',
    ],
    [
      'type: event_count\nrules: base-a\ntimespan: 1m\ncondition: {gte: 1}\nwindow: 5',
      '3: ',
      'Unrecognized key: "window"',
    ],
    [
      'type: event_count\nrules: correlated\ntimespan: 1m\ncondition: {gte: 1}',
      '5: ',
      'leads back to itself: correlated, correlated',
    ],
  ])('%j', (section, line, message) => {
    const compiled = compileFiles(fileWith(section));
    const errors = messagesOf(compiled, 'error').join();
    expect(errors).toContain(message);
    expect(errors.startsWith(line), errors).toBe(true);
    expect(compiled.unavailable).toMatchObject([
      { id: 'correlated', kind: 'correlation', status: 'failed' },
    ]);
  });

  test('what is wrong inside of it is told beside a key that it does not have', () => {
    const section =
      'type: event_count\nrules: base-a\nfoo: 1\ntimespan: 5 m\ncondition: {gte: x, bar: 1}';
    expect(messagesOf(compileFiles(fileWith(section)), 'error')).toEqual([
      '3: correlation: Unrecognized key: "foo"',
      '7: The timespan "5 m" is not understood; write a whole number with s, m, h or d, as 10m.',
      '8: correlation.condition.gte: write a number',
      '8: correlation.condition: Unrecognized key: "bar"',
    ]);
  });

  test('its timespan and its condition are told at once', () => {
    const section = 'type: event_count\nrules: base-a\ntimespan: soon\ncondition: {lt: 5}';
    expect(messagesOf(compileFiles(fileWith(section)), 'error')).toEqual([
      expect.stringContaining('6: The timespan "soon" is not understood'),
      expect.stringContaining('7: The condition is true where nothing happened'),
    ]);
  });

  test.each(['{gte: 3, lte: 10}', '{gt: 3, lt: 5}', '{gt: 3.2, lt: 4.1}', '{eq: 2}', '{gt: 0}'])(
    'a range that a count can reach is none: %s',
    (condition) => {
      const section = `type: event_count\nrules: base-a\ntimespan: 1m\ncondition: ${condition}`;
      expect(messagesOf(compileFiles(fileWith(section)), 'error')).toEqual([]);
    },
  );

  test('an average lies between two bounds that no count reaches', () => {
    const condition = '{field: version, gt: 3, lt: 4}';
    const section = `type: value_avg\nrules: base-a\ntimespan: 1m\ncondition: ${condition}`;
    expect(messagesOf(compileFiles(fileWith(section)), 'error')).toEqual([]);
  });

  test('an alias for a rule that takes no part is warned about', () => {
    const section =
      'type: event_count\nrules: base-a\ntimespan: 1m\ncondition: {gte: 2}\ngroup-by: who\naliases: {who: {base-a: actor.id, base-z: actor.id}}';
    expect(messagesOf(compileFiles(fileWith(section)), 'warning').join()).toContain(
      '9: The alias who names the rule base-z, which is not among those of the correlation.',
    );
  });

  test('a field that is read for every rule is warned about once', () => {
    const section =
      'type: event_count\nrules: [base-a, base-b]\ngroup-by: client_ip_address\ntimespan: 1m\ncondition: {gte: 2}';
    expect(messagesOf(compileFiles(fileWith(section)), 'warning')).toHaveLength(1);
  });

  test('one rule under two names is an error', () => {
    const section = 'type: temporal\nrules: [base-a, named, id-of-named]\ntimespan: 1m';
    const named =
      '---\ntitle: Named\nname: named\nid: id-of-named\nlogsource: {product: okta}\ndetection: {sel: {eventType: type.a}, condition: sel}\n';
    expect(messagesOf(compileFiles(fileWith(section, named)), 'error')).toEqual([
      '5: named and id-of-named are one rule; name it once.',
    ]);
  });

  test('a circle of two is reported by both', () => {
    const one =
      'title: One\nname: one\ncorrelation: {type: event_count, rules: two, timespan: 1m, condition: {gte: 1}}\n';
    const two = one.replace('One', 'Two').replace('one', 'two').replace('rules: two', 'rules: one');
    const compiled = compileFiles(`${one}---\n${two}`);
    expect(compiled.unavailable.map(({ id, status }) => [id, status])).toEqual([
      ['one', 'failed'],
      ['two', 'failed'],
    ]);
    expect(messagesOf(compiled, 'error').join()).toContain('leads back to itself: one, two, one');
  });

  test('references that explode are refused', () => {
    const layer = (index: number) =>
      `---\ntitle: L${index}\nname: l${index}\ncorrelation: {type: event_count, rules: [${Array.from({ length: 9 }, () => `l${index + 1}`).join(', ')}], timespan: 1m, condition: {gte: 1}}\n`;
    const layers = Array.from({ length: 8 }, (_, index) => layer(index)).join('');
    const compiled = compileFiles(
      `${layers}---\ntitle: End\nname: l8\nlogsource: {product: okta}\ndetection: {a: {eventType: x}, condition: a}\n`,
    );
    expect(messagesOf(compiled, 'error').join()).toContain(
      'refers to more than 200 rules, or deeper than 10',
    );
  });
});

describe('base rules', () => {
  const section = 'type: event_count\nrules: base-a\ntimespan: 1m\ncondition: {gte: 2}';
  const idsOf = (file: string, tuning = {}) =>
    compileFiles(file, tuning).checks.map(({ id }) => id);

  test('of the same file report by themselves only where generate is true', () => {
    expect(idsOf(fileWith(section))).toEqual(['correlated', 'base-b', 'base-c']);
    expect(idsOf(fileWith(`${section}\ngenerate: true`))).toContain('base-a');
    expect(idsOf(fileWith(section, 'generate: true\n'))).toContain('base-a');
  });

  test('of the same file report where the tuning enables them on their own', () => {
    const rules = { 'base-a': { enabled: true, severity: null, filter: null } };
    expect(idsOf(fileWith(section), { rules })).toContain('base-a');
  });

  test('of the same file stay silent where the tuning only filters them', () => {
    const written =
      'rules:\n  base-a:\n    filter:\n      office: {client.ipAddress: 192.0.2.1}\n      condition: not office\n';
    const tuning = parseTuning('tuning.yml', written);
    if (!tuning.ok) throw new Error(JSON.stringify(tuning));
    expect(idsOf(fileWith(section), tuning.value)).toEqual(['correlated', 'base-b', 'base-c']);
  });

  test.each([
    ['whose section cannot be read', fileWith(section.replace('1m', 'soon'))],
    ['whose metadata cannot be read', fileWith(section, 'level: loud\n')],
    ['of an unknown type', fileWith(section.replace('event_count', 'event_cuont'))],
  ])('of a correlation %s report no more than before', (_, file) => {
    const { checks, unavailable } = compileFiles(file);
    expect(checks.map(({ id }) => id)).toEqual(['base-b', 'base-c']);
    expect(unavailable).toMatchObject([{ id: 'correlated', status: 'failed' }]);
    expect(idsOf(file.replace('correlation:', 'generate: true\ncorrelation:'))).toContain('base-a');
    const twiceBroken = file.replace('eventType: type.a', 'eventType|foo: x');
    expect(messagesOf(compileFiles(twiceBroken), 'error').join()).toContain('"foo" is unknown');
  });

  test('of another file report as ever', () => {
    const compiled = compileFiles([
      { path: 'a.yml', text: BASES },
      { path: 'b.yml', text: fileWith(section).split('---')[0] ?? '' },
    ]);
    expect(compiled.checks.map(({ id }) => id)).toEqual([
      'base-a',
      'base-b',
      'base-c',
      'correlated',
    ]);
  });

  test('that cannot run take the correlation with them, with the reason', () => {
    const broken = fileWith(section).replace('eventType: type.a', 'eventType|foo: x');
    expect(compileFiles(broken).unavailable).toMatchObject([
      {
        id: 'correlated',
        status: 'failed',
        reason: expect.stringContaining('Its rule base-a cannot run: rule.yml:13: '),
      },
    ]);
    const unfilled = fileWith(section).replace('eventType: type.a', "eventType|expand: '%x%'");
    expect(compileFiles(unfilled).unavailable).toMatchObject([
      { id: 'correlated', status: 'not-evaluated' },
    ]);
  });

  test('are found by their id as well', () => {
    const file = fileWith(section)
      .replace('rules: base-a', 'rules: 1234')
      .replace('name: base-a', 'id: "1234"');
    expect(messagesOf(compileFiles(file.replace('1234\n', '"1234"\n')), 'error')).toEqual([]);
  });
});

describe('what a match says', () => {
  const matchesOf = (section: string, story: readonly Told[], more = '') => {
    const started = compileCorrelation(section, more).begin();
    for (const [index, told] of story.entries()) started.accept(toEvent(toRaw(told, index)));
    return started.finish();
  };

  test('its group is that of group-by, folded', () => {
    const [match] = matchesOf(`${COUNT}condition: {gte: 1}`, [
      { rule: 'a', s: 0, by: '2001:DB8::1' },
    ]);
    expect(match?.group).toEqual(['2001:db8::1']);
    expect(match?.facts).toEqual({ 'client.ipAddress': '2001:DB8::1', 'events within 10s': 1 });
  });

  test('without group-by it has none of its own', () => {
    const [match] = matchesOf(
      'type: event_count\nrules: base-a\ntimespan: 10s\ncondition: {gte: 1}',
      at('a', 0),
    );
    expect(match?.group).toBeNull();
  });

  test('audit.group-by is read from the anchor', () => {
    const section = 'type: event_count\nrules: base-a\ntimespan: 10s\ncondition: {gte: 2}';
    const story: Told[] = [
      { rule: 'a', s: 0, value: 'x' },
      { rule: 'a', s: 1, value: 'Y' },
    ];
    const [match] = matchesOf(
      section,
      story,
      'audit: {group-by: [debugContext.debugData.value, actor.id]}\n',
    );
    expect(match?.group).toEqual(['y', '']);
  });

  test('its number is the highest of the day, the same in every match of it', () => {
    const matches = matchesOf(`${COUNT}condition: {gte: 2}`, at('a', 0, 1, 2));
    expect(matches.map(({ facts }) => facts['events within 10s'])).toEqual([3, 3]);
    const falling = matchesOf(`${COUNT}condition: {gte: 2}`, at('a', 0, 1, 2, 12));
    expect(falling.map(({ facts }) => facts['events within 10s'])).toEqual([3, 3, 3]);
  });

  test('a run starts with fresh state', () => {
    const check = compileCorrelation(`${COUNT}condition: {gte: 2}`);
    expect(run(check, at('a', 0))).toEqual([]);
    expect(run(check, at('a', 1))).toEqual([]);
  });
});

describe('groups that are dropped before they are sorted', () => {
  const pairOf = (name: string): string =>
    `---\ntitle: Pair of ${name}\nname: pair-${name}\ncorrelation:\n  type: event_count\n  rules: [base-${name}]\n  group-by: [client.ipAddress]\n  timespan: 10s\n  condition: {gte: 2}\n`;
  const pairs = ['a', 'b', 'c'].map(pairOf).join('');

  test('stay where some of the inner correlations are enough', () => {
    const section =
      'type: temporal\nrules: [pair-a, pair-b, pair-c]\ngroup-by: [client.ipAddress]\ntimespan: 1m\ncondition: {gte: 2}';
    const check = compileCorrelation(section, pairs);
    expect(run(check, [...at('a', 0, 1), ...at('c', 2, 3)])).not.toEqual([]);
    expect(run(check, [...at('a', 0, 1), ...at('c', 2)])).toEqual([]);
  });

  test('go where all of them have to be met', () => {
    const section =
      'type: temporal\nrules: [pair-a, pair-b]\ngroup-by: [client.ipAddress]\ntimespan: 1m';
    const check = compileCorrelation(section, pairs);
    expect(run(check, [...at('a', 0, 1), ...at('b', 2, 3)])).not.toEqual([]);
    expect(run(check, [...at('a', 0, 1), ...at('b', 2)])).toEqual([]);
  });

  test('stay where one rule is all there is', () => {
    const section = 'type: temporal\nrules: [base-a]\ngroup-by: [client.ipAddress]\ntimespan: 1m';
    expect(run(compileCorrelation(section), at('a', 0))).toEqual(['a0 > a0']);
    const ordered = section.replace('temporal', 'temporal_ordered');
    expect(run(compileCorrelation(ordered), at('a', 0))).toEqual(['a0 > a0']);
  });

  test('bring the event from which another one counts, though it is in no group that holds', () => {
    const section =
      'type: temporal\nrules: [pair-a, base-b]\ngroup-by: [target.User.id]\ntimespan: 1m';
    const user = (id: string) => [{ type: 'User', id }];
    const story: Told[] = [
      { rule: 'a', s: 0, target: user('1'), uuid: 'first' },
      { rule: 'b', s: 1, target: user('1'), uuid: 'other' },
      { rule: 'a', s: 2, target: user('2'), uuid: 'second' },
    ];
    expect(run(compileCorrelation(section, pairs), story)).toEqual(['first other second > second']);
  });

  test('keep the values that an outer correlation of the same groups counts', () => {
    const section =
      'type: value_count\nrules: [pair-a]\ngroup-by: [client.ipAddress]\ntimespan: 1m\ncondition: {field: debugContext.debugData.value, gte: 2}';
    const check = compileCorrelation(section, pairs);
    const story = (values: readonly string[]): Told[] =>
      values.map((value, s) => ({ rule: 'a', s, value, uuid: `v${s}` }));
    expect(run(check, story(['x', 'y']))).toEqual(['v0 v1 > v1']);
    expect(run(check, story(['x', 'x']))).toEqual([]);
  });
});
