import { PERSONAL_FIELDS } from '../../../model/count-lost-parts.ts';

/** What the records of an export kept of what Okta gives, by those that were looked into. */
export interface KeptParts {
  /** Parts and fields of the record that were there in at least one of the records looked into, and how many those were. */
  readonly parts: Set<string>;
  /**
   * Dotted paths at which a record had something else than the structure that Okta has there, or its store nothing: nobody finds
   * what was in it. And the capitals, where a store lowered the texts.
   */
  readonly flattened: Set<string>;
  /** What stands in the place of addresses and is none, until there are two: one and the same may be the way out of all. */
  readonly maskedAddresses: Set<string>;
  lookedInto: number;
  /** Of those, the ones that a person caused. */
  byPeople: number;
  /** And the ones that name what they were done to. */
  withTargets: number;
  /** Sign-ins that failed and do not say why, counted until one does. */
  failedWithoutReason: number;
  hasReason: boolean;
  /** Grants of a role that do not say which one, counted until one does. */
  grantedWithoutRole: number;
  hasRole: boolean;
}

/**
 * Parts that Okta gives with every event. Where none of many records has one, the export left it out.
 * Source: schema LogEvent, https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
 */
export const RECORD_PARTS: readonly string[] = [
  ...['actor', 'authenticationContext', 'client', 'debugContext', 'outcome', 'securityContext'],
  ...['target', 'transaction'],
];

/** Where Okta has objects inside of parts. */
export const INNER_OBJECTS: Readonly<Record<string, readonly string[]>> = {
  client: ['userAgent', 'geographicalContext'],
  debugContext: ['debugData'],
  transaction: ['detail'],
};
/** The detail tells of an API token, and is there also where it is empty. */
export const FIELDS_OF_PEOPLE: typeof PERSONAL_FIELDS = [
  ...PERSONAL_FIELDS,
  ['transaction', 'detail'],
];
/** What Okta gives there, be it as null, with whatever a person caused. */
export const INNER_FIELDS: readonly (readonly [part: string, object: string, field: string])[] = [
  ['client', 'userAgent', 'rawUserAgent'],
  ['client', 'geographicalContext', 'country'],
];
/** What it gives with every target. */
export const TARGET_FIELDS: readonly string[] = ['id', 'type', 'alternateId', 'displayName'];
export const ADDRESS = 'client.ipAddress';

export function startKeptParts(): KeptParts {
  return {
    parts: new Set(),
    flattened: new Set(),
    maskedAddresses: new Set(),
    lookedInto: 0,
    byPeople: 0,
    withTargets: 0,
    failedWithoutReason: 0,
    hasReason: false,
    grantedWithoutRole: 0,
    hasRole: false,
  };
}

/** Adds what `other` saw to `kept`. */
export function mergeKeptParts(kept: KeptParts, other: KeptParts): void {
  for (const part of other.parts) kept.parts.add(part);
  for (const path of other.flattened) kept.flattened.add(path);
  for (const address of other.maskedAddresses) kept.maskedAddresses.add(address);
  kept.lookedInto += other.lookedInto;
  kept.byPeople += other.byPeople;
  kept.withTargets += other.withTargets;
  kept.failedWithoutReason += other.failedWithoutReason;
  kept.hasReason ||= other.hasReason;
  kept.grantedWithoutRole += other.grantedWithoutRole;
  kept.hasRole ||= other.hasRole;
}
