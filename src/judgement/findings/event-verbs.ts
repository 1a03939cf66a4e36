/**
 * How a note words an event. `{user}` stands for the target users, `{thing}` for the other targets,
 * `{privilege}` for what was granted.
 */
export interface EventVerb {
  /** After a name: "dana reset the password of lee". */
  readonly did: string;
  /** After "tried to". */
  readonly toDo: string;
  /** `did` where somebody did it to themself; without it there is no difference. */
  readonly didOwn?: string;
}

/** Wording by event type, for what a security team meets most. Names: https://developer.okta.com/docs/reference/api/event-types/ */
const VERBS: Readonly<Record<string, EventVerb>> = {
  'user.account.reset_password': {
    did: 'reset the password of {user}',
    toDo: 'reset the password of {user}',
    didOwn: 'reset their own password',
  },
  'user.account.update_password': {
    did: 'set a new password for {user}',
    toDo: 'set a new password for {user}',
    didOwn: 'changed their own password',
  },
  'user.account.expire_password': {
    did: 'expired the password of {user}',
    toDo: 'expire the password of {user}',
  },
  'user.account.lock': {
    did: 'locked the account of {user}',
    toDo: 'lock the account of {user}',
    didOwn: 'locked their own account out',
  },
  'user.account.unlock': {
    did: 'unlocked the account of {user}',
    toDo: 'unlock the account of {user}',
    didOwn: 'unlocked their own account',
  },
  'user.account.unlock_by_admin': {
    did: 'unlocked the account of {user}',
    toDo: 'unlock the account of {user}',
  },
  'user.account.privilege.grant': {
    did: 'granted {privilege} to {user}',
    toDo: 'grant {privilege} to {user}',
    didOwn: 'granted {privilege} to themself',
  },
  'user.account.privilege.revoke': {
    did: 'took {privilege} from {user}',
    toDo: 'take {privilege} from {user}',
  },
  'group.privilege.grant': {
    did: 'granted {privilege} to the group {thing}',
    toDo: 'grant {privilege} to the group {thing}',
  },
  'group.privilege.revoke': {
    did: 'took {privilege} from the group {thing}',
    toDo: 'take {privilege} from the group {thing}',
  },
  'user.account.report_suspicious_activity_by_enduser': {
    did: 'reported suspicious activity on their own account',
    toDo: 'report suspicious activity on their own account',
  },
  'user.mfa.factor.activate': {
    did: 'enrolled a factor for {user}',
    toDo: 'enrol a factor for {user}',
    didOwn: 'enrolled a factor',
  },
  'user.mfa.factor.deactivate': {
    did: 'removed a factor of {user}',
    toDo: 'remove a factor of {user}',
    didOwn: 'removed a factor of their own',
  },
  'user.mfa.factor.reset_all': {
    did: 'removed all factors of {user}',
    toDo: 'remove all factors of {user}',
    didOwn: 'removed all their own factors',
  },
  'user.mfa.factor.suspend': {
    did: 'suspended a factor of {user}',
    toDo: 'suspend a factor of {user}',
    didOwn: 'suspended a factor of their own',
  },
  'user.mfa.factor.unsuspend': {
    did: 'reactivated a suspended factor of {user}',
    toDo: 'reactivate a suspended factor of {user}',
    didOwn: 'reactivated a suspended factor of their own',
  },
  'user.mfa.factor.update': {
    did: 'changed a factor of {user}',
    toDo: 'change a factor of {user}',
    didOwn: 'changed a factor of their own',
  },
  'user.mfa.attempt_bypass': {
    did: 'attempted to bypass MFA for {user}',
    toDo: 'bypass MFA for {user}',
    didOwn: 'attempted to bypass their own MFA',
  },
  'user.mfa.okta_verify.deny_push': {
    did: 'refused a push notification',
    toDo: 'refuse a push notification',
  },
  'user.session.impersonation.grant': {
    did: 'granted Okta Support access to the tenant',
    toDo: 'grant Okta Support access to the tenant',
  },
  'user.session.impersonation.extend': {
    did: "extended Okta Support's access to the tenant",
    toDo: "extend Okta Support's access to the tenant",
  },
  'user.session.impersonation.initiate': {
    did: 'entered the tenant in an Okta Support session',
    toDo: 'enter the tenant in an Okta Support session',
  },
  'user.session.impersonation.end': {
    did: 'ended an Okta Support session',
    toDo: 'end an Okta Support session',
  },
  'user.session.impersonation.revoke': {
    did: "revoked Okta Support's access to the tenant",
    toDo: "revoke Okta Support's access to the tenant",
  },
  'support.org.view': {
    did: "viewed the tenant with Okta's support tooling",
    toDo: "view the tenant with Okta's support tooling",
  },
  'support.org.update': {
    did: "changed the tenant with Okta's support tooling",
    toDo: "change the tenant with Okta's support tooling",
  },
  'system.directory.debugger.grant': {
    did: 'granted Okta Support access to the Directory Debugger',
    toDo: 'grant Okta Support access to the Directory Debugger',
  },
  'system.directory.debugger.extend': {
    did: "extended Okta Support's access to the Directory Debugger",
    toDo: "extend Okta Support's access to the Directory Debugger",
  },
  'system.directory.debugger.revoke': {
    did: "revoked Okta Support's access to the Directory Debugger",
    toDo: "revoke Okta Support's access to the Directory Debugger",
  },
  'system.directory.debugger.query_executed': {
    did: 'queried the directory through the Directory Debugger',
    toDo: 'query the directory through the Directory Debugger',
  },
  'user.session.start': { did: 'signed in', toDo: 'sign in' },
  'user.session.end': { did: 'signed out', toDo: 'sign out' },
  'user.session.access_admin_app': {
    did: 'opened the Admin Console',
    toDo: 'open the Admin Console',
  },
  'user.authentication.sso': { did: 'signed in to {thing}', toDo: 'sign in to {thing}' },
  'user.authentication.auth_via_mfa': {
    did: 'answered an MFA challenge',
    toDo: 'answer an MFA challenge',
  },
  'group.user_membership.add': {
    did: 'added {user} to the group {thing}',
    toDo: 'add {user} to the group {thing}',
  },
  'group.user_membership.remove': {
    did: 'removed {user} from the group {thing}',
    toDo: 'remove {user} from the group {thing}',
  },
  'user.lifecycle.create': { did: 'created the user {user}', toDo: 'create the user {user}' },
  'user.lifecycle.activate': { did: 'activated the user {user}', toDo: 'activate the user {user}' },
  'user.lifecycle.deactivate': {
    did: 'deactivated the user {user}',
    toDo: 'deactivate the user {user}',
  },
  'system.api_token.create': { did: 'created the API token {thing}', toDo: 'create an API token' },
  'system.api_token.update': {
    did: 'changed the API token {thing}',
    toDo: 'change the API token {thing}',
  },
  'system.api_token.revoke': {
    did: 'revoked the API token {thing}',
    toDo: 'revoke the API token {thing}',
  },
  'system.mfa.factor.activate': {
    did: 'switched on a kind of factor for the whole organisation ({thing})',
    toDo: 'switch on a kind of factor for the whole organisation ({thing})',
  },
  'system.mfa.factor.deactivate': {
    did: 'switched off a kind of factor for the whole organisation ({thing})',
    toDo: 'switch off a kind of factor for the whole organisation ({thing})',
  },
  'app.oauth2.client.privilege.grant': {
    did: 'granted {privilege} to the OAuth client {thing}',
    toDo: 'grant {privilege} to the OAuth client {thing}',
  },
};

