import type { FollowUp } from '../../model/reading.ts';
import type { Indicator } from '../../model/scope.ts';
import type { TimeWindow } from '../../model/time-window.ts';
import { listAddresses } from '../address-matcher.ts';
import { toIndicatorCheckId } from './indicator-check.ts';

/** A range up to a quarter of a /24 can be asked for address by address. */
const LARGEST_RANGE = 64;

export interface IndicatorPlan {
  readonly followUps: readonly FollowUp[];
  /** Ids of the indicator checks that these follow-ups serve completely. */
  readonly served: readonly string[];
  /** What they leave out, each in words for the reason of its check. */
  readonly unserved: readonly { readonly check: string; readonly reason: string }[];
}

/**
 * Plans what a targeted pull must ask for so that indicators can be judged without reading everything.
 * Only addresses can be asked for; browsers, networks, accounts and pages need a full pull or an archive.
 */
export function planIndicatorFollowUps(
  indicators: readonly Indicator[],
  window: TimeWindow,
): IndicatorPlan {
  const addresses = indicators.filter((indicator) => indicator.kind === 'address');
  const listed = addresses.map(({ value }) => ({
    value,
    addresses: listAddresses(value, LARGEST_RANGE),
  }));
  const values = [...new Set(listed.flatMap((entry) => entry.addresses ?? []))];
  const tooLarge = listed.flatMap((entry) => (entry.addresses === null ? [entry.value] : []));
  const check = toIndicatorCheckId('address');
  return {
    followUps: values.length === 0 ? [] : [{ field: 'client.ipAddress', values, window }],
    served: addresses.length > 0 && tooLarge.length === 0 ? [check] : [],
    unserved: [
      ...tooLarge.map((value) => ({
        check,
        reason: `The range ${value} is too large to ask Okta for; use pull: full or an archive.`,
      })),
      ...listOtherKinds(indicators),
    ],
  };
}

function listOtherKinds(indicators: readonly Indicator[]): IndicatorPlan['unserved'] {
  const kinds = new Set(indicators.map((indicator) => indicator.kind));
  return [...kinds]
    .filter((kind) => kind !== 'address')
    .map((kind) => ({
      check: toIndicatorCheckId(kind),
      reason: `Okta cannot be asked for indicators of the kind ${kind} alone; use pull: full or an archive.`,
    }));
}
