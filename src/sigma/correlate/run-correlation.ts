import type { Acceptor } from '../../model/listener.ts';
import type { LogEvent, RawEvent } from '../../model/log-event.ts';
import type { FieldPath } from '../expression/field-path.ts';
import type { EventTest } from '../match/compile-atom.ts';
import type { EventMatcher } from '../match/compile-matcher.ts';
import { type AskAgain, createAsker } from './ask-again.ts';
import { type CorrelationSpec, meetsBounds } from './correlation-spec.ts';
import type { EventStore, KeptEvent } from './event-store.ts';
import { findChainHits } from './find-chain-hits.ts';
import { findWindowHits } from './find-window-hits.ts';
import {
  type CorrelationFields,
  createGrouper,
  createLeftOut,
  type LeftOut,
  listOccurrences,
  type OccurrenceGroup,
  type OccurrenceGrouper,
} from './group-occurrences.ts';
import { type CorrelationHit, type Occurrence, orderOccurrences } from './occurrence.ts';
import { createMeasure, createRuleMeasure, type WindowMeasure } from './window-measure.ts';

/** What a correlation looks at: the events that meet a rule, or what another correlation finds. */
export type CorrelationSource =
  | { readonly kind: 'rule'; readonly matcher: EventMatcher }
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
  /** How it takes events of one type; null where none of them concerns it. */
  acceptorOf(eventType: string): Acceptor | null;
  /** Called once, when every event was offered. */
  finish(): CorrelationFindings;
}

export interface CorrelationFindings {
  readonly groups: readonly GroupHits[];
  /** How many events met a rule and could not be put into a group, because a `group-by` field was missing. */
  readonly eventsLeftOut: number;
}

/** A correlation at work, with those inside it. */
interface Worker {
  readonly plan: CorrelationPlan;
  readonly grouper: OccurrenceGrouper;
  readonly mayHold: (group: OccurrenceGroup) => boolean;
  readonly findHits: (group: OccurrenceGroup) => CorrelationHit[];
  readonly inner: readonly InnerWorker[];
}

interface InnerWorker {
  readonly rule: number;
  readonly worker: Worker;
  /** Its groups are those of the outer one. */
  readonly hasSameGroups: boolean;
}

export interface CorrelationSettings {
  readonly plan: CorrelationPlan;
  readonly store: EventStore;
  /** Records may be let go that can be asked for again. */
  readonly letsGo: boolean;
}

/** Begins one evaluation; only events that meet a rule are remembered, in the store. */
export function beginCorrelation({ plan, store, letsGo }: CorrelationSettings): CorrelationRun {
  const watched = new Map<EventMatcher, Place[]>();
  const leftOut = createLeftOut();
  const worker = startWorker(plan, { watched, leftOut, letsGo, store });
  return {
    acceptorOf: (eventType) => {
      const watches = [...watched].flatMap(([matcher, places]) => {
        const test = matcher.ofType(eventType);
        return test === null ? [] : [{ test, places }];
      });
      return watches.length === 0 ? null : (event) => accept(event, watches, store);
    },
    finish: () => {
      dropHopeless(worker);
      return {
        groups: finishWorker(worker, store),
        eventsLeftOut: leftOut.events(),
      };
    },
  };
}

/** A rule at work on events of one type. */
interface TypeWatch {
  readonly test: EventTest;
  readonly places: readonly Place[];
}

function accept(event: LogEvent, watches: readonly TypeWatch[], store: EventStore): void {
  for (const { test, places } of watches) {
    if (!test(event.raw)) continue;
    const kept = store.note(event);
    for (const { grouper, rule, keepsRecords, askAgain } of places) {
      const isPlaced = grouper.place({ event: kept, anchor: kept, rule }, event.raw);
      if (!isPlaced) continue;
      const asked = askAgain(event.raw);
      if (asked !== null) store.letGo(kept, asked);
      else if (keepsRecords || store.recordOf(kept) === null) store.hold(kept, event);
    }
  }
}

/** Where the events go that meet a rule. */
interface Place {
  readonly grouper: OccurrenceGrouper;
  readonly rule: number;
  /** Its records are looked at before a second reading, so that it does not help that they can be had again. */
  readonly keepsRecords: boolean;
  readonly askAgain: (event: RawEvent) => AskAgain | null;
}

