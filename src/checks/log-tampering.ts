import type { Check, CheckNeeds, CheckProfile, CheckRun } from '../model/check.ts';
import type { EventTypeSet, EventTypeTerm } from '../model/event-type-set.ts';
import { termHoldsType } from '../model/event-type-set.ts';
import { compareEvents, isAttempt, type LogEvent, readActor } from '../model/log-event.ts';
import type { Match } from '../model/match.ts';
import {
  formatInstant,
  formatUtcMinute,
  HOUR_MS,
  MINUTE_MS,
  type TimeWindow,
} from '../model/time-window.ts';
import { isSystem } from './credential-changes/attribute-change.ts';
import { keyOf, nameParty, readCaller } from './name-party.ts';
import { type PackedEvent, packEvent, unpackEvent } from './pack-event.ts';

/** Whoever hides something does it close to the act. */
const BESIDE_MS = HOUR_MS;

/**
 * Of one person's changes the first and the last in ten minutes are kept: enough to ask about, and bounded whatever the
 * log holds. If any of them lies within an hour of something, one of these two does.
 */
const BUCKET_MS = 10 * MINUTE_MS;

const STOP_TYPES = ['system.log_stream.lifecycle.deactivate', 'system.log_stream.lifecycle.delete'];

/** Acts worth hiding: who has power, who may come in, and what defends the tenant. */
const ACT_TERMS: readonly EventTypeTerm[] = [
  ...['policy.lifecycle.', 'policy.rule.', 'application.policy.', 'zone.', 'system.idp.'].map(
    (eventType) => toTerm('prefix', eventType),
  ),
  ...[
    'system.mfa.factor.deactivate',
    'security.authenticator.lifecycle.deactivate',
    'user.account.privilege.grant',
    'group.privilege.grant',
    'system.api_token.create',
  ].map((eventType) => toTerm('exact', eventType)),
];

const PROFILE: CheckProfile = {
  id: 'log-tampering',
  kind: 'analysis',
  title: 'The log went silent beside a change by a person',
  description:
    'A log stream was switched off, or an archive holds nothing for a while, and within an hour of it a person changed ' +
    'a policy, a network zone, an identity provider or somebody’s power. Okta switches a stream off by itself when it ' +
    'cannot deliver; together with such a change it needs an explanation. Okta’s own log goes on meanwhile: ask it for ' +
    'the missing hours while they are younger than 90 days.',
  severity: 'high',
  confidence: 'high',
  techniques: ['T1685.002'],
  references: ['https://github.com/okta/customer-detections'],
  falsePositives: [
    'Maintenance of the log pipeline on a day on which policies are changed as well.',
  ],
  nextSteps: [
    'Read the live log for the silent hours, with pull: full and since and until of the silence.',
    'Ask who changed the policy (actor.alternateId) and who stopped the stream, for the hour before and after.',
  ],
  ask: 'administrators',
};

const EVENT_TYPES: EventTypeSet = {
  kind: 'some',
  terms: [...STOP_TYPES.map((eventType) => toTerm('exact', eventType)), ...ACT_TERMS],
};

const NEEDS: CheckNeeds = {
  eventTypes: EVENT_TYPES,
  lookBackMs: BESIDE_MS,
  lookAheadMs: BESIDE_MS,
  fields: ['actor.type'],
};

/** Finds log streams that were stopped, and silences of a source, beside a change that a person made. */
export function createLogTampering(): Check {
  return { ...PROFILE, needs: NEEDS, begin: beginRun };
}

function beginRun(): CheckRun {
  const stops: LogEvent[] = [];
  const acts = new Map<string, BusyStretch>();
  return {
    accept(event) {
      if (isAttempt(event)) return;
      if (STOP_TYPES.includes(event.eventType)) stops.push(event);
      else if (isActOfPerson(event)) keepAct(acts, event);
    },
    finish({ silences } = { silences: [], covered: [] }) {
      const inOrder = [...acts.values()].flatMap(listEnds).sort(compareEvents);
      return [
        ...stops.sort(compareEvents).flatMap((stop) => toStopMatch(stop, inOrder) ?? []),
        ...silences.flatMap((silence) => toSilenceMatch({ silence, stops, acts: inOrder }) ?? []),
      ];
    },
  };
}

