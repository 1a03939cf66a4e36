import type { Check, CheckKind } from '../../model/check.ts';
import { addToGroup, groupByKey } from '../../model/group-by-key.ts';
import { compareEvents, type LogEvent } from '../../model/log-event.ts';
import { compareConfidence, compareRole, compareSeverity } from '../../model/severity.ts';
import { compareTexts } from '../order-findings.ts';
import type { WeighedMatch } from '../weigh-matches.ts';
import type { FindingKey } from './finding-key.ts';

/** The matches of one check, group and day that own at least one event. */
export interface OwnedGroup {
  readonly key: FindingKey;
  /** Strongest first; each owns at least one of `events` or takes one along. */
  readonly matches: readonly WeighedMatch[];
  /** Each once, in the order of `compareEvents`, and in no other group. */
  readonly events: readonly LogEvent[];
  /** Matches of other groups that saw some of `events`, strongest first. */
  readonly others: readonly WeighedMatch[];
  /** Groups that own nothing any more and of which at least one event went here, by the text of their key. */
  readonly superseded: ReadonlyMap<string, SupersededGroup>;
  /** Groups of the same check on earlier days that own events which the matches rest on as well. */
  readonly continued: readonly ContinuedGroup[];
}

/** Where a story began that goes on. */
export interface ContinuedGroup {
  readonly key: FindingKey;
  /** How many of the events that it owns are part of what goes on. */
  readonly eventCount: number;
}

export interface SupersededGroup {
  readonly key: FindingKey;
  /** How many of its events went here. */
  readonly eventCount: number;
  readonly uuids?: readonly string[];
}

/**
 * Settles which finding every event belongs to, so that no event is in two.
 *
 * An event belongs to the group of the strongest match that saw it: by role, then severity, then confidence, then whether
 * its check tells the whole story, then check id, then group and day. A match of which no event is left falls away, with its
 * role and severity; a match that keeps some of its events stays with those. A group without matches is superseded by every
 * group that owns one of its events. Because strength is compared match by match, the order of the input does not matter, and
 * a group is never weaker than the matches that won its events.
 */
export function settleOwnership(weighed: readonly WeighedMatch[]): OwnedGroup[] {
  const matches = [...weighed].sort(compareStrength);
  const winners = findWinners(matches);
  const owners = new Map([...winners].map(([uuid, { candidate }]) => [uuid, candidate]));
  const winning = new Set(winners.values());
  const keys = new Map(matches.map(({ candidate, key }) => [candidate, key]));
  const ownedMatches = groupByKey(
    matches.filter((match) => winning.has(match) || ownsAny(match, owners)),
    byCandidate,
  );
  const superseded = findSuperseded({ matches, owners, isOwner: (key) => ownedMatches.has(key) });
  const others = findOthers(matches, owners);
  const events = listOwned(matches, owners);
  return [...ownedMatches].flatMap(([candidate, own]) => {
    const [strongest] = own;
    if (strongest === undefined) return [];
    return {
      key: strongest.key,
      matches: own,
      events: events.get(candidate) ?? [],
      others: others.get(candidate) ?? [],
      superseded: superseded.get(candidate) ?? new Map(),
      continued: findContinued(own, owners, keys),
    };
  });
}

/** Strongest first. Total over matches of different groups. */
function compareStrength(one: WeighedMatch, other: WeighedMatch): number {
  return (
    compareRole(other.role, one.role) ||
    compareSeverity(other.severity, one.severity) ||
    compareConfidence(other.check.confidence, one.check.confidence) ||
    Number(other.check.isWholeStory === true) - Number(one.check.isWholeStory === true) ||
    compareTexts(one.check.id, other.check.id) ||
    compareTexts(one.candidate, other.candidate) ||
    compareEvents(one.match.anchor, other.match.anchor) ||
    compareTexts(describeEvents(one), describeEvents(other))
  );
}

/** Kinds of checks that need several events to say what they say. */
const STORY_KINDS: readonly CheckKind[] = ['correlation', 'analysis'];

/** By uuid: the strongest match that saw the event, or the one that takes it along. */
function findWinners(matches: readonly WeighedMatch[]): Map<string, WeighedMatch> {
  const winners = new Map<string, WeighedMatch>();
  for (const weighed of matches) {
    for (const { uuid } of weighed.match.events) {
      if (!winners.has(uuid)) winners.set(uuid, weighed);
    }
  }
  for (const alike of groupByKey(matches, byPeopleAndDay).values()) joinStories(alike, winners);
  return winners;
}

/**
 * The events of a correlation or an analysis belong together. Where a stronger check saw some of them and tells of the
 * same people and day, it takes the rest along: half a story says little, and would be asked about twice.
 */
