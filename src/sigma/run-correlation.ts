import { compareEvents, type LogEvent } from '../model/log-event.ts';
import { foldCase } from './compile-pattern.ts';
import { type FieldPath, leavesOf } from './field-path.ts';
import { findChainHits } from './find-chain-hits.ts';
import { findWindowHits } from './find-window-hits.ts';
import { type CorrelationHit, compareOccurrences, type Occurrence } from './occurrence.ts';
import type { CorrelationSpec } from './parse-correlation.ts';
import { uniqueValues } from './rule-facts.ts';
import { createMeasure, createRuleMeasure, type WindowMeasure } from './window-measure.ts';

/** An event and the moment from which it counts, before it is known for which rule. */
export type Moment = Pick<Occurrence, 'event' | 'anchor'>;

/** What a correlation looks at: the events of a rule, or of another correlation. */
export interface MomentSource {
  begin(): {
    accept(event: LogEvent): void;
    finish(): readonly Moment[];
  };
}

/** A correlation with its rules and fields looked up, each list by the place of the rule. */
export interface CorrelationPlan {
  readonly spec: CorrelationSpec;
  readonly sources: readonly MomentSource[];
  readonly groupFields: readonly (readonly FieldPath[])[];
  readonly valueFields: readonly (readonly FieldPath[])[];
}

/** The hits of one group. */
export interface GroupHits {
  /** One value per `group-by` field, as the first event writes it. */
  readonly values: readonly string[];
  readonly hits: readonly CorrelationHit[];
}

export interface CorrelationRun {
  accept(event: LogEvent): void;
  finish(): {
    readonly groups: readonly GroupHits[];
    /** How many events met a rule and could not be put into a group, because a `group-by` field was missing. */
    readonly eventsLeftOut: number;
  };
}

interface Group {
  readonly values: readonly string[];
  readonly items: Occurrence[];
}

/** Begins one evaluation; only events that meet a rule are kept. */
export function beginCorrelation(plan: CorrelationPlan): CorrelationRun {
  const runs = plan.sources.map((source) => source.begin());
  return {
    accept: (event) => {
      for (const run of runs) run.accept(event);
    },
    finish: () => {
      const occurrences = runs.flatMap((run, rule) =>
        run.finish().map((moment): Occurrence => ({ ...moment, rule })),
      );
      const { groups, eventsLeftOut } = groupOccurrences(occurrences, plan);
      return {
        groups: groups
          .map(({ values, items }) => ({ values, hits: findHits(items, plan) }))
          .filter(({ hits }) => hits.length > 0),
        eventsLeftOut,
      };
    },
  };
}

/** Lets another correlation look at what this one finds: every event of a hit, from the first hit that it is part of. */
export function toMomentSource(plan: CorrelationPlan): MomentSource {
  return {
    begin: () => {
      const run = beginCorrelation(plan);
      return { accept: run.accept, finish: () => momentsOf(run.finish().groups) };
    },
  };
}

function momentsOf(groups: readonly GroupHits[]): Moment[] {
  const anchors = new Map<LogEvent, LogEvent>();
  for (const { hits } of groups) {
    for (const { anchor, items } of hits) {
      for (const { event } of items) {
        const known = anchors.get(event);
        if (known === undefined || compareEvents(anchor, known) < 0) anchors.set(event, anchor);
      }
    }
  }
  return [...anchors].map(([event, anchor]) => ({ event, anchor }));
}

function groupOccurrences(
  occurrences: readonly Occurrence[],
  plan: CorrelationPlan,
): { groups: Group[]; eventsLeftOut: number } {
  const groups = new Map<string, Group>();
  const leftOut = new Set<LogEvent>();
  for (const item of occurrences) {
    const keys = keysOf(item.event, plan.groupFields[item.rule] ?? []);
    if (keys.length === 0) leftOut.add(item.event);
    for (const values of keys) {
      const key = JSON.stringify(values.map(foldCase));
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { values, items: [item] });
      else group.items.push(item);
    }
  }
  for (const { items } of groups.values()) items.sort(compareOccurrences);
  return { groups: [...groups.values()], eventsLeftOut: leftOut.size };
}

/** One key per combination of the fields' different values; none where a field has no value. */
function keysOf(event: LogEvent, fields: readonly FieldPath[]): string[][] {
  let keys: string[][] = [[]];
  for (const field of fields) {
    const values = uniqueValues(leavesOf(event.raw, field));
    keys = keys.flatMap((key) => values.map((value) => [...key, value]));
  }
  return keys;
}

function findHits(items: readonly Occurrence[], plan: CorrelationPlan): CorrelationHit[] {
  const { spec } = plan;
  const { spanMs, type } = spec;
  if (type === 'temporal_ordered') {
    return findChainHits({ items, spanMs, ruleCount: plan.sources.length });
  }
  const counted = type === 'temporal' ? items : oncePerEvent(items);
  return findWindowHits({ items: counted, spanMs, measure: measureFor(counted, plan, type) });
}

function measureFor(
  items: readonly Occurrence[],
  plan: CorrelationPlan,
  type: Exclude<CorrelationSpec['type'], 'temporal_ordered'>,
): WindowMeasure {
  const { condition, percentile, references } = plan.spec;
  if (condition.kind === 'rules') {
    return createRuleMeasure(condition.condition, (rule) => references.indexOf(rule));
  }
  const readValues = ({ event, rule }: Occurrence): string[] => {
    const fields = plan.valueFields[rule] ?? [];
    const [only] = fields;
    if (only !== undefined && fields.length === 1) return leavesOf(event.raw, only);
    return keysOf(event, fields).map((key) => JSON.stringify(key));
  };
  return createMeasure({ type, bounds: condition.bounds, percentile, readValues }, items);
}

/** An event that meets several rules is counted once. */
function oncePerEvent(items: readonly Occurrence[]): Occurrence[] {
  const seen = new Set<LogEvent>();
  return items.filter(({ event }) => {
    if (seen.has(event)) return false;
    seen.add(event);
    return true;
  });
}
