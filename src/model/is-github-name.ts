/**
 * A login, with the short code of its enterprise where that manages its users (`mona_acme`), a team, one of the enterprise
 * (`/ent:platform-sre`, or `acme/ent:platform-sre` in an organization that it is assigned to), or an app.
 * Sources: https://docs.github.com/en/enterprise-cloud@latest/authentication/authenticating-with-saml-single-sign-on/authenticating-with-a-managed-user-account
 * and https://docs.github.com/en/enterprise-cloud@latest/admin/concepts/enterprise-fundamentals/teams-in-an-enterprise
 */
const GITHUB_NAME =
  /^[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:_[A-Za-z0-9]+)?$|^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/(?:ent:)?[A-Za-z0-9._-]{1,100}$|^\/ent:[A-Za-z0-9._-]{1,100}$|^[A-Za-z0-9-]{1,39}\[bot\]$/;

/** Says whether GitHub could tell somebody of this name when it is mentioned. */
export function isGitHubName(name: string): boolean {
  return GITHUB_NAME.test(name);
}
