/**
 * The fields that an Okta event can have, dotted; arrays are not marked, as a path branches over them.
 * Source: schema LogEvent of Okta's OpenAPI description 2026.06.3, with the documented additions below.
 */
const FIELDS: readonly string[] = [
  'actor.alternateId',
  'actor.displayName',
  'actor.id',
  'actor.type',
  'authenticationContext.authenticationProvider',
  'authenticationContext.authenticationStep',
  'authenticationContext.credentialProvider',
  'authenticationContext.credentialType',
  'authenticationContext.externalSessionId',
  'authenticationContext.interface',
  'authenticationContext.issuer.id',
  'authenticationContext.issuer.type',
  'client.device',
  'client.geographicalContext.city',
  'client.geographicalContext.country',
  'client.geographicalContext.geolocation.lat',
  'client.geographicalContext.geolocation.lon',
  'client.geographicalContext.postalCode',
  'client.geographicalContext.state',
  'client.id',
  'client.ipAddress',
  'client.userAgent.browser',
  'client.userAgent.os',
  'client.userAgent.rawUserAgent',
  'client.zone',
  'displayMessage',
  'eventType',
  'legacyEventType',
  'outcome.reason',
  'outcome.result',
  'published',
  'request.ipChain.geographicalContext.city',
  'request.ipChain.geographicalContext.country',
  'request.ipChain.geographicalContext.geolocation.lat',
  'request.ipChain.geographicalContext.geolocation.lon',
  'request.ipChain.geographicalContext.postalCode',
  'request.ipChain.geographicalContext.state',
  'request.ipChain.ip',
  'request.ipChain.ipDetails.asNumber',
  'request.ipChain.ipDetails.asOrg',
  'request.ipChain.ipDetails.domain',
  'request.ipChain.ipDetails.ipServiceCategories.isAnonymous',
  'request.ipChain.ipDetails.ipServiceCategories.operator',
  'request.ipChain.ipDetails.ipServiceCategories.type',
  'request.ipChain.ipDetails.isp',
  'request.ipChain.source',
  'request.ipChain.version',
  'securityContext.asNumber',
  'securityContext.asOrg',
  'securityContext.botProtection.level',
  'securityContext.domain',
  'securityContext.ipDetails.asNumber',
  'securityContext.ipDetails.asOrg',
  'securityContext.ipDetails.domain',
  'securityContext.ipDetails.ipServiceCategories.isAnonymous',
  'securityContext.ipDetails.ipServiceCategories.operator',
  'securityContext.ipDetails.ipServiceCategories.type',
  'securityContext.ipDetails.isp',
  'securityContext.isProxy',
  'securityContext.isp',
  'securityContext.risk.detectionName',
  'securityContext.risk.issuer',
  'securityContext.risk.level',
  'securityContext.risk.previousLevel',
  'securityContext.risk.reasons',
  'securityContext.userBehaviors.id',
  'securityContext.userBehaviors.name',
  'securityContext.userBehaviors.result',
  'severity',
  'target.alternateId',
  'target.displayName',
  'target.id',
  'target.type',
  'transaction.id',
  'transaction.type',
  'uuid',
  'version',
];

/**
 * Fields that events carry although the schema does not list them.
 * Source: examples of the same description, and https://developer.okta.com/docs/reference/api/system-log/
 */
const UNLISTED_FIELDS: readonly string[] = [
  'authenticationContext.rootSessionId',
  'device.device_integrator',
  'device.disk_encryption_type',
  'device.id',
  'device.jailbreak',
  'device.managed',
  'device.name',
  'device.os_platform',
  'device.os_version',
  'device.registered',
  'device.screen_lock_type',
  'device.secure_hardware_present',
];

/** Objects that may hold any key; what is known of their keys only helps to correct the case of a rule's. */
const OPEN_OBJECTS: readonly string[] = [
  'actor.detailEntry',
  'authenticationContext.authenticatorContext',
  'debugContext.debugData',
  'device.device_integrator',
  'target.changeDetails.from',
  'target.changeDetails.to',
  'target.detailEntry',
  'transaction.detail',
];

const KNOWN_OPEN_FIELDS: readonly string[] = [
  ...[
    'authnRequestId',
    'behaviors',
    'deviceFingerprint',
    'dtHash',
    'factor',
    'logOnlySecurityData',
    'networkConnection',
    'privilegeGranted',
    'privilegeRevoked',
    'proxyType',
    'requestId',
    'requestUri',
    'risk',
    'suspiciousActivityEventType',
    'supportAction',
    'threatDetections',
    'threatSuspected',
    'tunnels',
    'url',
  ].map((key) => `debugContext.debugData.${key}`),
  'target.detailEntry.methodTypeUsed',
  'target.detailEntry.methodUsedVerifiedProperties',
  'transaction.detail.requestApiTokenId',
];

/** A place in an event's structure. */
export interface FieldNode {
  readonly children: ReadonlyMap<string, FieldNode>;
  /** The same children by their lower-case names. */
  readonly childrenIgnoringCase: ReadonlyMap<
    string,
    { readonly name: string; readonly node: FieldNode }
  >;
  /** True where any other key may stand as well. */
  readonly isOpen: boolean;
}

interface GrowingNode {
  readonly children: Map<string, GrowingNode>;
  readonly childrenIgnoringCase: Map<string, { name: string; node: GrowingNode }>;
  isOpen: boolean;
}

/** Builds the structure of an Okta event. */
export function buildFieldTree(): FieldNode {
  const root = newNode();
  for (const field of [...FIELDS, ...UNLISTED_FIELDS]) grow(root, field);
  for (const field of [...OPEN_OBJECTS, ...KNOWN_OPEN_FIELDS]) grow(root, field).isOpen = true;
  return root;
}

function newNode(): GrowingNode {
  return { children: new Map(), childrenIgnoringCase: new Map(), isOpen: false };
}

function grow(root: GrowingNode, field: string): GrowingNode {
  let node = root;
  for (const name of field.split('.')) {
    let child = node.children.get(name);
    if (child === undefined) {
      child = newNode();
      node.children.set(name, child);
      node.childrenIgnoringCase.set(name.toLowerCase(), { name, node: child });
    }
    node = child;
  }
  return node;
}
