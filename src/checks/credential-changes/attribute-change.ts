import { isApplication } from '../../model/is-application.ts';
import {
  isRecord,
  type LogEvent,
  type Party,
  readActor,
  readTargetUser,
  readText,
} from '../../model/log-event.ts';
import type { Attribution, Facts } from '../../model/match.ts';
import { isSameParty } from '../name-party.ts';
import { isPowerType, readChangeFamily } from './change-types.ts';

export interface AttributedChange {
  readonly attribution: Attribution;
  /** What it rests on. */
  readonly facts: Facts;
}

/** Recovery that people do themselves and that Okta logs under its system account. */
const SELF_SERVICE_TYPES = [
  'user.account.reset_password',
  'user.account.unlock',
  'user.account.unlock_token',
];

/**
 * Says who caused a change, from its own record alone, and what that rests on.
 * An impersonation session, or a support action beside it, is told by other events: see `beginCorroboration`.
 *
 * Okta logs a forgotten password under its system account, with the browser and place of the person; the published
 * pattern of its support tool has neither, and no transaction. That pattern is a candidate, not a proof.
 * Sources: https://support.okta.com/help/s/article/how-to-find-password-reset-event-performed-by-an-admin ,
 * https://github.com/panther-labs/panther-analysis/blob/main/rules/okta_rules/okta_support_reset.py
 */
export function attributeChange(event: LogEvent): AttributedChange {
  const actor = readActor(event);
  const target = readTargetUser(event);
  const tokenId = readApiTokenId(event);
  if (actor === null) return toUnknown('the event names no actor');
  if (isSystem(actor) || fitsSupportTool(event, actor)) return attributeToSystem(event);
  if (isApplication(actor)) {
    return {
      attribution: 'oauth-app',
      facts: { basis: 'the actor is an OAuth application', ...named('clientName', actor.name) },
    };
  }
  if (actor.type !== null && actor.type !== 'User') {
    return toUnknown(`the actor is of type ${actor.type}`);
  }
  if (tokenId !== null) {
    return {
      attribution: 'api-token',
      facts: { basis: 'the transaction names an API token', apiTokenId: tokenId },
    };
  }
  return attributeToPerson({ event, actor, target });
}

/**
 * True for Okta's own account, the actor of self-service, of jobs and of some support actions. Exports lose its type or
 * call it by another word, such as OCSF by "System"; its login tells for all but users.
 * Source: https://github.com/ocsf/examples/tree/main/mappings/markdown/Okta
 */
export function isSystem(party: Party): boolean {
  return party.type === 'SystemPrincipal' || (party.type !== 'User' && bearsSystemLogin(party));
}

/** Anybody who may rename users can give one of them this login. */
export function bearsSystemLogin({ login }: Pick<Party, 'login'>): boolean {
  return login?.toLowerCase() === 'system@okta.com';
}

/** True where a person of the organisation is taken to have acted, for themself or for another. */
export function isByPerson(attribution: string | null): boolean {
  return attribution === 'self' || attribution === 'administrator';
}

/** What Okta logs of its own staff says by its type who did it, and bears the name of the system account. */
const STAFF_PREFIXES = ['support.org.', 'system.directory.debugger.query_executed'];

/** True for changes that `attributeChange` can say something about. */
export function isAttributable({ eventType }: LogEvent): boolean {
  if (STAFF_PREFIXES.some((prefix) => eventType.startsWith(prefix))) return false;
  return readChangeFamily(eventType) !== null || isPowerType(eventType);
}

/** The pattern was published by the login, on the record of a user: no person who took that login leaves the rest of it. */
function fitsSupportTool(event: LogEvent, actor: Party): boolean {
  if (!bearsSystemLogin(actor) || readChangeFamily(event.eventType) === null) return false;
  return mayBeSupportTool(readSupportToolSigns(event));
}

