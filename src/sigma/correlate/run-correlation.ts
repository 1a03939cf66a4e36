import type { LogEvent } from '../../model/log-event.ts';
import type { FieldPath } from '../expression/field-path.ts';
import type { EventMatcher } from '../match/compile-matcher.ts';
import type { CorrelationSpec } from './correlation-spec.ts';
import type { EventStore, KeptEvent } from './event-store.ts';
import { findChainHits } from './find-chain-hits.ts';
import { findWindowHits } from './find-window-hits.ts';
import {
  type CorrelationFields,
  createGrouper,
  type OccurrenceGroup,
  type OccurrenceGrouper,
} from './group-occurrences.ts';
import {
  type CorrelationHit,
  compareKept,
  compareOccurrences,
  type Occurrence,
} from './occurrence.ts';
import { createMeasure, createRuleMeasure, type WindowMeasure } from './window-measure.ts';

/** What a correlation looks at: the events that meet a rule, or what another correlation finds. */
export type CorrelationSource =
  | { readonly kind: 'rule'; readonly matches: EventMatcher }
  | { readonly kind: 'correlation'; readonly plan: CorrelationPlan };

/** A correlation with its rules and fields looked up. */
export interface CorrelationPlan extends CorrelationFields {
  readonly spec: CorrelationSpec;
  /** One and the same matcher where one rule is referred to more than once, so that it runs once. */
  readonly sources: readonly CorrelationSource[];
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

/** A correlation at work, with those inside it. */
interface Worker {
  readonly plan: CorrelationPlan;
  readonly grouper: OccurrenceGrouper;
  readonly inner: readonly { readonly rule: number; readonly worker: Worker }[];
}

/** Begins one evaluation; only events that meet a rule are kept, in the store. */
export function beginCorrelation(plan: CorrelationPlan, store: EventStore): CorrelationRun {
  const watched = new Map<EventMatcher, Watch[]>();
  const worker = startWorker(plan, watched);
  const watches = [...watched];
  return {
    accept: (event) => {
      for (const [matches, places] of watches) {
        if (!matches(event.raw)) continue;
        const kept = store.keep(event);
        for (const { grouper, rule } of places) {
          grouper.place({ event: kept, anchor: kept, rule }, event.raw);
        }
      }
    },
    finish: () => ({
      groups: finishWorker(worker, store),
      eventsLeftOut: worker.grouper.eventsLeftOut(),
    }),
  };
}

/** Where the events go that meet a rule. */
interface Watch {
  readonly grouper: OccurrenceGrouper;
  readonly rule: number;
}

function startWorker(plan: CorrelationPlan, watched: Map<EventMatcher, Watch[]>): Worker {
  const grouper = createGrouper(plan);
  const inner: { rule: number; worker: Worker }[] = [];
  for (const [rule, source] of plan.sources.entries()) {
    if (source.kind === 'correlation') {
      inner.push({ rule, worker: startWorker(source.plan, watched) });
      continue;
    }
    const places = watched.get(source.matches) ?? [];
    places.push({ grouper, rule });
    watched.set(source.matches, places);
  }
  return { plan, grouper, inner };
}

function finishWorker({ plan, grouper, inner }: Worker, store: EventStore): GroupHits[] {
  for (const { rule, worker } of inner) {
    const found = finishWorker(worker, store);
    if (hasSameGroups(plan, { rule, inner: worker.plan })) {
      for (const { values, hits } of found) {
        for (const [event, anchor] of firstAnchors(hits)) {
          grouper.placeInGroup({ event, anchor, rule }, values);
        }
      }
      continue;
    }
    const anchors = firstAnchors(found.flatMap(({ hits }) => hits));
    store.visit(anchors.keys(), (event, { raw }) => {
      grouper.place({ event, anchor: anchors.get(event) ?? event, rule }, raw);
    });
  }
  const findHits = createHitFinder(plan);
  const found: GroupHits[] = [];
  for (const group of grouper.groups()) {
    const hits = findHits(group);
    if (hits.length > 0) found.push({ values: group.values, hits });
  }
  return found;
}

/** Whether the inner correlation groups by the fields of the outer one, so that its groups are the outer one's. */
function hasSameGroups(
  plan: CorrelationPlan,
  { rule, inner }: { readonly rule: number; readonly inner: CorrelationPlan },
): boolean {
  if ((plan.valueFields[rule] ?? []).length > 0) return false;
  const outer = namesOf(plan.groupFields[rule]);
  return inner.groupFields.every((fields) => namesOf(fields) === outer);
}

function namesOf(fields: readonly FieldPath[] | undefined): string {
  return JSON.stringify(fields?.map(({ name }) => name));
}

/** What another correlation sees of this one: every event of a hit, from the first hit that it is part of. */
function firstAnchors(hits: readonly CorrelationHit[]): Map<KeptEvent, KeptEvent> {
  const anchors = new Map<KeptEvent, KeptEvent>();
  for (const { anchor, items } of hits) {
    for (const { event } of items) {
      const known = anchors.get(event);
      if (known === undefined || compareKept(anchor, known) < 0) anchors.set(event, anchor);
    }
  }
  return anchors;
}

/** Gives the function that finds the hits of one group after the other. */
function createHitFinder(plan: CorrelationPlan): (group: OccurrenceGroup) => CorrelationHit[] {
  const { spanMs, type } = plan.spec;
  const ruleCount = plan.sources.length;
  if (type === 'temporal_ordered') {
    return ({ items }) =>
      items.length < ruleCount
        ? []
        : findChainHits({ items: items.sort(compareOccurrences), spanMs, ruleCount });
  }
  const measure = createPlanMeasure(plan, type);
  return ({ items }) => {
    if (!measure.mayHold(items)) return [];
    const sorted = items.sort(compareOccurrences);
    const counted = type === 'temporal' || ruleCount === 1 ? sorted : oncePerEvent(sorted);
    return findWindowHits({ items: counted, spanMs, measure });
  };
}

function createPlanMeasure(
  plan: CorrelationPlan,
  type: Exclude<CorrelationSpec['type'], 'temporal_ordered'>,
): WindowMeasure {
  const { condition, percentile, references } = plan.spec;
  return condition.kind === 'rules'
    ? createRuleMeasure(condition.condition, (rule) => references.indexOf(rule))
    : createMeasure({ type, bounds: condition.bounds, percentile });
}

/** An event that meets several rules is counted once. */
function oncePerEvent(items: readonly Occurrence[]): readonly Occurrence[] {
  const seen = new Set<KeptEvent>();
  return items.filter(({ event }) => {
    if (seen.has(event)) return false;
    seen.add(event);
    return true;
  });
}
