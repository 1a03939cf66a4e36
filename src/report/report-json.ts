import { basename } from 'node:path';
import type { Finding } from '../model/finding.ts';
import { joinReasons } from '../model/join-reasons.ts';
import type {
  Coverage,
  CoverageHole,
  Investigation,
  Investigations,
  JudgedAudit,
} from '../model/judged-audit.ts';
import type { Party } from '../model/log-event.ts';
import type { HeldRecords, SourceReading } from '../model/reading.ts';
import type { RunIdentity } from '../model/run-identity.ts';
import type { SupportInterval } from '../model/support-access.ts';
import { DAY_MS, formatInstant, formatUtcDay } from '../model/time-window.ts';
import { escapeInvisibleJson } from './escape/invisible-json.ts';
import { hideTypedLogins } from './hide-typed-logins.ts';
import type {
  CheckJson,
  EvidenceJson,
  FindingJson,
  HeldJson,
  HoleJson,
  IntervalJson,
  InvestigationJson,
  InvestigationsJson,
  PartyJson,
  ReportJson,
  SourceJson,
  SupportAccessJson,
} from './report-json-document.ts';

export interface ReportJsonInput {
  readonly judged: JudgedAudit;
  readonly identity: RunIdentity;
  /** The file that holds the raw events, and the SHA-256 of its bytes in hex. */
  readonly evidence: EvidenceJson;
}

/** `report.json` as text: two spaces, keys in the documented order, byte-identical for the same answer. */
export function renderReportJson(input: ReportJsonInput): string {
  return `${escapeInvisibleJson(JSON.stringify(toReportJson(input), null, 2))}\n`;
}

/** The public machine-readable result, version 1; docs/report.schema.json describes it. */
export function toReportJson({
  judged: unguarded,
  identity,
  evidence,
}: ReportJsonInput): ReportJson {
  const judged = hideTypedLogins(unguarded);
  return {
    schemaVersion: 1,
    tool: { name: identity.tool.name, version: identity.tool.version },
    generatedAt: formatInstant(judged.generatedAtMs),
    run: identity.run === null ? null : { url: identity.run.url, trigger: identity.run.trigger },
    tenant: judged.tenant,
    config:
      identity.config === null
        ? null
        : { path: identity.config.path, sha256: identity.config.sha256 },
    scope: { id: judged.scope.id, title: judged.scope.title },
    window: {
      since: formatInstant(judged.window.sinceMs),
      until: formatInstant(judged.window.untilMs),
    },
    verdict: judged.verdict,
    verdictSentence: judged.verdictSentence,
    verdictReasons: judged.verdictReasons,
    cannotTell: judged.cannotTell,
    coverage: toCoverageJson(judged.coverage),
    checks: judged.checks.map(toCheckJson),
    supportAccess: toSupportAccessJson(judged),
    findings: judged.findings.map(toFindingJson),
    investigations: toInvestigationsJson(judged.investigations),
    evidence: { file: evidence.file, sha256: evidence.sha256 },
  };
}

export function toCoverageJson({ state, holes, sources }: Coverage): ReportJson['coverage'] {
  return { state, holes: holes.map(toHoleJson), sources: sources.map(toSourceJson) };
}

function toHoleJson(hole: CoverageHole): HoleJson {
  return {
    since: formatInstant(hole.window.sinceMs),
    until: formatInstant(hole.window.untilMs),
    reason: hole.reason,
    remedy: hole.remedy,
    checks: hole.checks,
  };
}

function toSourceJson(source: SourceReading): SourceJson {
  const { eventsRead, eventsParsed, malformed, duplicates, requests } = source.counts;
  return {
    kind: source.kind,
    name: source.name,
    firstEvent: formatInstantOrNull(source.firstEventMs),
    lastEvent: formatInstantOrNull(source.lastEventMs),
    eventsRead,
    eventsParsed,
    malformed,
    duplicates,
    requests,
    ...(source.held === undefined ? {} : { held: toHeldJson(source.held) }),
    ...(source.saved === undefined
      ? {}
      : {
          saved: source.saved.map(({ path, events, sha256 }) => ({
            file: basename(path),
            events,
            sha256,
          })),
        }),
  };
}

const HOURS_OF_DAY = 24;

