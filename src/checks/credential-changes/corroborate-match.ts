import type { ReadingExtent } from '../../model/check.ts';
import { isAttempt, type LogEvent, readActor, readTargetUser } from '../../model/log-event.ts';
import type { Attribution, Circumstance, Facts, Match } from '../../model/match.ts';
import { formatInstant } from '../../model/time-window.ts';
import type { AddressMatcher } from '../address-matcher.ts';
import { isByToken } from '../is-by-token.ts';
import { keyOf, readCaller } from '../name-party.ts';
import { OWN_NETWORK, readPlace } from '../read-place.ts';
import { describeUse } from '../session-use.ts';
import { toSessionWindow } from '../support-access/support-sessions.ts';
import { addSupport, type SupportEvidence } from './add-support.ts';
import { type AdminUsual, BY_OTHERS } from './admin-usual.ts';
import { readChangeFamily } from './change-types.ts';
import type { EnrolmentWatch } from './enrolment-watch.ts';
import type { Habits } from './habits.ts';
import { isListed, isOktaStaff, isOutsider } from './known-people.ts';
import { type Additions, beginAdditions, listCircumstances } from './match-additions.ts';
import type { Newcomers } from './newcomers.ts';
import { isRulingRole, type PrivilegeMemory, readGrantedRole } from './privilege-memory.ts';
import type { TokenHabits } from './token-habits.ts';

/** What the events around a match say, once all were heard. */
export interface MatchContext extends SupportEvidence {
  readonly ownNetworks: AddressMatcher;
  readonly privileges: PrivilegeMemory;
  readonly enrolments: EnrolmentWatch;
  readonly adminUsual: AdminUsual;
  readonly habits: Habits;
  readonly tokenHabits: TokenHabits;
  readonly newcomers: Newcomers;
  readonly reading: ReadingExtent | undefined;
  readonly watchedSinceMs: number;
}

/** Adds to one match who caused the change and under which circumstances. */
export function corroborateMatch(match: Match, context: MatchContext): Match {
  const additions = beginAdditions(match);
  for (const event of match.events) {
    addSupport(additions, event, context);
    addPrivilege(additions, event, context);
    addAftermath(additions, event, context);
  }
  addHelpDesk(additions, match.anchor, context);
  addOwnDomains(additions, match.anchor, context);
  addOwnNetwork(additions, match, context);
  addHabit(additions, match, context);
  addTokenHabits(additions, match, context);
  if (match.events.every(context.newcomers.isByNewcomer))
    additions.circumstances.add('new-account');
  addUsual(additions, match.anchor, context);
  if (additions.attribution !== null) additions.circumstances.add(additions.attribution);
  const circumstances = listCircumstances(match, additions);
  return {
    ...match,
    ...timeSession(match, context),
    group:
      additions.alike ??
      match.group ??
      groupByAdministrator(match.anchor, { ...additions, circumstances }),
    attribution: additions.attribution,
    circumstances,
    facts: { ...additions.facts, ...match.facts },
  };
}

/** A session lasts: who asks about the hours in which it went on does not know when it began. */
function timeSession({ anchor }: Match, { sessions }: MatchContext): Pick<Match, 'lasted'> {
  const session = sessions.findByEvent(anchor.uuid)?.session ?? null;
  return session?.start?.uuid === anchor.uuid ? { lasted: toSessionWindow(session) } : {};
}

/**
 * What an administrator routinely does to many people in a day is one question to that administrator. A change that
 * stands out by the person it was made to stays a finding of its own: null, which means actor and target.
 */
function groupByAdministrator(
  anchor: LogEvent,
  {
    attribution,
    circumstances,
  }: {
    readonly attribution: Attribution | null;
    readonly circumstances: readonly Circumstance[];
  },
): readonly string[] | null {
  if (readChangeFamily(anchor.eventType) === null || isAttempt(anchor)) return null;
  if (attribution === null || !BY_OTHERS.includes(attribution)) return null;
  if (isAboutThePerson(circumstances)) return null;
  const administrator = keyOf(readActor(anchor));
  return administrator === null ? null : [administrator, 'everybody'];
}

const ABOUT_THE_PERSON: readonly Circumstance[] = ['privileged', 'not-re-enrolled', 'corroborated'];

function isAboutThePerson(circumstances: Iterable<Circumstance>): boolean {
  return [...circumstances].some((circumstance) => ABOUT_THE_PERSON.includes(circumstance));
}

function addPrivilege(
  additions: Additions,
  event: LogEvent,
  { tuning, privileges }: MatchContext,
): void {
  const granted = readGrantedRole(event);
  if (granted !== null) {
    additions.facts['privilege'] = granted;
    if (isRulingRole(granted)) additions.circumstances.add('privileged');
    return;
  }
  if (readChangeFamily(event.eventType) === null) return;
  const target = readTargetUser(event);
  const person = keyOf(target);
  const isInList = isListed(target, tuning.privilegedUsers);
  const reason = person === null ? null : privileges.findReason(person);
  if (!isInList && reason === null) return;
  additions.circumstances.add('privileged');
  additions.facts['privilegedBecause'] = isInList
    ? 'the tuning file lists the target'
    : `the log shows that the target ${reason}`;
}