/** What the last word of a lifecycle event says was done. */
const ACTIONS: Readonly<Record<string, Pick<EventVerb, 'did' | 'toDo'>>> = {
  create: { did: 'created', toDo: 'create' },
  update: { did: 'changed', toDo: 'change' },
  activate: { did: 'activated', toDo: 'activate' },
  deactivate: { did: 'deactivated', toDo: 'deactivate' },
  delete: { did: 'deleted', toDo: 'delete' },
  add: { did: 'added', toDo: 'add' },
};

/** Families of such events, and what they are about. */
const FAMILIES: readonly { readonly prefix: string; readonly thing: string }[] = [
  { prefix: 'system.idp.lifecycle.', thing: 'the identity provider' },
  { prefix: 'policy.lifecycle.', thing: 'the policy' },
  { prefix: 'policy.rule.', thing: 'the policy rule' },
  { prefix: 'zone.', thing: 'the network zone' },
  { prefix: 'application.lifecycle.', thing: 'the app' },
  { prefix: 'group.lifecycle.', thing: 'the group' },
  { prefix: 'system.log_stream.lifecycle.', thing: 'the log stream' },
  { prefix: 'security.authenticator.lifecycle.', thing: 'the authenticator' },
];

/** The wording of an event type, or null where there is none better than Okta's own display message. */
export function findVerb(eventType: string): EventVerb | null {
  return lookUp(VERBS, eventType) ?? composeVerb(eventType);
}

function composeVerb(eventType: string): EventVerb | null {
  const family = FAMILIES.find(({ prefix }) => eventType.startsWith(prefix));
  if (family === undefined) return null;
  const action = lookUp(ACTIONS, eventType.slice(family.prefix.length));
  if (action === null) return null;
  return {
    did: `${action.did} ${family.thing} {thing}`,
    toDo: `${action.toDo} ${family.thing} {thing}`,
  };
}

/** Event types come from the log: one called `constructor` must find nothing. */
function lookUp<Value>(table: Readonly<Record<string, Value>>, name: string): Value | null {
  return Object.hasOwn(table, name) ? (table[name] ?? null) : null;
}
