import { isRecord, type LogEvent, readText } from '../model/log-event.ts';

/** Where an event came from, as far as its record tells; the literal "unknown" and "null" tell nothing. */
export interface Origin {
  readonly address: string | null;
  readonly country: string | null;
  readonly city: string | null;
  readonly userAgent: string | null;
  /** Number of the autonomous system, as text. */
  readonly asn: string | null;
  readonly isProxy: boolean;
}

export function readOrigin(event: LogEvent): Origin {
  return {
    address: readAddress(event),
    country: readPlain(event, 'client.geographicalContext.country'),
    city: readPlain(event, 'client.geographicalContext.city'),
    userAgent: readPlain(event, 'client.userAgent.rawUserAgent'),
    asn: readAsn(event),
    isProxy: readIsProxy(event),
  };
}

export function readAddress(event: LogEvent): string | null {
  return readPlain(event, 'client.ipAddress');
}

/** `Berlin, Germany`, or what there is of it. */
export function namePlace({ city, country }: Pick<Origin, 'city' | 'country'>): string | null {
  const parts = [city, country].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

export function readPlain(event: LogEvent, path: string): string | null {
  const text = readText(event, path);
  return isTelling(text) ? text : null;
}

/** What Okta writes where it has nothing to say. */
const NOTHING: readonly string[] = ['', 'unknown', 'null'];

export function isTelling(text: string | null | undefined): text is string {
  return text !== null && text !== undefined && !NOTHING.includes(text);
}

export function readAsn(event: LogEvent): string | null {
  const security = event.raw['securityContext'];
  const asn = isRecord(security) ? security['asNumber'] : null;
  if (typeof asn === 'number') return String(asn);
  return typeof asn === 'string' && asn !== '' ? asn.replace(/^AS/i, '') : null;
}

/** Some exports write the flag as text. */
export function readIsProxy(event: LogEvent): boolean {
  const security = event.raw['securityContext'];
  const flag = isRecord(security) ? security['isProxy'] : null;
  return flag === true || (typeof flag === 'string' && flag.toLowerCase() === 'true');
}
