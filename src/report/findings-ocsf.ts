import ipaddr from 'ipaddr.js';
import type { Finding, FindingStatus } from '../model/finding.ts';
import type { JudgedAudit } from '../model/judged-audit.ts';
import type { Party } from '../model/log-event.ts';
import { rememberAnswers } from '../model/remember-answers.ts';
import type { RunIdentity } from '../model/run-identity.ts';
import type { Confidence, Severity } from '../model/severity.ts';
import { escapeInvisibleJson } from './escape/invisible-json.ts';
import { hideTypedLogins } from './hide-typed-logins.ts';
import { capitalise } from './words/capitalise.ts';
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

const CLASS_UID = 2004;

/** What happened to the finding, and how it stands: a new one is created, a known one updated, an explained one closed. */
const LIFE: Record<FindingStatus, { activityId: number; statusId: number; status: string }> = {
  new: { activityId: 1, statusId: 1, status: 'New' },
  open: { activityId: 2, statusId: 2, status: 'In Progress' },
  suppressed: { activityId: 2, statusId: 3, status: 'Suppressed' },
  acknowledged: { activityId: 3, statusId: 4, status: 'Resolved' },
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
  const { activityId, statusId, status } = LIFE[finding.status];
  return {
    activity_id: activityId,
    category_uid: 2,
    class_uid: CLASS_UID,
    class_name: 'Detection Finding',
    type_uid: CLASS_UID * 100 + activityId,
    time: judged.generatedAtMs,
    start_time: finding.firstSeenMs,
    end_time: finding.lastSeenMs,
    count: finding.eventCount,
    severity: capitalise(finding.severity),
    severity_id: SEVERITY_IDS[finding.severity],
    confidence: capitalise(finding.confidence),
    confidence_id: CONFIDENCE_IDS[finding.confidence],
    status,
    status_id: statusId,
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
    attacks: finding.techniques.map(toAttack),
    related_events: finding.events
      .slice(0, MOST_RELATED_EVENTS)
      .map(({ uuid, eventType }) => ({ uid: uuid, type: eventType })),
    ...(run === null ? {} : { src_url: run.url }),
  };
}

/** Null for what is no address. */
const readAddress: (text: string | null) => string | null = rememberAnswers((text) => {
  if (text === null) return null;
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text) ? text : null;
});

/** `T1098.003` is a sub-technique of `T1098`. */
function toAttack(uid: string): Record<string, unknown> {
  const [technique = uid] = uid.split('.');
  return {
    technique: { uid: technique },
    ...(technique === uid ? {} : { sub_technique: { uid } }),
  };
}

/** Who acted from where, each combination once. */
function toEvidences(finding: Finding): Record<string, unknown>[] {
  const seen = new Map<string, Record<string, unknown>>();
  for (const event of finding.events) {
    const { actor, address: written } = readEventRow(event);
    const address = readAddress(written);
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
