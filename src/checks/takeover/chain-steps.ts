import {
  isAttempt,
  type LogEvent,
  type Party,
  readActor,
  readTargetUser,
} from '../../model/log-event.ts';
import { DAY_MS } from '../../model/time-window.ts';
import { attributeChange } from '../credential-changes/attribute-change.ts';
import { readChangeFamily } from '../credential-changes/change-types.ts';
import { isByOkta } from '../is-by-okta.ts';
import { isByToken } from '../is-by-token.ts';
import { isPasswordAlone } from '../is-password-alone.ts';

/** From the credential change on, everything that belongs to one takeover happens within this time. */
export const CHAIN_SPAN_MS = DAY_MS;

/** Somebody who left, or was locked up, can come in again. */
const RETURN_TYPES = ['user.lifecycle.reactivate', 'user.lifecycle.unsuspend'];
export const CHAIN_CHANGE_TYPES: readonly string[] = [
  'user.account.reset_password',
  'user.account.update_password',
  'user.account.expire_password',
  'user.mfa.factor.deactivate',
  'user.mfa.factor.reset_all',
  'user.mfa.factor.suspend',
  ...RETURN_TYPES,
];
export const CHAIN_FACTOR_TYPES: readonly string[] = [
  'user.mfa.factor.activate',
  'user.credential.enroll',
  'device.enrollment.create',
];
export const CHAIN_SIGN_IN_TYPES: readonly string[] = [
  'user.session.start',
  'user.authentication.auth_via_mfa',
  'user.authentication.sso',
];
/** What a stolen account with power is used for first. */
export const CHAIN_POWER_TYPES: readonly string[] = [
  'user.session.access_admin_app',
  'user.account.privilege.grant',
  'group.privilege.grant',
  'iam.resourceset.bindings.add',
  'app.oauth2.client.privilege.grant',
  'system.api_token.create',
  'system.idp.lifecycle.create',
  'system.idp.lifecycle.update',
  'system.idp.lifecycle.activate',
];
/** Who is new has no places yet. */
export const ARRIVAL_TYPES: readonly string[] = [
  'user.lifecycle.create',
  'user.lifecycle.activate',
];

/** A factor that somebody else gave to a person is a change and a new factor in one. */
export type ChainStep = 'change' | 'factor' | 'given-factor' | 'sign-in' | 'power' | 'arrival';

const STEP_BY_TYPE: ReadonlyMap<string, ChainStep> = new Map([
  ...CHAIN_CHANGE_TYPES.map((type) => [type, 'change'] as const),
  ...CHAIN_FACTOR_TYPES.map((type) => [type, 'factor'] as const),
  ...CHAIN_SIGN_IN_TYPES.map((type) => [type, 'sign-in'] as const),
  ...CHAIN_POWER_TYPES.map((type) => [type, 'power'] as const),
  ...ARRIVAL_TYPES.map((type) => [type, 'arrival'] as const),
]);

/**
 * Which step of a takeover an event may be; null for any other event, for what failed, and for what a program did with a
 * token, which tells no place of its owner: whoever takes the account makes the token first.
 */
export function readChainStep(event: LogEvent): ChainStep | null {
  const step = STEP_BY_TYPE.get(event.eventType) ?? null;
  if (step === null || isAttempt(event) || isPasswordAlone(event)) return null;
  if (step === 'sign-in' && isByOkta(event)) return null;
  if (step === 'power' && isByToken(event)) return null;
  if (step === 'factor' && isGivenFactor(event)) return 'given-factor';
  if (isReturn(event) && isByAutomation(event)) return null;
  return step === 'change' && isOwnPasswordChange(event) ? null : step;
}

export function isChange(step: ChainStep): boolean {
  return step === 'change' || step === 'given-factor';
}

export function isReturn({ eventType }: Pick<LogEvent, 'eventType'>): boolean {
  return RETURN_TYPES.includes(eventType);
}

export function isNewFactor(step: ChainStep): boolean {
  return step === 'factor' || step === 'given-factor';
}

/** Whose takeover it would be: the target of a change, else who acts. */
export function readChainPerson(event: LogEvent, step: ChainStep): Party | null {
  if (step === 'sign-in' || step === 'power') return readActor(event);
  return readTargetUser(event) ?? (step === 'factor' ? readActor(event) : null);
}

/** A caller who has the help desk enrol a factor for the account needs no reset. Okta enrols some by itself. */
function isGivenFactor(event: LogEvent): boolean {
  if (event.eventType !== 'user.mfa.factor.activate' || readTargetUser(event) === null)
    return false;
  const { attribution } = attributeChange(event);
  return attribution !== 'self' && attribution !== 'automation';
}

/** A personnel system locks up whoever is on leave or off duty, and lets them in again by an import that Okta runs. */
function isByAutomation(event: LogEvent): boolean {
  return attributeChange(event).attribution === 'automation';
}

/** Everybody changes an old password for a new one; a takeover begins with one that somebody else reset. */
function isOwnPasswordChange(event: LogEvent): boolean {
  return (
    readChangeFamily(event.eventType) === 'password' &&
    event.eventType !== 'user.account.reset_password' &&
    attributeChange(event).attribution === 'self'
  );
}
