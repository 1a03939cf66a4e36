/** An event as a correlation sees it. */
export interface PlainEvent {
  readonly uuid: string;
  readonly s: number;
  /** The base rules that it meets. */
  readonly meets: readonly string[];
  /** Its values by field; several where the field is a list. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

export interface PlainPlan {
  readonly type: 'event_count' | 'value_count' | 'temporal';
  /** Base rules by name, and other correlations. */
  readonly rules: readonly (string | PlainPlan)[];
  readonly groupBy: readonly string[];
  readonly spanS: number;
  readonly atLeast: number;
  /** What `value_count` counts. */
  readonly field: string;
}

export interface PlainHit {
  readonly group: string;
  readonly anchor: PlainEvent;
  readonly events: readonly PlainEvent[];
}

interface Item {
  readonly event: PlainEvent;
  readonly anchor: PlainEvent;
  readonly rule: number;
}

/** Looks at every window of every group, with no thought of speed. */
export function correlatePlainly(plan: PlainPlan, events: readonly PlainEvent[]): PlainHit[] {
  const groups = new Map<string, Item[]>();
  for (const [rule, source] of plan.rules.entries()) {
    for (const { group, ...item } of listItems({ plan, source, events })) {
      groups.set(group, [...(groups.get(group) ?? []), { ...item, rule }]);
    }
  }
  return [...groups].flatMap(([group, items]) => findHits(plan, group, items));
}

function listItems({
  plan,
  source,
  events,
}: {
  readonly plan: PlainPlan;
  readonly source: string | PlainPlan;
  readonly events: readonly PlainEvent[];
}): { group: string; event: PlainEvent; anchor: PlainEvent }[] {
  const groupsOf = (event: PlainEvent): string[] =>
    plan.groupBy
      .reduce<string[][]>(
        (starts, field) =>
          starts.flatMap((start) =>
            [...new Set(event.values[field])].map((one) => [...start, one]),
          ),
        [[]],
      )
      .map((values) => values.join(' '));
  if (typeof source === 'string') {
    return events
      .filter(({ meets }) => meets.includes(source))
      .flatMap((event) => groupsOf(event).map((group) => ({ group, event, anchor: event })));
  }
  const hits = correlatePlainly(source, events);
  const isSame = plan.type !== 'value_count' && plan.groupBy.join() === source.groupBy.join();
  const earliest = (met: readonly PlainHit[], event: PlainEvent): PlainEvent[] =>
    met
      .filter((hit) => hit.events.includes(event))
      .map(({ anchor }) => anchor)
      .sort(inOrder)
      .slice(0, 1);
  if (!isSame) {
    return events.flatMap((event) =>
      earliest(hits, event).flatMap((anchor) =>
        groupsOf(event).map((group) => ({ group, event, anchor })),
      ),
    );
  }
  return [...new Set(hits.map(({ group }) => group))].flatMap((group) => {
    const own = hits.filter((hit) => hit.group === group);
    return events.flatMap((event) =>
      earliest(own, event).map((anchor) => ({ group, event, anchor })),
    );
  });
}

function findHits(plan: PlainPlan, group: string, items: readonly Item[]): PlainHit[] {
  const sorted = items.toSorted(
    (one, other) =>
      inOrder(one.anchor, other.anchor) || inOrder(one.event, other.event) || one.rule - other.rule,
  );
  const counted =
    plan.type === 'temporal'
      ? sorted
      : sorted.filter(
          ({ event }, index) => sorted.findIndex((one) => one.event === event) === index,
        );
  return counted.flatMap(({ anchor, event }, index) => {
    const next = counted[index + 1];
    if (next?.event === event && next.anchor === anchor) return [];
    const window = counted
      .slice(0, index + 1)
      .filter((one) => anchor.s - one.anchor.s <= plan.spanS);
    const events = [...new Set(window.map(({ event }) => event))];
    return measure(plan, window) >= plan.atLeast ? [{ group, anchor, events }] : [];
  });
}

function measure({ type, field, rules }: PlainPlan, window: readonly Item[]): number {
  if (type === 'event_count') return window.length;
  if (type === 'temporal') return new Set(window.map(({ rule }) => rules[rule])).size;
  return new Set(window.flatMap(({ event }) => event.values[field] ?? [])).size;
}

function inOrder(one: PlainEvent, other: PlainEvent): number {
  return one.s - other.s || (one.uuid < other.uuid ? -1 : Number(one.uuid > other.uuid));
}
