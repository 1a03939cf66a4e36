import { draftIssue } from '../../src/audit/draft-issue.ts';
import { recallMemory } from '../../src/audit/recall-memory.ts';
import { AuditError } from '../../src/errors.ts';
import { decideVerdict } from '../../src/judgement/verdict/decide-verdict.ts';
import { applyMemory } from '../../src/memory/apply-memory.ts';
import { findMarker } from '../../src/memory/issue-marker.ts';
import type { Finding } from '../../src/model/finding.ts';
import { digestToBase32 } from '../../src/model/finding-id.ts';
import type { IssueMemory } from '../../src/model/issue-memory.ts';
import type { Coverage, JudgedAudit } from '../../src/model/judged-audit.ts';
import { compareSeverity, type Role, type Severity } from '../../src/model/severity.ts';
import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  startOfUtcDay,
  type TimeWindow,
} from '../../src/model/time-window.ts';
import { createIssueBoard, type IssueBoard } from '../../src/publish/issue-board.ts';
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
  | { readonly kind: 'grows' | 'silence' | 'tick' | 'untick'; readonly pick: number }
  | { readonly kind: 'close' | 'reopen' | 'deface' | 'note' }
  | { readonly kind: 'minimum'; readonly severity: Severity }
  | { readonly kind: 'night'; readonly fault: Fault | null; readonly isOutage?: boolean };

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
  isListed: boolean;
  /** How many events the issue shows of it. */
  shown: number;
  /** How many it showed when somebody acknowledged it; null while nobody has. */
  acknowledged: number | null;
  /** How many it had when it was told last; null for never, and after a silence. */
  told: number | null;
}

const KEY = '0123456789abcdef';
const BEGIN_MS = Date.parse('2026-09-01T02:17:00Z');
const LOOKBACK_MS = 3 * DAY_MS;

