import type { Check, CheckNeeds, CheckProfile, CheckRun } from '../model/check.ts';
import { exactEventTypes } from '../model/event-type-set.ts';
import { formatList } from '../model/format-list.ts';
import { groupByKey } from '../model/group-by-key.ts';
import {
  compareEvents,
  isAttempt,
  type LogEvent,
  readActor,
  readTarget,
} from '../model/log-event.ts';
import type { Match } from '../model/match.ts';
import type { FollowUp } from '../model/reading.ts';
import { DAY_MS, formatUtcDay, formatUtcMinute, HOUR_MS, hullOf } from '../model/time-window.ts';
import { isRulingRole, readGrantedRole } from './credential-changes/privilege-memory.ts';
import { keyOf, nameParty, readCaller, readConcerned } from './name-party.ts';

const STANDARD = 'group.privilege.grant';
/** A role that the organisation made, for a set of resources. */
const BINDING = 'iam.resourceset.bindings.add';
const GRANTS: readonly string[] = [STANDARD, BINDING];
/**
 * Okta logs it of a group that has no standard role left; while it has one, another grant names those. Of one of several
 * bindings that ends nobody can tell what it leaves, so a binding counts for the whole time.
 */
const REVOKE = 'group.privilege.revoke';
const JOIN = 'group.user_membership.add';
/** A group is taken to be one of administrators this long after it got a role. */
const REMEMBERED_MS = 14 * DAY_MS;
/** Whoever makes a group of administrators may fill it first. */
const FILLED_BEFORE_MS = HOUR_MS;
const MOST_NAMED = 3;

const PROFILE: CheckProfile = {
  id: 'joined-administrators',
  kind: 'analysis',
  title: 'Put into a group of administrators',
  description:
    'Somebody was put into a group that had got an administrator role within the 14 days before, or got one within the ' +
    'hour after. Okta logs that as any other membership: no grant names the person, who is an administrator all the ' +
    'same. Roles that a group got earlier are not in what is read.',
  severity: 'medium',
  confidence: 'high',
  techniques: ['T1098.003'],
  references: ['https://developer.okta.com/docs/reference/api/event-types/'],
  falsePositives: ['A new member of a team whose roles are given by group.'],
  nextSteps: [
    'Ask the person in actor.alternateId who approved the membership in the 7 days before.',
    'List what target.User.id did and changed in the 24 hours after.',
  ],
  ask: 'actor',
};

const NEEDS: CheckNeeds = {
  eventTypes: exactEventTypes([...GRANTS, REVOKE]),
  lookBackMs: REMEMBERED_MS,
  lookAheadMs: FILLED_BEFORE_MS,
  fields: ['target'],
};

/** Grants and revocations of roles. */
type ChangesByGroup = ReadonlyMap<string, readonly LogEvent[]>;

/** Finds who became an administrator by membership: only those of groups that were seen to get a role are read. */
export function createJoinedAdministrators({ nowMs }: { readonly nowMs: number }): Check {
  return { ...PROFILE, needs: NEEDS, begin: () => beginRun(nowMs) };
}

function beginRun(nowMs: number): CheckRun {
  const changes: LogEvent[] = [];
  const joins = new Map<string, LogEvent>();
  let changesByGroup: ChangesByGroup | null = null;
  return {
    accept(event) {
      if (isAttempt(event) || readGroup(event) === null) return;
      if (changesByGroup === null) changes.push(event);
      else if (event.eventType === JOIN && findGrant(event, changesByGroup) !== null) {
        joins.set(event.uuid, event);
      }
    },
    follow() {
      changesByGroup = groupByKey(changes, (change) => readGroup(change) ?? '');
      return planFollowUps(changes.filter(isGrant), nowMs);
    },
    finish: () => {
      const byFinding = groupByKey([...joins.values()], (join) =>
        JSON.stringify([keyOf(readActor(join)), readGroup(join), formatUtcDay(join.publishedMs)]),
      );
      return [...byFinding.values()].flatMap((events) => toMatch(events, changesByGroup) ?? []);
    },
  };
}