function startWorker(
  plan: CorrelationPlan,
  {
    watched,
    leftOut,
    letsGo,
    store,
  }: {
    readonly watched: Map<EventMatcher, Place[]>;
    readonly leftOut: LeftOut;
    readonly letsGo: boolean;
    readonly store: EventStore;
  },
): Worker {
  const grouper = createGrouper(plan, leftOut);
  const inner: InnerWorker[] = [];
  for (const [rule, source] of plan.sources.entries()) {
    if (source.kind === 'correlation') {
      const isSame = hasSameGroups(plan, { rule, inner: source.plan });
      // Sorting into other groups takes the records, before they could be read again.
      const worker = startWorker(source.plan, {
        ...{ watched, leftOut, store },
        letsGo: letsGo && isSame,
      });
      inner.push({ rule, worker, hasSameGroups: isSame });
      continue;
    }
    const askAgain = letsGo ? createAsker(plan.groupFields[rule] ?? []) : () => null;
    const places = watched.get(source.matcher) ?? [];
    places.push({ grouper, rule, keepsRecords: !letsGo, askAgain });
    watched.set(source.matcher, places);
  }
  return { plan, grouper, ...createHitFinder(plan, store), inner };
}

function finishWorker(worker: Worker, store: EventStore): GroupHits[] {
  const { grouper, inner, mayHold, findHits } = worker;
  for (const { rule, worker: innerWorker, hasSameGroups: isSame } of inner) {
    const found = finishWorker(innerWorker, store);
    if (isSame) {
      for (const { values, hits } of found) {
        for (const [event, anchor] of firstAnchors(hits, store)) {
          grouper.placeInGroup({ event, anchor, rule }, values);
        }
      }
      continue;
    }
    const anchors = firstAnchors(
      found.flatMap(({ hits }) => hits),
      store,
    );
    store.visit(anchors.keys(), (event, { raw }) => {
      grouper.place({ event, anchor: anchors.get(event) ?? event, rule }, raw);
    });
  }
  const found: GroupHits[] = [];
  for (const group of grouper.groups()) {
    const hits = mayHold(group) ? findHits(group) : [];
    if (hits.length > 0) found.push({ values: group.values, hits });
  }
  grouper.clear();
  return found;
}

/**
 * Drops the groups that cannot hold a hit, whatever the times; where all rules have to be met, also those that an inner
 * correlation knows nothing of. Whoever works in one office on one computer is told from the others by counting alone.
 */
function dropHopeless({ plan, grouper, inner, mayHold }: Worker): void {
  if (inner.length === 0) {
    grouper.retain(mayHold);
    return;
  }
  for (const { worker } of inner) dropHopeless(worker);
  if (!needsAllRules(plan)) return;
  // Whatever has correlations inside gets its records from them only later.
  const alike = inner
    .filter(({ hasSameGroups: isSame, worker }) => isSame && worker.inner.length === 0)
    .map(({ worker }) => worker.grouper);
  for (const one of alike) {
    one.retain((_, key) => alike.every((other) => other.has(key)));
  }
}

function needsAllRules({ spec, sources }: CorrelationPlan): boolean {
  if (spec.type === 'temporal_ordered') return true;
  if (spec.type !== 'temporal' || spec.condition.kind !== 'bounds') return false;
  const { bounds } = spec.condition;
  return sources.slice(1).every((_, index) => !meetsBounds(index + 1, bounds));
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
function firstAnchors(
  hits: readonly CorrelationHit[],
  { compare }: Pick<EventStore, 'compare'>,
): Map<KeptEvent, KeptEvent> {
  const anchors = new Map<KeptEvent, KeptEvent>();
  for (const { anchor, items } of hits) {
    for (const { event } of items) {
      const known = anchors.get(event);
      if (known === undefined || compare(anchor, known) < 0) anchors.set(event, anchor);
    }
  }
  return anchors;
}

/** Gives the functions that judge one group after the other, first by counting and then in the order of time. */
function createHitFinder(
  plan: CorrelationPlan,
  store: EventStore,
): Pick<Worker, 'mayHold' | 'findHits'> {
  const { spanMs, type } = plan.spec;
  const ruleCount = plan.sources.length;
  const order = orderOccurrences(store);
  const inOrder = (group: OccurrenceGroup): Occurrence[] =>
    listOccurrences(group, store).sort(order);
  if (type === 'temporal_ordered') {
    return {
      mayHold: ({ rules, events }) =>
        ruleCount === 1 ? events.length > 0 : new Set(rules).size === ruleCount,
      findHits: (group) => findChainHits({ items: inOrder(group), spanMs, ruleCount }),
    };
  }
  const measure = createPlanMeasure(plan, type);
  return {
    mayHold: measure.mayHold,
    findHits: (group) => {
      const sorted = inOrder(group);
      const counted = type === 'temporal' || ruleCount === 1 ? sorted : oncePerEvent(sorted);
      return findWindowHits({ items: counted, spanMs, measure });
    },
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
