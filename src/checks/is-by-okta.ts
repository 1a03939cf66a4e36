import { type LogEvent, readText } from '../model/log-event.ts';

/**
 * Okta's Admin Console, which calls other parts of Okta in the person's session from Okta's own network.
 * Source: https://github.com/panther-labs/panther-analysis/pull/1086
 */
export const ADMIN_CONSOLE_CLIENT = 'okta.b58d5b75-07d4-5f25-bf59-368a1261a405';

/**
 * Okta's own systems, which sign administrators in to the Admin Console from Okta's addresses. Some stores write all texts small.
 * Source: https://support.okta.com/help/s/article/okta-integrations-showing-as-rawuseragent-with-okta-ips
 */
const OKTA_AGENT = /^Okta-Integrations$/i;

/**
 * True for a sign-in that Okta's own systems made for a person, whose place it does not tell. Whoever took a session can call
 * their browser so as well: what they do counts all the same.
 */
export function isByOkta(event: LogEvent): boolean {
  if (OKTA_AGENT.test(readText(event, 'client.userAgent.rawUserAgent') ?? '')) return true;
  return readText(event, 'client.id') === ADMIN_CONSOLE_CLIENT;
}