function planFollowUps(grants: readonly LogEvent[], nowMs: number): FollowUp[] {
  const values = [...new Set(grants.flatMap((grant) => readTarget(grant, 'UserGroup')?.id ?? []))];
  const hull = hullOf(
    grants.map(({ publishedMs }) => ({
      sinceMs: publishedMs - FILLED_BEFORE_MS,
      untilMs: Math.min(publishedMs + REMEMBERED_MS, nowMs),
    })),
  );
  if (values.length === 0 || hull === null) return [];
  return [
    {
      field: 'target.id',
      values,
      window: hull,
      decidesSinceMs: hull.sinceMs,
      eventTypes: exactEventTypes([JOIN]),
    },
  ];
}

/**
 * The latest grant that makes the membership one of administrators, unless the group had lost its standard role before;
 * a role that rules the tenant before all others.
 */
function findGrant(join: LogEvent, changesByGroup: ChangesByGroup): LogEvent | null {
  const near = (changesByGroup.get(readGroup(join) ?? '') ?? [])
    .filter(({ publishedMs }) => {
      const sinceMs = join.publishedMs - publishedMs;
      return sinceMs >= -FILLED_BEFORE_MS && sinceMs < REMEMBERED_MS;
    })
    .sort(compareEvents);
  const lost = near.findLastIndex(
    (change) => change.eventType === REVOKE && compareEvents(change, join) < 0,
  );
  const standing = near.filter(
    ({ eventType }, index) => eventType === BINDING || (eventType === STANDARD && index > lost),
  );
  const standard = standing.findLast(({ eventType }) => eventType === STANDARD);
  return standard !== undefined && rules(standard) ? standard : (standing.at(-1) ?? null);
}

function rules(grant: LogEvent): boolean {
  return isRulingRole(readGrantedRole(grant) ?? '');
}

function isGrant({ eventType }: LogEvent): boolean {
  return GRANTS.includes(eventType);
}

/** What one actor did to one group on a day; the grant is a part of it where it was made then too. */
function toMatch(joins: readonly LogEvent[], changesByGroup: ChangesByGroup | null): Match | null {
  const inOrder = [...joins].sort(compareEvents);
  const anchor = inOrder.at(-1);
  const grant = anchor && changesByGroup ? findGrant(anchor, changesByGroup) : null;
  if (anchor === undefined || grant === null) return null;
  const role = readGrantedRole(grant);
  const isOneAct =
    keyOf(readActor(grant)) === keyOf(readActor(anchor)) &&
    formatUtcDay(grant.publishedMs) === formatUtcDay(anchor.publishedMs);
  return {
    events: isOneAct ? [...inOrder, grant].sort(compareEvents) : inOrder,
    anchor,
    group: [keyOf(readActor(anchor)) ?? '', readGroup(anchor) ?? ''],
    facts: {
      ...(role === null ? {} : { privilege: role }),
      roleGrantedBy: readCaller(grant) ?? 'nobody named',
      roleGrantedAt: `${formatUtcMinute(grant.publishedMs)} UTC`,
    },
    circumstances: rules(grant) ? ['privileged'] : [],
    attribution: null,
    ...(rules(grant) ? { severity: 'high' } : {}),
    summary: summarize(inOrder, { anchor, grant, role }),
  };
}

function summarize(
  joins: readonly LogEvent[],
  { anchor, grant, role }: { anchor: LogEvent; grant: LogEvent; role: string | null },
): string {
  const people = [...new Set(joins.map((join) => readConcerned(join) ?? 'somebody'))];
  const group = nameParty(readTarget(anchor, 'UserGroup')) ?? 'a group';
  const power = role === null ? 'an administrator role' : `the role ${role}`;
  return (
    `${readCaller(anchor) ?? 'Nobody named'} put ${formatList(people, MOST_NAMED)} into the group ${group} ` +
    `at ${formatUtcMinute(anchor.publishedMs)} UTC; the group got ${power} at ${formatUtcMinute(grant.publishedMs)} UTC.`
  );
}

function readGroup(event: LogEvent): string | null {
  return keyOf(readTarget(event, 'UserGroup'));
}
