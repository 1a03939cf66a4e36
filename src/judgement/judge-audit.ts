import { applyMemory } from '../memory/apply-memory.ts';
import { extendWatch } from '../memory/extend-watch.ts';
import type { Finding } from '../model/finding.ts';
import type { AskedScope, JudgedAudit } from '../model/judged-audit.ts';
import { admitLostMemory } from './coverage/admit-lost-memory.ts';
import { isBehindHole } from './coverage/is-behind-hole.ts';
import { judgeChecks } from './coverage/judge-checks.ts';
import { type JudgedCoverage, judgeCoverage } from './coverage/judge-coverage.ts';
import { markUnreadAccess } from './coverage/mark-unread-access.ts';
import { buildFindings } from './findings/build-findings.ts';
import { findEnabledAccess } from './findings/find-enabled-access.ts';
import { settleOwnership } from './findings/settle-ownership.ts';
import { suppressFindings } from './findings/suppress-findings.ts';
import type { JudgementInput } from './judgement-input.ts';
import { compareFindings } from './order-findings.ts';
import { tuneMemory } from './tune-memory.ts';
import { decideVerdict } from './verdict/decide-verdict.ts';
import { listUntellable } from './verdict/list-untellable.ts';
import { listVerdictReasons } from './verdict/verdict-reasons.ts';
import { wordVerdict } from './verdict/word-verdict.ts';
import { weighMatches } from './weigh-matches.ts';

/** Turns matches, readings and memory into the answer. The same input gives the same answer, in any order of its lists. */
export function judgeAudit(input: JudgementInput): JudgedAudit {
  const weighed = weighMatches(input);
  const found = [...buildFindings(settleOwnership(weighed), input), ...findEnabledAccess(input)];
  const judged = admitLostMemory(judgeCoverage(input), input);
  const findings = rememberFindings(suppressFindings(found, input), { ...input, ...judged });
  const verdict = decideVerdict({
    findings,
    coverage: judged.coverage.state,
    assessable: input.scope.assessable,
  });
  const cannotTell = listUntellable({ ...input, ...judged });
  const scope = { ...input.scope, cannotTell };
  const answer = { ...input, ...judged, scope, findings, verdict };
  return {
    generatedAtMs: input.nowMs,
    tenant: input.tenant,
    scope: toAskedScope(input),
    window: input.time.window,
    verdict,
    verdictSentence: wordVerdict(answer),
    verdictReasons: listVerdictReasons(answer),
    cannotTell,
    coverage: judged.coverage,
    checks: judgeChecks({ ...input, weighed, findings, outcomes: judged.outcomes }),
    supportAccess: input.supportAccess,
    supportIntervals: markUnreadAccess({ ...input, ...judged }),
    findings,
    investigations: input.investigations,
    watched: extendWatch({
      ...input,
      window: input.time.window,
      evaluated: listEvaluated(judged),
    }),
  };
}

function rememberFindings(
  findings: readonly Finding[],
  { memory, tuning, checks, minimumSeverity, time, outcomes }: JudgementInput & JudgedCoverage,
): readonly Finding[] {
  return applyMemory({
    findings,
    memory: tuneMemory(memory, tuning),
    profiles: checks,
    minimumSeverity,
    isBehindHole: (row) => isBehindHole(row, { window: time.window, outcomes }),
  }).sort(compareFindings);
}

function listEvaluated({ outcomes }: JudgedCoverage): ReadonlySet<string> {
  const seen = outcomes.filter(({ status }) => status === 'evaluated' || status === 'partly');
  return new Set(seen.map(({ id }) => id));
}

function toAskedScope({ scope, time }: JudgementInput): AskedScope {
  return {
    id: scope.id,
    title: scope.title,
    summary: scope.summary,
    references: scope.references,
    indicators: scope.indicators,
    core: time.core,
    isRolling: time.isRolling,
  };
}
