import type { AskedTime } from '../../model/asked-time.ts';
import type { Check } from '../../model/check.ts';
import type { Finding, SupersededFinding } from '../../model/finding.ts';
import { formatList } from '../../model/format-list.ts';
import { createTextHider, hideInFacts, listTypedTextsIn } from '../../model/hide-typed-texts.ts';
import type { IssueMemory } from '../../model/issue-memory.ts';
import type { LogEvent, Party } from '../../model/log-event.ts';
import { CIRCUMSTANCES, type Circumstance, type Facts } from '../../model/match.ts';
import { toPrintableParty } from '../../model/printable-party.ts';
import { compareSeverity, type Severity } from '../../model/severity.ts';
import type { CheckResult } from '../judgement-input.ts';
import { compareTexts } from '../order-findings.ts';
import type { WeighedMatch } from '../weigh-matches.ts';
import { wordAskWhom } from './ask-whom.ts';
import { assignFindingIds } from './assign-finding-ids.ts';
import {
  collectActors,
  collectTargetThings,
  collectTargetUsers,
  onlyOne,
} from './collect-parties.ts';
import { copyProfile } from './copy-profile.ts';
import { fillSteps } from './fill-steps.ts';
import { findEarlierGroups } from './find-earlier-groups.ts';
import { formatKey } from './finding-key.ts';
import { mergeFacts } from './merge-facts.ts';
import type { OwnedGroup, SupersededGroup } from './settle-ownership.ts';
import { summarizeEvents } from './summarize-events.ts';
import { writeQuery } from './write-query.ts';

interface Building {
  readonly memory: IssueMemory;
  readonly results: readonly CheckResult[];
  readonly time: AskedTime;
}

/** One finding for each group that owns events; none is suppressed or remembered yet. */
export function buildFindings(groups: readonly OwnedGroup[], building: Building): Finding[] {
  const { memory } = building;
  const earlier = findEarlierGroups(groups, building);
  const given = groups.flatMap((group) => [
    ...group.superseded.values(),
    ...(earlier.get(group) ?? []),
  ]);
  const ids = assignFindingIds({
    keys: [...groups.map((group) => group.key), ...given.map(({ key }) => key)],
    memory,
  });
  // What nobody has acknowledged stays under its own name, which may be the more alarming one.
  const acknowledged = new Set(
    memory.findings.filter(({ status }) => status === 'acknowledged').map(({ id }) => id),
  );
  return groups.flatMap((group) => {
    const settled = nameGroups(earlier.get(group) ?? [], ids).filter(({ id }) =>
      acknowledged.has(id),
    );
    const supersedes = [...nameGroups(group.superseded.values(), ids), ...settled];
    return buildFinding({ group, ids, supersedes }) ?? [];
  });
}

function buildFinding({
  group,
  ids,
  supersedes,
}: {
  group: OwnedGroup;
  ids: ReadonlyMap<string, string>;
  supersedes: readonly SupersededFinding[];
}): Finding | null {
  const { matches, events } = group;
  const [strongest] = matches;
  const [first] = events;
  const last = events.at(-1);
  if (strongest === undefined || first === undefined || last === undefined) return null;
  const { check } = strongest;
  const { attribution, ask = check.ask } = strongest.match;
  const actor = onlyOne(collectActors(events));
  const target = strongest.match.target ?? chooseTarget(events);
  /** The memory keeps sentences for months, so they must be clean before anything stores or prints them. */
  const hide = createTextHider(listTypedTextsIn(events));
  return {
    ...copyProfile(check),
    ask,
    nextSteps: fillSteps(chooseSteps(group, check), events, hide),
    id: ids.get(formatKey(group.key)) ?? '',
    severity: strongestSeverity(matches),
    role: strongest.role,
    status: 'new',
    suppressedBy: null,
    inWindow: true,
    summary: hide([summarize(group), ...tellBegin(group, ids)].join(' ')),
    actor: actor === null ? null : toPrintableParty(actor),
    target: target === null ? null : toPrintableParty(target),
    attribution,
    circumstances: uniteCircumstances(matches),
    firstSeenMs: first.publishedMs,
    lastSeenMs: last.publishedMs,
    eventCount: events.length,
    ...countEarlier(group),
    events,
    eventsSinceAcknowledged: 0,
    facts: hideInFacts(collectFacts(group), hide),
    alsoSeenBy: listOtherChecks(group),
    supersedes,
    askWhom: wordAskWhom({ ask, actor, target, attribution }),
    query: writeQuery(events),
  };
}