function isActOfPerson(event: LogEvent): boolean {
  const actor = readActor(event);
  if (actor === null || actor.type !== 'User' || isSystem(actor)) return false;
  return ACT_TERMS.some((term) => termHoldsType(term, event.eventType));
}

/** What one person changed in ten minutes. */
interface BusyStretch {
  first: PackedEvent;
  last: PackedEvent;
}

function keepAct(acts: Map<string, BusyStretch>, event: LogEvent): void {
  const bucket = Math.floor(event.publishedMs / BUCKET_MS);
  const key = `${keyOf(readActor(event)) ?? ''} ${bucket}`;
  const known = acts.get(key);
  if (known === undefined) {
    const act = packEvent(event);
    acts.set(key, { first: act, last: act });
  } else if (compareEvents(event, known.first) < 0) known.first = packEvent(event);
  else if (compareEvents(event, known.last) > 0) known.last = packEvent(event);
}

function listEnds({ first, last }: BusyStretch): PackedEvent[] {
  return first === last ? [first] : [first, last];
}

function toStopMatch(stop: LogEvent, acts: readonly PackedEvent[]): Match | null {
  const at = { sinceMs: stop.publishedMs, untilMs: stop.publishedMs };
  const beside = listBeside(acts, at).map(unpackEvent);
  if (beside.length === 0) return null;
  const actor = readActor(stop);
  const isByOkta = actor !== null && isSystem(actor);
  const by = readCaller(stop) ?? 'nobody named';
  return {
    events: [stop, ...beside].sort(compareEvents),
    anchor: stop,
    group: ['stream', keyOf(actor) ?? ''],
    facts: { stoppedBy: by, stoppedByOkta: isByOkta, changesBeside: describeActs(beside) },
    circumstances: [],
    attribution: null,
    ...(isByOkta ? { severity: 'medium' as const } : {}),
    summary: `A log stream was switched off by ${by} at ${formatUtcMinute(stop.publishedMs)} UTC, within an hour of ${describeFirst(beside)}.`,
  };
}

function toSilenceMatch({
  silence,
  stops,
  acts,
}: {
  readonly silence: TimeWindow;
  readonly stops: readonly LogEvent[];
  readonly acts: readonly PackedEvent[];
}): Match | null {
  const beside = listBeside(acts, silence).map(unpackEvent);
  const [anchor] = beside;
  if (anchor === undefined) return null;
  const stopped = listBeside(stops, silence);
  return {
    events: [...beside, ...stopped].sort(compareEvents),
    anchor,
    span: silence,
    group: ['silence', formatInstant(silence.sinceMs)],
    facts: {
      silentFrom: formatInstant(silence.sinceMs),
      silentUntil: formatInstant(silence.untilMs),
      streamStopped: stopped.length > 0,
      changesBeside: describeActs(beside),
    },
    circumstances: [],
    attribution: null,
    severity: stopped.length > 0 ? 'high' : 'medium',
    summary: `Nothing was logged from ${formatUtcMinute(silence.sinceMs)} UTC to ${formatUtcMinute(silence.untilMs)} UTC, within an hour of ${describeFirst(beside)}.`,
  };
}

function listBeside<Event extends { readonly publishedMs: number }>(
  events: readonly Event[],
  { sinceMs, untilMs }: TimeWindow,
): Event[] {
  return events.filter(
    ({ publishedMs }) => publishedMs >= sinceMs - BESIDE_MS && publishedMs <= untilMs + BESIDE_MS,
  );
}

function describeActs(acts: readonly LogEvent[]): string[] {
  return acts.map(
    (act) => `${formatInstant(act.publishedMs)} ${act.eventType} by ${readCaller(act)}`,
  );
}

function describeFirst(acts: readonly LogEvent[]): string {
  const [first] = acts;
  if (first === undefined) return 'nothing';
  const others = acts.length > 1 ? ' and other changes' : '';
  return `${first.eventType} by ${nameParty(readActor(first)) ?? 'nobody named'}${others}`;
}

function toTerm(match: EventTypeTerm['match'], eventType: string): EventTypeTerm {
  return { match, eventType, narrowings: [] };
}
