import { draftIssue } from '../../src/audit/draft-issue.ts';
import { recallMemory } from '../../src/audit/recall-memory.ts';
import { AuditError } from '../../src/errors.ts';
import { decideVerdict } from '../../src/judgement/verdict/decide-verdict.ts';
import { applyMemory } from '../../src/memory/apply-memory.ts';
import { findMarker } from '../../src/memory/issue-marker.ts';
import { readAnnouncedSince } from '../../src/memory/read-announced-since.ts';
import type { AskedTime } from '../../src/model/asked-time.ts';
import type { Finding } from '../../src/model/finding.ts';
import { digestToBase32 } from '../../src/model/finding-id.ts';
import { EMPTY_MEMORY, type IssueMemory } from '../../src/model/issue-memory.ts';
import type { CoverageHole, JudgedAudit } from '../../src/model/judged-audit.ts';
import { compareSeverity, type Role, type Severity } from '../../src/model/severity.ts';
import {
  DAY_MS,
  HOUR_MS,
  intersectWindows,
  isInside,
  MINUTE_MS,
  overlaps,
  startOfUtcDay,
  subtractWindows,
  type TimeWindow,
} from '../../src/model/time-window.ts';
import type { CoverageState, Verdict } from '../../src/model/verdict.ts';
import { createIssueBoard, type IssueBoard } from '../../src/publish/issue-board.ts';
import { settleTime } from '../../src/scope/settle-time.ts';
import { openTestClient } from '../publish/open-test-board.ts';
import { SAMPLE_IDENTITY, sampleAudit, sampleFinding } from '../report/sample-audit.ts';
import { sampleEvent } from '../report/sample-events.ts';
import type { Fault } from '../simulators/github/github-faults.ts';
import type { SeenIssue } from '../simulators/github/github-people.ts';
import { ACTIONS_LOGIN } from '../simulators/github/github-token.ts';
import type { GitHubSimulator } from '../simulators/github/start-github.ts';

/** What happens; `pick` chooses among what there is. */
export type Step =
  | { readonly kind: 'happens'; readonly severity: Severity; readonly role: Role }
  | { readonly kind: 'grows' | 'silence' | 'switch' | 'tick' | 'untick'; readonly pick: number }
  | { readonly kind: 'close' | 'reopen' | 'deface' | 'note' | 'note-on-top' | 'other-tenant' }
  | { readonly kind: 'minimum'; readonly severity: Severity }
  | Run;

/** A run at night, or by hand for whole days: `daysAgo` and so many `days` from there. */
type Run = (
  | { readonly kind: 'night' }
  | { readonly kind: 'by-hand'; readonly daysAgo: number; readonly days: number }
) & {
  readonly fault: Fault | null;
  /** Okta answers nothing. */
  readonly isOutage?: boolean;
  /** Okta loses this day, so many days ago. */
  readonly lostDay?: number | null;
  /** Before so many requests of the run are done, another run does all that it does. */
  readonly twinAfter?: number | null;
};

/** Something in the tenant, and what a person expects the issue to make of it. */
interface Situation {
  readonly id: string;
  readonly severity: Severity;
  readonly role: Role;
  readonly firstMs: number;
  events: number;
  /** By the tuning file, now and when a run last saw it. */
  isSilenced: boolean;
  wasSilenced: boolean;
  /** Its check is switched off; while it was, the window may have moved on past it. */
  isOff: boolean;
  wasOff: boolean;
  /** Some run saw it. */
  wasSeen: boolean;
  isListed: boolean;
  /** How many events the issue shows of it. */
  shown: number;
  /** How many it showed when somebody acknowledged it; null while nobody has. */
  acknowledged: number | null;
  /** How many it had when it was told last; null for never, and after a silence. */
  told: number | null;
  /** How many of them were listed under news that no comment told; null where none were. */
  untold: number | null;
}

/** What the issue tells beside findings, as a person who reads every comment knows it. */
interface Known {
  coverage: CoverageState | null;
  holes: readonly TimeWindow[];
  verdict: number;
  /** Written into the issue, and not told in a comment yet. */
  untold: {
    lost: boolean;
    closed: readonly TimeWindow[];
    weaker: number | null;
    /** Whether the verdict was announced is not known here. */
    isDoubtful?: boolean;
  };
}