/** A step stays where it applies to any of the matches. */
function chooseSteps({ matches }: OwnedGroup, { nextSteps }: Check): readonly string[] {
  return nextSteps.filter((step) =>
    matches.some(({ match }) => (match.nextSteps ?? nextSteps).includes(step)),
  );
}

/** What began on an earlier day and lasts is told under that day. */
function countEarlier({ matches, events, key }: OwnedGroup): Pick<Finding, 'earlierEventCount'> {
  if (matches.some(({ match }) => match.span !== undefined)) return {};
  const dayMs = Date.parse(key.day);
  const count = events.filter(({ publishedMs }) => publishedMs < dayMs).length;
  return count === 0 ? {} : { earlierEventCount: count };
}

/** A check's own sentence stands where it is about all of the finding; else the events are worded. */
function summarize({ matches, events }: OwnedGroup): string {
  const [only] = matches;
  const summary = matches.length === 1 ? only?.match.summary : undefined;
  return summary ?? summarizeEvents({ events, attribution: only?.match.attribution ?? null });
}

/** The rest of a story tells little by itself: one colleague is not "several people". */
function tellBegin({ continued }: OwnedGroup, ids: ReadonlyMap<string, string>): string[] {
  if (continued.length === 0) return [];
  const names = continued.map(({ key }) => ids.get(formatKey(key)) ?? '').sort(compareTexts);
  const count = continued.reduce((sum, { eventCount }) => sum + eventCount, 0);
  const before = count === 1 ? 'the event before it stands' : `the ${count} events before it stand`;
  return [`It goes on from ${formatList(names)}, where ${before}.`];
}

function strongestSeverity(matches: readonly WeighedMatch[]): Severity {
  let strongest: Severity = 'informational';
  for (const { severity } of matches) {
    if (compareSeverity(severity, strongest) > 0) strongest = severity;
  }
  return strongest;
}

/** The one user it was done to; without users the one thing; null where there are several. */
function chooseTarget(events: readonly LogEvent[]): Party | null {
  const users = collectTargetUsers(events);
  return onlyOne(users.length > 0 ? users : collectTargetThings(events));
}

/** What says of a whole match that it is ordinary: about one of several it would excuse the others. */
const OF_ALL: readonly Circumstance[] = [
  'habitual',
  'usual-for-token',
  'new-account',
  'own-network',
];

function uniteCircumstances(matches: readonly WeighedMatch[]): readonly Circumstance[] {
  return CIRCUMSTANCES.filter((circumstance) => {
    const holds = (match: WeighedMatch): boolean => match.circumstances.includes(circumstance);
    return OF_ALL.includes(circumstance) ? matches.every(holds) : matches.some(holds);
  });
}

/** The facts of its own matches; of what other checks saw in the same events, those that say something new. */
function collectFacts({ matches, others, key }: OwnedGroup): Facts {
  const ofOthers = others.filter(({ check }) => check.id !== key.check);
  const sentences = ofOthers.flatMap(({ check, match }) =>
    match.summary === undefined ? [] : { facts: { [check.id]: match.summary } },
  );
  const own = mergeFacts(matches.map(({ match }) => match));
  const seenByOthers = mergeFacts(ofOthers.map(({ match }) => match));
  return { ...mergeFacts(sentences), ...omitSaid(seenByOthers, own), ...own };
}

/** Two checks may name one thing twice, as who granted access; fields, and what is no text, stay. */
function omitSaid(facts: Facts, own: Facts): Facts {
  const said = new Set(Object.values(own));
  return Object.fromEntries(
    Object.entries(facts).filter(
      ([name, value]) => name.includes('.') || typeof value !== 'string' || !said.has(value),
    ),
  );
}

function listOtherChecks({ others, key }: OwnedGroup): string[] {
  const ids = new Set(others.map(({ check }) => check.id));
  ids.delete(key.check);
  return [...ids].sort(compareTexts);
}

function nameGroups(
  groups: Iterable<SupersededGroup>,
  ids: ReadonlyMap<string, string>,
): SupersededFinding[] {
  return [...groups]
    .map(({ key, ...lost }) => ({ id: ids.get(formatKey(key)) ?? '', ...lost }))
    .sort((one, other) => compareTexts(one.id, other.id));
}
