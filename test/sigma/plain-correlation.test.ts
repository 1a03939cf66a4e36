import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEvent } from '../../src/model/log-event.ts';
import { compileFiles, offer, START_MS, toEvent } from './compile-yaml.ts';
import { correlatePlainly, type PlainEvent, type PlainPlan } from './plain-correlation.ts';

const RULES = ['a', 'b', 'c'];
const FIELDS = ['actor.id', 'client.ipAddress', 'target.User.id'];
const BASES = RULES.map(
  (name) =>
    `---\ntitle: Has ${name}\nname: ${name}\nlogsource: {product: okta}\ndetection:\n  sel: {severity|contains: ${name}}\n  condition: sel\n`,
).join('');

const event = fc.record({
  s: fc.integer({ min: 0, max: 6 }),
  meets: fc.subarray(RULES),
  values: fc.record({
    'actor.id': fc.constantFrom<string[]>(['x'], ['y'], []),
    'client.ipAddress': fc.constantFrom<string[]>(['1'], ['2'], []),
    'target.User.id': fc.subarray(['p', 'q']),
  }),
});

function planOf(depth: number): fc.Arbitrary<PlainPlan> {
  const rule = fc.constantFrom(...RULES);
  const source = depth === 0 ? rule : fc.oneof(rule, planOf(depth - 1));
  return fc.record({
    type: fc.constantFrom('event_count' as const, 'value_count' as const, 'temporal' as const),
    rules: fc.array(source, { minLength: 1, maxLength: 3 }),
    groupBy: fc.subarray(FIELDS, { maxLength: 2 }),
    spanS: fc.integer({ min: 1, max: 4 }),
    atLeast: fc.integer({ min: 1, max: 3 }),
    field: fc.constantFrom(...FIELDS),
  });
}

/** The plan as documents, the outermost first. */
function write(plan: PlainPlan, name = 'outer'): string {
  const inner: string[] = [];
  const rules = plan.rules.map((one, index) => {
    if (typeof one === 'string') return one;
    inner.push(write(one, `${name}-${index}`));
    return `${name}-${index}`;
  });
  const field = plan.type === 'value_count' ? `, field: ${plan.field}` : '';
  const document = `title: ${name}\nname: ${name}\ncorrelation:\n  type: ${plan.type}\n  rules: [${rules.join(', ')}]\n  group-by: [${plan.groupBy.join(', ')}]\n  timespan: ${plan.spanS}s\n  condition: {gte: ${plan.atLeast}${field}}\n`;
  return [document, ...inner].join('---\n');
}

function toPlain(told: Omit<PlainEvent, 'uuid'>, index: number): PlainEvent {
  return { ...told, uuid: `u${index}` };
}

function toLog({ uuid, s, meets, values }: PlainEvent): LogEvent {
  return toEvent({
    uuid,
    published: new Date(START_MS + s * 1000).toISOString(),
    severity: `-${meets.join('')}`,
    actor: { id: values['actor.id']?.[0] },
    client: { ipAddress: values['client.ipAddress']?.[0] },
    target: values['target.User.id']?.map((id) => ({ type: 'User', id })),
  });
}

/** An event that is counted beside a count of counts, which sorts its records anew only once all are there. */
function countsOfCounts(): PlainPlan {
  const count = (rule: string | PlainPlan, ...groupBy: string[]): PlainPlan => ({
    type: 'event_count',
    rules: [rule],
    groupBy,
    spanS: 1,
    atLeast: 1,
    field: 'actor.id',
  });
  const [user, address] = ['target.User.id', 'client.ipAddress'];
  const rules = [count('a', user), count(count('a', address), user)];
  return { type: 'temporal', rules, groupBy: [user], spanS: 1, atLeast: 2, field: 'actor.id' };
}

const met = {
  s: 0,
  meets: ['a'],
  values: { 'actor.id': ['x'], 'client.ipAddress': ['1'], 'target.User.id': ['p'] },
} satisfies Omit<PlainEvent, 'uuid'>;

/** Each once, in order. */
function listTexts(texts: Iterable<string>): string[] {
  return [...new Set(texts)].toSorted();
}

test('correlations of correlations find what a search through all windows finds', () => {
  fc.assert(
    fc.property(planOf(2), fc.array(event, { maxLength: 9 }), (plan, told) => {
      const story = told.map(toPlain);
      const { checks } = compileFiles(write(plan) + BASES);
      const check = checks.find(({ id }) => id === 'outer');
      // More is asked for than the rules can bring.
      fc.pre(check !== undefined);
      if (check === undefined) return;
      const matches = offer(check, story.map(toLog)).map(({ group, anchor, events }) => ({
        group: (group ?? []).join(' '),
        anchor: anchor.uuid,
        events: events.map(({ uuid }) => uuid),
      }));
      const hits = correlatePlainly(plan, story).map(({ group, anchor, events }) => ({
        group,
        anchor: anchor.uuid,
        events: [anchor, ...events].map(({ uuid }) => uuid),
      }));
      const moments = (all: typeof hits) => all.map((hit) => `${hit.group}: ${hit.anchor}`);
      const brought = (all: typeof hits) =>
        all.flatMap(({ group, events }) => events.map((uuid) => `${group}: ${uuid}`));
      expect(moments(matches).toSorted()).toEqual(moments(hits).toSorted());
      expect(listTexts(brought(matches))).toEqual(listTexts(brought(hits)));
    }),
    { numRuns: 300, examples: [[countsOfCounts(), [met]]] },
  );
});
