import { type LogEvent, type Party, parseLogEvent } from '../../src/model/log-event.ts';

export interface SampleEvent {
  readonly at: string;
  readonly eventType: string;
  readonly uuid?: string;
  readonly actor?: Party;
  readonly targets?: readonly Party[];
  readonly outcome?: string;
  readonly reason?: string;
  readonly address?: string;
  readonly city?: string;
  readonly country?: string;
  readonly userAgent?: string;
  readonly transactionId?: string;
}

export const OKTA_SYSTEM: Party = {
  id: '00usystem',
  type: 'SystemPrincipal',
  login: 'system@okta.com',
  name: 'Okta System',
};

/** A person of the sample tenant: `dana.reyes` becomes Dana Reyes. */
export function person(name: string): Party {
  const words = name.split('.').map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  return {
    id: `00u${name.replaceAll('.', '')}`,
    type: 'User',
    login: `${name}@acme.example`,
    name: words.join(' '),
  };
}

/** Somebody whom Okta could not name; the login is what was typed. */
export function stranger(typed: string): Party {
  return { id: 'unknown', type: 'User', login: typed, name: 'unknown' };
}

/** One System Log record in Okta's form. */
export function sampleEvent(given: SampleEvent): LogEvent {
  const record = {
    uuid: given.uuid ?? `${given.eventType}-${given.at}`,
    published: given.at,
    eventType: given.eventType,
    version: '0',
    severity: 'INFO',
    displayMessage: 'A record made for tests',
    actor: given.actor === undefined ? null : toRecord(given.actor),
    client: toClient(given),
    outcome: { result: given.outcome ?? 'SUCCESS', reason: given.reason ?? null },
    target: (given.targets ?? []).map(toRecord),
    transaction: { type: 'WEB', id: given.transactionId ?? 'Yd0sample', detail: {} },
    authenticationContext: { authenticationStep: 0, externalSessionId: '102sample' },
  };
  const event = parseLogEvent(record);
  if (event === null) throw new Error('the sample is no Okta event');
  return event;
}

function toClient(given: SampleEvent): Record<string, unknown> {
  return {
    userAgent: given.userAgent === undefined ? null : { rawUserAgent: given.userAgent },
    zone: 'null',
    device: 'Computer',
    ipAddress: given.address ?? null,
    geographicalContext:
      given.city === undefined && given.country === undefined
        ? null
        : { city: given.city ?? null, country: given.country ?? null },
  };
}

function toRecord(party: Party): Record<string, unknown> {
  return {
    id: party.id,
    type: party.type,
    alternateId: party.login,
    displayName: party.name,
  };
}
