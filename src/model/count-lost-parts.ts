import { isRecord, type RawEvent } from './log-event.ts';

/** What Okta gives with every event, if also empty; whatever renames, flattens or picks fields loses some of it. */
const PARTS: readonly (readonly string[])[] = [
  ['actor'],
  ['authenticationContext'],
  ['client'],
  ['outcome'],
  ['securityContext'],
  ['target'],
  ['debugContext', 'debugData'],
  ['transaction', 'detail'],
];

/** Says how much a copy of a record has lost: of two copies of one event, the one that lost less is the better one. */
export function countLostParts(raw: RawEvent): number {
  return PARTS.filter((path) => isLost(raw, path)).length;
}

function isLost(raw: RawEvent, path: readonly string[]): boolean {
  let value: unknown = raw;
  for (const key of path) value = isRecord(value) ? value[key] : undefined;
  return typeof value !== 'object';
}
