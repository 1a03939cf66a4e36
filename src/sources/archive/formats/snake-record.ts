import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import type { RawEvent } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { readCellAt } from './read-cell-at.ts';
import { nestKeys, renameKeys, toCamelCase } from './restore-record.ts';

/** Objects of the record, by whose names one is told from the underscores inside of names. */
const OBJECTS = [
  ...['actor', 'actor_detail_entry', 'authentication_context', 'authentication_context_issuer'],
  ...['authentication_context_authenticator_context', 'client', 'client_geographical_context'],
  ...['client_geographical_context_geolocation', 'client_user_agent', 'debug_context'],
  ...['debug_context_debug_data', 'outcome', 'request', 'security_context'],
  ...['security_context_bot_protection', 'security_context_ip_details', 'security_context_risk'],
  ...['transaction', 'transaction_detail'],
];
/** What loaders put between the name of an object and that of what is in it. */
const SEPARATOR = new RegExp(`__|\\.|(?<=^(?:${OBJECTS.join('|')}))_`);

/**
 * Records that a loader renamed to snake case on their way into a warehouse: with objects, with their text, or flattened, as in
 * `actor__alternate_id` or `actor_alternate_id`. Snowflake gives the names in capitals. Of a device Okta itself has names in snake
 * case, and nobody can tell them apart.
 * Source: https://dlthub.com/docs/general-usage/naming-convention
 */
export const SNAKE_RECORD: ArchiveFormat = {
  id: 'snake-record',
  title: 'records in snake case',
  recognise: (value) =>
    typeof (value['event_type'] ?? value['EVENT_TYPE']) === 'string' &&
    ('uuid' in value || 'UUID' in value) &&
    ('published' in value || 'PUBLISHED' in value),
  unwrap: (value) => [restore(value)],
  cannotContain: NO_EVENT_TYPES,
  missingFields: ['device'],
  isSelective: false,
  keepsBytes: false,
};

/** An empty cell of an object is what Okta has as null, or has not at all. */
function restore(value: RawEvent): Record<string, unknown> {
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    const name = key === key.toUpperCase() ? key.toLowerCase() : key;
    const path = name.split(SEPARATOR).map(toCamelCase);
    if (path.length > 1 && inner === '') return [];
    return [[path, renameKeys(readCellAt(path, inner), toCamelCase)] as const];
  });
  return nestKeys(entries);
}
