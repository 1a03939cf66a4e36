import { draftIssue } from '../audit/draft-issue.ts';
import { recallMemory } from '../audit/recall-memory.ts';
import { runAudit } from '../audit.ts';
import { AuditError, toAuditError } from '../errors.ts';
import { advanceCompleteThrough } from '../memory/advance-complete-through.ts';
import { deriveMarkerKey } from '../memory/issue-marker.ts';
import { nameTenant } from '../model/audit-plan.ts';
import { EMPTY_MEMORY, type IssueMemory } from '../model/issue-memory.ts';
import type { JudgedAudit } from '../model/judged-audit.ts';
import type { Progress } from '../model/reading.ts';
import type { RunIdentity } from '../model/run-identity.ts';
import type { Scope } from '../model/scope.ts';
import type { FoundIssue } from '../publish/find-issue.ts';
import type { PublishedIssue } from '../publish/upsert-issue.ts';
import { noteFailedAttempt } from '../report/issue-status.ts';
import type { AuditAnswer, KeptIssue } from './audit-answer.ts';
import { findScope } from './find-scope.ts';
import { limitYoungGeneration } from './limit-young-generation.ts';
import { type GitHubConnection, openGitHub } from './open-github.ts';
import { openSources } from './open-sources.ts';
import type { PlanReading } from './read-plan.ts';
import { readRuleFiles } from './read-rule-files.ts';
import { saveReport } from './save-report.ts';
import type { Surroundings } from './surroundings.ts';
import type { Tell } from './tell.ts';
import { wordProblems } from './word-problems.ts';

export interface Connection extends PlanReading {
  readonly surroundings: Surroundings;
  readonly identity: RunIdentity;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly progress: Progress;
  readonly tell: Tell;
}

/**
 * Runs one audit against the real sources and the real issue.
 * @throws AuditError where it could not look; the issue, where there is one, then says that the last attempt failed.
 */
export async function connectAudit(connection: Connection): Promise<AuditAnswer> {
  const { plan, planFailure, surroundings, tell } = connection;
  const github = await openGitHub(connection);
  const desk: Desk = { connection, github, found: null, markerKey: '', unread: null };
  const { sources, askSupportAccess, stop } = openSources(connection);
  const endLimit = limitYoungGeneration();
  try {
    return await runAudit(plan, {
      sources,
      findScope: (incident) => findScope(incident, surroundings.workingDirectory),
      readRuleFiles: (patterns) => readRuleFiles(patterns, surroundings.workingDirectory),
      askSupportAccess,
      recall: async (scope) => {
        const memory = await recall(desk, scope);
        if (planFailure !== null) throw planFailure;
        return memory;
      },
      announce: ({ problems }) => {
        for (const warning of wordProblems(problems)) tell.warn(warning);
      },
      publish: (judge, memory) => publish(desk, { judge, memory }),
    });
  } catch (thrown) {
    stop();
    await noteFailure(desk, thrown);
    throw thrown;
  } finally {
    endLimit();
  }
}

/** The issue that this run is about, as far as it is known by now. */
interface Desk {
  readonly connection: Connection;
  readonly github: GitHubConnection;
  found: FoundIssue | null;
  markerKey: string;
  /** Why nobody knows what the issue remembers; then it is not written either. */
  unread: AuditError | null;
}

async function recall(desk: Desk, scope: Scope): Promise<IssueMemory> {
  const { connection, github } = desk;
  const tenant = nameTenant(connection.plan.okta);
  desk.markerKey = deriveMarkerKey({ tenant, scopeId: scope.id });
  try {
    desk.found = (await github.board?.findIssue(desk.markerKey)) ?? null;
  } catch (thrown) {
    if (!(thrown instanceof AuditError)) throw thrown;
    desk.unread = thrown;
    return { ...EMPTY_MEMORY, unread: { reason: thrown.message, remedy: thrown.hint } };
  }
  return recallMemory(desk.found);
}

async function publish(
  desk: Desk,
  { judge, memory }: { judge: (memory: IssueMemory) => JudgedAudit; memory: IssueMemory },
): Promise<AuditAnswer> {
  const { connection, github } = desk;
  const { privacy } = github;
  const judged = judge(memory);
  const completeThroughMs = advanceCompleteThrough(judged, memory);
  const saved = await attempt(() =>
    saveReport({ ...connection, judged, privacy, completeThroughMs }),
  );
  const answer = { judged, privacy, report: saved.value };
  if (!privacy.mayPublish || desk.unread !== null) {
    return { ...answer, issue: null, failure: desk.unread ?? saved.failure };
  }
  const evidence = saved.value?.evidence ?? null;
  const kept = await attempt(() => keepIssue(desk, { judge, evidence }));
  const refused = kept.failure ?? kept.value?.failure ?? null;
  if (refused !== null) await noteFailure(desk, refused);
  const issue = kept.value ?? nameUnwritten(desk.found);
  return { ...answer, issue, failure: refused ?? saved.failure };
}

/** Whoever is told that the writing failed can still be led to the issue that it was about. */
function nameUnwritten(found: FoundIssue | null): KeptIssue | null {
  return found === null ? null : { number: found.number, url: found.url, action: 'none' };
}

/** What fails after the audit looked takes nothing else with it: files on a full disk not the issue, nor the other way. */
async function attempt<Value>(
  act: () => Promise<Value | null>,
): Promise<{ readonly value: Value | null; readonly failure: AuditError | null }> {
  try {
    return { value: await act(), failure: null };
  } catch (thrown) {
    if (!(thrown instanceof AuditError)) throw thrown;
    return { value: null, failure: thrown };
  }
}

async function keepIssue(
  { connection, github, found, markerKey }: Desk,
  {
    judge,
    evidence,
  }: {
    judge: (memory: IssueMemory) => JudgedAudit;
    evidence: { readonly file: string; readonly sha256: string } | null;
  },
): Promise<PublishedIssue | null> {
  if (github.board === null) return null;
  const { plan, identity } = connection;
  const answer = {
    markerKey,
    judge,
    evidence,
    identity,
    minimumSeverity: plan.minimumSeverity,
    mentions: plan.issue?.mentions ?? [],
    notices: github.privacy.warning === null ? [] : [github.privacy.warning],
  };
  let cut: readonly string[] = [];
  const published = await github.board.upsertIssue({
    markerKey,
    found,
    decide: (current) => {
      const draft = draftIssue(answer, current);
      cut = draft.cut;
      return draft;
    },
  });
  if (cut.length > 0)
    connection.tell.info(`To fit its limit, the issue leaves out: ${cut.join('; ')}.`);
  return published;
}

/** A failed run closes and cleans nothing; where the issue can be reached it says that it failed. */
async function noteFailure(desk: Desk, thrown: unknown): Promise<void> {
  const { connection, github, found } = desk;
  if (github.board === null || !github.privacy.mayPublish) return;
  const { message } = toAuditError(thrown);
  const attempt = { atMs: connection.plan.nowMs, run: connection.identity.run, message };
  try {
    await github.board.noteFailure({ found, addNote: (body) => noteFailedAttempt(body, attempt) });
  } catch (second) {
    connection.tell.warn(
      `The issue does not say that this run failed: ${toAuditError(second).message}`,
    );
  }
}
