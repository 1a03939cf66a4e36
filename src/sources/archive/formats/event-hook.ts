import { isRecord } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { EVENT_HOOK_TYPE, readPath } from './read-raw-record.ts';

/** `https://acme.okta.com/api/v1/eventHooks/who1` */
const HOOK_URL = /^https:\/\/([^/]+)\/api\/v1\/eventHooks\//;

/**
 * What an event hook posts: some events in an envelope. Hooks carry the types that they subscribe to, and no impersonation.
 * Source: https://developer.okta.com/docs/concepts/event-hooks/
 */
export const EVENT_HOOK: ArchiveFormat = {
  id: 'event-hook',
  title: 'event hooks',
  recognise: (value) =>
    Array.isArray(readPath(value, 'data', 'events')) &&
    (value['eventType'] === EVENT_HOOK_TYPE || 'cloudEventsVersion' in value),
  unwrap: (value) => {
    const events = readPath(value, 'data', 'events');
    return Array.isArray(events) ? events.map(withRequest) : [];
  },
  nameOrg: ({ source }) => HOOK_URL.exec(String(source))?.[1]?.toLowerCase() ?? null,
  cannotContain: {
    kind: 'some',
    terms: [{ match: 'prefix', eventType: 'user.session.impersonation.', narrowings: [] }],
  },
  missingFields: [],
  isSelective: true,
  keepsBytes: false,
};

/** Hooks keep the chain of addresses with the client, where the API keeps it with the request. */
function withRequest(event: unknown): unknown {
  const ipChain = readPath(event, 'client', 'ipChain');
  if (!isRecord(event) || 'request' in event || ipChain === undefined) return event;
  return { ...event, request: { ipChain } };
}
