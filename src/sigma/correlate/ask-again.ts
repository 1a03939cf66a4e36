import type { RawEvent } from '../../model/log-event.ts';
import type { FollowUp } from '../../model/reading.ts';
import type { FieldPath } from '../expression/field-path.ts';
import { textAt } from '../match/walk-event.ts';

/** One value of one field of a record, for which a source can look. */
export interface AskAgain {
  readonly field: FollowUp['field'];
  readonly value: string;
}

/** Fields for which a source looks as they are written; the first of them has the fewest other records. */
const ASKABLE_FIELDS: readonly FollowUp['field'][] = [
  'authenticationContext.externalSessionId',
  'client.ipAddress',
  'actor.id',
];

/**
 * Gives the function that says by which of the fields a record can be had again; null where by none, as for one whose
 * field is missing, a number or a list.
 */
export function createAsker(fields: readonly FieldPath[]): (event: RawEvent) => AskAgain | null {
  const askable = fields.flatMap((path) => {
    const field = ASKABLE_FIELDS.find((name) => name === path.name);
    return field === undefined ? [] : [{ field, path }];
  });
  const [first] = askable;
  if (first === undefined) return () => null;
  const { field, path } = first;
  const known = new Map<string, AskAgain>();
  return (event) => {
    const value = textAt(event, path);
    if (value === null || value === '') return null;
    const asked = known.get(value);
    if (asked !== undefined) return asked;
    const asking = { field, value };
    known.set(value, asking);
    return asking;
  };
}

/** The one that brings fewer other records. */
export function narrowerAsk(one: AskAgain, other: AskAgain): AskAgain {
  return rankOf(other) < rankOf(one) ? other : one;
}

function rankOf({ field }: AskAgain): number {
  return ASKABLE_FIELDS.indexOf(field);
}