/** One issue on a simulated GitHub, with a memory of its own of all that people and the tenant did; throws where the issue differs. */
export function watchIssue(github: GitHubSimulator): { take(step: Step): Promise<void> } {
  const people = github.people();
  const board = openBoard(github);
  const situations: Situation[] = [];
  let minimumSeverity: Severity = 'low';
  let nowMs = BEGIN_MS;
  let windowSinceMs = BEGIN_MS;
  let isCreated = false;
  /** Okta answers nothing in this night. */
  let isOutage = false;
  /** Since the last run, which had left it open: all that it lists is acknowledged, whatever becomes of a tick. */
  let isClosedByPerson = false;
  let wasLeftClosed = false;
  let notes = 0;
  let comments = 0;

  const isInWindow = ({ firstMs }: Situation) => firstMs >= windowSinceMs;
  const isRead = (one: Situation) => isInWindow(one) && !isOutage;
  const isSilent = (one: Situation) => (isRead(one) ? one.isSilenced : one.wasSilenced);
  const isHidden = ({ severity }: Situation) => compareSeverity(severity, minimumSeverity) < 0;
  const isOpen = (one: Situation) =>
    one.acknowledged === null || one.acknowledged < (isRead(one) ? one.events : one.shown);
  const isBoxed = (one: Situation) => one.role !== 'context' && !isHidden(one) && !isSilent(one);

  function judge(memory: IssueMemory): JudgedAudit {
    const window = { sinceMs: windowSinceMs, untilMs: nowMs - 10 * MINUTE_MS };
    const findings = applyMemory({
      findings: situations.filter(isRead).map(toFinding),
      memory,
      minimumSeverity,
      isBehindHole: ({ lastSeenMs }) => isOutage && lastSeenMs >= windowSinceMs,
    });
    const base = sampleAudit();
    const coverage = isOutage ? loseAll(window) : base.coverage;
    return {
      ...base,
      generatedAtMs: nowMs,
      window,
      scope: { ...base.scope, core: window },
      findings,
      coverage,
      verdict: decideVerdict({ findings, coverage: coverage.state, assessable: true }),
    };
  }

  /** Says whether it got through. */
  async function audit(fault: Fault | null): Promise<boolean> {
    if (fault !== null) github.addFault(fault);
    try {
      const found = await board.findIssue(KEY);
      const { completeThroughMs } = recallMemory(found);
      windowSinceMs = startOfUtcDay(
        Math.min(nowMs - LOOKBACK_MS, (completeThroughMs ?? nowMs) - DAY_MS),
      );
      const answer = {
        markerKey: KEY,
        judge,
        identity: SAMPLE_IDENTITY,
        evidence: null,
        minimumSeverity,
        mentions: [],
        notices: [],
      };
      const decide = (current: typeof found) => draftIssue(answer, current);
      await board.upsertIssue({ markerKey: KEY, found, decide });
      return true;
    } catch (thrown) {
      if (fault === null || !(thrown instanceof AuditError)) throw thrown;
      return false;
    } finally {
      github.clearFaults();
    }
  }

  async function night(fault: Fault | null): Promise<void> {
    nowMs += DAY_MS;
    const before = isCreated ? await people.readIssue(1) : null;
    if (!(await audit(fault))) {
      // Opened for news that it could not tell, it holds what closing acknowledged as ticks, which people may take away.
      if (before !== null) isClosedByPerson &&= !(await people.readIssue(1)).isOpen;
      return;
    }
    if (before !== null) takeReview(before);
    const told = (await people.listComments(1)).slice(comments);
    const issue = await people.readIssue(1);
    const listed = listBoxes(issue.body).map(({ id }) => id);
    const problems = [
      ...listWrong(issue),
      ...listWrongNews(
        told.map(({ body }) => body),
        listed,
      ),
    ];
    if (problems.length > 0) throw new Error(problems.join('\n'));
    comments += told.length;
    isCreated = true;
    isClosedByPerson = false;
    wasLeftClosed = !issue.isOpen;
  }

  function takeReview({ body }: SeenIssue): void {
    for (const { id, isTicked } of listBoxes(body)) {
      const situation = situations.find((one) => one.id === id);
      if (situation === undefined) continue;
      const { acknowledged, shown } = situation;
      const wasOpen = acknowledged === null || acknowledged < shown;
      if (wasOpen && (isTicked || isClosedByPerson)) situation.acknowledged = shown;
      if (!wasOpen && !isTicked && !isClosedByPerson) situation.acknowledged = null;
    }
  }

  function listWrong(issue: SeenIssue): string[] {
    const { body } = issue;
    const boxes = listBoxes(body);
    const ids = boxes.map(({ id }) => id);
    const waiting = situations.filter((one) => isBoxed(one) && isOpen(one) && ids.includes(one.id));
    const problems = [
      ...situations.flatMap((one) => listWrongBox(one, boxes)),
      ...(new Set(ids).size < ids.length ? ['two boxes for one finding'] : []),
      ...(issue.isOpen === waiting.length > 0 || (isOutage && waiting.length === 0)
        ? []
        : [`${waiting.length} wait, open: ${issue.isOpen}`]),
      ...(Buffer.byteLength(body) > 60_000 ? ['too long'] : []),
      ...(body.includes('is fine') ? ['a forged sentence stands'] : []),
      ...Array.from({ length: notes }, (_, note) => `Note ${note + 1}.`).filter(
        (note) => body.split(note).length !== 2,
      ),
    ];
    for (const situation of situations) {
      if (ids.includes(situation.id)) situation.isListed = true;
      if (isRead(situation)) situation.shown = situation.events;
    }
    return problems;
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

  function listWrongNews(told: readonly string[], listed: readonly string[]): string[] {
    const text = told.join('\n');
    const said = [...text.matchAll(/(\d+) (?:new finding|findings? back)/g)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
    // What a lower minimum lists for the first time may have left the window.
    const seen = situations.filter(
      (one) => isRead(one) || (one.told === null && listed.includes(one.id)),
    );
    const news = seen.filter(
      (one) =>
        isBoxed(one) &&
        isOpen(one) &&
        (one.told === null || (one.acknowledged !== null && one.told < one.events)),
    );
    for (const one of seen) {
      if (isBoxed(one)) one.told = one.events;
      if (one.isSilenced) one.told = null;
      one.wasSilenced = one.isSilenced;
    }
    if (told.length > 1) return [`${told.length} comments in one night`];
    return !isCreated || said === news.length ? [] : [`${news.length} are news, told: ${text}`];
  }

  function change(step: Extract<Step, { pick: number }>): void {
    const situation = situations[step.pick % Math.max(1, situations.length)];
    if (situation === undefined) return;
    if (step.kind === 'silence') situation.isSilenced = !situation.isSilenced;
    // Okta delivers late, but not later than two windows overlap.
    else if (nowMs - situation.firstMs < DAY_MS) situation.events += 1;
  }

  async function review(kind: 'tick' | 'untick', pick: number): Promise<void> {
    const { body } = await people.readIssue(1);
    const boxes = listBoxes(body).filter(({ isTicked }) => isTicked === (kind === 'untick'));
    const box = boxes[pick % Math.max(1, boxes.length)];
    if (box !== undefined) await people[kind](1, box.id);
  }

  async function take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'happens':
        situations.push(beginSituation(step, { nowMs, number: situations.length }));
        return;
      case 'grows':
      case 'silence':
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
      case 'minimum':
        minimumSeverity = step.severity;
        return;
      case 'night':
        isOutage = step.isOutage === true;
        return night(step.fault);
    }
  }

  return { take };
}

function loseAll(window: TimeWindow): Coverage {
  const hole = { window, reason: 'Okta is down', remedy: 'run again', decides: true };
  return { state: 'none', holes: [{ ...hole, checks: ['any'] }], sources: [] };
}

function openBoard(github: GitHubSimulator): IssueBoard {
  return createIssueBoard({
    client: openTestClient(github).client,
    ownLogin: { login: ACTIONS_LOGIN, failure: null },
    repository: { owner: 'acme', name: 'security' },
    labels: ['okta-audit'],
    assignees: [],
    readMarkerKey: (body) => {
      const marker = findMarker(body);
      return marker.kind === 'marker' ? marker.key : null;
    },
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
    isListed: false,
    shown: 0,
    acknowledged: null,
    told: null,
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
