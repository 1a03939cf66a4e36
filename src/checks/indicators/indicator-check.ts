import type { Check, CheckProfile, CheckRun } from '../../model/check.ts';
import { ALL_EVENT_TYPES, type EventTypeSet, eventsHolding } from '../../model/event-type-set.ts';
import { type LogEvent, readActor, readTargetUser, readText } from '../../model/log-event.ts';
import type { Match } from '../../model/match.ts';
import { INDICATOR_KINDS, type Indicator, type IndicatorKind } from '../../model/scope.ts';
import { listAddresses } from '../address-matcher.ts';
import {
  isPowerType,
  isSessionType,
  readChangeFamily,
} from '../credential-changes/change-types.ts';
import { keyOf, nameParty } from '../name-party.ts';
import { readAddress } from '../read-origin.ts';
import { findIndicators } from './find-indicators.ts';
import { createForwardedCheck, FORWARDED_CHECK_ID } from './forwarded-check.ts';

/**
 * What is looked for together: one check each, because Okta can be asked for single addresses and for nothing else that
 * an indicator names. What it cannot be asked for needs a full pull or an archive.
 */
type IndicatorGroup = IndicatorKind | 'range';

const GROUPS: readonly IndicatorGroup[] = INDICATOR_KINDS.flatMap((kind): IndicatorGroup[] =>
  kind === 'address' ? [kind, 'range'] : [kind],
);

/** `indicator-address` and so on. */
export const INDICATOR_CHECK_IDS: readonly string[] = [
  ...GROUPS.map(toCheckId),
  FORWARDED_CHECK_ID,
];

function toCheckId(group: IndicatorGroup): string {
  return `indicator-${group}`;
}

const FIELDS: Readonly<Record<IndicatorGroup, readonly string[]>> = {
  address: ['client.ipAddress'],
  range: ['client.ipAddress'],
  asn: ['securityContext.asNumber'],
  'user-agent': ['client.userAgent.rawUserAgent'],
  account: ['actor.alternateId'],
  url: ['debugContext.debugData.requestUri'],
};

const TITLES: Readonly<Record<IndicatorGroup, string>> = {
  address: 'An address that the attacker used',
  range: 'An address of a range that the attacker used',
  asn: 'A network that the attacker used',
  'user-agent': 'A browser signature that the attacker used',
  account: 'An account name that the attacker used',
  url: 'A page that the attacker used',
};

/** Gives one check for each group of indicators that the scope lists. */
export function createIndicatorChecks(indicators: readonly Indicator[]): Check[] {
  const toGroup = chooseGroups(indicators);
  const ofGroups = GROUPS.flatMap((group) => {
    const listed = indicators.filter((indicator) => toGroup(indicator) === group);
    return listed.length === 0 ? [] : [createIndicatorCheck(group, listed)];
  });
  const addresses = indicators.filter(({ kind }) => kind === 'address');
  return addresses.length === 0 ? ofGroups : [...ofGroups, createForwardedCheck(addresses)];
}

/** Some sixty questions to Okta. */
const MOST_IN_RANGES = 4_000;

/** Small ranges are as good as their addresses, unless all of them together are too many to be asked for. */
function chooseGroups(indicators: readonly Indicator[]): (indicator: Indicator) => IndicatorGroup {
  const ranges = indicators.filter(({ kind, value }) => kind === 'address' && value.includes('/'));
  let count = 0;
  for (const { value } of ranges) count += listAddresses(value)?.length ?? 0;
  const isMuch = count > MOST_IN_RANGES;
  return ({ kind, value }) => {
    if (kind !== 'address' || !value.includes('/')) return kind;
    return isMuch || listAddresses(value) === null ? 'range' : kind;
  };
}

function createIndicatorCheck(group: IndicatorGroup, listed: readonly Indicator[]): Check {
  return {
    ...toProfile(group, listed),
    needs: {
      eventTypes: group === 'address' ? eventsFromAddresses(listed) : ALL_EVENT_TYPES,
      lookBackMs: 0,
      lookAheadMs: 0,
      fields: FIELDS[group],
    },
    begin: () => beginRun(group === 'range' ? 'address' : group, listed),
  };
}

function eventsFromAddresses(listed: readonly Indicator[]): EventTypeSet {
  return eventsHolding(
    ['client.ipAddress'],
    listed.flatMap(({ value }) => listAddresses(value) ?? []),
  );
}

function toProfile(group: IndicatorGroup, listed: readonly Indicator[]): CheckProfile {
  const isStrong = listed.some((indicator) => indicator.strength === 'strong');
  return {
    id: toCheckId(group),
    kind: 'indicator',
    title: TITLES[group],
    description:
      'Something that a publisher saw the attacker use also stands in this log. A strong indicator on a privileged ' +
      'or session event that succeeded is evidence; anything less has to be explained, because addresses change ' +
      'hands and browser signatures are shared.',
    severity: isStrong ? 'high' : 'medium',
    confidence: isStrong ? 'medium' : 'low',
    techniques: ['T1078.004'],
    references: [...new Set(listed.map((indicator) => indicator.source))],
    falsePositives: ['A commercial VPN, or a browser version, that your own people use as well.'],
    nextSteps: [
      'List everything from the same client.ipAddress, a day before and after.',
      'List everything in the same authenticationContext.externalSessionId, from its first event to its last.',
    ],
    ask: 'actor',
  };
}

function beginRun(kind: IndicatorKind, listed: readonly Indicator[]): CheckRun {
  const find = findIndicators(kind, listed);
  const matches: Match[] = [];
  return {
    accept(event) {
      const found = find(event);
      if (found.length > 0) matches.push(toMatch(event, found));
    },
    finish: () => matches,
  };
}

/** A finding is one indicator seen with one person, or from one address where nobody is known. */
function toMatch(event: LogEvent, found: readonly Indicator[]): Match {
  const strongest = found.find((indicator) => indicator.strength === 'strong') ?? found[0];
  const isStrong = strongest?.strength === 'strong';
  const actor = readActor(event);
  const who = keyOf(actor) ?? readAddress(event) ?? '';
  return {
    events: [event],
    anchor: event,
    group: [strongest?.value ?? '', who],
    facts: {
      indicators: found.map((indicator) => indicator.value),
      strength: strongest?.strength ?? 'weak',
      publishedBy: [...new Set(found.map((indicator) => indicator.source))],
      ...toConcerned(event),
    },
    circumstances: isStrong && isDecisive(event) ? ['strong-indicator'] : [],
    attribution: null,
  };
}

function toConcerned(event: LogEvent): { readonly concerned?: string } {
  const concerned = nameParty(readTargetUser(event));
  return concerned === null ? {} : { concerned };
}

/** A privileged or session event that succeeded: anything else shows at most that somebody knocked. */
function isDecisive(event: LogEvent): boolean {
  const result = readText(event, 'outcome.result');
  if (result !== 'SUCCESS' && result !== 'ALLOW') return false;
  const { eventType } = event;
  return isSessionType(eventType) || isPowerType(eventType) || readChangeFamily(eventType) !== null;
}
