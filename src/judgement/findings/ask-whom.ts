import { ASK_ADMINISTRATORS, type Askable } from '../../model/askable.ts';
import type { Party } from '../../model/log-event.ts';
import type { Attribution } from '../../model/match.ts';
import { isUnknownParty } from '../../model/printable-party.ts';
import { nameParty } from '../name-party.ts';

interface Asking {
  readonly ask: Askable;
  readonly actor: Party | null;
  readonly target: Party | null;
  readonly attribution: Attribution | null;
}

/**
 * Words whom to ask and what, so that it can follow "Ask".
 * Nobody can ask Okta's system account or a person whom Okta did not know: then the next in line is named.
 */
export function wordAskWhom({ ask, actor, target, attribution }: Asking): string {
  if (ask === 'actor' && isAskable(actor)) return askActor(actor, attribution);
  if (ask !== 'administrators' && isAskable(target) && target.type === 'User') {
    return `${nameParty(target)} whether they expected this`;
  }
  if (ask === 'target' && isAskable(actor)) return askActor(actor, attribution);
  return ASK_ADMINISTRATORS;
}

/** In such a session an event may name whom support acted as, and they did not do it. */
const ASK_SUPPORT = 'Okta Support what was done in its session, and why';

function askActor(actor: Party, attribution: Attribution | null): string {
  const name = nameParty(actor);
  if (attribution === 'support-impersonation') return ASK_SUPPORT;
  if (attribution === 'api-token') return `the owner of ${name}'s API token what it did and why`;
  if (actor.type !== null && actor.type !== 'User')
    return `the owner of ${name} what it did and why`;
  return `${name} whether they did this, and why`;
}

function isAskable(party: Party | null): party is Party {
  return party !== null && !isUnknownParty(party) && party.type !== 'SystemPrincipal';
}
