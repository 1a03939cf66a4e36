import type { Party } from './log-event.ts';

/**
 * What Okta calls an OAuth application: the first word in events about its tokens, the second as the actor of what it does with
 * them through the API. Its login is its client id or `unknown`.
 * Source: https://github.com/panther-labs/panther-analysis/blob/main/rules/okta_rules/okta_service_app_mfa_factor_deactivate.yml
 */
const APPLICATIONS: readonly (string | null)[] = ['PublicClientApp', 'PublicClientAppEntity'];

export function isApplication({ type }: Pick<Party, 'type'>): boolean {
  return APPLICATIONS.includes(type);
}
