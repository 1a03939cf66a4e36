import type { AskedTime } from '../../model/asked-time.ts';
import { endSentence } from '../../model/end-sentence.ts';
import { type Finding, isWaiting } from '../../model/finding.ts';
import { formatCount } from '../../model/format-count.ts';
import { formatNumber } from '../../model/format-number.ts';
import type { Coverage } from '../../model/judged-audit.ts';
import type { Scope } from '../../model/scope.ts';
import {
  hullOf,
  isEmptyWindow,
  isSameWindow,
  subtractWindows,
  type TimeWindow,
} from '../../model/time-window.ts';
import type { CoverageState, Verdict } from '../../model/verdict.ts';
import type { CheckOutcome } from '../coverage/check-outcome.ts';
import { formatStretch } from '../format-time.ts';
import { listNames } from '../name-party.ts';
import { isInLog } from './decide-verdict.ts';

export interface Answer {
  readonly tenant: string | null;
  readonly scope: Pick<Scope, 'assessable' | 'cannotTell'>;
  readonly time: AskedTime;
  readonly verdict: Verdict;
  readonly coverage: Pick<Coverage, 'state' | 'holes'>;
  readonly findings: readonly Pick<Finding, 'role' | 'status' | 'inWindow' | 'isBehindHole'>[];
  readonly outcomes: readonly Pick<CheckOutcome, 'status'>[];
}

/**
 * The verdict in words: what was found, what was covered, and what no log can tell.
 * Both axes stand in every combination; there are 4 x 3 of them. What the memory carried decides nothing and is told.
 */
export function wordVerdict(answer: Answer): string {
  const found = FOUND[answer.verdict](answer);
  const covered = COVERED[answer.coverage.state](answer);
  return [found, covered, ...sayUnread(answer), ...sayCarried(answer), ...answer.scope.cannotTell]
    .map(endSentence)
    .join(' ');
}

const UNANSWERABLE = 'no Okta log can answer this question';

const FOUND: Readonly<Record<Verdict, (answer: Answer) => string>> = {
  'evidence-found': (answer) =>
    `${countEvidence(answer)} in ${nameLog(answer)} ${isOrAre(answer)} evidence${alsoToReview(answer)}`,
  'needs-review': (answer) =>
    `${countToExplain(answer, 'finding')} in ${nameLog(answer)} ${hasOrHave(answer)} to be explained by a person; nothing there is evidence by itself${answer.scope.assessable ? '' : `, and ${UNANSWERABLE}`}`,
  'no-evidence': (answer) => `Nothing in ${nameLog(answer)} has to be explained`,
  'not-assessable': wordNoAnswer,
};

const COVERED: Readonly<Record<CoverageState, (answer: Answer) => string>> = {
  complete: wordAllRead,
  partial: (answer) =>
    `Not everything in ${nameWindow(answer)}${sayAround(answer)} was looked at: ${listHoles(answer)}`,
  none: wordNothingRead,
};

/** It speaks of no more than was read. */
function wordNoAnswer(answer: Answer): string {
  const log = nameLog(answer);
  const { state } = answer.coverage;
  const { assessable } = answer.scope;
  if (state === 'none') {
    return `Nothing can be said about ${log}${assessable ? '' : `: ${UNANSWERABLE}`}`;
  }
  const found =
    state === 'partial' ? `What was read of ${log} holds nothing that` : `Nothing in ${log}`;
  return `${found} has to be explained, but ${assessable ? 'that is no answer' : UNANSWERABLE}`;
}

/** Nobody may take the quiet of what was read for that of what was not; how many checks a night left out it says in a row of its own. */
function wordAllRead(answer: Answer): string {
  const { outcomes, time } = answer;
  const { length } = outcomes.filter(({ status }) => status !== 'evaluated');
  const what = length === 0 ? 'Everything' : 'Everything that decides';
  const others =
    length === 0 || time.isRolling
      ? ''
      : `; ${formatCount(length, 'more check')} could not look at all of it`;
  return `${what} in ${nameWindow(answer)} was read${others}${sayReviewHoles(answer)}`;
}

/** A scope that looks for nothing has no holes either. */
function wordNothingRead(answer: Answer): string {
  return answer.coverage.holes.some(({ decides }) => decides)
    ? `Nothing of ${nameWindow(answer)} was read that could decide it: ${listHoles(answer)}`
    : `No check looked at ${nameWindow(answer)}`;
}

/** "3 findings (1 acknowledged)": what people did about them makes them no less evidence. */
function countEvidence(answer: Answer): string {
  const seen = listSeen(answer, 'evidence');
  return `${formatCount(seen.length, 'finding')}${countSettled(seen, '')}`;
}

function alsoToReview(answer: Answer): string {
  if (listSeen(answer, 'review').length === 0) return '';
  return `, and ${countToExplain(answer, 'more', 'more')} ${hasOrHave(answer)} to be explained by a person`;
}

