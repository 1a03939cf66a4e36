import { runAudit } from '../../src/audit.ts';
import { findIncident, readStandingScope } from '../../src/catalogue/read-scopes.ts';
import type { AuditPlan } from '../../src/model/audit-plan.ts';
import { EMPTY_MEMORY, type IssueMemory } from '../../src/model/issue-memory.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import type { EventSource } from '../../src/model/reading.ts';
import type { Scope } from '../../src/model/scope.ts';
import type { SupportAccess } from '../../src/model/support-access.ts';
import { NO_TUNING } from '../../src/model/tuning.ts';

/** Long after every incident of the catalogue. */
export const LATER_MS = Date.parse('2026-11-23T02:17:00Z');

export interface AuditQuestion {
  /** Id of an incident, or null for the question of every night. */
  readonly incident: string | null;
  readonly source: EventSource;
  /** Beside it. */
  readonly others?: readonly EventSource[];
  readonly plan?: Partial<AuditPlan>;
  /** In place of the catalogue's. */
  readonly scope?: Scope;
  readonly supportAccess?: SupportAccess;
  /** The text of a rule file. */
  readonly rule?: string;
  /** Of the issue; none unless given. */
  readonly memory?: IssueMemory;
}

const PLAN: AuditPlan = {
  nowMs: LATER_MS,
  okta: null,
  times: { lookbackDays: null, sinceMs: null, untilMs: null },
  incident: null,
  archives: ['memory'],
  pull: 'targeted',
  focus: [],
  rules: [],
  tuning: NO_TUNING,
  config: null,
  minimumSeverity: 'low',
  publish: 'none',
  issue: null,
  allowPublicRepository: false,
  reportDirectory: '/nowhere',
  failOn: 'never',
  failOnIncomplete: false,
};

const NOT_ASKED: SupportAccess = {
  state: 'unknown',
  expiresAtMs: null,
  reason: 'Nobody asked Okta.',
  cases: [],
};

/** Runs the whole audit, from the question to the judged answer, over one source. */
export async function askAudit({
  incident,
  source,
  others = [],
  plan = {},
  scope,
  supportAccess = NOT_ASKED,
  rule,
  memory = EMPTY_MEMORY,
}: AuditQuestion): Promise<JudgedAudit> {
  const found = incident === null ? readStandingScope() : findIncident(incident);
  return runAudit(
    { ...PLAN, incident, ...plan },
    {
      sources: [source, ...others],
      findScope: async () => scope ?? found,
      readRuleFiles: async () => (rule === undefined ? [] : [{ path: 'rule.yml', text: rule }]),
      askSupportAccess: async () => supportAccess,
      recall: async () => memory,
      announce: () => {},
      publish: async (judge, known) => judge(known),
    },
  );
}
