/**
 * Names inside a System Log record that are not in lower case alone, and those of open objects that rules look at.
 * Source: schema LogEvent of Okta's OpenAPI description, https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
 */
const NAMES = [
  ...['alternateId', 'asNumber', 'asOrg', 'authenticationContext', 'authenticationProvider'],
  ...['authenticationStep', 'authenticatorContext', 'authnRequestId', 'binaryIdentifier'],
  ...['bindingMethod', 'botProtection', 'caseNumber', 'changeDetails', 'credentialProvider'],
  ...['credentialType', 'debugContext', 'debugData', 'detailEntry', 'detectionName'],
  ...['deviceFingerprint', 'displayMessage', 'displayName', 'dtHash', 'eventType'],
  ...['externalSessionId', 'geographicalContext', 'ipAddress', 'ipChain', 'ipDetails'],
  ...['ipServiceCategories', 'isAnonymous', 'isPreviousPolicy', 'isProxy', 'legacyEventType'],
  ...['logOnlySecurityData', 'methodTypeUsed', 'methodUsedVerifiedProperties'],
  ...['networkConnection', 'oktaDeviceId', 'policyRuleActionJson', 'policyType', 'postalCode'],
  ...['previousLevel', 'privilegeGranted', 'privilegeRevoked', 'proxyType'],
  ...['pushOnlyResponseType', 'pushWithNumberChallengeResponseType', 'rawUserAgent'],
  ...['requestApiTokenId', 'requestId', 'requestUri', 'rootSessionId', 'securityContext'],
  ...['supportAction', 'suspiciousActivityEventType', 'threatDetections', 'threatSuspected'],
  ...['userAgent', 'userBehaviors', 'validationStatus'],
];
const NAME_OF = new Map(NAMES.map((name) => [name.toLowerCase(), name]));

/** Gives a name of the record back in Okta's own spelling; any other as it is. */
export function restoreName(name: string): string {
  return NAME_OF.get(name.toLowerCase()) ?? name;
}
