import { type LogEvent, readActor, readTargetUser } from '../../model/log-event.ts';
import { isSameParty } from '../name-party.ts';
import { isByPerson, POWER_TYPES } from '../session-use.ts';
import { CHAIN_FACTOR_TYPES, readChainStep } from '../takeover/chain-steps.ts';

/** What makes access rule or last: an act of power, or a factor that people enrol for themselves. */
export type Act = 'power' | 'factor';

export const ACT_TYPES: readonly string[] = [...POWER_TYPES, ...CHAIN_FACTOR_TYPES];

/** Null for any other event, and for what a program with a token did, or somebody for somebody else's factors. */
export function readAct(event: LogEvent): Act | null {
  if (!ACT_TYPES.includes(event.eventType) || !isByPerson(event)) return null;
  if (POWER_TYPES.includes(event.eventType)) return 'power';
  return readChainStep(event) === 'factor' && isForThemselves(event) ? 'factor' : null;
}

function isForThemselves(event: LogEvent): boolean {
  const actor = readActor(event);
  const target = readTargetUser(event);
  return actor !== null && (target === null || isSameParty(actor, target));
}