function toHeldJson({ hours, families }: HeldRecords): HeldJson {
  const days = new Map<number, number[]>();
  for (const [hour, records] of hours) {
    const day = Math.floor(hour / HOURS_OF_DAY);
    const counts = days.get(day) ?? new Array<number>(HOURS_OF_DAY).fill(0);
    counts[hour - day * HOURS_OF_DAY] = records;
    days.set(day, counts);
  }
  return {
    recordsByHour: [...days].map(([day, records]) => ({
      day: formatUtcDay(day * DAY_MS),
      records,
    })),
    daysByFamily: Object.fromEntries(families),
  };
}

function toCheckJson(check: JudgedAudit['checks'][number]): CheckJson {
  const { id, kind, title, role, status, reasons, events, findings } = check;
  return { id, kind, title, role, status, reason: joinReasons(reasons), events, findings };
}

function toSupportAccessJson(judged: JudgedAudit): SupportAccessJson {
  const { state, expiresAtMs, reason, cases } = judged.supportAccess;
  return {
    state,
    expiresAt: formatInstantOrNull(expiresAtMs),
    reason,
    cases: cases.map((supportCase) => ({
      caseNumber: supportCase.caseNumber,
      subject: supportCase.subject,
      impersonation: supportCase.impersonation,
      impersonationExpiresAt: formatInstantOrNull(supportCase.impersonationExpiresAtMs),
      selfAssigned: supportCase.selfAssigned,
      isOpen: supportCase.isOpen,
    })),
    intervals: judged.supportIntervals.map(toIntervalJson),
  };
}

function toIntervalJson(interval: SupportInterval): IntervalJson {
  return {
    start: formatInstant(interval.startMs),
    end: formatInstantOrNull(interval.endMs),
    expectedEnd: interval.endMs === null ? formatInstantOrNull(interval.expectedEndMs) : null,
    endBasis: interval.endBasis,
    grantedBy: interval.grantedBy,
    caseNumber: interval.caseNumber,
    extensions: interval.extensions,
    sessions: interval.sessions.map((session) => ({
      start: formatInstant(session.startMs),
      end: formatInstantOrNull(session.endMs),
      by: session.by,
      events: session.events,
    })),
  };
}

function toFindingJson(finding: Finding): FindingJson {
  return {
    id: finding.id,
    check: finding.check,
    title: finding.title,
    severity: finding.severity,
    confidence: finding.confidence,
    role: finding.role,
    status: finding.status,
    suppressedBy: finding.suppressedBy,
    inWindow: finding.inWindow,
    summary: finding.summary,
    actor: toPartyJson(finding.actor),
    target: toPartyJson(finding.target),
    attribution: finding.attribution,
    firstSeen: formatInstant(finding.firstSeenMs),
    lastSeen: formatInstant(finding.lastSeenMs),
    eventCount: finding.eventCount,
    events: finding.events.map((event) => event.uuid),
    techniques: finding.techniques,
    facts: finding.facts,
    askWhom: finding.askWhom,
    nextSteps: finding.nextSteps,
    query: finding.query,
  };
}

function toPartyJson(party: Party | null): PartyJson | null {
  if (party === null) return null;
  return { id: party.id, type: party.type, login: party.login, name: party.name };
}

export function toInvestigationsJson(investigations: Investigations): InvestigationsJson {
  return {
    credentialChanges: investigations.credentialChanges.map((change) => ({
      at: formatInstant(change.atMs),
      eventType: change.eventType,
      actor: change.actor,
      target: change.target,
      address: change.address,
      attribution: change.attribution,
    })),
    users: investigations.users.map(toInvestigationJson),
    sessions: investigations.sessions.map(toInvestigationJson),
    networks: investigations.networks.map(toInvestigationJson),
  };
}

function toInvestigationJson(investigation: Investigation): InvestigationJson {
  return {
    subject: investigation.subject,
    firstSeen: formatInstantOrNull(investigation.firstSeenMs),
    lastSeen: formatInstantOrNull(investigation.lastSeenMs),
    countsByEventType: investigation.countsByEventType,
    actors: investigation.actors,
    addresses: investigation.addresses,
    places: investigation.places,
    userAgents: investigation.userAgents,
    timeline: investigation.timeline.map((row) => ({
      at: formatInstant(row.atMs),
      eventType: row.eventType,
      outcome: row.outcome,
      actor: row.actor,
      address: row.address,
      place: row.place,
      userAgent: row.userAgent,
    })),
  };
}

function formatInstantOrNull(instantMs: number | null): string | null {
  return instantMs === null ? null : formatInstant(instantMs);
}
