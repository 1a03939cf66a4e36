import type { Check, CheckNeeds, CheckProfile, CheckRun } from '../../model/check.ts';
import { exactEventTypes } from '../../model/event-type-set.ts';
import { formatList } from '../../model/format-list.ts';
import { compareEvents, type LogEvent } from '../../model/log-event.ts';
import type { Facts, Match } from '../../model/match.ts';
import type { FollowUp } from '../../model/reading.ts';
import { formatUtcMinute, hullOf, MINUTE_MS, type TimeWindow } from '../../model/time-window.ts';
import type { Tuning } from '../../model/tuning.ts';
import { type AddressMatcher, createAddressMatcher } from '../address-matcher.ts';
import { keyOf, readCaller, readConcerned } from '../name-party.ts';
import { namePlace, readOrigin } from '../read-origin.ts';
import { beginChainCandidates, type ChainCandidate } from './chain-candidates.ts';
import {
  ARRIVAL_TYPES,
  CHAIN_CHANGE_TYPES,
  CHAIN_FACTOR_TYPES,
  CHAIN_POWER_TYPES,
  CHAIN_SIGN_IN_TYPES,
  CHAIN_SPAN_MS,
  isReturn,
  readChainPerson,
  readChainStep,
} from './chain-steps.ts';
import { beginChainStory, type ChainStory, type Sighting, type Takeover } from './chain-story.ts';
import { BASELINE_MS, JUST_BEFORE_MS } from './place-baseline.ts';

const PROFILE: CheckProfile = {
  id: 'takeover-chain',
  kind: 'analysis',
  title: 'Credentials changed, then used from somewhere new',
  description:
    'A password was reset, a factor removed or enrolled by somebody else, or a closed account opened again; within 24 ' +
    'hours the account got a new factor or used power, and it was used from a network and country in which this ' +
    'person was not seen in the 14 days before, the last hour aside, or through a new proxy; ' +
    'where power was used, a new network in a known country is enough. ' +
    'So does a help desk call by an attacker end; so does a new phone on a journey. An act of power from the new ' +
    'place (admin console, privilege, API token, identity provider) tells them apart better than anything else.',
  severity: 'high',
  confidence: 'medium',
  techniques: ['T1098', 'T1556.006', 'T1078.004'],
  references: [
    'https://sec.okta.com/articles/2023/08/cross-tenant-impersonation-prevention-and-detection',
    'https://www.cisa.gov/news-events/cybersecurity-advisories/aa23-320a',
  ],
  falsePositives: [
    'A new phone while travelling, or a first sign-in through a new VPN: list your own exits as own networks.',
  ],
  nextSteps: [
    'Call the person whose credentials were changed (target.User.alternateId of the change) on a number you already had: did they ask for it, within the hour before?',
    'List everything whose actor.id is theirs, from the change to 24 hours after, and end their sessions if nobody can explain it.',
    'Look at who made the change (actor.alternateId of the change) and what else they changed in the 7 days before.',
  ],
  ask: 'target',
  isWholeStory: true,
};

const NEEDS: CheckNeeds = {
  eventTypes: exactEventTypes([...CHAIN_CHANGE_TYPES, ...CHAIN_FACTOR_TYPES, ...CHAIN_POWER_TYPES]),
  // Somebody who asks about the hours of a takeover does not know when it began.
  lookBackMs: CHAIN_SPAN_MS,
  lookAheadMs: CHAIN_SPAN_MS,
  fields: [
    ...['actor.id', 'target', 'outcome.result'],
    ...['client.ipAddress', 'client.geographicalContext.country'],
  ],
};

/**
 * Finds takeovers in two readings: changes, enrolments and acts of power name the few people concerned, and only
 * their own sign-ins are then read, with the 14 days before the change as what is usual for them.
 */
export function createTakeoverChain({ tuning }: { readonly tuning: Tuning }): Check {
  const ownNetworks = createAddressMatcher(tuning.ownNetworks);
  return { ...PROFILE, needs: NEEDS, begin: () => beginRun(ownNetworks) };
}

function beginRun(ownNetworks: AddressMatcher): CheckRun {
  const candidates = beginChainCandidates();
  const stories = new Map<string, ChainStory>();
  return {
    accept(event) {
      const step = readChainStep(event);
      if (step === null) return;
      if (stories.size === 0) {
        candidates.accept(event);
        return;
      }
      const person = keyOf(readChainPerson(event, step));
      if (person !== null) stories.get(person)?.accept(event, step);
    },
    follow() {
      const found = candidates.list();
      for (const each of found) stories.set(each.person, beginChainStory(each, ownNetworks));
      return planChainFollowUps(found);
    },
    finish: () =>
      [...stories].flatMap(([person, story]) =>
        story.tell().map((takeover) => toMatch(person, takeover)),
      ),
  };
}