interface Told {
  readonly wasOpen: boolean;
  /** The comments of this run. */
  readonly told: readonly string[];
}

const KEY = '0123456789abcdef';
const OTHER_KEY = 'fedcba9876543210';
const BEGIN_MS = Date.parse('2026-09-01T02:17:00Z');
const LOOKBACK_DAYS = 3;
const INCIDENT_SPAN = { sinceMs: startOfUtcDay(BEGIN_MS), untilMs: BEGIN_MS + 99 * DAY_MS };
const INCIDENT = {
  kind: 'fixed' as const,
  core: INCIDENT_SPAN,
  coreReason: 'a test',
  review: INCIDENT_SPAN,
  reviewReason: 'a test',
};
const STRENGTH = { 'no-evidence': 0, 'not-assessable': 0, 'needs-review': 1, 'evidence-found': 2 };
const RANK = { none: 0, partial: 1, complete: 2 };

/** One issue on a simulated GitHub, with a memory of its own of all that people and the tenant did; throws where the issue differs. */
export function watchIssue(
  github: GitHubSimulator,
  question: 'every night' | 'an incident' = 'every night',
): {
  take(step: Step): Promise<void>;
  /** Throws where something happened that no run has ever looked at. */
  expectAllSeen(): void;
} {
  const isRolling = question === 'every night';
  const people = github.people();
  const board = openBoard(github);
  const situations: Situation[] = [];
  let minimumSeverity: Severity = 'low';
  let nowMs = BEGIN_MS;
  let time: AskedTime = settle(EMPTY_MEMORY, null);
  /** What this run cannot read. */
  let lost: readonly TimeWindow[] = [];
  let last: JudgedAudit | null = null;
  let isCreated = false;
  /** Where the first run that got through began to look. */
  let firstSinceMs = BEGIN_MS;
  /** Since the last run, which had left it open: all that it lists is acknowledged, whatever becomes of a tick. */
  let isClosedByPerson = false;
  let wasLeftClosed = false;
  let notes = 0;
  let comments = 0;
  let known: Known = {
    coverage: null,
    holes: [],
    verdict: 0,
    untold: { lost: false, closed: [], weaker: null },
  };

  const isInWindow = ({ firstMs }: Situation) => isInside(time.window, firstMs);
  const isLost = ({ firstMs }: Situation) => lost.some((window) => isInside(window, firstMs));
  const isRead = (one: Situation) => isInWindow(one) && !isLost(one) && !one.isOff;
  const isSilent = (one: Situation) => (isRead(one) ? one.isSilenced : one.wasSilenced);
  const isHidden = ({ severity }: Situation) => compareSeverity(severity, minimumSeverity) < 0;
  const isOpen = (one: Situation) =>
    one.acknowledged === null || one.acknowledged < (isRead(one) ? one.events : one.shown);
  const isBoxed = (one: Situation) => one.role !== 'context' && !isHidden(one) && !isSilent(one);

  function settle(memory: IssueMemory, run: Run | null): AskedTime {
    const sinceMs = run?.kind === 'by-hand' ? startOfUtcDay(nowMs) - run.daysAgo * DAY_MS : null;
    return settleTime({
      nowMs,
      scope: { window: isRolling ? { kind: 'rolling', days: LOOKBACK_DAYS } : INCIDENT },
      times: {
        lookbackDays: null,
        sinceMs,
        untilMs: sinceMs === null || run?.kind !== 'by-hand' ? null : sinceMs + run.days * DAY_MS,
      },
      completeThroughMs: memory.completeThroughMs,
      unread: memory.holes?.map(({ window }) => window) ?? [],
      readsLive: true,
      readsArchive: false,
    });
  }

  function judge(memory: IssueMemory): JudgedAudit {
    const { window } = time;
    const unread = lost.flatMap((one) => intersectWindows(one, window) ?? []);
    const holes = [...time.leftOut, ...unread];
    const findings = applyMemory({
      findings: situations.filter(isRead).map(toFinding),
      memory,
      minimumSeverity,
      isBehindHole: (row) => {
        const situation = situations.find(({ id }) => id === row.id);
        return situation !== undefined && isInWindow(situation) && !isRead(situation);
      },
    });
    const base = sampleAudit();
    const isAllLost = subtractWindows(window, unread).length === 0;
    const state = isAllLost ? 'none' : holes.length > 0 ? 'partial' : 'complete';
    last = {
      ...base,
      generatedAtMs: nowMs,
      window,
      scope: { ...base.scope, core: time.core, isRolling },
      findings,
      coverage: { state, holes: holes.map(toHole), sources: base.coverage.sources },
      verdict: decideVerdict({ findings, coverage: state, assessable: true }),
    };
    return last;
  }

  async function audit(run: Run): Promise<void> {
    const found = await board.findIssue(KEY);
    time = settle(recallMemory(found), run);
    const answer = {
      markerKey: KEY,
      judge,
      identity: SAMPLE_IDENTITY,
      evidence: null,
      minimumSeverity,
      // GitHub's clock stands still for all of a life: its comments must differ by more than their time.
      mentions: [`on-call-${nowMs}`],
      notices: [],
    };
    const decide = (current: typeof found) => draftIssue(answer, current);
    const { failure } = await board.upsertIssue({ markerKey: KEY, found, decide });
    if (failure !== null) throw failure;
  }

  /** Says whether it got through. */
  async function auditUnder(run: Run): Promise<boolean> {
    const { fault, twinAfter = null } = run;
    if (fault !== null) github.addFault(fault);
    if (fault === null && twinAfter !== null) {
      const act = async () => {
        const own = time;
        await audit(run);
        time = own;
      };
      github.addFault({ skip: twinAfter, effect: { kind: 'before', act } });
    }
    try {
      await audit(run);
      return true;
    } catch (thrown) {
      if (fault === null || !(thrown instanceof AuditError)) throw thrown;
      return false;
    } finally {
      github.clearFaults();
    }
  }

  async function look(run: Run): Promise<void> {
    nowMs =
      run.kind === 'night'
        ? startOfUtcDay(nowMs) + DAY_MS + (BEGIN_MS - startOfUtcDay(BEGIN_MS))
        : nowMs + MINUTE_MS;
    lost = listLost(run, nowMs);
    const before = await readIssue();
    const isThrough = await auditUnder(run);
    const issue = await readIssue();
    if (issue === null) return;
    if (before?.body === issue.body) {
      if (isThrough) throw new Error('the run wrote nothing');
      isClosedByPerson &&= !issue.isOpen;
      return;
    }
    if (before !== null) takeReview(before);
    const told = (await people.listComments(1)).slice(comments).map(({ body }) => body);
    const listed = listBoxes(issue.body).map(({ id }) => id);
    const isTold = isThrough || told.length > 0;
    const problems = [
      // What was closed or created and cut off in the middle is put right by the next run.
      ...(isThrough ? listWrong(issue, { wasOpen: before?.isOpen ?? true, told }) : []),
      ...listWrongNews(told, { listed, isTold }),
      ...(isCreated ? listWrongOtherNews(told, isTold) : []),
    ];
    if (problems.length > 0) throw new Error(problems.join('\n'));
    learn(issue, isTold || !isCreated);
    noteShown(listed);
    comments += told.length;
    if (!isCreated) firstSinceMs = time.window.sinceMs;
    isCreated = true;
    isClosedByPerson = false;
    wasLeftClosed = !issue.isOpen;
  }

  async function readIssue(): Promise<SeenIssue | null> {
    return (await people.listIssues()).length === 0 ? null : people.readIssue(1);
  }

  /** What stands in the issue from now on, and what of it was told. */
  function learn({ body }: SeenIssue, isTold: boolean): void {
    if (last === null) return;
    const issue = { body, closedByPerson: false, ownComments: [] };
    const { completeThroughMs } = recallMemory(issue);
    const { lost: hasLost, closed, weaker } = findOtherNews(last);
    const kept = known.holes
      .flatMap((hole) => subtractWindows(hole, [time.window]))
      .filter(({ untilMs }) => untilMs > (completeThroughMs ?? 0));
    const holes = [...kept, ...last.coverage.holes.map(({ window }) => window)];
    const state = last.coverage.state;
    known = {
      coverage: state === 'complete' && holes.length > 0 ? 'partial' : state,
      holes,
      verdict: STRENGTH[last.verdict],
      untold: isTold
        ? { lost: false, closed: [], weaker: null }
        : { lost: hasLost, closed, weaker, isDoubtful: isHalfForgotten(last.verdict) },
    };
  }

  function findOtherNews({ coverage, window, verdict }: JudgedAudit): Known['untold'] {
    const holes = coverage.holes.map((hole) => hole.window);
    const isNew = (hole: TimeWindow) => !known.holes.some((old) => overlaps(hole, old));
    const gone = known.holes.filter((old) => !holes.some((hole) => overlaps(hole, old)));
    const isWorse = known.coverage !== null && RANK[coverage.state] < RANK[known.coverage];
    const weaker = known.untold.weaker ?? known.verdict;
    return {
      lost: isWorse || holes.some(isNew) || (known.untold.lost && coverage.state !== 'complete'),
      closed: [
        ...(coverage.state === 'none'
          ? []
          : gone.flatMap((hole) => intersectWindows(hole, window) ?? [])),
        ...known.untold.closed.flatMap((hole) => subtractWindows(hole, holes)),
      ],
      weaker: STRENGTH[verdict] > weaker && restsOnMore(verdict) ? weaker : null,
    };
  }

  /** Whoever was told of something hears of it once, whatever runs for other days found between. */
  function restsOnMore(verdict: Verdict): boolean {
    if (known.untold.weaker !== null) return true;
    const role = verdict === 'evidence-found' ? 'evidence' : 'review';
    return situations.some((one) => one.role === role && isRead(one) && !one.wasSeen);
  }

  /** What was never listed is remembered only as long as runs see it. */
  function isHalfForgotten(verdict: Verdict): boolean {
    const role = verdict === 'evidence-found' ? 'evidence' : 'review';
    if (known.untold.isDoubtful) return true;
    return situations.some(
      (one) =>
        one.role === role &&
        isRead(one) &&
        one.wasSeen &&
        one.acknowledged === null &&
        (one.wasSilenced || !one.isListed),
    );
  }

  function listWrongOtherNews(told: readonly string[], isTold: boolean): string[] {
    if (last === null || !isTold) return [];
    const text = told.join('\n');
    const expected = findOtherNews(last);
    return [
      ...(expected.lost === text.includes('ot everything could be read') ? [] : ['lost']),
      ...(expected.closed.length > 0 === / holes? closed/.test(text) ? [] : ['closed']),
      ...((expected.weaker !== null) === text.includes('he verdict is stronger') ||
      isHalfForgotten(last.verdict)
        ? []
        : ['stronger']),
    ].map((what) => `${what} is told wrongly: ${text} ${JSON.stringify({ expected, known })}`);
  }

  function takeReview({ body }: SeenIssue): void {
    for (const { id, isTicked } of listBoxes(body)) {
      const situation = situations.find((one) => one.id === id);
      if (situation === undefined) continue;
      const { acknowledged, shown } = situation;
      const wasOpen = acknowledged === null || acknowledged < shown;
      if (wasOpen && (isTicked || isClosedByPerson)) {
        situation.acknowledged = shown;
        // Whoever settles it has seen it.
        situation.told = shown;
        situation.untold = null;
      }
      if (!wasOpen && !isTicked && !isClosedByPerson) situation.acknowledged = null;
    }
  }

  /** Nobody but a person closes an issue that did not answer everything, or an incident's. */
  function mayStand(isOpen: boolean, { wasOpen, told }: Told): boolean {
    if (isRolling) return last?.coverage.state === 'complete' ? !isOpen : true;
    return isOpen === (wasOpen || told.length > 0);
  }

  function listWrong(issue: SeenIssue, run: Told): string[] {
    const { body } = issue;
    const boxes = listBoxes(body);
    const ids = boxes.map(({ id }) => id);
    const waiting = situations.filter((one) => isBoxed(one) && isOpen(one) && ids.includes(one.id));
    const problems = [
      ...situations.flatMap((one) => listWrongBox(one, boxes)),
      ...(new Set(ids).size < ids.length ? ['two boxes for one finding'] : []),
      ...((waiting.length > 0 ? issue.isOpen : mayStand(issue.isOpen, run))
        ? []
        : [`${waiting.length} wait, open: ${issue.isOpen}`]),
      ...(Buffer.byteLength(body) > 60_000 ? ['too long'] : []),
      ...(body.includes('is fine') ? ['a forged sentence stands'] : []),
      ...Array.from({ length: notes }, (_, note) => `Note ${note + 1}.`).filter(
        (note) => body.split(note).length !== 2,
      ),
    ];
    return problems;
  }

  function noteShown(listed: readonly string[]): void {
    for (const situation of situations) {
      if (listed.includes(situation.id)) situation.isListed = true;
      if (!isRead(situation)) continue;
      situation.shown = situation.events;
      situation.wasSilenced = situation.isSilenced;
      situation.wasSeen = true;
    }
  }

  function listWrongBox(situation: Situation, boxes: ReturnType<typeof listBoxes>): string[] {
    const box = boxes.find(({ id }) => id === situation.id);
    const say = (what: string) => [`${what}: ${JSON.stringify(situation)}`];
    if (!isBoxed(situation)) return box === undefined ? [] : say('has a box');
    const isKnown = situation.isListed && (isOpen(situation) || isInWindow(situation));
    const isKept = isRead(situation) || isKnown;
    if (box === undefined) return isKept ? say('is lost') : [];
    return box.isTicked === isOpen(situation) ? say(`ticked is ${box.isTicked}`) : [];
  }

  function listWrongNews(
    told: readonly string[],
    { listed, isTold }: { readonly listed: readonly string[]; readonly isTold: boolean },
  ): string[] {
    const text = told.join('\n');
    const said = [...text.matchAll(/(\d+) (?:new finding|findings? back)/g)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
    // What a lower minimum lists for the first time may have left the window.
    const seen = situations.filter(
      (one) => isRead(one) || (listed.includes(one.id) && (one.told ?? 0) < one.shown),
    );
    const news = seen.filter(
      (one) =>
        isBoxed(one) &&
        isOpen(one) &&
        (one.told === null ||
          (one.acknowledged !== null && one.told < (isRead(one) ? one.events : one.shown))),
    );
    for (const one of seen) noteTold(one, isTold || !isCreated);
    for (const one of situations.filter(isHidden)) {
      // Whoever raises the minimum over it does not wait for a comment about it.
      one.told = one.untold ?? one.told;
      one.untold = null;
    }
    if (told.length > 1) return [`${told.length} comments in one night`];
    return !isCreated || !isTold || said === news.length
      ? []
      : [`${news.length} are news, told: ${text}`];
  }

  function noteTold(one: Situation, isTold: boolean): void {
    if (isBoxed(one) && isTold) one.told = one.events;
    if (isBoxed(one)) one.untold = isTold ? null : one.events;
    if (!isRead(one) || !one.isSilenced) return;
    one.told = null;
    one.untold = null;
  }

  function change(step: Extract<Step, { pick: number }>): void {
    const situation = situations[step.pick % Math.max(1, situations.length)];
    if (situation === undefined) return;
    if (step.kind === 'silence') situation.isSilenced = !situation.isSilenced;
    else if (step.kind === 'switch') {
      situation.isOff = !situation.isOff;
      situation.wasOff = true;
    }
    // Okta delivers late, but not later than two windows overlap.
    else if (nowMs - situation.firstMs < DAY_MS) situation.events += 1;
  }

  async function review(kind: 'tick' | 'untick', pick: number): Promise<void> {
    const { body } = await people.readIssue(1);
    const boxes = listBoxes(body).filter(({ isTicked }) => isTicked === (kind === 'untick'));
    const box = boxes[pick % Math.max(1, boxes.length)];
    if (box !== undefined) await people[kind](1, box.id);
  }

  /** Another tenant's issue in the same repository. */
  async function auditOther(): Promise<void> {
    const before = await people.readIssue(1);
    const found = await board.findIssue(OTHER_KEY);
    const answer = {
      markerKey: OTHER_KEY,
      judge: () => ({ ...sampleAudit(), generatedAtMs: nowMs }),
      identity: SAMPLE_IDENTITY,
      evidence: null,
      minimumSeverity,
      mentions: [],
      notices: [],
    };
    const decide = (current: typeof found) => draftIssue(answer, current);
    await board.upsertIssue({ markerKey: OTHER_KEY, found, decide });
    const after = await people.readIssue(1);
    if (after.body !== before.body) throw new Error("another tenant's run wrote here");
  }

  function expectAllSeen(): void {
    const unseen = situations.filter(
      ({ wasSeen, wasOff, firstMs }) => !wasSeen && !wasOff && firstMs >= firstSinceMs,
    );
    if (unseen.length > 0) throw new Error(`nobody looked at ${JSON.stringify(unseen)}`);
  }

  async function take(step: Step): Promise<void> {
    if (!isCreated && NEEDS_ISSUE.has(step.kind)) return;
    switch (step.kind) {
      case 'happens':
        situations.push(beginSituation(step, { nowMs, number: situations.length }));
        return;
      case 'grows':
      case 'silence':
      case 'switch':
        return change(step);
      case 'tick':
      case 'untick':
        return review(step.kind, step.pick);
      case 'close':
        // Nobody can close what the audit has closed.
        isClosedByPerson ||= !wasLeftClosed && (await people.readIssue(1)).isOpen;
        await people.close(1);
        return;
      case 'reopen':
        await people.reopen(1);
        isClosedByPerson = false;
        return;
      case 'deface':
        return people.editBody(1, (body) => body.replace(/Situation \w+ has/, 'All is fine, with'));
      case 'note':
        notes += 1;
        return people.editBody(1, (body) => `${body}\nNote ${notes}.\n`);
      case 'note-on-top':
        notes += 1;
        return people.editBody(1, (body) => `Note ${notes}.\n\n${body}`);
      case 'minimum':
        minimumSeverity = step.severity;
        return;
      case 'other-tenant':
        return auditOther();
      case 'night':
      case 'by-hand':
        return look(step);
    }
  }

  return { take, expectAllSeen };
}

const NEEDS_ISSUE: ReadonlySet<Step['kind']> = new Set([
  'tick',
  'untick',
  'close',
  'reopen',
  'deface',
  'note',
  'note-on-top',
  'other-tenant',
]);

function listLost({ isOutage, lostDay = null }: Run, nowMs: number): TimeWindow[] {
  if (isOutage) return [{ sinceMs: 0, untilMs: nowMs }];
  if (lostDay === null) return [];
  const sinceMs = startOfUtcDay(nowMs) - lostDay * DAY_MS;
  return [{ sinceMs, untilMs: sinceMs + DAY_MS }];
}

function toHole(window: TimeWindow): CoverageHole {
  return { window, reason: 'Okta is down', remedy: 'run again', decides: true, checks: ['any'] };
}

function openBoard(github: GitHubSimulator): IssueBoard {
  return createIssueBoard({
    client: openTestClient(github).client,
    ownLogin: { login: ACTIONS_LOGIN, failure: null, doubt: null },
    repository: { owner: 'acme', name: 'security' },
    labels: ['okta-audit'],
    assignees: [],
    readMarkerKey: (body) => {
      const marker = findMarker(body);
      return marker.kind === 'marker' ? marker.key : null;
    },
    readAnnouncedSince,
    warn: () => {},
  });
}

function beginSituation(
  { severity, role }: Pick<Situation, 'severity' | 'role'>,
  { nowMs, number }: { nowMs: number; number: number },
): Situation {
  return {
    id: `F-${digestToBase32([String(number)]).slice(0, 8)}`,
    severity,
    role,
    firstMs: startOfUtcDay(nowMs) + 5 * HOUR_MS,
    events: 1,
    isSilenced: false,
    wasSilenced: false,
    isOff: false,
    wasOff: false,
    wasSeen: false,
    isListed: false,
    shown: 0,
    acknowledged: null,
    told: null,
    untold: null,
  };
}

function toFinding({ id, severity, role, firstMs, events, isSilenced }: Situation): Finding {
  const eventType = 'user.account.privilege.grant';
  const seen = Array.from({ length: events }, (_, minute) =>
    sampleEvent({ at: new Date(firstMs + minute * MINUTE_MS).toISOString(), eventType }),
  );
  return sampleFinding({
    id,
    severity,
    role,
    events: seen,
    firstSeenMs: firstMs,
    lastSeenMs: firstMs + (events - 1) * MINUTE_MS,
    summary: `Situation ${id.slice(2)} has ${events} events.`,
    suppressedBy: isSilenced ? 'a reason' : null,
  });
}

function listBoxes(body: string): { id: string; isTicked: boolean }[] {
  return [...body.matchAll(/^- \[([ x])\] \*\*(F-\w+)/gm)].map(([, mark, id = '']) => ({
    id,
    isTicked: mark === 'x',
  }));
}