/** No other sign speaks against it where an export lost the transaction. */
function mayBeSupportTool({ missing, isUntold }: SupportToolSigns): boolean {
  return missing.length === 0 || (isUntold && missing.length === 1);
}

function attributeToPerson({
  event,
  actor,
  target,
}: {
  readonly event: LogEvent;
  readonly actor: Party;
  readonly target: Party | null;
}): AttributedChange {
  const untold = tellsOfTokens(event) ? '' : '; the record does not keep whether by an API token';
  if (target !== null && isSameParty(actor, target)) {
    return {
      attribution: 'self',
      facts: { basis: `actor and target are the same person${untold}` },
    };
  }
  if (target === null && !isPowerType(event.eventType)) {
    return toUnknown('the event names no user as target');
  }
  if (actor.id === null && actor.login === null) return toUnknown('the actor has no name');
  if (actor.id === 'unknown') return toUnknown('Okta did not know the actor');
  return {
    attribution: 'administrator',
    facts: { basis: `the actor is a person other than the target${untold}` },
  };
}

function attributeToSystem(event: LogEvent): AttributedChange {
  const basis = 'Okta’s system account acted by itself';
  // The pattern is about credentials; what else a job does has the same signs, and they say nothing.
  if (readChangeFamily(event.eventType) === null)
    return { attribution: 'automation', facts: { basis } };
  const signs = readSupportToolSigns(event);
  if (signs.missing.length === 0) {
    return {
      attribution: 'support-tool',
      facts: { basis: 'fits the published pattern of Okta’s support tool', ...signs.facts },
    };
  }
  if (mayBeSupportTool(signs)) {
    const lost =
      'the record does not keep the transaction, which tells a job from Okta’s support tool';
    return { attribution: 'unknown', facts: { basis: lost, ...signs.facts } };
  }
  const isFromBrowser = signs.missing.includes('no user agent');
  if (isFromBrowser && SELF_SERVICE_TYPES.includes(event.eventType)) {
    return {
      attribution: 'self',
      facts: {
        basis: 'Okta’s system account acted for a browser, as for a forgotten password',
        ...signs.facts,
      },
    };
  }
  return {
    attribution: 'automation',
    facts: { basis, ...signs.facts },
  };
}

interface SupportToolSigns {
  readonly missing: readonly string[];
  /** The record names no transaction, be it known or not. */
  readonly isUntold: boolean;
  readonly facts: Facts;
}

/** The three signs, beside the actor, that the published pattern asks for; a known address does not speak against it. */
function readSupportToolSigns(event: LogEvent): SupportToolSigns {
  const transactionId = readText(event, 'transaction.id');
  const signs = [
    { sign: 'unknown transaction', holds: transactionId === 'unknown' },
    { sign: 'no user agent', holds: isAbsent(event, 'client.userAgent.rawUserAgent') },
    { sign: 'no country', holds: isAbsent(event, 'client.geographicalContext.country') },
  ];
  return {
    missing: signs.flatMap(({ sign, holds }) => (holds ? [] : [sign])),
    isUntold: transactionId === null || transactionId === '',
    facts: { supportToolSigns: signs.flatMap(({ sign, holds }) => (holds ? [sign] : [])) },
  };
}

function isAbsent(event: LogEvent, path: string): boolean {
  const text = readText(event, path);
  return text === null || text === '' || text === 'null';
}

/** Okta gives the detail with every transaction, if also empty; the Admin Console's CSV and other exports leave it out. */
function tellsOfTokens({ raw }: LogEvent): boolean {
  const { transaction } = raw;
  return !isRecord(transaction) || isRecord(transaction['detail']);
}

function readApiTokenId(event: LogEvent): string | null {
  return readText(event, 'transaction.detail.requestApiTokenId') || null;
}

function toUnknown(basis: string): AttributedChange {
  return { attribution: 'unknown', facts: { basis } };
}

function named(key: string, value: string | null): Facts {
  return value === null ? {} : { [key]: value };
}
