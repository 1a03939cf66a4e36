import { isAttempt, isRecord, type LogEvent, readTargetUser } from '../../model/log-event.ts';
import { keyOf } from '../name-party.ts';

export const PRIVILEGE_MEMORY_TYPES: readonly string[] = ['user.account.privilege.grant'];

/** The roles that rule the whole tenant, as Okta writes them: "Super administrator", "Organization administrator". */
const RULING_ROLE = /\b(?:super|org|organi[sz]ation) admin/i;

export interface PrivilegeMemory {
  accept(event: LogEvent): void;
  /** The role that a person was seen to get, or null. */
  findRole(person: string): string | null;
}

/** Remembers who was seen to become an administrator, with the latest role. */
export function beginPrivilegeMemory(): PrivilegeMemory {
  const roles = new Map<string, { readonly role: string; readonly atMs: number }>();
  return {
    accept(event) {
      if (!PRIVILEGE_MEMORY_TYPES.includes(event.eventType) || isAttempt(event)) return;
      const person = keyOf(readTargetUser(event));
      if (person === null) return;
      const known = roles.get(person);
      if (known !== undefined && known.atMs >= event.publishedMs) return;
      const role = readGrantedRole(event) ?? 'an administrator role';
      roles.set(person, { role, atMs: event.publishedMs });
    },
    findRole: (person) => roles.get(person)?.role ?? null,
  };
}

/** What a privilege grant gives, in Okta's words; null for other events. */
export function readGrantedRole(event: LogEvent): string | null {
  const debugContext = event.raw['debugContext'];
  const debugData = isRecord(debugContext) ? debugContext['debugData'] : null;
  const role = isRecord(debugData) ? debugData['privilegeGranted'] : null;
  return typeof role === 'string' && role !== '' ? role : null;
}

export function isRulingRole(role: string): boolean {
  return RULING_ROLE.test(role);
}
