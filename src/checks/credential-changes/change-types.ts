/**
 * What changes how a person signs in, by what it does.
 * Source: https://developer.okta.com/docs/reference/api/event-types/
 */
const FAMILY_BY_TYPE = {
  'user.account.reset_password': 'password',
  'user.account.update_password': 'password',
  'user.account.expire_password': 'password',
  'user.account.update_primary_email': 'email',
  'user.account.update_secondary_email': 'email',
  'user.account.unlock': 'unlock',
  'user.account.unlock_by_admin': 'unlock',
  'user.account.unlock_token': 'unlock',
  'user.mfa.factor.deactivate': 'factor-removed',
  'user.mfa.factor.reset_all': 'factor-removed',
  'user.mfa.factor.suspend': 'factor-removed',
  'user.mfa.factor.update': 'factor-updated',
  'user.mfa.factor.activate': 'factor-added',
  'user.mfa.factor.unsuspend': 'factor-added',
  'user.mfa.attempt_bypass': 'factor-bypass',
} as const;

export type ChangeFamily = (typeof FAMILY_BY_TYPE)[keyof typeof FAMILY_BY_TYPE];

export const CREDENTIAL_CHANGE_TYPES: readonly string[] = Object.keys(FAMILY_BY_TYPE);

/** What kind of credential change an event type is, or null for any other event. */
export function readChangeFamily(eventType: string): ChangeFamily | null {
  return Object.hasOwn(FAMILY_BY_TYPE, eventType)
    ? FAMILY_BY_TYPE[eventType as keyof typeof FAMILY_BY_TYPE]
    : null;
}

/** Event types and prefixes of acts that give power, open a way in, or weaken a defence. */
const POWER_PREFIXES = [
  'user.account.privilege.',
  'group.privilege.',
  'iam.',
  'app.oauth2.client.privilege.',
  'app.oauth2.client.lifecycle.',
  'system.api_token.',
  'system.idp.',
  'system.mfa.factor.',
  'system.log_stream.',
  'event_hook.activated',
  'event_hook.created',
  'event_hook.deactivated',
  'event_hook.deleted',
  'event_hook.updated',
  'inline_hook.created',
  'inline_hook.updated',
  'inline_hook.activated',
  'system.custom_email_server.',
  'system.custom_signin.',
  'system.custom_url_domain.',
  'system.email.template.',
  'system.agent.ad.create',
  'system.agent.ad.reactivate',
  'system.agent.connector.reactivate',
  'system.agent.register',
  'system.iwa.create',
  'security.threat.configuration.',
  'security.attack_protection.settings.',
  'security.behavior.settings.',
  'security.session_protection.status.',
  'security.protected_action.settings.',
  'security.events.provider.activate',
  'security.events.provider.deactivate',
  'security.events.provider.delete',
  'security.trusted_origin.',
  'app.oauth2.admin.consent.',
  'app.oauth2.credentials.',
  'app.keys.clone',
  'integration.api_service.lifecycle.',
  'access.request.condition.',
  'access.request.sequence.',
  'access.request.settings.',
  'pki.ca.add',
  'workflows.user.role.',
  'security.authenticator.lifecycle.',
  'policy.lifecycle.',
  'policy.rule.',
  'policy.mapping.',
  'zone.',
  'application.lifecycle.',
  'application.policy.',
  'user.behavior.profile.reset',
  'user.lifecycle.',
  'system.directory.debugger.',
  'support.org.',
] as const;

const SESSION_PREFIXES = ['user.session.', 'user.authentication.'] as const;

/** True for acts that change who has power over the tenant or how it is defended. */
export function isPowerType(eventType: string): boolean {
  return POWER_PREFIXES.some((prefix) => eventType.startsWith(prefix));
}

/** True for sign-ins, sessions and the use of applications. */
export function isSessionType(eventType: string): boolean {
  return SESSION_PREFIXES.some((prefix) => eventType.startsWith(prefix));
}
