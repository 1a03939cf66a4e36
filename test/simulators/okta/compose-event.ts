import { createHash } from 'node:crypto';
import type { RawEvent } from '../../../src/model/log-event.ts';
import { BERLIN_OFFICE, type Place } from './places.ts';

/** An actor or a target, in the words of a System Log record. */
export interface Somebody {
  readonly id: string;
  readonly type: string;
  readonly alternateId: string;
  readonly displayName: string;
  readonly detailEntry?: Readonly<Record<string, unknown>> | null;
  readonly changeDetails?: Readonly<Record<string, unknown>>;
}

export interface EventParts {
  readonly eventType: string;
  /** ISO 8601 or epoch milliseconds. */
  readonly at: string | number;
  readonly actor: Somebody;
  readonly targets?: readonly Somebody[];
  readonly result?: string;
  readonly reason?: string | null;
  /** Null for what no HTTP request caused. */
  readonly place?: Place | null;
  readonly session?: string;
  readonly transactionId?: string;
  readonly apiTokenId?: string;
  readonly debugData?: Readonly<Record<string, unknown>>;
  readonly displayMessage?: string;
  readonly severity?: string;
  /** Tells two events apart that are alike in everything else. */
  readonly serial?: number;
  readonly uuid?: string;
  /** Top-level fields to replace as a whole. */
  readonly replace?: Readonly<Record<string, unknown>>;
}

/** Okta's own account: the actor of self-service and of jobs, and of some support actions. */
export const OKTA_SYSTEM: Somebody = {
  id: '00u0000000000system00',
  type: 'SystemPrincipal',
  alternateId: 'system@okta.com',
  displayName: 'Okta System',
  detailEntry: null,
};

/** A user with an id that follows from the login: `dana.reyes@example.com` is "Dana Reyes". */
export function person(login: string): Somebody {
  const names = (login.split('@')[0] ?? login).split('.');
  return {
    id: oktaId('00u', login),
    type: 'User',
    alternateId: login,
    displayName: names.map((name) => name.charAt(0).toUpperCase() + name.slice(1)).join(' '),
    detailEntry: null,
  };
}

/** Anything else that an event can name: an application, a group, a factor. */
export function thing(type: string, name: string): Somebody {
  return {
    id: oktaId(type === 'AppInstance' ? '0oa' : '00g', `${type}:${name}`),
    type,
    alternateId: name,
    displayName: name,
    detailEntry: null,
  };
}

/** Twenty characters as Okta's ids have them, the same for the same seed. */
function oktaId(prefix: string, seed: string): string {
  const digest = createHash('sha256').update(seed).digest('base64').replaceAll(/[+/=]/g, '');
  return `${prefix}${digest.slice(0, 20 - prefix.length)}`;
}

/** One System Log record with the fields, the nesting and about the size of a real one. */
export function composeEvent(parts: EventParts): RawEvent {
  const atMs = typeof parts.at === 'number' ? parts.at : Date.parse(parts.at);
  const place = parts.place === undefined ? BERLIN_OFFICE : parts.place;
  const transactionId = parts.transactionId ?? deriveId(parts, atMs, 'transaction');
  return {
    actor: { detailEntry: null, ...parts.actor },
    client: describeClient(place),
    device: null,
    authenticationContext: describeAuthentication(parts, atMs),
    displayMessage: parts.displayMessage ?? parts.eventType.replaceAll(/[._]/g, ' '),
    eventType: parts.eventType,
    outcome: { result: parts.result ?? 'SUCCESS', reason: parts.reason ?? null },
    published: new Date(atMs).toISOString(),
    securityContext: describeSecurity(place),
    severity: parts.severity ?? 'INFO',
    debugContext: { debugData: describeDebugData(parts, transactionId) },
    legacyEventType: `core.${parts.eventType}`,
    transaction: {
      type: place === null ? 'JOB' : 'WEB',
      id: transactionId,
      detail: parts.apiTokenId === undefined ? {} : { requestApiTokenId: parts.apiTokenId },
    },
    uuid: parts.uuid ?? toUuid(deriveHex(parts, atMs, 'uuid')),
    version: '0',
    request: { ipChain: describeAddressChain(place) },
    target: (parts.targets ?? []).map((target) => ({ detailEntry: null, ...target })),
    ...parts.replace,
  };
}

