import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { readCellAt } from './read-cell-at.ts';
import { readCell, readPath } from './read-raw-record.ts';
import { dropEmpty, nestKeys } from './restore-record.ts';

/** What the portal adds to the names of columns with times; it writes them as `1/16/2022, 10:00:00.000 AM`. */
const ZONE = ' [UTC]';
/**
 * Rows that a search job found have its own time, and theirs in this column.
 * Source: https://learn.microsoft.com/en-us/azure/azure-monitor/logs/search-jobs
 */
const TIME_BEFORE_SEARCH = '_OriginalTimeGenerated';
/** Log Analytics flattens with underscores and ends each name in its type. */
const TYPED_NAME = /^(.+)_[sdbtg]$/;
/**
 * Names that the function `OktaSSO` gives to columns of the later table, where the earlier one has others.
 * Source: https://github.com/Azure/Azure-Sentinel/blob/master/Solutions/Okta%20Single%20Sign-On/Parsers/OktaSSO.yaml
 */
const NAMES_OF_FUNCTION: Readonly<Record<string, string>> = {
  authenticationContext_issuerId: 'authenticationContext_issuer_id',
  authenticationContext_issuerType: 'authenticationContext_issuer_type',
  transaction_details: 'transaction_detail',
};

/**
 * Rows of Microsoft Sentinel's table `Okta_CL`.
 * Source: https://learn.microsoft.com/en-us/azure/azure-monitor/logs/data-collector-api#record-type-and-properties
 */
export const SENTINEL: ArchiveFormat = {
  id: 'sentinel',
  title: 'Sentinel rows',
  recognise: (value) => typeof value['eventType_s'] === 'string',
  unwrap: (value) => [restoreTypedRow(settleTimes(value))],
  cannotContain: NO_EVENT_TYPES,
  missingFields: ['device'],
  isSelective: false,
  keepsBytes: false,
};

/** Where the columns of Sentinel's table `OktaV2_CL` come from. */
const COLUMNS: Readonly<Record<string, string>> = {
  ActorDetailEntry: 'actor.detailEntry',
  ActorDisplayName: 'actor.displayName',
  OriginalActorAlternateId: 'actor.alternateId',
  ActorSessionId: 'authenticationContext.externalSessionId',
  AuthenticationContextAuthenticationProvider: 'authenticationContext.authenticationProvider',
  AuthenticationContextAuthenticationStep: 'authenticationContext.authenticationStep',
  AuthenticationContextCredentialProvider: 'authenticationContext.credentialProvider',
  AuthenticationContextInterface: 'authenticationContext.interface',
  DebugData: 'debugContext.debugData',
  AuthenticationContextIssuerId: 'authenticationContext.issuer.id',
  AuthenticationContextIssuerType: 'authenticationContext.issuer.type',
  DomainName: 'securityContext.domain',
  EventMessage: 'displayMessage',
  EventOriginalResultDetails: 'outcome.reason',
  EventOriginalType: 'eventType',
  EventOriginalUid: 'uuid',
  HttpUserAgent: 'client.userAgent.rawUserAgent',
  LegacyEventType: 'legacyEventType',
  LogonMethod: 'authenticationContext.credentialType',
  OriginalClientDevice: 'client.device',
  OriginalOutcomeResult: 'outcome.result',
  OriginalSeverity: 'severity',
  OriginalTarget: 'target',
  OriginalUserId: 'actor.id',
  OriginalUserType: 'actor.type',
  Request: 'request',
  SecurityContextAsNumber: 'securityContext.asNumber',
  SecurityContextAsOrg: 'securityContext.asOrg',
  SecurityContextDomain: 'securityContext.domain',
  SecurityContextIsProxy: 'securityContext.isProxy',
  SrcDvcId: 'client.id',
  SrcDvcOs: 'client.userAgent.os',
  ActingAppName: 'client.userAgent.browser',
  SrcGeoCity: 'client.geographicalContext.city',
  SrcGeoCountry: 'client.geographicalContext.country',
  SrcGeoLatitude: 'client.geographicalContext.geolocation.lat',
  SrcGeoLongitude: 'client.geographicalContext.geolocation.lon',
  SrcGeoLongtitude: 'client.geographicalContext.geolocation.lon',
  SrcGeoPostalCode: 'client.geographicalContext.postalCode',
  SrcGeoRegion: 'client.geographicalContext.state',
  SrcIpAddr: 'client.ipAddress',
  SrcIsp: 'securityContext.isp',
  SrcZone: 'client.zone',
  TimeGenerated: 'published',
  TransactionDetail: 'transaction.detail',
  TransactionId: 'transaction.id',
  TransactionType: 'transaction.type',
  Version: 'version',
};

