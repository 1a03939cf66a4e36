import {
  isAttempt,
  type LogEvent,
  readActor,
  readTargetUser,
  readText,
} from '../../model/log-event.ts';
import { keyOf } from '../name-party.ts';

const GRANT = 'user.account.privilege.grant';
/** A role that the organisation made, for a set of resources; Okta names no privilege in it. */
const BINDING = 'iam.resourceset.bindings.add';
/** Who was let in is an administrator, however long ago the role was granted. */
const CONSOLE = 'user.session.access_admin_app';

export const PRIVILEGE_MEMORY_TYPES: readonly string[] = [GRANT, BINDING, CONSOLE];

/** The roles that rule the whole tenant, as Okta writes them: "Super administrator", "Organization administrator". */
const RULING_ROLE = /\b(?:super|org|organi[sz]ation) admin/i;

export interface PrivilegeMemory {
  accept(event: LogEvent): void;
  /** What the log shows a person to have done or got that makes them an administrator, or null. */
  findReason(person: string): string | null;
}

/** Remembers who was seen to become an administrator, with the latest role, and who was seen at work as one. */
export function beginPrivilegeMemory(): PrivilegeMemory {
  const roles = new Map<string, { readonly role: string; readonly atMs: number }>();
  const bound = new Set<string>();
  const atWork = new Set<string>();
  return {
    accept(event) {
      if (!PRIVILEGE_MEMORY_TYPES.includes(event.eventType) || isAttempt(event)) return;
      const isConsole = event.eventType === CONSOLE;
      const person = keyOf(isConsole ? readActor(event) : readTargetUser(event));
      if (person === null) return;
      if (event.eventType !== GRANT) {
        (isConsole ? atWork : bound).add(person);
        return;
      }
      const known = roles.get(person);
      if (known !== undefined && known.atMs >= event.publishedMs) return;
      const role = readGrantedRole(event) ?? 'an administrator role';
      roles.set(person, { role, atMs: event.publishedMs });
    },
    findReason(person) {
      const granted = roles.get(person);
      if (granted !== undefined) return `was granted ${granted.role}`;
      if (bound.has(person)) return 'was granted a custom administrator role';
      return atWork.has(person) ? 'opened the Admin Console' : null;
    },
  };
}

/** What a privilege grant gives, in Okta's words; null for other events. */
export function readGrantedRole(event: LogEvent): string | null {
  return readText(event, 'debugContext.debugData.privilegeGranted') || null;
}

export function isRulingRole(role: string): boolean {
  return RULING_ROLE.test(role);
}
