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

/** Wording by event type, for what a security team meets most. Names: https://developer.okta.com/docs/reference/api/event-types/ */
export const EVENT_VERBS: Readonly<Record<string, EventVerb>> = {
  'user.account.reset_password': {
    did: 'reset the password of {user}',
    toDo: 'reset the password of {user}',
    own: { did: 'reset their own password', toDo: 'reset their own password' },
  },
  'user.account.update_password': {
    did: 'set a new password for {user}',
    toDo: 'set a new password for {user}',
    own: { did: 'changed their own password', toDo: 'change their own password' },
  },
  'user.account.update_primary_email': {
    did: 'changed the e-mail address of {user}',
    toDo: 'change the e-mail address of {user}',
    own: { did: 'changed their own e-mail address', toDo: 'change their own e-mail address' },
  },
  'user.account.update_secondary_email': {
    did: 'changed the secondary e-mail address of {user}',
    toDo: 'change the secondary e-mail address of {user}',
    own: {
      did: 'changed their own secondary e-mail address',
      toDo: 'change their own secondary e-mail address',
    },
  },
  'user.account.expire_password': {
    did: 'expired the password of {user}',
    toDo: 'expire the password of {user}',
  },
  'user.account.lock': {
    did: 'locked the account of {user}',
    toDo: 'lock the account of {user}',
    own: { did: 'locked their own account out', toDo: 'lock their own account out' },
  },
  'user.account.unlock': {
    did: 'unlocked the account of {user}',
    toDo: 'unlock the account of {user}',
    own: { did: 'unlocked their own account', toDo: 'unlock their own account' },
  },
  'user.account.unlock_by_admin': {
    did: 'unlocked the account of {user}',
    toDo: 'unlock the account of {user}',
  },
  'user.account.privilege.grant': {
    did: 'granted {privilege} to {user}',
    toDo: 'grant {privilege} to {user}',
    own: { did: 'granted {privilege} to themself', toDo: 'grant {privilege} to themself' },
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
    own: { did: 'enrolled a factor', toDo: 'enrol a factor' },
  },
  'user.mfa.factor.deactivate': {
    did: 'removed a factor of {user}',
    toDo: 'remove a factor of {user}',
    own: { did: 'removed a factor of their own', toDo: 'remove a factor of their own' },
  },
  'user.mfa.factor.reset_all': {
    did: 'removed all factors of {user}',
    toDo: 'remove all factors of {user}',
    own: { did: 'removed all their own factors', toDo: 'remove all their own factors' },
  },
  'user.mfa.factor.suspend': {
    did: 'suspended a factor of {user}',
    toDo: 'suspend a factor of {user}',
    own: { did: 'suspended a factor of their own', toDo: 'suspend a factor of their own' },
  },
  'user.mfa.factor.unsuspend': {
    did: 'reactivated a suspended factor of {user}',
    toDo: 'reactivate a suspended factor of {user}',
    own: {
      did: 'reactivated a suspended factor of their own',
      toDo: 'reactivate a suspended factor of their own',
    },
  },
  'user.mfa.factor.update': {
    did: 'changed a factor of {user}',
    toDo: 'change a factor of {user}',
    own: { did: 'changed a factor of their own', toDo: 'change a factor of their own' },
  },
  'user.mfa.attempt_bypass': {
    did: 'attempted to bypass MFA for {user}',
    toDo: 'bypass MFA for {user}',
    own: { did: 'attempted to bypass their own MFA', toDo: 'bypass their own MFA' },
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
  'user.authentication.sso': { did: 'opened the app {thing}', toDo: 'open the app {thing}' },
  'system.push.send_factor_verify_push': {
    did: 'was sent a push notification ({thing})',
    toDo: 'send a push notification ({thing})',
  },
  'user.authentication.auth_via_mfa': {
    did: 'answered an MFA challenge',
    toDo: 'answer an MFA challenge',
    failed: 'did not pass an MFA challenge',
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
  'system.api_token.enable': {
    did: 'switched on the API token {thing} again',
    toDo: 'switch on the API token {thing} again',
  },
  'system.api_token.update': {
    did: 'changed the API token {thing}',
    toDo: 'change the API token {thing}',
  },
  'system.api_token.revoke': {
    did: 'revoked the API token {thing}',
    toDo: 'revoke the API token {thing}',
  },
  'event_hook.deactivated': {
    did: 'switched off the event hook {thing}',
    toDo: 'switch off the event hook {thing}',
  },
  'event_hook.deleted': {
    did: 'deleted the event hook {thing}',
    toDo: 'delete the event hook {thing}',
  },
  'inline_hook.created': {
    did: 'created the inline hook {thing}',
    toDo: 'create the inline hook {thing}',
  },
  'inline_hook.updated': {
    did: 'changed the inline hook {thing}',
    toDo: 'change the inline hook {thing}',
  },
  'inline_hook.activated': {
    did: 'switched on the inline hook {thing}',
    toDo: 'switch on the inline hook {thing}',
  },
  'workflows.user.role.user.add': {
    did: 'granted a role in Okta Workflows to {user}',
    toDo: 'grant a role in Okta Workflows to {user}',
  },
  'workflows.user.role.group.add': {
    did: 'granted a role in Okta Workflows to the group {thing}',
    toDo: 'grant a role in Okta Workflows to the group {thing}',
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
  'user.authentication.verify': {
    did: 'proved again who they are',
    toDo: 'prove again who they are',
  },
  'policy.evaluate_sign_on': {
    did: 'was checked by a sign-on policy',
    toDo: 'get past a sign-on policy',
  },
  'user.risk.detect': {
    did: 'saw a risk to the account of {user}',
    toDo: 'rate a risk to the account of {user}',
  },
  'user.risk.change': {
    did: 'changed the risk level of {user}',
    toDo: 'change the risk level of {user}',
  },
  'security.session.detect_client_roaming': {
    did: 'went on with a session on another network',
    toDo: 'go on with a session on another network',
  },
  'security.threat.detected': {
    did: 'sent requests that ThreatInsight takes for an attack',
    toDo: 'send requests that ThreatInsight takes for an attack',
    failed: 'sent requests that ThreatInsight stopped as an attack',
  },
  'security.attack.start': {
    did: 'reported the begin of an attack on the tenant',
    toDo: 'report an attack on the tenant',
  },
  'security.attack.end': {
    did: 'reported the end of an attack on the tenant',
    toDo: 'report the end of an attack on the tenant',
  },
  'security.threat.configuration.update': {
    did: 'changed the settings of ThreatInsight',
    toDo: 'change the settings of ThreatInsight',
  },
  'security.attack_protection.settings.update': {
    did: 'changed the settings of attack protection',
    toDo: 'change the settings of attack protection',
  },
  'security.behavior.settings.update': {
    did: 'changed the behavior detection {thing}',
    toDo: 'change the behavior detection {thing}',
  },
  'security.behavior.settings.delete': {
    did: 'deleted the behavior detection {thing}',
    toDo: 'delete the behavior detection {thing}',
  },
  'security.session_protection.status.update': {
    did: 'switched session protection to another mode',
    toDo: 'switch session protection to another mode',
  },
  'security.protected_action.attempt': {
    did: 'began a protected action ({thing})',
    toDo: 'carry out a protected action ({thing})',
  },
  'security.protected_action.settings.update': {
    did: 'changed which actions are protected',
    toDo: 'change which actions are protected',
  },
  'system.org.rate_limit.violation': {
    did: 'ran into a rate limit of the tenant',
    toDo: 'exceed a rate limit of the tenant',
    failed: 'ran into a rate limit of the tenant',
  },
  'system.api_token.request_outside_allowed_range': {
    did: 'used an API token from outside its networks',
    toDo: 'use an API token from outside its networks',
  },
  'system.agent.ad.create': {
    did: 'added a directory agent ({thing})',
    toDo: 'add a directory agent ({thing})',
  },
  'system.agent.ad.reactivate': {
    did: 'switched a directory agent on again ({thing})',
    toDo: 'switch a directory agent on again ({thing})',
  },
  'device.enrollment.create': {
    did: 'enrolled a device ({thing})',
    toDo: 'enrol a device ({thing})',
  },
  'analytics.reports.export.request': {
    did: 'asked for a report to be exported ({thing})',
    toDo: 'export a report ({thing})',
  },
  'iam.resourceset.bindings.add': {
    did: 'assigned a custom administrator role ({thing}) to {user}',
    toDo: 'assign a custom administrator role ({thing}) to {user}',
  },
  'iam.resourceset.resources.add': {
    did: 'added resources to what a custom administrator role reaches ({thing})',
    toDo: 'add resources to what a custom administrator role reaches ({thing})',
  },
  'iam.resourceset.resources.update': {
    did: 'changed what a custom administrator role reaches ({thing})',
    toDo: 'change what a custom administrator role reaches ({thing})',
  },
  'iam.resourceset.update': {
    did: 'changed what a custom administrator role reaches ({thing})',
    toDo: 'change what a custom administrator role reaches ({thing})',
  },
  'iam.role.create': {
    did: 'created a custom administrator role ({thing})',
    toDo: 'create a custom administrator role ({thing})',
  },
  'iam.role.update': {
    did: 'changed a custom administrator role ({thing})',
    toDo: 'change a custom administrator role ({thing})',
  },
  'iam.role.permissions.add': {
    did: 'gave permissions to a custom administrator role ({thing})',
    toDo: 'give permissions to a custom administrator role ({thing})',
  },
  'iam.role.permission.conditions.delete': {
    did: 'lifted a condition from a custom administrator role ({thing})',
    toDo: 'lift a condition from a custom administrator role ({thing})',
  },
  'app.oauth2.client.read_client_secret': {
    did: 'read the client secret of {thing}',
    toDo: 'read the client secret of {thing}',
  },
  'application.configuration.read_client_secret': {
    did: 'read the client secret of the app {thing}',
    toDo: 'read the client secret of the app {thing}',
  },
  'system.idp.lifecycle.read_client_secret': {
    did: 'read the client secret of the identity provider {thing}',
    toDo: 'read the client secret of the identity provider {thing}',
  },
  'app.oauth2.credentials.lifecycle.create': {
    did: 'added a credential to the OAuth client {thing}',
    toDo: 'add a credential to the OAuth client {thing}',
  },
  'app.oauth2.credentials.lifecycle.activate': {
    did: 'switched on a credential of the OAuth client {thing}',
    toDo: 'switch on a credential of the OAuth client {thing}',
  },
  'app.oauth2.credentials.lifecycle.deactivate': {
    did: 'switched off a credential of the OAuth client {thing}',
    toDo: 'switch off a credential of the OAuth client {thing}',
  },
  'app.oauth2.admin.consent.grant': {
    did: 'granted Okta API scopes to the app {thing}',
    toDo: 'grant Okta API scopes to the app {thing}',
  },
  'app.oauth2.token.detect_reuse': {
    did: 'used a refresh token of {user} twice',
    toDo: 'use a refresh token of {user} twice',
  },
  'application.user_membership.show_password': {
    did: 'looked at the app password of {user} ({thing})',
    toDo: 'look at the app password of {user} ({thing})',
  },
  'application.policy.sign_on.update': {
    did: 'changed the sign-on policy of the app {thing}',
    toDo: 'change the sign-on policy of the app {thing}',
  },
  'app.policy.sign_on.update': {
    did: 'changed the sign-on policy of the app {thing}',
    toDo: 'change the sign-on policy of the app {thing}',
  },
  'application.policy.sign_on.rule.create': {
    did: 'added a rule to the sign-on policy of the app {thing}',
    toDo: 'add a rule to the sign-on policy of the app {thing}',
  },
  'application.policy.sign_on.rule.delete': {
    did: 'deleted a rule from the sign-on policy of the app {thing}',
    toDo: 'delete a rule from the sign-on policy of the app {thing}',
  },
  'app.generic.unauth_app_access_attempt': {
    did: 'opened the app {thing} without being assigned to it',
    toDo: 'open the app {thing} without being assigned to it',
  },
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
  'app.oauth2.as.token.detect_reuse': {
    did: 'used a refresh token of {user} twice',
    toDo: 'use a refresh token of {user} twice',
  },
  'system.oauth2.token.request_outside_allowed_range': {
    did: 'used an access token from outside its networks',
    toDo: 'use an access token from outside its networks',
  },
  'user.account.lock.limit': {
    did: 'locked the account of {user} for good',
    toDo: 'lock the account of {user} for good',
  },
  'user.mfa.okta_verify.deny_push_upgrade_needed': {
    did: 'refused a push notification',
    toDo: 'refuse a push notification',
  },
  'policy.lifecycle.overwrite': {
    did: 'overwrote the policy {thing}',
    toDo: 'overwrite the policy {thing}',
  },
  'policy.mapping.create': {
    did: 'put an app under another policy ({thing})',
    toDo: 'put an app under another policy ({thing})',
  },
  'zone.remove_blacklist': {
    did: 'took addresses off the block list ({thing})',
    toDo: 'take addresses off the block list ({thing})',
  },
  'security.zone.remove_blacklist': {
    did: 'took addresses off the block list ({thing})',
    toDo: 'take addresses off the block list ({thing})',
  },
  'network_zone.rule.disabled': {
    did: 'switched off the network zone {thing}',
    toDo: 'switch off the network zone {thing}',
  },
  'system.idp.key.create': {
    did: 'added a signing key of an identity provider ({thing})',
    toDo: 'add a signing key of an identity provider ({thing})',
  },
  'system.idp.key.update': {
    did: 'changed a signing key of an identity provider ({thing})',
    toDo: 'change a signing key of an identity provider ({thing})',
  },
  'system.idp.key.delete': {
    did: 'deleted a signing key of an identity provider ({thing})',
    toDo: 'delete a signing key of an identity provider ({thing})',
  },
  'system.agent.register': {
    did: 'registered an agent ({thing})',
    toDo: 'register an agent ({thing})',
  },
  'system.agent.connector.reactivate': {
    did: 'switched a connector agent on again ({thing})',
    toDo: 'switch a connector agent on again ({thing})',
  },
  'system.iwa.create': {
    did: 'added an agent for desktop single sign-on ({thing})',
    toDo: 'add an agent for desktop single sign-on ({thing})',
  },
  'security.events.provider.deactivate': {
    did: 'disconnected a product that reports risks to Okta ({thing})',
    toDo: 'disconnect a product that reports risks to Okta ({thing})',
  },
  'security.events.provider.delete': {
    did: 'deleted a product that reports risks to Okta ({thing})',
    toDo: 'delete a product that reports risks to Okta ({thing})',
  },
  'system.custom_signin.update': {
    did: 'changed the sign-in page ({thing})',
    toDo: 'change the sign-in page ({thing})',
  },
  'system.custom_url_domain.initiate': {
    did: 'set up an address for the sign-in page ({thing})',
    toDo: 'set up an address for the sign-in page ({thing})',
  },
  'system.custom_url_domain.update': {
    did: 'changed the address of the sign-in page ({thing})',
    toDo: 'change the address of the sign-in page ({thing})',
  },
  'system.email.template.create': {
    did: "replaced Okta's text of a mail ({thing})",
    toDo: "replace Okta's text of a mail ({thing})",
  },
  'system.email.template.update': {
    did: 'changed the text of a mail ({thing})',
    toDo: 'change the text of a mail ({thing})',
  },
  'system.email.template.settings_changed': {
    did: 'changed to whom a mail is sent ({thing})',
    toDo: 'change to whom a mail is sent ({thing})',
  },
  'event_hook.created': {
    did: 'created the event hook {thing}',
    toDo: 'create the event hook {thing}',
  },
  'event_hook.updated': {
    did: 'changed the event hook {thing}',
    toDo: 'change the event hook {thing}',
  },
  'event_hook.activated': {
    did: 'switched on the event hook {thing}',
    toDo: 'switch on the event hook {thing}',
  },
  'workflows.user.connection.create': {
    did: 'made a connection of Okta Workflows ({thing})',
    toDo: 'make a connection of Okta Workflows ({thing})',
  },
  'workflows.user.connection.reauthorize': {
    did: 'renewed a connection of Okta Workflows ({thing})',
    toDo: 'renew a connection of Okta Workflows ({thing})',
  },
  'workflows.user.flow.export': {
    did: 'exported a flow of Okta Workflows ({thing})',
    toDo: 'export a flow of Okta Workflows ({thing})',
  },
  'workflows.user.folder.export': {
    did: 'exported a folder of flows of Okta Workflows ({thing})',
    toDo: 'export a folder of flows of Okta Workflows ({thing})',
  },
  'workflows.user.table.export': {
    did: 'exported a table of Okta Workflows ({thing})',
    toDo: 'export a table of Okta Workflows ({thing})',
  },
  'access.request.condition.create': {
    did: 'made a condition of access requests ({thing})',
    toDo: 'make a condition of access requests ({thing})',
  },
  'access.request.condition.update': {
    did: 'changed a condition of access requests ({thing})',
    toDo: 'change a condition of access requests ({thing})',
  },
  'access.request.condition.activate': {
    did: 'switched on a condition of access requests ({thing})',
    toDo: 'switch on a condition of access requests ({thing})',
  },
  'access.request.sequence.create': {
    did: 'made the approval of access requests ({thing})',
    toDo: 'make the approval of access requests ({thing})',
  },
  'access.request.sequence.update': {
    did: 'changed the approval of access requests ({thing})',
    toDo: 'change the approval of access requests ({thing})',
  },
  'access.request.settings.update': {
    did: 'changed the settings of access requests ({thing})',
    toDo: 'change the settings of access requests ({thing})',
  },
  'device.desktop_mfa.recovery_pin.generate': {
    did: 'gave {user} a recovery PIN for a computer',
    toDo: 'give {user} a recovery PIN for a computer',
  },
  'integration.api_service.lifecycle.authorize': {
    did: 'let the service {thing} into the Okta API',
    toDo: 'let the service {thing} into the Okta API',
  },
  'app.keys.clone': {
    did: 'gave the signing key of an app to another one ({thing})',
    toDo: 'give the signing key of an app to another one ({thing})',
  },
  'security.breached_credential.detected': {
    did: 'found the password of {user} in a list of stolen ones',
    toDo: 'find the password of {user} in a list of stolen ones',
  },
  'user.behavior.profile.reset': {
    did: 'made Okta forget what is usual for {user}',
    toDo: 'make Okta forget what is usual for {user}',
  },
  'pki.ca.add': {
    did: 'added a certificate authority ({thing})',
    toDo: 'add a certificate authority ({thing})',
  },
  'application.user_membership.change_username': {
    did: 'changed the username of {user} in an app ({thing})',
    toDo: 'change the username of {user} in an app ({thing})',
  },
};
