import { isRecord, type RawEvent } from '../../../model/log-event.ts';

/**
 * What Panther's schema of Okta's log has no place for: Panther keeps no field beside those that it names.
 * Source: https://docs.panther.com/data-onboarding/supported-logs/okta
 */
const OUTSIDE_SCHEMA: readonly (readonly [part: string, names: readonly string[]])[] = [
  ['authenticationContext', ['authenticatorContext', 'rootSessionId']],
  ['securityContext', ['botProtection', 'ipDetails', 'risk', 'userBehaviors']],
  ['target', ['changeDetails']],
];

/** Dotted paths of what a row of Panther cannot hold, without what it does hold by a schema of the team's own; none for any other. */
export function listPantherLosses(record: RawEvent): string[] {
  if (!String(record['p_log_type']).startsWith('Okta.')) return [];
  const lost = OUTSIDE_SCHEMA.flatMap(([part, names]) =>
    names.filter((name) => !holds(record[part], name)).map((name) => `${part}.${name}`),
  );
  return 'device' in record ? lost : ['device', ...lost];
}

function holds(part: unknown, name: string): boolean {
  return [part].flat().some((value) => isRecord(value) && name in value);
}
