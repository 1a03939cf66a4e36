/**
 * How a note words an event. `{user}` stands for the target users, `{thing}` for the other targets, `{rule}` and
 * `{policy}` for those of a policy, `{privilege}` for what was granted; one in parentheses goes with them where there
 * is none.
 */
export interface EventVerb {
  /** After a name: "dana reset the password of lee". */
  readonly did: string;
  /** After "tried to". */
  readonly toDo: string;
  /** The same where somebody did it to themself; without it there is no difference. */
  readonly own?: Pick<EventVerb, 'did' | 'toDo'>;
  /** After a name, where it did not succeed and "tried to" would say something else. */
  readonly failed?: string;
}

/** `changed|change a factor of {user}`: the verb after a name and after "tried to", and what both go on with. */
export type VerbForms = `${string}|${string} ${string}`;

/** A second one is for where somebody does it to themself; in full where the two say different things. */
export type EventWording = VerbForms | readonly [others: VerbForms, own: VerbForms] | EventVerb;

/** Wording by event type, for what a security team meets most. Names: https://developer.okta.com/docs/reference/api/event-types/ */
export const EVENT_VERBS: Readonly<Record<string, EventWording>> = {
  'user.account.reset_password': [
    'reset|reset the password of {user}',
    'reset|reset their own password',
  ],
  'user.account.update_password': [
    'set|set a new password for {user}',
    'changed|change their own password',
  ],
  'user.account.update_primary_email': [
    'changed|change the e-mail address of {user}',
    'changed|change their own e-mail address',
  ],
  'user.account.update_secondary_email': [
    'changed|change the secondary e-mail address of {user}',
    'changed|change their own secondary e-mail address',
  ],
  'user.account.expire_password': 'expired|expire the password of {user}',
  // Okta calls the lock the failure of the last sign-in before it, and whose account it is the actor, mostly without a target.
  'user.account.lock': {
    did: 'locked the account of {user}',
    toDo: 'lock the account of {user}',
    own: { did: 'locked their own account out', toDo: 'lock their own account out' },
    failed: 'was locked out after too many failed sign-ins',
  },
  'user.account.unlock': [
    'unlocked|unlock the account of {user}',
    'unlocked|unlock their own account',
  ],
  'user.account.unlock_by_admin': 'unlocked|unlock the account of {user}',
  // It names the roles that are held afterwards, and comes as well where one of several is taken away.
  'user.account.privilege.grant': [
    'set|set the administrator roles of {user} to {privilege}',
    'set|set their own administrator roles to {privilege}',
  ],
  'user.account.privilege.revoke': 'took|take {privilege} from {user}',
  'group.privilege.grant': 'set|set the administrator roles of the group {thing} to {privilege}',
  'group.privilege.revoke': 'took|take {privilege} from the group {thing}',
  'user.account.report_suspicious_activity_by_enduser':
    'reported|report suspicious activity on their own account',
  'user.mfa.factor.activate': ['enrolled|enrol a factor for {user}', 'enrolled|enrol a factor'],
  'user.mfa.factor.deactivate': [
    'removed|remove a factor of {user}',
    'removed|remove a factor of their own',
  ],
  'user.mfa.factor.reset_all': [
    'removed|remove all factors of {user}',
    'removed|remove all their own factors',
  ],
  'user.mfa.factor.suspend': [
    'suspended|suspend a factor of {user}',
    'suspended|suspend a factor of their own',
  ],
  'user.mfa.factor.unsuspend': [
    'reactivated|reactivate a suspended factor of {user}',
    'reactivated|reactivate a suspended factor of their own',
  ],
  'user.mfa.factor.update': [
    'changed|change a factor of {user}',
    'changed|change a factor of their own',
  ],
  'user.mfa.attempt_bypass': [
    'attempted to bypass|bypass MFA for {user}',
    'attempted to bypass|bypass their own MFA',
  ],
  'user.mfa.okta_verify.deny_push': 'refused|refuse a push notification',
  'user.session.impersonation.grant': 'granted|grant Okta Support access to the tenant',
  'user.session.impersonation.extend': "extended|extend Okta Support's access to the tenant",
  'user.session.impersonation.initiate': 'entered|enter the tenant in an Okta Support session',
  'user.session.impersonation.end': 'ended|end an Okta Support session',
  'user.session.impersonation.revoke': "revoked|revoke Okta Support's access to the tenant",
  'support.org.view': "viewed|view the tenant with Okta's support tooling",
  'support.org.update': "changed|change the tenant with Okta's support tooling",
  'system.directory.debugger.grant': 'granted|grant Okta Support access to the Directory Debugger',
  'system.directory.debugger.extend':
    "extended|extend Okta Support's access to the Directory Debugger",
  'system.directory.debugger.revoke':
    "revoked|revoke Okta Support's access to the Directory Debugger",
  'system.directory.debugger.query_executed':
    'queried|query the directory through the Directory Debugger',
  'user.session.start': 'signed|sign in',
  'user.session.end': 'signed|sign out',
  'user.session.access_admin_app': 'opened|open the Admin Console',
  'user.authentication.sso': 'opened|open the app {thing}',
  'user.authentication.auth_via_richclient': 'signed|sign in through a mail program',
  'user.authentication.auth_via_radius': 'signed|sign in through a VPN gateway',
  'system.push.send_factor_verify_push': 'was sent|send a push notification ({thing})',
  'user.authentication.auth_via_mfa': {
    did: 'answered an MFA challenge',
    toDo: 'answer an MFA challenge',
    failed: 'did not pass an MFA challenge',
  },
  'group.user_membership.add': 'added|add {user} to the group {thing}',
  'group.user_membership.remove': 'removed|remove {user} from the group {thing}',
  'user.lifecycle.create': 'created|create the user {user}',
  'user.lifecycle.activate': 'activated|activate the user {user}',
  'user.lifecycle.deactivate': 'deactivated|deactivate the user {user}',
  'system.api_token.create': { did: 'created the API token {thing}', toDo: 'create an API token' },
  'system.api_token.enable': 'switched|switch on the API token {thing} again',
  'system.api_token.update': 'changed|change the API token {thing}',
  'system.api_token.revoke': 'revoked|revoke the API token {thing}',
  'event_hook.deactivated': 'switched|switch off the event hook {thing}',
  'event_hook.deleted': 'deleted|delete the event hook {thing}',
  'inline_hook.created': 'created|create the inline hook {thing}',
  'inline_hook.updated': 'changed|change the inline hook {thing}',
  'inline_hook.activated': 'switched|switch on the inline hook {thing}',
  'workflows.user.role.user.add': 'granted|grant a role in Okta Workflows to {user}',
  'workflows.user.role.group.add': 'granted|grant a role in Okta Workflows to the group {thing}',
  'system.mfa.factor.activate':
    'switched|switch on a kind of factor for the whole organisation ({thing})',
  'system.mfa.factor.deactivate':
    'switched|switch off a kind of factor for the whole organisation ({thing})',
  'app.oauth2.client.privilege.grant': 'granted|grant {privilege} to the OAuth client {thing}',
  'user.authentication.verify': 'proved|prove again who they are',
  'policy.evaluate_sign_on': {
    did: 'was checked by a sign-on policy',
    toDo: 'get past a sign-on policy',
  },
  'user.risk.detect': 'saw|rate a risk to the account of {user}',
  'user.risk.change': 'changed|change the risk level of {user}',
  'security.session.detect_client_roaming': 'went|go on with a session on another network',
  'security.threat.detected': {
    did: 'sent requests that ThreatInsight takes for an attack',
    toDo: 'send requests that ThreatInsight takes for an attack',
    failed: 'sent requests that ThreatInsight stopped as an attack',
  },
  'security.attack.start': 'reported the begin of|report an attack on the tenant',
  'security.attack.end': 'reported|report the end of an attack on the tenant',
  'security.threat.configuration.update': 'changed|change the settings of ThreatInsight',
  'security.attack_protection.settings.update': 'changed|change the settings of attack protection',
  'security.behavior.settings.update': 'changed|change the behavior detection {thing}',
  'security.behavior.settings.delete': 'deleted|delete the behavior detection {thing}',
  'security.session_protection.status.update': 'switched|switch session protection to another mode',
  'security.protected_action.attempt': {
    did: 'began a protected action ({thing})',
    toDo: 'carry out a protected action ({thing})',
  },
  'security.protected_action.settings.update': 'changed|change which actions are protected',
  'system.org.rate_limit.violation': {
    did: 'ran into a rate limit of the tenant',
    toDo: 'exceed a rate limit of the tenant',
    failed: 'ran into a rate limit of the tenant',
  },
  'system.api_token.request_outside_allowed_range':
    'used|use an API token from outside its networks',
  'system.agent.ad.create': 'added|add a directory agent ({thing})',
  'system.agent.ad.reactivate': 'switched|switch a directory agent on again ({thing})',
  'device.enrollment.create': 'enrolled|enrol a device ({thing})',
  'device.user.add': 'added|add a device ({thing})',
  'analytics.reports.export.request': {
    did: 'asked for a report to be exported ({thing})',
    toDo: 'export a report ({thing})',
  },
  'iam.resourceset.bindings.add': 'assigned|assign a custom administrator role ({thing}) to {user}',
  'iam.resourceset.resources.add':
    'added|add resources to what a custom administrator role reaches ({thing})',
  'iam.resourceset.resources.update':
    'changed|change what a custom administrator role reaches ({thing})',
  'iam.role.create': 'created|create a custom administrator role ({thing})',
  'iam.role.permissions.add': 'gave|give permissions to a custom administrator role ({thing})',
  'iam.role.permission.conditions.delete':
    'lifted|lift a condition from a custom administrator role ({thing})',
  'app.oauth2.client.read_client_secret': 'read|read the client secret of {thing}',
  'application.configuration.read_client_secret': 'read|read the client secret of the app {thing}',
  'system.idp.lifecycle.read_client_secret':
    'read|read the client secret of the identity provider {thing}',
  'app.oauth2.credentials.lifecycle.create': 'added|add a credential to the OAuth client {thing}',
  'app.oauth2.credentials.lifecycle.activate':
    'switched|switch on a credential of the OAuth client {thing}',
  'app.oauth2.credentials.lifecycle.deactivate':
    'switched|switch off a credential of the OAuth client {thing}',
  'app.oauth2.admin.consent.grant': 'granted|grant Okta API scopes to the app {thing}',
  'app.oauth2.token.detect_reuse': 'used|use a refresh token of {user} twice',
  'application.user_membership.show_password':
    'looked|look at the app password of {user} ({thing})',
  'application.policy.sign_on.update': 'changed|change the sign-on policy of the app {thing}',
  'app.policy.sign_on.update': 'changed|change the sign-on policy of the app {thing}',
  'application.policy.sign_on.rule.create':
    'added|add a rule to the sign-on policy of the app {thing}',
  'application.policy.sign_on.rule.delete':
    'deleted|delete a rule from the sign-on policy of the app {thing}',
  'app.generic.unauth_app_access_attempt':
    'opened|open the app {thing} without being assigned to it',
  'application.integration.rate_limit_exceeded': {
    did: 'ran into a rate limit of an application',
    toDo: 'exceed a rate limit of an application',
    failed: 'ran into a rate limit of an application',
  },
  'core.concurrency.org.limit.violation': {
    did: 'ran into a limit of requests at the same time',
    toDo: 'exceed a limit of requests at the same time',
    failed: 'ran into a limit of requests at the same time',
  },
  'system.client.concurrency_rate_limit.violation': {
    did: 'ran into a limit of requests at the same time',
    toDo: 'exceed a limit of requests at the same time',
    failed: 'ran into a limit of requests at the same time',
  },
  'system.client.rate_limit.violation': {
    did: 'ran into a rate limit of a client',
    toDo: 'exceed a rate limit of a client',
    failed: 'ran into a rate limit of a client',
  },
  'system.operation.concurrency_limit.violation': {
    did: 'ran into a limit of operations at the same time',
    toDo: 'exceed a limit of operations at the same time',
    failed: 'ran into a limit of operations at the same time',
  },
  'system.operation.rate_limit.violation': {
    did: 'ran into a rate limit of an operation',
    toDo: 'exceed a rate limit of an operation',
    failed: 'ran into a rate limit of an operation',
  },
  'app.oauth2.as.token.detect_reuse': 'used|use a refresh token of {user} twice',
  'system.oauth2.token.request_outside_allowed_range':
    'used|use an access token from outside its networks',
  'user.account.lock.limit': 'locked|lock the account of {user} for good',
  'policy.lifecycle.overwrite': 'overwrote|overwrite the policy {thing}',
  'policy.mapping.create': 'put|put an app under another policy ({thing})',
  'zone.remove_blacklist': 'took|take addresses off the block list ({thing})',
  'security.zone.remove_blacklist': 'took|take addresses off the block list ({thing})',
  'network_zone.rule.disabled': 'switched|switch off the network zone {thing}',
  'system.idp.key.create': 'added|add a signing key of an identity provider ({thing})',
  'system.idp.key.update': 'changed|change a signing key of an identity provider ({thing})',
  'system.idp.key.delete': 'deleted|delete a signing key of an identity provider ({thing})',
  'system.agent.register': 'registered|register an agent ({thing})',
  'system.agent.connector.reactivate': 'switched|switch a connector agent on again ({thing})',
  'system.iwa.create': 'added|add an agent for desktop single sign-on ({thing})',
  'security.events.provider.deactivate':
    'disconnected|disconnect a product that reports risks to Okta ({thing})',
  'security.events.provider.delete':
    'deleted|delete a product that reports risks to Okta ({thing})',
  'system.custom_signin.update': 'changed|change the sign-in page ({thing})',
  'system.custom_url_domain.initiate': 'set|set up an address for the sign-in page ({thing})',
  'system.custom_url_domain.update': 'changed|change the address of the sign-in page ({thing})',
  'system.email.template.create': "replaced|replace Okta's text of a mail ({thing})",
  'system.email.template.update': 'changed|change the text of a mail ({thing})',
  'system.email.template.settings_changed': 'changed|change to whom a mail is sent ({thing})',
  'event_hook.created': 'created|create the event hook {thing}',
  'event_hook.updated': 'changed|change the event hook {thing}',
  'event_hook.activated': 'switched|switch on the event hook {thing}',
  'workflows.user.connection.create': 'made|make a connection of Okta Workflows ({thing})',
  'workflows.user.connection.reauthorize': 'renewed|renew a connection of Okta Workflows ({thing})',
  'workflows.user.flow.export': 'exported|export a flow of Okta Workflows ({thing})',
  'workflows.user.folder.export': 'exported|export a folder of flows of Okta Workflows ({thing})',
  'workflows.user.table.export': 'exported|export a table of Okta Workflows ({thing})',
  'access.request.condition.create': 'made|make a condition of access requests ({thing})',
  'access.request.condition.update': 'changed|change a condition of access requests ({thing})',
  'access.request.condition.activate':
    'switched|switch on a condition of access requests ({thing})',
  'access.request.sequence.create': 'made|make the approval of access requests ({thing})',
  'access.request.sequence.update': 'changed|change the approval of access requests ({thing})',
  'access.request.settings.update': 'changed|change the settings of access requests ({thing})',
  'device.desktop_mfa.recovery_pin.generate': 'gave|give {user} a recovery PIN for a computer',
  'pki.ca.add': 'added|add a certificate authority ({thing})',
  'application.user_membership.change_username':
    'changed|change the username of {user} in an app ({thing})',
  'integration.api_service.lifecycle.authorize': 'let|let the service {thing} into the Okta API',
  'app.keys.clone': 'gave|give the signing key of an app to another one ({thing})',
  'security.breached_credential.detected':
    'found|find the password of {user} in a list of stolen ones',
  'user.behavior.profile.reset': 'made|make Okta forget what is usual for {user}',
  'system.agent.ad.upgrade': 'updated|update the agent {thing}',
  'system.agent.auto_update': 'updated|update the agent {thing} automatically',
  'system.agent_pools.auto_update': 'updated|update the agents of {thing} automatically',
};