function addHelpDesk(additions: Additions, anchor: LogEvent, { tuning }: MatchContext): void {
  const { attribution } = additions;
  if (tuning.helpDesk.length === 0 || readChangeFamily(anchor.eventType) === null) return;
  if (attribution === null || !BY_OTHERS.includes(attribution)) return;
  if (isListed(readActor(anchor), tuning.helpDesk)) return;
  additions.circumstances.add('outside-help-desk');
  additions.facts['outsideHelpDesk'] = readCaller(anchor) ?? '';
}

function addOwnDomains(additions: Additions, anchor: LogEvent, { tuning }: MatchContext): void {
  const { attribution } = additions;
  if (readChangeFamily(anchor.eventType) === null) return;
  if (attribution === null || !BY_OTHERS.includes(attribution)) return;
  const actor = readActor(anchor);
  if (!isOutsider(actor, tuning) && !isOktaStaff(actor, tuning)) return;
  additions.circumstances.add('outside-own-domains');
}

function addOwnNetwork(
  additions: Additions,
  { events }: Match,
  { ownNetworks }: MatchContext,
): void {
  const isOwn = (event: LogEvent): boolean =>
    readPlace(event, ownNetworks)?.network === OWN_NETWORK;
  if (events.every(isOwn)) additions.circumstances.add('own-network');
}

/** It may be the habit of an intruder who was there before the audit was. */
const UNASKED =
  'it was done so before, on days that this audit did not look at: nobody was asked about it yet';

/**
 * Where everybody's habits are asked about for the first time, one that concerns many is still one question; what stands
 * out by the person is one of its own, as on every later night.
 */
function addHabit(
  additions: Additions,
  { events, anchor }: Match,
  { habits, watchedSinceMs }: MatchContext,
): void {
  if (!events.every(habits.isHabit)) return;
  if (events.every((event) => habits.isKnownSince(event, watchedSinceMs))) {
    additions.circumstances.add('habitual');
    return;
  }
  additions.facts['habit'] = UNASKED;
  if (isAboutThePerson(additions.circumstances)) return;
  additions.alike = [...habits.listAlike(anchor), 'everybody'];
}

/** Among the many uses of a busy token the few from elsewhere are what matters. */
function addTokenHabits(
  additions: Additions,
  { events, anchor }: Match,
  { tokenHabits, watchedSinceMs }: MatchContext,
): void {
  const times = { sinceMs: watchedSinceMs, atMs: anchor.publishedMs };
  if (events.every(tokenHabits.isUsual)) {
    const isAsked = events.every((event) => tokenHabits.isKnownSince(event, times));
    if (isAsked) additions.circumstances.add('usual-for-token');
    else additions.facts['habit'] = UNASKED;
  }
  const atHome = events.filter(tokenHabits.isAtHome);
  const away = events.filter((event) => isByToken(event) && !atHome.includes(event));
  if (atHome.length > 0 && away.length > 0) {
    additions.facts['notUsualForToken'] = [...new Set(away.map(describeUse))];
  }
}

function addUsual(
  additions: Additions,
  anchor: LogEvent,
  { adminUsual, watchedSinceMs }: MatchContext,
): void {
  const day = adminUsual.weigh(anchor, watchedSinceMs);
  if (day === null) return;
  additions.facts['peopleChangedThatDay'] = day.people;
  additions.facts['busiestDayBefore'] = day.busiestBefore ?? 'too little history in reach';
  if (day.isAboveUsual) additions.circumstances.add('above-usual');
  if (day.isWithinUsual) additions.circumstances.add('within-usual');
  if (day.isUsualUnasked) additions.facts['habit'] = UNASKED;
}

function addAftermath(
  additions: Additions,
  event: LogEvent,
  { enrolments, reading }: MatchContext,
): void {
  if (readChangeFamily(event.eventType) !== 'factor-removed' || isAttempt(event)) return;
  const person = keyOf(readTargetUser(event));
  if (person === null) return;
  const aftermath = enrolments.findAftermath(person, event.publishedMs, reading);
  if (aftermath.kind === 'nothing') additions.circumstances.add('not-re-enrolled');
  Object.assign(additions.facts, describeAftermath(aftermath));
}

function describeAftermath(aftermath: ReturnType<EnrolmentWatch['findAftermath']>): Facts {
  if (aftermath.kind === 'enrolled') return { enrolledAgainAt: formatInstant(aftermath.atMs) };
  if (aftermath.kind === 'left') return { accountClosedAt: formatInstant(aftermath.atMs) };
  return { enrolledAgainAt: NOT_ENROLLED[aftermath.kind] };
}

const NOT_ENROLLED = {
  nothing: 'not within 12 hours',
  unread: 'not in what was read of the 12 hours',
  'too-early': 'the 12 hours are not over',
};
