import { type LogEvent, readActor } from '../../model/log-event.ts';
import type { Attribution } from '../../model/match.ts';
import { formatInstant } from '../../model/time-window.ts';
import type { Tuning } from '../../model/tuning.ts';
import { readSessionIds } from '../read-session-ids.ts';
import { IMPERSONATION_TYPES } from '../support-access/impersonation-record.ts';
import type { SupportActions } from '../support-access/support-actions.ts';
import type { SupportContext, SupportSessions } from '../support-access/support-sessions.ts';
import { isAttributable, isByPerson, isSystem } from './attribute-change.ts';
import { readChangeFamily } from './change-types.ts';
import { isOwnGrant } from './known-people.ts';
import type { Additions } from './match-additions.ts';

/** What the log tells of Okta's support, and what the tuning file says of it. */
export interface SupportEvidence {
  readonly tuning: Tuning;
  readonly sessions: SupportSessions;
  readonly supportActions: SupportActions;
}

/** Adds what makes an event of a match one of Okta's support, and on whose permission. */
export function addSupport(additions: Additions, event: LogEvent, evidence: SupportEvidence): void {
  addSupportAccess(additions, event, evidence);
  addSupportAction(additions, event, evidence);
}

function addSupportAccess(
  additions: Additions,
  event: LogEvent,
  { sessions, tuning }: SupportEvidence,
): void {
  const own = sessions.findByEvent(event.uuid);
  const context = own ?? findSession(event, sessions);
  if (context === null) {
    addSessionOutOfTime(additions, event, sessions);
    return;
  }
  if (own === null) {
    additions.circumstances.add('support-impersonation');
    if (isAttributable(event)) additions.attribution = 'support-impersonation';
    additions.facts['basis'] = 'it happened inside an impersonation session';
  }
  const grant = context.draft.events.find(
    (record) => record.atMs <= event.publishedMs && isOwnGrant(record, tuning),
  );
  if (grant !== undefined) {
    additions.circumstances.add('granted-by-own-administrator');
    additions.facts['accessGrantedBy'] = grant.by ?? '';
    additions.facts['accessGrantedAt'] = formatInstant(grant.atMs);
  }
  addSupportCase(additions, context, tuning);
}

/** Nobody of the organisation has that session: what came by it before its start or after its end is no routine. */
function addSessionOutOfTime(
  additions: Additions,
  event: LogEvent,
  sessions: SupportSessions,
): void {
  if (!isByPerson(additions.attribution) || !sessions.hasSession(readSessionIds(event))) return;
  additions.attribution = 'unknown';
  additions.facts['basis'] = 'it names an impersonation session that was not running at that time';
}

function findSession(event: LogEvent, sessions: SupportSessions): SupportContext | null {
  if (IMPERSONATION_TYPES.includes(event.eventType)) return null;
  return sessions.findBySession(readSessionIds(event), event.publishedMs);
}

function addSupportCase(additions: Additions, context: SupportContext, tuning: Tuning): void {
  const caseNumber = context.session?.start?.caseNumber ?? context.draft.caseNumber;
  if (caseNumber === null) return;
  additions.facts['supportCase'] = caseNumber;
  if (context.session?.isAmbiguous === true) return;
  if (tuning.supportCases.includes(caseNumber)) additions.circumstances.add('listed-support-case');
}

/** A change by Okta's system account counts as support's where support's own record stands beside it. */
function addSupportAction(additions: Additions, event: LogEvent, evidence: SupportEvidence): void {
  const actor = readActor(event);
  if (readChangeFamily(event.eventType) === null || actor === null) return;
  if (!isSystem(actor) && additions.attribution !== 'support-tool') return;
  const tie = findSupportTie(event, additions.attribution, evidence);
  if (tie === null) return;
  if (additions.attribution !== 'support-tool') {
    additions.facts['basis'] = 'a record of Okta’s support tool stands beside it';
  }
  additions.attribution = 'support-tool';
  additions.circumstances.add('corroborated');
  additions.facts['corroboratedBy'] = tie;
}

/** A person at a browser may forget a password minutes after support helped them; one transaction is one act. */
function findSupportTie(
  event: LogEvent,
  attribution: Attribution | null,
  { sessions, supportActions }: SupportEvidence,
): string | null {
  if (attribution === 'support-impersonation') return null;
  if (supportActions.sharesTransaction(event)) return 'a support action in the same transaction';
  if (attribution === 'self') return null;
  if (supportActions.sharesTarget(event)) {
    return 'a support action on the same target within 5 minutes';
  }
  const isDuring = attribution === 'support-tool' && sessions.isDuringSession(event.publishedMs);
  return isDuring ? 'an impersonation session at the same time' : null;
}
