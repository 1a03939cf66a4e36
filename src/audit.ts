import { addDisagreement } from './audit/add-disagreement.ts';
import type { RuleFile } from './audit/compile-rule-files.ts';
import { measureExtent } from './audit/measure-extent.ts';
import { planReading } from './audit/plan-reading.ts';
import { type PreparedChecks, prepareChecks } from './audit/prepare-checks.ts';
import { readEvents } from './audit/read-events.ts';
import { readFollowUps } from './audit/read-follow-ups.ts';
import { readStories } from './audit/read-stories.ts';
import { beginWatch } from './audit/watch-events.ts';
import { judgeAudit } from './judgement/judge-audit.ts';
import { type AuditPlan, nameTenant } from './model/audit-plan.ts';
import type { IssueMemory } from './model/issue-memory.ts';
import type { JudgedAudit } from './model/judged-audit.ts';
import type { EventSource } from './model/reading.ts';
import type { Scope } from './model/scope.ts';
import type { SupportAccess } from './model/support-access.ts';
import { settleTime } from './scope/settle-time.ts';

/** What an audit asks of the world; the faces build it, tests may build another. */
export interface AuditPorts<Published> {
  readonly sources: readonly EventSource[];
  readonly findScope: (incident: string | null) => Promise<Scope>;
  readonly readRuleFiles: (patterns: readonly string[]) => Promise<readonly RuleFile[]>;
  readonly askSupportAccess: () => Promise<SupportAccess>;
  /** What the issue remembers, before anything is read. */
  readonly recall: (scope: Scope) => Promise<IssueMemory>;
  /** Told of the checks before the reading begins, so that broken rules are seen early. */
  readonly announce: (prepared: PreparedChecks) => void;
  /** Writes the reports and keeps the issue; may judge again, against what the issue remembers by then. */
  readonly publish: (
    judge: (memory: IssueMemory) => JudgedAudit,
    memory: IssueMemory,
  ) => Promise<Published>;
}

/**
 * One audit from the question to the published answer.
 * @throws AuditError where it could not look at all; anything less is a hole in the answer's coverage.
 */
export async function runAudit<Published>(
  plan: AuditPlan,
  ports: AuditPorts<Published>,
): Promise<Published> {
  const asked = await ports.findScope(plan.incident);
  const memory = await ports.recall(asked);
  const time = settleTime({
    ...plan,
    scope: asked,
    completeThroughMs: memory.completeThroughMs,
    unread: memory.holes?.map(({ window }) => window) ?? [],
    readsLive: plan.okta !== null,
    readsArchive: plan.archives.length > 0,
  });
  const prepared = prepareChecks({
    plan,
    scope: asked,
    ruleFiles: await ports.readRuleFiles(plan.rules),
  });
  ports.announce(prepared);

  const watch = beginWatch({ ...prepared, plan, time, memory });
  const [first, answered] = await Promise.all([
    readEvents({
      sources: ports.sources,
      requestOf: (source) => planReading({ source, plan, time, needs: watch.needs }),
      deliver: watch.accept,
    }),
    ports.askSupportAccess(),
  ]);
  const { readings: read, followed } = await readFollowUps({ ...ports, first, time, watch });

  const seen = watch.finish(measureExtent(read));
  const supportIntervals = watch.finishTimeline();
  const found = {
    ...plan,
    ...prepared,
    ...seen,
    followed,
    tenant: nameTenant(plan.okta),
    time,
    memory,
    supportAccess: addDisagreement({ ...plan, answered, supportIntervals, time }),
  };
  const { findings } = judgeAudit({
    ...found,
    readings: read,
    supportIntervals,
    investigations: watch.finishInvestigations(),
  });
  const readings = await readStories({
    ...ports,
    ...plan,
    readings: read,
    findings,
    time,
    watch,
  });
  const evidence = {
    ...found,
    readings,
    supportIntervals: watch.finishTimeline(),
    investigations: watch.finishInvestigations(),
  };
  return ports.publish((known) => judgeAudit({ ...evidence, memory: known }), memory);
}
