const AS_OKTA_WRITES = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const ANY_SPELLING =
  /^\{?([\da-f]{8})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{12})\}?$/i;

/**
 * Gives the id of an event as Okta writes it, where a store keeps it in capitals, in braces or as bytes: copies meet by it, and so
 * does a query of Okta's own log. Any other id is given back as it is.
 */
export function settleUuid(uuid: string): string {
  if (AS_OKTA_WRITES.test(uuid)) return uuid;
  const parts = ANY_SPELLING.exec(uuid);
  return parts === null ? uuid : parts.slice(1).join('-').toLowerCase();
}