/** One reading of what the candidates did, from 14 days before; one of what was done to them. */
function planChainFollowUps(candidates: readonly ChainCandidate[]): FollowUp[] {
  const values = candidates.flatMap(({ id }) => id ?? []);
  const spans = hullOf(candidates.flatMap((candidate) => candidate.windows));
  if (values.length === 0 || spans === null) return [];
  const { sinceMs, untilMs } = spans;
  const window = { sinceMs: sinceMs - JUST_BEFORE_MS - BASELINE_MS, untilMs };
  return [
    {
      field: 'actor.id',
      values,
      window,
      decidesSinceMs: sinceMs,
      eventTypes: exactEventTypes([
        ...CHAIN_SIGN_IN_TYPES,
        ...CHAIN_FACTOR_TYPES,
        ...CHAIN_POWER_TYPES,
      ]),
    },
    {
      field: 'target.id',
      values,
      window,
      decidesSinceMs: sinceMs,
      eventTypes: exactEventTypes([...CHAIN_CHANGE_TYPES, ...CHAIN_FACTOR_TYPES, ...ARRIVAL_TYPES]),
    },
  ];
}

function toMatch(person: string, takeover: Takeover): Match {
  const { changes, factors, arrivals, powers, isPowerFromAfar, hasHistory } = takeover;
  const events = [...changes, ...factors, ...arrivals.map(({ event }) => event), ...powers];
  const inOrder = [...new Map(events.map((event) => [event.uuid, event])).values()].sort(
    compareEvents,
  );
  const anchor = changes[0] ?? inOrder[0];
  if (anchor === undefined) throw new Error('A takeover has at least one change.');
  const isTelling = hasHistory || arrivals.some((arrival) => arrival.isNewProxy);
  return {
    events: inOrder,
    anchor,
    span: toSpan(takeover, anchor),
    group: [person],
    target: readChainPerson(anchor, 'change'),
    facts: toFacts(takeover, anchor),
    circumstances: isPowerFromAfar && isTelling ? ['privileged-follow-up'] : [],
    attribution: null,
    severity: isPowerFromAfar ? 'critical' : 'high',
    summary: summarize(takeover, anchor),
  };
}

/**
 * From the first change to the last step or use from the new place: any of it in the window is enough. A password that is
 * reset once all is over, to end the takeover, is no part of it.
 */
function toSpan({ factors, arrivals, powers }: Takeover, first: LogEvent): TimeWindow {
  const steps = [first, ...factors, ...powers].map(({ publishedMs }) => publishedMs);
  const endMs = [...steps, ...arrivals.map(({ lastMs }) => lastMs)].reduce((one, other) =>
    Math.max(one, other),
  );
  return { sinceMs: first.publishedMs, untilMs: endMs + 1 };
}

function toFacts({ factors, arrivals, powers, hasHistory }: Takeover, anchor: LogEvent): Facts {
  const first = arrivals[0]?.event.publishedMs ?? anchor.publishedMs;
  return {
    newPlaces: arrivals.map(describeSighting),
    newFactors: factors.length,
    actsOfPower: [...new Set(powers.map((event) => event.eventType))],
    minutesToUse: Math.round((first - anchor.publishedMs) / MINUTE_MS),
    baseline: hasHistory
      ? 'not seen there in the 14 days before, the last hour aside'
      : 'no sign-in of this person in the 14 days before was in reach, so every place is new',
  };
}

function summarize(takeover: Takeover, anchor: LogEvent): string {
  const { changes, factors, arrivals, powers } = takeover;
  const who = readConcerned(anchor) ?? 'a user';
  const by = readCaller(anchor) ?? 'nobody named';
  const at = `${formatUtcMinute(anchor.publishedMs)} UTC`;
  const parts = [
    ...(factors.length > 0 ? [describeFactors(takeover)] : []),
    ...arrivals.slice(0, 1).map((arrival) => `was used from ${describeSighting(arrival)}`),
    ...(powers.length > 0
      ? [`used administrator power from there${countTimes(powers.length)}`]
      : []),
  ];
  const many = changes.length > 1 ? ` (${changes.length} changes)` : '';
  const change = isReturn(anchor) ? 'the reactivation' : 'a credential change';
  return `After ${change} of ${who} by ${by} at ${at}${many}, the account ${formatList(parts)}.`;
}

function describeFactors({ changes, factors }: Takeover): string {
  const areAllGiven = factors.every(({ uuid }) => changes.some((change) => change.uuid === uuid));
  return areAllGiven ? 'got a new factor' : 'enrolled a new factor';
}

function countTimes(count: number): string {
  return count === 1 ? '' : ` ${count} times`;
}

function describeSighting({ event, place, isUnseen, isNewProxy }: Sighting): string {
  const where = namePlace(readOrigin(event)) ?? 'no place known';
  const isNear = !isUnseen && !isNewProxy;
  return `${place.address} (${where}${place.isProxy ? ', a proxy' : ''}${isNear ? ', a new network' : ''})`;
}
