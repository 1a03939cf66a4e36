import type { Focus } from '../../model/audit-plan.ts';
import type { FollowUp } from '../../model/reading.ts';
import type { TimeWindow } from '../../model/time-window.ts';
import { listAddresses } from '../address-matcher.ts';

/** Okta's ids of users: `00u` and 17 more letters and digits. */
const USER_ID = /^00u[0-9A-Za-z]{17}$/;

/** A range up to this size can be asked for address by address. */
const LARGEST_RANGE = 64;

export interface FocusPlan {
  readonly followUps: readonly FollowUp[];
  /** What a targeted pull cannot ask for, each one sentence with the remedy. */
  readonly unserved: readonly string[];
}

/** Plans what must be read around the users, sessions and addresses that somebody asked about. */
export function planFocusFollowUps(focus: readonly Focus[], window: TimeWindow): FocusPlan {
  const valuesByField = new Map<FollowUp['field'], string[]>();
  const unserved: string[] = [];
  for (const each of focus) {
    const asked = toFields(each);
    if (asked.values === null) {
      unserved.push(
        `${each.value} is too large to ask Okta for address by address; use pull: full or an archive.`,
      );
      continue;
    }
    for (const field of asked.fields) {
      valuesByField.set(field, [...(valuesByField.get(field) ?? []), ...asked.values]);
    }
  }
  const followUps = [...valuesByField].map(([field, values]) => ({
    field,
    values: [...new Set(values)],
    window,
  }));
  return { followUps, unserved };
}

function toFields({ kind, value }: Focus): {
  readonly fields: readonly FollowUp['field'][];
  readonly values: readonly string[] | null;
} {
  if (kind === 'session') {
    return { fields: ['authenticationContext.externalSessionId'], values: [value] };
  }
  if (kind === 'ip') {
    return { fields: ['client.ipAddress'], values: listAddresses(value, LARGEST_RANGE) };
  }
  return USER_ID.test(value)
    ? { fields: ['actor.id', 'target.id'], values: [value] }
    : { fields: ['actor.alternateId', 'target.alternateId'], values: [value] };
}
