import type { Check, CheckNeeds, CheckProfile } from '../../model/check.ts';
import type { Acceptor } from '../../model/listener.ts';
import { compareEvents, type LogEvent } from '../../model/log-event.ts';
import type { FactValue, Match } from '../../model/match.ts';
import type { FollowUp } from '../../model/reading.ts';
import { startOfUtcDay } from '../../model/time-window.ts';
import { foldCase } from '../expression/compile-pattern.ts';
import type { FieldPath } from '../expression/field-path.ts';
import { groupValuesOf } from '../match/create-rule-check.ts';
import type { CorrelationSpec } from './correlation-spec.ts';
import type { EventStore, KeptEvent } from './event-store.ts';
import { createHitRecords } from './hit-records.ts';
import type { CorrelationHit } from './occurrence.ts';
import {
  beginCorrelation,
  type CorrelationFindings,
  type CorrelationPlan,
  type GroupHits,
} from './run-correlation.ts';

/** A check that remembers the events of its rules and looks for the correlation among them when all were offered. */
export function createCorrelationCheck(options: {
  readonly profile: CheckProfile;
  readonly needs: CheckNeeds;
  readonly plan: CorrelationPlan;
  readonly store: EventStore;
  /** Fields of the anchor by which findings are made; null for the correlation's own groups. */
  readonly groupBy: readonly FieldPath[] | null;
}): Check {
  const { profile, needs, plan, store, groupBy } = options;
  return {
    ...profile,
    needs,
    begin: ({ readsAgain = false } = {}) => {
      const run = beginCorrelation({ plan, store, letsGo: readsAgain });
      const records = createHitRecords(store, needs.eventTypes);
      let found: CorrelationFindings | null = null;
      const find = (): CorrelationFindings => {
        const findings = found ?? run.finish();
        if (found === null) records.want(findings.groups);
        found = findings;
        return findings;
      };
      const follow = (): FollowUp[] => {
        find();
        return records.follow();
      };
      const acceptorOf = (eventType: string): Acceptor | null => {
        const accept = run.acceptorOf(eventType);
        if (accept === null) return null;
        return (event) => (found === null ? accept(event) : records.accept(event));
      };
      return {
        accept: (event) =>
          found === null ? run.acceptorOf(event.eventType)?.(event) : records.accept(event),
        acceptorOf,
        ...(readsAgain && { follow }),
        finish: () => {
          const { groups } = find();
          const events = records.restore();
          return groups.flatMap((group) => toMatches({ group, events, spec: plan.spec, groupBy }));
        },
        remarks: () => describeLeftOut(found?.eventsLeftOut ?? 0, plan),
      };
    },
  };
}

function toMatches(options: {
  readonly group: GroupHits;
  readonly events: ReadonlyMap<KeptEvent, LogEvent>;
  readonly spec: CorrelationSpec;
  readonly groupBy: readonly FieldPath[] | null;
}): Match[] {
  const { group, events, spec, groupBy } = options;
  const ownGroup = spec.groupBy.length === 0 ? null : group.values.map(foldCase);
  const highest = highestByDay(group.hits);
  return group.hits.flatMap((hit): Match[] => {
    const anchor = events.get(hit.anchor);
    if (anchor === undefined) return [];
    return [
      {
        events: eventsOf(hit, events),
        anchor,
        group: groupBy === null ? ownGroup : groupValuesOf(anchor.raw, groupBy),
        facts: {
          ...groupFacts(group, spec),
          ...measureFact(spec, highest.get(startOfUtcDay(anchor.publishedMs)) ?? hit.value),
        },
        circumstances: [],
        attribution: null,
      },
    ];
  });
}

function eventsOf(hit: CorrelationHit, events: ReadonlyMap<KeptEvent, LogEvent>): LogEvent[] {
  const kept = new Set([...hit.items.map(({ event }) => event), hit.anchor]);
  return [...kept].flatMap((one) => events.get(one) ?? []).sort(compareEvents);
}

/** One number for all hits of a day, so that their finding has one fact and not a list of every step. */
function highestByDay(hits: readonly CorrelationHit[]): Map<number, number> {
  const highest = new Map<number, number>();
  for (const { atMs, value } of hits) {
    const dayMs = startOfUtcDay(atMs);
    highest.set(dayMs, Math.max(highest.get(dayMs) ?? value, value));
  }
  return highest;
}

function groupFacts(group: GroupHits, spec: CorrelationSpec): Record<string, FactValue> {
  const facts: Record<string, FactValue> = {};
  for (const [index, field] of spec.groupBy.entries()) {
    const value = group.values[index];
    if (value !== undefined && !field.startsWith('actor.')) facts[field] = value;
  }
  return facts;
}

function measureFact(spec: CorrelationSpec, value: number): Record<string, FactValue> {
  const field = spec.fields.join(', ');
  switch (spec.type) {
    case 'temporal':
    case 'temporal_ordered':
      return {};
    case 'event_count':
      return { [`events within ${spec.spanText}`]: value };
    case 'value_count':
      return { [`different ${field} within ${spec.spanText}`]: value };
    case 'value_sum':
      return { [`sum of ${field} within ${spec.spanText}`]: value };
    case 'value_avg':
      return { [`average of ${field} within ${spec.spanText}`]: value };
    case 'value_median':
      return { [`median of ${field} within ${spec.spanText}`]: value };
    case 'value_percentile':
      return { [`percentile ${spec.percentile} of ${field} within ${spec.spanText}`]: value };
  }
}

function describeLeftOut(events: number, plan: CorrelationPlan): string[] {
  if (events === 0) return [];
  const count = events === 1 ? '1 event was' : `${events} events were`;
  const fields = [...new Set(groupFieldsIn(plan))].join(' or ');
  return [`${count} left out, having no value for ${fields}.`];
}

function groupFieldsIn({ spec, sources }: CorrelationPlan): string[] {
  const inner = sources.flatMap((source) =>
    source.kind === 'correlation' ? groupFieldsIn(source.plan) : [],
  );
  return [...spec.groupBy, ...inner];
}