/** Formats 32 hexadecimal digits as a version 4 UUID. */
export function toUuid(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Place-bound parts are shared between events, so that hundreds of thousands of them fit into memory. */
const clientByPlace = new WeakMap<Place, Readonly<Record<string, unknown>>>();

function describeClient(place: Place | null): Readonly<Record<string, unknown>> {
  if (place === null) return EMPTY_CLIENT;
  const known = clientByPlace.get(place);
  if (known !== undefined) return known;
  const { rawUserAgent, os, browser } = place;
  const client = Object.freeze({
    userAgent: { rawUserAgent, os, browser },
    zone: 'null',
    device: 'Computer',
    id: null,
    ipAddress: place.address,
    geographicalContext: describeGeography(place),
  });
  clientByPlace.set(place, client);
  return client;
}

const EMPTY_CLIENT = Object.freeze({
  userAgent: null,
  zone: null,
  device: null,
  id: null,
  ipAddress: null,
  geographicalContext: null,
});

function describeGeography(place: Place): Readonly<Record<string, unknown>> {
  const { city, state, country, postalCode, latitude, longitude } = place;
  return { city, state, country, postalCode, geolocation: { lat: latitude, lon: longitude } };
}

const chainByPlace = new WeakMap<Place, readonly unknown[]>();

function describeAddressChain(place: Place | null): readonly unknown[] {
  if (place === null) return [];
  const known = chainByPlace.get(place);
  if (known !== undefined) return known;
  const version = place.address.includes(':') ? 'V6' : 'V4';
  const geographicalContext = describeGeography(place);
  const chain = Object.freeze([{ ip: place.address, geographicalContext, version, source: null }]);
  chainByPlace.set(place, chain);
  return chain;
}

function describeAuthentication(parts: EventParts, atMs: number): Record<string, unknown> {
  const day = new Date(atMs).toISOString().slice(0, 10);
  const isUser = parts.actor.type === 'User';
  const session = parts.session ?? (isUser ? oktaId('idx', `${parts.actor.id} ${day}`) : 'unknown');
  return {
    authenticationProvider: null,
    credentialProvider: null,
    credentialType: null,
    issuer: null,
    interface: null,
    authenticationStep: 0,
    rootSessionId: session,
    externalSessionId: session,
  };
}

function describeSecurity(place: Place | null): Record<string, unknown> {
  if (place === null) {
    return { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: null };
  }
  const { asNumber, asOrg, isp, domain, isProxy } = place;
  return { asNumber, asOrg, isp, domain, isProxy };
}

function describeDebugData(parts: EventParts, requestId: string): Record<string, unknown> {
  const isSystem = parts.place === null;
  return {
    requestId,
    requestUri: isSystem ? '/job' : `/api/internal/${parts.eventType.replaceAll('.', '/')}`,
    url: isSystem ? '/job' : `/api/internal/${parts.eventType.replaceAll('.', '/')}?`,
    threatSuspected: 'false',
    dtHash: createHash('sha256').update(`${parts.actor.id} device token`).digest('hex'),
    behaviors:
      '{New Geo-Location=NEGATIVE, New Device=NEGATIVE, New IP=NEGATIVE, New State=NEGATIVE, New Country=NEGATIVE, Velocity=NEGATIVE, New City=NEGATIVE}',
    risk: '{level=LOW}',
    logOnlySecurityData:
      '{"risk":{"level":"LOW"},"behaviors":{"New Geo-Location":"NEGATIVE","New Device":"NEGATIVE","New IP":"NEGATIVE","New State":"NEGATIVE","New Country":"NEGATIVE","Velocity":"NEGATIVE","New City":"NEGATIVE"}}',
    ...parts.debugData,
  };
}

function deriveId(parts: EventParts, atMs: number, purpose: string): string {
  return Buffer.from(deriveHex(parts, atMs, purpose), 'hex')
    .toString('base64url')
    .slice(0, 27);
}

function deriveHex(parts: EventParts, atMs: number, purpose: string): string {
  const targets = (parts.targets ?? []).map((target) => target.id);
  const { eventType, actor, session, serial, result } = parts;
  const identity = [purpose, eventType, atMs, actor.id, targets, session, serial, result];
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}