/** "9 findings (beside 32 acknowledged)"; all of them once nothing waits. */
function countToExplain(answer: Answer, ...nouns: [one: string, many?: string]): string {
  const seen = listSeen(answer, 'review');
  const waiting = seen.filter(isWaiting).length;
  return waiting === 0
    ? `${formatCount(seen.length, ...nouns)}${countSettled(seen, '')}`
    : `${formatCount(waiting, ...nouns)}${countSettled(seen, 'beside ')}`;
}

/** What people did about them changes no verdict, but a reader wants to know. */
function countSettled(findings: Answer['findings'], before: string): string {
  const settled = (['acknowledged', 'suppressed'] as const).flatMap((status) => {
    const number = findings.filter((finding) => finding.status === status).length;
    return number === 0 ? [] : [`${formatNumber(number)} ${status}`];
  });
  return settled.length === 0 ? '' : ` (${before}${settled.join(', ')})`;
}

function listSeen({ findings }: Answer, role: Finding['role']): Answer['findings'] {
  return findings.filter((finding) => isInLog(finding) && finding.role === role);
}

/** What this run could not look at is said as the earlier run saw it. */
function sayUnread({ findings }: Answer): string[] {
  const { length } = findings.filter(({ isBehindHole }) => isBehindHole);
  if (length === 0) return [];
  return [
    length === 1
      ? '1 of these findings was seen by an earlier run, and this one could not look there again'
      : `${formatNumber(length)} of these findings were seen by earlier runs, and this one could not look there again`,
  ];
}

/** Nobody may take a quiet window for an answer to what still waits from before it. */
function sayCarried({ findings }: Answer): string[] {
  const carried = findings.filter((finding) => !isInLog(finding));
  const evidence = carried.filter(({ role }) => role === 'evidence').length;
  if (carried.length === 0) return [];
  if (carried.length === 1) {
    return [
      `1 finding of an earlier run still waits for review${evidence === 1 ? ': it is evidence' : ''}`,
    ];
  }
  const strong = evidence === 0 ? '' : `, ${formatNumber(evidence)} of them evidence`;
  return [
    `${formatCount(carried.length, 'finding')} of earlier runs still wait for review${strong}`,
  ];
}

function isOrAre(answer: Answer): string {
  return listSeen(answer, 'evidence').length === 1 ? 'is' : 'are';
}

/** In the past once somebody has explained or silenced all of them. */
function hasOrHave(answer: Answer): string {
  const waiting = listSeen(answer, 'review').filter(isWaiting).length;
  if (waiting === 0) return 'had';
  return waiting === 1 ? 'has' : 'have';
}

/** "the log of acme.okta.com from 2022-01-16 to 2022-01-21". */
function nameLog({ tenant, time }: Answer): string {
  const log = tenant === null ? 'the archived log' : `the log of ${tenant}`;
  return `${log} from ${formatStretch(time.window)}`;
}

/** A hole may lie beyond the window that is named: nobody who gave all of that should have to wonder. */
function sayAround(answer: Answer): string {
  const asked = findDeciding(answer);
  const isAround = answer.coverage.holes.some(
    ({ decides, window }) =>
      decides && asked !== null && subtractWindows(window, [asked]).length > 0,
  );
  return isAround ? ' and in what its checks have to see around it' : '';
}

/** What the answer is about: an incident's core window with what was left out of it, else all that was asked. */
function findDeciding({ time }: Answer): TimeWindow | null {
  const core = { ...time.core, untilMs: time.core.untilMs + time.aheadMs };
  return hullOf([core, ...time.leftOut].filter((part) => !isEmptyWindow(part)));
}

/** An incident's coverage is about its core window, which is named where it is not all that was asked. */
function nameWindow(answer: Answer): string {
  const { time } = answer;
  const asked = findDeciding(answer);
  if (asked === null || isSameWindow(asked, time.window)) return 'that window';
  return time.isRolling
    ? `the time from ${formatStretch(asked)}`
    : `the incident's core window (${formatStretch(asked)})`;
}

function listHoles({ coverage }: Answer): string {
  const deciding = coverage.holes.filter(({ decides }) => decides);
  const named = [...new Set(deciding.map(({ window }) => formatStretch(window)))];
  return `${formatCount(deciding.length, 'hole')}${named.length === 0 ? '' : `, ${listNames(named)}`}`;
}

/** A story that was not read is no hole in what the checks saw. */
function sayReviewHoles({ coverage, time }: Answer): string {
  if (time.isRolling) return '';
  const others = coverage.holes.filter(
    ({ decides, checks }) => !decides && checks.length > 0,
  ).length;
  return others === 0 ? '' : `, and the time around it has ${formatCount(others, 'hole')}`;
}
