/** An object or a list that Okta has at some place of its record. */
export interface Structure {
  readonly name: string;
  /** What is lost where something else stands in its place. */
  readonly path: string;
  readonly isList: boolean;
  readonly inside: readonly Structure[];
}

/**
 * The structures of Okta's record. `debugData` and details have no fixed names, and what a change was from and to has none at all,
 * so that tables often keep their text, and what writes to some depth ends there.
 * Source: schema LogEvent, https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SystemLog/
 */
export const STRUCTURES: readonly Structure[] = [
  toObject('actor', [toObject('actor.detailEntry')]),
  toObject('authenticationContext', [
    toObject('authenticationContext.issuer'),
    toObject('authenticationContext.authenticatorContext'),
  ]),
  toObject('client', [
    toObject('client.userAgent'),
    toObject('client.geographicalContext', [toObject('client.geographicalContext.geolocation')]),
  ]),
  toObject('debugContext', [toObject('debugContext.debugData')]),
  toObject('device'),
  toObject('outcome'),
  toObject('request', [toList('request.ipChain')]),
  toObject('securityContext', [
    toObject('securityContext.botProtection'),
    toObject('securityContext.ipDetails', [
      toList('securityContext.ipDetails.ipServiceCategories'),
    ]),
    toObject('securityContext.risk'),
    toList('securityContext.userBehaviors'),
  ]),
  toList('target', [
    toObject('target.detailEntry'),
    toObject('target.changeDetails', [
      // A check that needs the change needs both.
      { ...toObject('target.changeDetails.from'), path: 'target.changeDetails' },
      { ...toObject('target.changeDetails.to'), path: 'target.changeDetails' },
    ]),
  ]),
  toObject('transaction', [toObject('transaction.detail')]),
];

function toObject(path: string, inside: readonly Structure[] = []): Structure {
  return { name: path.slice(path.lastIndexOf('.') + 1), path, isList: false, inside };
}

function toList(path: string, inside: readonly Structure[] = []): Structure {
  return { ...toObject(path, inside), isList: true };
}
