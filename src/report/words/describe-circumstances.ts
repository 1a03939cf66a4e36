import type { Circumstance } from '../../model/match.ts';

/** What makes a finding more likely to matter, after "For:". */
const FOR: Partial<Record<Circumstance, string>> = {
  'support-tool': "it looks like a change made with Okta's support tool",
  'support-impersonation': 'it was made inside an Okta Support session',
  unknown: 'the log does not say who did it',
  privileged: 'it concerns a privileged account or privilege',
  'outside-help-desk': 'whoever did it is not in your help desk list',
  'outside-own-domains': 'whoever did it is not of your own domains',
  corroborated: 'an independent record supports it',
  'not-re-enrolled': 'no factor was enrolled again within 12 hours',
  'above-usual': 'it is far more than this administrator usually does in a day',
  'strong-indicator': 'it carries a strong published sign of the attacker',
  'privileged-follow-up': 'something privileged was done right after it, from somewhere new',
};

/** What makes it more likely to be ordinary, after "Against:". */
const AGAINST: Partial<Record<Circumstance, string>> = {
  self: 'people did it to their own account',
  automation: "Okta's own system account did it, as jobs do",
  habitual:
    'the like was done in the same way on several of the 14 days before, also to the same person or thing',
  'usual-for-token':
    'the token was used by such programs from these networks on several of the 14 days before',
  'within-usual':
    'this administrator did as much from the same network on several of the 14 days before',
  'new-account':
    'the account was made or activated in the 14 days before, as on a first day at work',
  'own-network': 'it came from your own networks',
  'granted-by-own-administrator': 'one of your own administrators had granted the access',
  'listed-support-case': 'it belongs to a support case that you listed',
  'outside-core-window': 'it lies outside the time in question',
};

export interface Argument {
  readonly speaksFor: readonly string[];
  readonly speaksAgainst: readonly string[];
}

/** The circumstances of a finding as the two sides of an argument, each in a phrase without a capital or full stop. */
export function describeCircumstances(circumstances: readonly Circumstance[]): Argument {
  return {
    speaksFor: circumstances.flatMap((circumstance) => FOR[circumstance] ?? []),
    speaksAgainst: circumstances.flatMap((circumstance) => AGAINST[circumstance] ?? []),
  };
}
