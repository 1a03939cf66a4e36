import type { Finding, FindingStatus } from '../model/finding.ts';
import type { JudgedAudit } from '../model/judged-audit.ts';
import type { Party } from '../model/log-event.ts';
import type { RunIdentity } from '../model/run-identity.ts';
import type { Confidence, Severity } from '../model/severity.ts';
import { escapeInvisibleJson } from './escape/invisible-json.ts';
import { hideTypedLogins } from './hide-typed-logins.ts';
import { readEventRow } from './words/read-event-row.ts';

const OCSF_VERSION = '1.3.0';
const SEVERITY_IDS: Record<Severity, number> = {
  informational: 1,
  low: 2,
  medium: 3,
  high: 4,
  critical: 5,
};
const CONFIDENCE_IDS: Record<Confidence, number> = { low: 1, medium: 2, high: 3 };

/** New, In Progress, Suppressed, Resolved. */
const STATUS_IDS: Record<FindingStatus, number> = {
  new: 1,
  open: 2,
  suppressed: 3,
  acknowledged: 4,
};

/** A finding with more events names the first ones; the rest is counted, and `evidence.ndjson` has them. */
const MOST_RELATED_EVENTS = 500;
const MOST_EVIDENCES = 20;

export interface OcsfInput {
  readonly judged: JudgedAudit;
  readonly identity: RunIdentity;
}

/**
 * The lines of `findings.ocsf.ndjson`, line breaks included: every finding as an OCSF Detection Finding (2004), for a
 * SIEM. Times are milliseconds since the epoch.
 * Source: https://schema.ocsf.io/1.3.0/classes/detection_finding
 */
export function* renderFindingsOcsf({
  judged: unguarded,
  identity,
}: OcsfInput): Generator<string, void> {
  const judged = hideTypedLogins(unguarded);
  for (const finding of judged.findings) {
    yield `${escapeInvisibleJson(JSON.stringify(toDetectionFinding(finding, judged, identity)))}\n`;
  }
}

function toDetectionFinding(
  finding: Finding,
  judged: JudgedAudit,
  { tool, run }: RunIdentity,
): Record<string, unknown> {
  return {
    activity_id: 1,
    category_uid: 2,
    class_uid: 2004,
    type_uid: 200_401,
    time: judged.generatedAtMs,
    start_time: finding.firstSeenMs,
    end_time: finding.lastSeenMs,
    count: finding.eventCount,
    severity: capitalise(finding.severity),
    severity_id: SEVERITY_IDS[finding.severity],
    confidence: capitalise(finding.confidence),
    confidence_id: CONFIDENCE_IDS[finding.confidence],
    status_id: STATUS_IDS[finding.status],
    message: finding.summary,
    metadata: {
      version: OCSF_VERSION,
      product: { name: tool.name, vendor_name: tool.name, version: tool.version },
      ...(judged.tenant === null ? {} : { tenant_uid: judged.tenant }),
    },
    finding_info: toFindingInfo(finding, run),
    evidences: toEvidences(finding),
    resources: [finding.target].flatMap(toResource),
    unmapped: {
      role: finding.role,
      attribution: finding.attribution,
      scope: judged.scope.id,
      in_window: finding.inWindow,
      ask: finding.askWhom,
      query: finding.query,
      facts: finding.facts,
    },
  };
}

function toFindingInfo(finding: Finding, run: RunIdentity['run']): Record<string, unknown> {
  return {
    uid: finding.id,
    title: finding.title,
    desc: finding.description,
    first_seen_time: finding.firstSeenMs,
    last_seen_time: finding.lastSeenMs,
    analytic: { uid: finding.check, name: finding.title, type: 'Rule', type_id: 1 },
    attacks: finding.techniques.map((uid) => ({ technique: { uid } })),
    related_events: finding.events
      .slice(0, MOST_RELATED_EVENTS)
      .map(({ uuid, eventType }) => ({ uid: uuid, type: eventType })),
    ...(run === null ? {} : { src_url: run.url }),
  };
}

/** Who acted from where, each combination once. */
function toEvidences(finding: Finding): Record<string, unknown>[] {
  const seen = new Map<string, Record<string, unknown>>();
  for (const event of finding.events) {
    const { actor, address } = readEventRow(event);
    if (actor === null && address === null) continue;
    seen.set(JSON.stringify([actor, address]), {
      ...(actor === null ? {} : { actor: { user: { name: actor } } }),
      ...(address === null ? {} : { src_endpoint: { ip: address } }),
    });
    if (seen.size === MOST_EVIDENCES) break;
  }
  return [...seen.values()];
}

function toResource(party: Party | null): Record<string, unknown>[] {
  if (party === null) return [];
  const { id, type, login, name } = party;
  return [
    {
      ...(id === null ? {} : { uid: id }),
      ...(type === null ? {} : { type }),
      name: login ?? name ?? id ?? 'unknown',
    },
  ];
}

function capitalise(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
