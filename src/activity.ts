import { planReading } from './audit/plan-reading.ts';
import { readEvents } from './audit/read-events.ts';
import { beginInvestigations } from './checks/investigations/investigate.ts';
import {
  needChanges,
  needFocus,
  needSupport,
} from './checks/investigations/investigation-needs.ts';
import { judgeCoverage } from './judgement/coverage/judge-coverage.ts';
import { type Activity, CREDENTIAL_CHANGES, nameSubject } from './model/activity.ts';
import { type AuditPlan, nameTenant } from './model/audit-plan.ts';
import type { Needing } from './model/check.ts';
import { joinReasons } from './model/join-reasons.ts';
import type { Investigations } from './model/judged-audit.ts';
import type { EventSource } from './model/reading.ts';
import { isInside, overlaps, type TimeWindow } from './model/time-window.ts';
import { settleTime } from './scope/settle-time.ts';

export type ActivityPlan = Pick<
  AuditPlan,
  'nowMs' | 'okta' | 'archives' | 'times' | 'pull' | 'focus'
>;

/** Without any times given, the last days are asked about. */
const DEFAULT_DAYS = 7;

/**
 * Looks up what an investigator asks for: credential changes, and what users, sessions and networks did.
 * Where somebody is named, the credential changes are those among their events.
 * @throws AuditError where it could not look at all; anything less is a hole in the answer's coverage.
 */
export async function runActivity(
  plan: ActivityPlan,
  sources: readonly EventSource[],
): Promise<Activity> {
  const { nowMs, focus } = plan;
  const time = settleTime({
    nowMs,
    scope: { window: { kind: 'rolling', days: DEFAULT_DAYS } },
    times: plan.times,
    completeThroughMs: null,
    readsLive: plan.okta !== null,
    readsArchive: plan.archives.length > 0,
  });
  const asked: readonly Needing[] = [
    { id: CREDENTIAL_CHANGES, needs: needChanges() },
    ...focus.map((subject) => ({ id: nameSubject(subject), needs: needFocus(subject) })),
  ];
  const needs = [...asked.map((question) => question.needs), needSupport()];
  const investigations = beginInvestigations({
    focus,
    window: time.window,
    changesOf: focus.length === 0 ? 'everybody' : 'focus',
  });
  const readings = await readEvents({
    sources,
    requestOf: (source) => planReading({ source, plan, time, needs }),
    deliver: investigations.accept,
  });
  const { coverage, outcomes } = judgeCoverage({
    nowMs,
    scope: {
      checks: asked.map(({ id }) => ({ id, role: 'context', instead: [], required: true })),
    },
    time,
    checks: asked,
    unavailable: [],
    readings,
    followed: [],
  });
  const investigated = investigations.finish();
  return {
    tenant: nameTenant(plan.okta),
    window: time.window,
    questions: outcomes.map(({ id, status, reasons }) => ({
      subject: id,
      status,
      reason: joinReasons(reasons),
    })),
    coverage: {
      ...coverage,
      state:
        coverage.state === 'none' && holdsSome(investigated, time.window)
          ? 'partial'
          : coverage.state,
      holes: coverage.holes.filter((hole) => overlaps(hole.window, time.window)),
    },
    investigations: investigated,
  };
}

/** Where something of the window was found, a part of it was read, be it never all that a question takes at one time. */
function holdsSome(
  { credentialChanges, users, sessions, networks }: Investigations,
  window: TimeWindow,
): boolean {
  const rows = [...users, ...sessions, ...networks].flatMap(({ timeline }) => timeline);
  return [...credentialChanges, ...rows].some(({ atMs }) => isInside(window, atMs));
}
