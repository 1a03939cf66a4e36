import type { RawEvent } from '../../../src/model/log-event.ts';
import {
  composeEvent,
  type EventParts,
  OKTA_SYSTEM,
  type Somebody,
  thing,
} from './compose-event.ts';

export {
  composeEvent,
  type EventParts,
  OKTA_SYSTEM,
  person,
  type Somebody,
  thing,
} from './compose-event.ts';
export { generateNoise, NOISE_EVENT_TYPES } from './generate-noise.ts';
export { ANONYMIZER, BERLIN_OFFICE, FAR_AWAY, LISBON_OFFICE, type Place } from './places.ts';

/** What every kind of event lets a test change. */
type Details = Partial<Omit<EventParts, 'eventType' | 'at' | 'actor' | 'targets'>>;

interface OwnEvent extends Details {
  readonly user: Somebody;
  readonly at: string | number;
}

interface EventOnUser extends Details {
  /** The target alone where nobody else is named: the person did it. */
  readonly actor?: Somebody;
  readonly target: Somebody;
  readonly at: string | number;
}

interface ActorEvent extends Details {
  readonly actor: Somebody;
  readonly at: string | number;
}

export function signIn({ user, at, ...details }: OwnEvent): RawEvent {
  return composeEvent({
    displayMessage: 'User login to Okta',
    debugData: { requestUri: '/idp/idx/identify', url: '/idp/idx/identify?' },
    ...details,
    eventType: 'user.session.start',
    at,
    actor: user,
    targets: [thing('AppInstance', 'Okta Dashboard')],
  });
}

export function failedSignIn({ user, at, ...details }: OwnEvent): RawEvent {
  return signIn({ result: 'FAILURE', reason: 'INVALID_CREDENTIALS', ...details, user, at });
}

export function adminAppAccess({ user, at, ...details }: OwnEvent): RawEvent {
  return composeEvent({
    displayMessage: 'User accessing Okta admin app',
    ...details,
    eventType: 'user.session.access_admin_app',
    at,
    actor: user,
    targets: [thing('AppInstance', 'Okta Admin Console'), user],
  });
}

/** A reset by whoever is named; by Okta's system account it is what a forgotten password leaves behind. */
export function passwordReset({ actor, target, at, ...details }: EventOnUser): RawEvent {
  return composeEvent({
    displayMessage: 'User reset password for Okta (by admin)',
    ...details,
    eventType: 'user.account.reset_password',
    at,
    actor: actor ?? OKTA_SYSTEM,
    targets: [target],
  });
}

/** A reset with the published pattern of Okta's support tool: system actor, unknown transaction, no browser, no country. */
export function supportToolReset({ target, at, ...details }: Omit<EventOnUser, 'actor'>): RawEvent {
  return passwordReset({
    place: null,
    transactionId: 'unknown',
    ...details,
    actor: OKTA_SYSTEM,
    target,
    at,
  });
}

export function passwordChange({ actor, target, at, ...details }: EventOnUser): RawEvent {
  return composeEvent({
    displayMessage: 'User update password for Okta',
    ...details,
    eventType: 'user.account.update_password',
    at,
    actor: actor ?? target,
    targets: [target],
  });
}

export type FactorAction =
  | 'activate'
  | 'deactivate'
  | 'update'
  | 'suspend'
  | 'unsuspend'
  | 'reset_all';

/** One of the `user.mfa.factor.*` events. */
export function factorEvent(
  action: FactorAction,
  { actor, target, at, factor, ...details }: EventOnUser & { readonly factor?: string },
): RawEvent {
  const name = factor ?? 'OKTA_VERIFY_PUSH';
  return composeEvent({
    displayMessage: `${action} factor for user`,
    reason: `User ${action} ${name} factor`,
    debugData: { factor: name },
    ...details,
    eventType: `user.mfa.factor.${action}`,
    at,
    actor: actor ?? target,
    targets: [target, thing('AuthenticatorEnrollment', name)],
  });
}

export type ImpersonationAction = 'grant' | 'extend' | 'initiate' | 'end' | 'revoke';

/** One of the `user.session.impersonation.*` events: Okta Support access as the log tells it. */
export function impersonationEvent(
  action: ImpersonationAction,
  {
    actor,
    at,
    target,
    caseNumber,
    ...details
  }: ActorEvent & {
    readonly target?: Somebody;
    readonly caseNumber?: string;
  },
): RawEvent {
  return composeEvent({
    displayMessage: `Impersonation ${action}`,
    ...(caseNumber === undefined ? {} : { debugData: { caseNumber } }),
    ...details,
    eventType: `user.session.impersonation.${action}`,
    at,
    actor,
    targets: target === undefined ? [] : [target],
  });
}

/** `support.org.view` or `support.org.update`, which Okta logs since August 2022. */
export function supportAction(
  action: 'view' | 'update',
  {
    actor,
    at,
    target,
    ...details
  }: Partial<ActorEvent> & {
    readonly at: string | number;
    readonly target?: Somebody;
  },
): RawEvent {
  return composeEvent({
    displayMessage: `Okta Support ${action}`,
    debugData: { supportAction: `${action} user` },
    place: null,
    ...details,
    eventType: `support.org.${action}`,
    at,
    actor: actor ?? OKTA_SYSTEM,
    targets: target === undefined ? [] : [target],
  });
}

export function privilegeGrant({
  actor,
  target,
  at,
  privilege,
  ...details
}: EventOnUser & { readonly actor: Somebody; readonly privilege?: string }): RawEvent {
  return composeEvent({
    displayMessage: 'Grant user privilege',
    debugData: { privilegeGranted: privilege ?? 'Super administrator' },
    ...details,
    eventType:
      target.type === 'UserGroup' ? 'group.privilege.grant' : 'user.account.privilege.grant',
    at,
    actor,
    targets: [target],
  });
}

export function apiTokenCreation({
  actor,
  at,
  token,
  ...details
}: ActorEvent & { readonly token?: string }): RawEvent {
  return composeEvent({
    displayMessage: 'Create API token',
    ...details,
    eventType: 'system.api_token.create',
    at,
    actor,
    targets: [thing('Token', token ?? 'ci-token')],
  });
}

export function identityProviderChange(
  action: 'create' | 'update' | 'activate',
  { actor, at, provider, ...details }: ActorEvent & { readonly provider?: string },
): RawEvent {
  return composeEvent({
    displayMessage: `Identity provider ${action}`,
    ...details,
    eventType: `system.idp.lifecycle.${action}`,
    at,
    actor,
    targets: [thing('IdentityProvider', provider ?? 'Example SAML')],
  });
}

/** The second channel by which Okta Support can look into a tenant. */
export function directoryDebuggerEvent(
  action: 'grant' | 'extend' | 'revoke' | 'query_executed',
  { actor, at, ...details }: ActorEvent,
): RawEvent {
  return composeEvent({
    ...details,
    eventType: `system.directory.debugger.${action}`,
    at,
    actor,
    targets: [thing('Directory', 'corp.example')],
  });
}
