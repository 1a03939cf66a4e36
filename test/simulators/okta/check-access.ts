import { verifyProof } from './dpop-proof.ts';
import type { AdminRole, SimulatedToken } from './service-app.ts';
import { type Answer, oktaError } from './simulator-answer.ts';
import type { TokenEndpoint } from './token-endpoint.ts';

/** Whoever asks, once the credentials were found good. */
export interface Principal {
  readonly role: AdminRole;
  readonly managesSupportCases: boolean;
}

export interface AccessRequest {
  readonly method: string;
  /** Without query. */
  readonly url: string;
  readonly authorization: string | null;
  readonly proof: string | null;
  readonly scope: string;
}

export interface AccessContext {
  readonly tokens: readonly SimulatedToken[];
  readonly tokenEndpoint: TokenEndpoint;
  readonly seenProofs: Set<string>;
  readonly readClientClock: () => number;
}

/** Gives the principal behind an API request, or the answer that refuses it. */
export async function checkAccess(
  request: AccessRequest,
  context: AccessContext,
): Promise<{ readonly principal: Principal } | { readonly refusal: Answer }> {
  const [scheme, credential] = (request.authorization ?? '').split(' ');
  if (scheme === 'SSWS') return checkApiToken(credential, context);
  if ((scheme !== 'Bearer' && scheme !== 'DPoP') || credential === undefined) {
    return { refusal: oktaError(401, 'E0000005', 'Invalid session') };
  }
  const grant = context.tokenEndpoint.find(credential);
  if (grant === null) return refuseToken(scheme, BAD_TOKEN);
  if ((grant.boundTo === null) !== (scheme === 'Bearer')) return refuseToken(scheme, BAD_TOKEN);
  if (grant.boundTo !== null) {
    const verdict = await verifyProof(request.proof ?? '', {
      method: request.method,
      url: request.url,
      nonces: null,
      accessToken: credential,
      clientNowMs: context.readClientClock(),
      seenIds: context.seenProofs,
    });
    if (verdict.kind !== 'good') return refuseToken('DPoP', BAD_PROOF);
    if (verdict.thumbprint !== grant.boundTo) return refuseToken('DPoP', BAD_TOKEN);
  }
  if (!grant.scopes.includes(request.scope)) {
    return refuseToken(scheme, { ...LACKS_SCOPE, scope: request.scope });
  }
  const { role, managesSupportCases } = grant.client;
  return { principal: { role, managesSupportCases: managesSupportCases ?? false } };
}

function checkApiToken(
  credential: string | undefined,
  context: AccessContext,
): { readonly principal: Principal } | { readonly refusal: Answer } {
  const known = context.tokens.find((candidate) => candidate.token === credential);
  if (known === undefined) {
    return { refusal: oktaError(401, 'E0000011', 'Invalid token provided') };
  }
  const { role, managesSupportCases } = known;
  return { principal: { role, managesSupportCases: managesSupportCases ?? false } };
}

interface TokenFlaw {
  readonly status: number;
  readonly error: string;
  readonly description: string;
  readonly scope?: string;
}

const BAD_TOKEN: TokenFlaw = {
  status: 401,
  error: 'invalid_token',
  description: 'The access token is invalid.',
};
const BAD_PROOF: TokenFlaw = {
  status: 400,
  error: 'invalid_dpop_proof',
  description: 'The DPoP proof JWT is invalid.',
};
const LACKS_SCOPE: TokenFlaw = {
  status: 403,
  error: 'insufficient_scope',
  description: 'The access token provided does not contain the required scopes.',
};

/**
 * An access token is refused by the header alone: there is no body.
 * Source: https://github.com/okta/okta-sdk-golang/issues/145,
 * https://github.com/okta/terraform-provider-okta/issues/2392 and
 * https://support.okta.com/help/s/article/insufficient-scope-error-when-making-a-request-to-an-oauth-or-management-endpoint
 */
function refuseToken(
  scheme: string,
  { status, error, description, scope }: TokenFlaw,
): { readonly refusal: Answer } {
  const asked = scope === undefined ? '' : `scope="${scope}", `;
  const challenge = `${scheme} realm="http://acme.okta.example", ${asked}error="${error}", error_description="${description}"`;
  return { refusal: { status, headers: { 'WWW-Authenticate': challenge }, body: '' } };
}

export const FORBIDDEN = 'You do not have permission to perform the requested action';