/** Where the later names are given twice, the row's own are used. The connector's words for types of actors are none of Okta's. */
const FALLBACKS: Readonly<Record<string, string>> = {
  ActorUserId: 'actor.id',
  ActorUsername: 'actor.alternateId',
};

/** Sentinel's unified views have rows of any product under the names of these columns, and say whose they are. */
const VENDOR = /^okta\b/i;

/**
 * Rows of Microsoft Sentinel's table `OktaV2_CL`, whose columns have names of their own.
 * Source: https://learn.microsoft.com/en-us/azure/azure-monitor/reference/tables/oktav2_cl
 */
export const SENTINEL_V2: ArchiveFormat = {
  id: 'sentinel-v2',
  title: 'Sentinel rows of the second table',
  recognise: (value) =>
    typeof value['EventOriginalType'] === 'string' &&
    'EventOriginalUid' in value &&
    VENDOR.test(String(value['EventVendor'] ?? 'Okta')),
  unwrap: (value) => [restoreNamedRow(settleTimes(value))],
  cannotContain: NO_EVENT_TYPES,
  missingFields: [
    'device',
    'authenticationContext.authenticatorContext',
    'authenticationContext.rootSessionId',
    'securityContext.botProtection',
    'securityContext.ipDetails',
    'securityContext.risk',
    'securityContext.userBehaviors',
  ],
  isSelective: false,
  keepsBytes: false,
};

function settleTimes(row: RawEvent): RawEvent {
  const settled = settleZones(row);
  const before = settled[TIME_BEFORE_SEARCH];
  return isEmpty(before) ? settled : { ...settled, TimeGenerated: before };
}

function settleZones(row: RawEvent): RawEvent {
  return Object.fromEntries(
    Object.entries(row).map(([name, cell]) => {
      if (!name.endsWith(ZONE)) return [name, cell];
      const isAmerican = typeof cell === 'string' && cell.includes('/') && / [AP]M$/.test(cell);
      return [name.slice(0, -ZONE.length), isAmerican ? `${cell} UTC` : cell];
    }),
  );
}

function restoreTypedRow(row: RawEvent): Record<string, unknown> {
  const entries: [string[], unknown][] = [];
  for (const [key, value] of Object.entries(row)) {
    const name = TYPED_NAME.exec(key)?.[1];
    if (name === undefined || isEmpty(value)) continue;
    const path = (NAMES_OF_FUNCTION[name] ?? name).split('_');
    entries.push([path, readPart(path, value)]);
  }
  const record = dropEmpty(nestKeys(entries));
  return { ...record, published: record['published'] ?? row['TimeGenerated'] };
}

/** The function `OktaSSO` gives the whole request in the place of its chain. */
function readPart(path: readonly string[], cell: unknown): unknown {
  const value = readCellAt(path, cell);
  return path.at(-1) === 'ipChain' ? (readPath(value, 'ipChain') ?? value) : value;
}

/** A name has a column for each type that its values had, and all but one of them are empty. */
function isEmpty(cell: unknown): boolean {
  return cell === undefined || cell === null || cell === '';
}

function restoreNamedRow(row: RawEvent): Record<string, unknown> {
  const fill = (names: Readonly<Record<string, string>>): [string[], unknown][] =>
    Object.entries(names).flatMap(([column, path]) => {
      const value = readCell(row[column]);
      return isEmpty(value) ? [] : [[path.split('.'), value]];
    });
  const record = dropEmpty(nestKeys([...fill(FALLBACKS), ...fill(COLUMNS)]));
  const { transaction } = record;
  const detail = readCell(row['TransactionDetail']);
  // An empty one tells that there was no API token.
  if (!isRecord(transaction) || !isRecord(detail)) return record;
  return { ...record, transaction: { ...transaction, detail } };
}
