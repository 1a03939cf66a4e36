import type { Check, CheckNeeds, CheckProfile, CheckRun } from '../../model/check.ts';
import { exactEventTypes } from '../../model/event-type-set.ts';
import { formatCount } from '../../model/format-count.ts';
import { formatNumber } from '../../model/format-number.ts';
import { type LogEvent, readActor } from '../../model/log-event.ts';
import type { Match } from '../../model/match.ts';
import type { FollowUp } from '../../model/reading.ts';
import {
  ALL_TIME,
  formatInstant,
  formatUtcMinute,
  hullOf,
  MINUTE_MS,
  type TimeWindow,
} from '../../model/time-window.ts';
import type { Tuning } from '../../model/tuning.ts';
import { type AddressMatcher, createAddressMatcher } from '../address-matcher.ts';
import { keyOf, readCaller } from '../name-party.ts';
import { BASELINE_MS } from '../takeover/place-baseline.ts';
import { beginJourneyCandidates, type JourneyCandidate, STAY_MS } from './journey-candidates.ts';
import {
  beginJourneyStory,
  type Journey,
  type JourneyStory,
  measureGapMs,
  VISIT_TYPES,
} from './journey-story.ts';
import { measureKm } from './measure-journey.ts';
import { ACT_TYPES } from './read-act.ts';

const PROFILE: CheckProfile = {
  id: 'impossible-journey',
  kind: 'analysis',
  title: 'Power or a new factor from where the person cannot have been',
  description:
    'Somebody used administrator power, or enrolled a factor for themselves, from a country and a network in which ' +
    'this person was not seen in the 14 days before, and the account was also used from a place of their own so ' +
    'shortly before or after that no airliner is that fast. So does whoever took the cookie of a session along with ' +
    'the signature of its browser, or passed a sign-in on through a page of their own; Okta need not tell any ' +
    'behaviour for it. Telephones do not count as the own place, because their carrier sends them from home wherever ' +
    'they are. A network from which two others used power or got a factor in that country in the days before is ' +
    'taken for one of the organisation.',
  severity: 'high',
  confidence: 'medium',
  techniques: ['T1539', 'T1550.004', 'T1078.004'],
  references: [
    'https://sec.okta.com/harfiles',
    'https://blog.cloudflare.com/how-cloudflare-mitigated-yet-another-okta-compromise/',
    'https://github.com/elastic/detection-rules/issues/5626',
  ],
  falsePositives: [
    'A VPN that is switched on or off, the first time with that exit: list those of the organisation as own networks.',
    'A laptop on a journey that goes to the network through a telephone from home, or through the wifi of an aircraft.',
  ],
  nextSteps: [
    'Ask the person in actor.alternateId, on a known number, where they were in that hour and whether they did this, within the same day.',
    'If not: end their sessions, remove the factor, undo the change, and list everything with the same actor.id in the 24 hours before and after.',
    'List who else came from the same client.ipAddress or securityContext.asNumber in the 14 days around it.',
  ],
  ask: 'actor',
};

const NEEDS: CheckNeeds = {
  eventTypes: exactEventTypes(ACT_TYPES),
  // What was done from there before, by the same person or by others.
  lookBackMs: BASELINE_MS,
  lookAheadMs: 0,
  fields: [
    ...['actor.id', 'actor.type', 'outcome.result'],
    ...['client.ipAddress', 'client.geographicalContext.country'],
  ],
};

/**
 * Finds accounts that two people use, in two readings: acts of power and enrolments from unusual places name the few
 * people concerned, and only their own sign-ins are then read, with the 14 days before as what is usual for them.
 */
export function createImpossibleJourney({ tuning }: { readonly tuning: Tuning }): Check {
  const ownNetworks = createAddressMatcher(tuning.ownNetworks);
  return {
    ...PROFILE,
    needs: NEEDS,
    begin: ({ window = ALL_TIME } = {}) => beginRun({ ownNetworks, window }),
  };
}

function beginRun({
  ownNetworks,
  window,
}: {
  readonly ownNetworks: AddressMatcher;
  readonly window: TimeWindow;
}): CheckRun {
  const candidates = beginJourneyCandidates(ownNetworks);
  let stories: Map<string, JourneyStory> | null = null;
  return {
    accept(event) {
      if (stories === null) candidates.accept(event);
      else stories.get(keyOf(readActor(event)) ?? '')?.accept(event);
    },
    follow() {
      // What began within the stay before may go on inside.
      const found = candidates.list({ ...window, sinceMs: window.sinceMs - STAY_MS });
      stories = new Map(found.map((one) => [one.person, beginJourneyStory(one, ownNetworks)]));
      return planFollowUps(found);
    },
    finish: () =>
      [...(stories ?? [])].flatMap(([person, story]) =>
        story.tell().flatMap((journey) => toMatch(person, journey) ?? []),
      ),
  };
}

function planFollowUps(candidates: readonly JourneyCandidate[]): FollowUp[] {
  const values = candidates.flatMap(({ id }) => id ?? []);
  const stays = hullOf(
    candidates.flatMap(({ actsMs }) =>
      actsMs.map((atMs) => ({ sinceMs: atMs - STAY_MS, untilMs: atMs + STAY_MS + 1 })),
    ),
  );
  if (values.length === 0 || stays === null) return [];
  return [
    {
      field: 'actor.id',
      values,
      window: { ...stays, sinceMs: stays.sinceMs - BASELINE_MS },
      decidesSinceMs: stays.sinceMs,
      eventTypes: exactEventTypes(VISIT_TYPES),
    },
  ];
}

function toMatch(person: string, journey: Journey): Match | null {
  const { arrival, acts, there, own } = journey;
  const done = acts.map(({ event }) => event);
  const anchor = done[0];
  const last = done.at(-1);
  if (anchor === undefined || last === undefined) return null;
  return {
    events: arrival.uuid === anchor.uuid ? done : [arrival, ...done],
    anchor,
    // It is asked about while anything is done from there, under the day on which that began.
    span: { sinceMs: anchor.publishedMs, untilMs: last.publishedMs + 1 },
    group: [person],
    facts: {
      usedThere: there.use,
      usedThereAt: formatInstant(there.publishedMs),
      usedFromOwnPlace: own.use,
      usedFromOwnPlaceAt: formatInstant(own.publishedMs),
      actsThere: [...new Set(done.map(({ eventType }) => eventType))],
    },
    circumstances: [],
    attribution: null,
    summary: summarize(journey, anchor),
  };
}

function summarize({ acts, there, own }: Journey, anchor: LogEvent): string {
  const who = readCaller(anchor) ?? 'A user';
  const isPower = acts.some(({ act }) => act === 'power');
  const did = isPower ? 'used administrator power' : 'enrolled a factor';
  return (
    `${who} ${did} from ${there.use}, where the account was used at ${formatUtcMinute(there.publishedMs)} UTC, ` +
    `and from ${own.use} at ${formatUtcMinute(own.publishedMs)} UTC: ${describeWay({ there, own })}.`
  );
}

/** `17,746 km in 6 minutes`, or the time alone where nobody says where that is. */
function describeWay({ there, own }: Pick<Journey, 'there' | 'own'>): string {
  const minutes = Math.round(measureGapMs({ there, own }) / MINUTE_MS);
  const time = minutes === 0 ? 'less than a minute' : formatCount(minutes, 'minute');
  if (there.point === null || own.point === null) return `two countries in ${time}`;
  return `${formatNumber(Math.round(measureKm(there.point, own.point)))} km in ${time}`;
}
