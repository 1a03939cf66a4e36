import { beginBehaviorWatch } from '../checks/behavior-watch.ts';
import { beginCorroboration } from '../checks/credential-changes/corroborate.ts';
import { beginInvestigations } from '../checks/investigations/investigate.ts';
import { needFocus } from '../checks/investigations/investigation-needs.ts';
import { beginSupportTimeline } from '../checks/support-access/support-timeline.ts';
import { listenFor } from '../evaluation/listen-for.ts';
import { routeEvents } from '../evaluation/route-events.ts';
import type { CheckResult } from '../judgement/judgement-input.ts';
import { findWatchedSince } from '../memory/extend-watch.ts';
import type { AskedTime } from '../model/asked-time.ts';
import type { AuditPlan, Focus } from '../model/audit-plan.ts';
import type { Check, CheckNeeds, ReadingExtent } from '../model/check.ts';
import type { IssueMemory } from '../model/issue-memory.ts';
import type { Investigations } from '../model/judged-audit.ts';
import type { LogEvent } from '../model/log-event.ts';
import type { FollowUp } from '../model/reading.ts';
import type { Scope } from '../model/scope.ts';
import type { SupportInterval } from '../model/support-access.ts';

/** Everything that listens while events stream by. */
export interface Watch {
  /** What has to be read for it. */
  readonly needs: readonly CheckNeeds[];
  readonly accept: (event: LogEvent) => void;
  /** What else each check has to read, known once everything was offered; asked for once. */
  readonly follow: () => readonly Followed[];
  /** Hears the events of that second reading, which may repeat earlier ones. */
  readonly acceptFollowed: (event: LogEvent) => void;
  /** Adds people and sessions whose story is read next. */
  readonly investigate: (focus: readonly Focus[]) => void;
  /** Hears the events of those stories. */
  readonly acceptStory: (event: LogEvent) => void;
  /** What the investigations came to; may be asked again after more events. */
  readonly finishInvestigations: () => Investigations;
  /** When support access was open and what was done in its sessions; likewise. */
  readonly finishTimeline: () => readonly SupportInterval[];
  readonly finish: (reading: ReadingExtent) => WatchResult;
}

interface Followed {
  readonly check: string;
  readonly followUps: readonly FollowUp[];
}

export interface WatchResult {
  readonly results: readonly CheckResult[];
  readonly isBehaviorUntold: boolean;
}

/** Begins to watch: the checks, the support timeline, what corroborates matches, and the investigations. */
export function beginWatch({
  plan,
  time,
  checks,
  scope,
  memory,
}: {
  plan: Pick<AuditPlan, 'nowMs' | 'tuning' | 'focus' | 'okta'>;
  time: AskedTime;
  checks: readonly Check[];
  scope: Pick<Scope, 'checks'>;
  memory: Pick<IssueMemory, 'watched'>;
}): Watch {
  const readsAgain = plan.okta === null;
  const watching = { scope, window: time.window, memory };
  const promise = { readsAgain, window: time.window };
  const runs = checks.map((check) => ({ check, run: check.begin(promise) }));
  const followers = runs.filter(({ run }) => run.follow !== undefined);
  const timeline = beginSupportTimeline(plan);
  const corroboration = beginCorroboration(plan);
  const investigations = beginInvestigations({ focus: plan.focus, window: time.window });
  const behaviors = beginBehaviorWatch();
  const listeners = runs.map(({ check, run }) => listenFor(check, run));
  return {
    needs: [
      ...checks.map((check) => check.needs),
      timeline.needs,
      ...corroboration.needs,
      ...plan.focus.map(needFocus),
    ],
    accept: routeEvents([...listeners, timeline, corroboration, investigations, behaviors]),
    follow: () => [
      ...runs.map(({ check, run }) => ({ check: check.id, followUps: run.follow?.() ?? [] })),
      // Files are written in any order, and cheaply read again.
      ...(readsAgain ? [{ check: 'support-access-open', followUps: timeline.follow() }] : []),
    ],
    acceptFollowed: (event) => {
      timeline.accept(event);
      for (const { run } of followers) run.accept(event);
    },
    investigate: investigations.watch,
    acceptStory: (event) => {
      timeline.accept(event);
      investigations.accept(event);
    },
    finishInvestigations: investigations.finish,
    finishTimeline: timeline.finish,
    finish: (reading) => ({
      results: runs.map(({ check, run }) => ({
        check,
        matches: corroboration.corroborate(run.finish(reading), {
          reading,
          watchedSinceMs: findWatchedSince(check.id, watching) ?? Number.NEGATIVE_INFINITY,
        }),
        remarks: run.remarks?.() ?? [],
      })),
      isBehaviorUntold: behaviors.isUntold(),
    }),
  };
}