function joinStories(matches: readonly WeighedMatch[], winners: Map<string, WeighedMatch>): void {
  const heirs = new Map<string, WeighedMatch>();
  const stories = matches.filter(({ check }) => STORY_KINDS.includes(check.kind));
  for (const [candidate, own] of groupByKey(stories, byCandidate)) {
    const [strongest] = own;
    if (strongest === undefined) continue;
    const uuids = new Set(own.flatMap(({ match }) => match.events.map(({ uuid }) => uuid)));
    const first = matches
      .slice(0, matches.indexOf(strongest))
      .find(
        (other) =>
          takesAlong(other.check, strongest.check) &&
          other.match.events.some(({ uuid }) => uuids.has(uuid)),
      );
    if (first === undefined) continue;
    const heir = heirs.get(first.candidate) ?? first;
    heirs.set(candidate, heir);
    for (const uuid of uuids) {
      if (winners.get(uuid)?.candidate === candidate) winners.set(uuid, heir);
    }
  }
}

/** What a targeted pull finds gets no events from checks that it lacks: see docs/decisions/0008-what-a-full-pull-adds.md. */
function takesAlong(taker: Check, story: Check): boolean {
  return story.needs.onlyInFullPull !== true || taker.needs.onlyInFullPull === true;
}

/** Rules write the values of their groups in lower case, analyses as they stand. */
function byPeopleAndDay({ key: { day, group } }: WeighedMatch): string {
  return JSON.stringify([day, ...group]).toLowerCase();
}

function ownsAny({ match, candidate }: WeighedMatch, owners: ReadonlyMap<string, string>): boolean {
  return match.events.some(({ uuid }) => owners.get(uuid) === candidate);
}

/** By owner, each event once, in the order of `compareEvents`. */
function listOwned(
  matches: readonly WeighedMatch[],
  owners: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly LogEvent[]> {
  const events = new Map(
    matches.flatMap(({ match }) => match.events.map((event) => [event.uuid, event] as const)),
  );
  const inOrder = [...events.values()].sort(compareEvents);
  return groupByKey(inOrder, ({ uuid }) => owners.get(uuid) ?? '');
}

/** By owner: the groups that own nothing, and how many of their events went to it. */
function findSuperseded({
  matches,
  owners,
  isOwner,
}: {
  matches: readonly WeighedMatch[];
  owners: ReadonlyMap<string, string>;
  isOwner: (candidate: string) => boolean;
}): Map<string, Map<string, SupersededGroup>> {
  const byOwner = new Map<string, Map<string, SupersededGroup>>();
  const lost = matches.filter(({ candidate }) => !isOwner(candidate));
  for (const [candidate, own] of groupByKey(lost, byCandidate)) {
    const uuids = new Set(own.flatMap(({ match }) => match.events.map(({ uuid }) => uuid)));
    for (const [owner, taken] of groupByKey([...uuids], (uuid) => owners.get(uuid) ?? '')) {
      const groups = byOwner.get(owner) ?? new Map<string, SupersededGroup>();
      for (const { key } of own.slice(0, 1)) {
        groups.set(candidate, { key, eventCount: taken.length, uuids: taken });
      }
      byOwner.set(owner, groups);
    }
  }
  return byOwner;
}

/** A correlation over days tells of each day on which it goes on; an event belongs to the first of them. */
function findContinued(
  own: readonly WeighedMatch[],
  owners: ReadonlyMap<string, string>,
  keys: ReadonlyMap<string, FindingKey>,
): ContinuedGroup[] {
  const [first] = own;
  if (first === undefined) return [];
  const uuids = [...new Set(own.flatMap(({ match }) => match.events.map(({ uuid }) => uuid)))];
  return [...groupByKey(uuids, (uuid) => owners.get(uuid) ?? '')].flatMap(([candidate, told]) => {
    const key = keys.get(candidate);
    const isBegin = key?.check === first.key.check && key.day < first.key.day;
    return isBegin ? [{ key, eventCount: told.length }] : [];
  });
}

/** By owner: the matches of other groups that saw some of its events, in the order given. */
function findOthers(
  matches: readonly WeighedMatch[],
  owners: ReadonlyMap<string, string>,
): Map<string, WeighedMatch[]> {
  const byOwner = new Map<string, WeighedMatch[]>();
  for (const weighed of matches) {
    const owning = new Set(weighed.match.events.map(({ uuid }) => owners.get(uuid) ?? ''));
    owning.delete(weighed.candidate);
    for (const owner of owning) addToGroup(byOwner, owner, weighed);
  }
  return byOwner;
}

function byCandidate({ candidate }: WeighedMatch): string {
  return candidate;
}

function describeEvents({ match }: WeighedMatch): string {
  return match.events.map(({ uuid }) => uuid).join(' ');
}
