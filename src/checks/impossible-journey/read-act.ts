import { type LogEvent, readActor, readTargetUser } from '../../model/log-event.ts';
import { isSameParty } from '../name-party.ts';
import { isByPerson, POWER_TYPES } from '../session-use.ts';
import { CHAIN_FACTOR_TYPES, readChainStep } from '../takeover/chain-steps.ts';

/** What makes access rule or last: an act of power, or a factor that people enrol for themselves. */
export type Act = 'power' | 'factor';

/** With the cookie of a session walls are lowered by calls to the API as well: nobody need open the Admin Console. */
const WALL_TYPES: readonly string[] = [
  'policy.rule.update',
  'policy.rule.deactivate',
  'policy.rule.delete',
  'policy.lifecycle.deactivate',
  'policy.lifecycle.delete',
  'user.mfa.factor.reset_all',
  'system.mfa.factor.deactivate',
  'security.authenticator.lifecycle.deactivate',
  'system.log_stream.lifecycle.deactivate',
  'system.log_stream.lifecycle.delete',
  'zone.deactivate',
  'zone.delete',
  'user.session.impersonation.grant',
];
const RULING_TYPES: readonly string[] = [...POWER_TYPES, ...WALL_TYPES];

export const ACT_TYPES: readonly string[] = [...RULING_TYPES, ...CHAIN_FACTOR_TYPES];

/** Null for any other event, and for what a program with a token did, or somebody for somebody else's factors. */
export function readAct(event: LogEvent): Act | null {
  if (!ACT_TYPES.includes(event.eventType) || !isByPerson(event)) return null;
  if (RULING_TYPES.includes(event.eventType)) return 'power';
  return readChainStep(event) === 'factor' && isForThemselves(event) ? 'factor' : null;
}

function isForThemselves(event: LogEvent): boolean {
  const actor = readActor(event);
  const target = readTargetUser(event);
  return actor !== null && (target === null || isSameParty(actor, target));
}
