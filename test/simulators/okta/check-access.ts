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
  if ((scheme !== 'Bearer' && scheme !== 'DPoP') || credential === undefined) return refuse();
  const grant = context.tokenEndpoint.find(credential);
  if (grant === null) return refuse();
  if ((grant.boundTo === null) !== (scheme === 'Bearer')) return refuse();
  if (grant.boundTo !== null) {
    const verdict = await verifyProof(request.proof ?? '', {
      method: request.method,
      url: request.url,
      nonces: null,
      accessToken: credential,
      clientNowMs: context.readClientClock(),
      seenIds: context.seenProofs,
    });
    if (verdict.kind !== 'good') return refuse('DPoP error="invalid_dpop_proof"');
    if (verdict.thumbprint !== grant.boundTo) return refuse('DPoP error="invalid_token"');
  }
  if (!grant.scopes.includes(request.scope)) return { refusal: lacksScope(request.scope, scheme) };
  const { role, managesSupportCases } = grant.client;
  return { principal: { role, managesSupportCases: managesSupportCases ?? false } };
}

function checkApiToken(
  credential: string | undefined,
  context: AccessContext,
): { readonly principal: Principal } | { readonly refusal: Answer } {
  const known = context.tokens.find((candidate) => candidate.token === credential);
  if (known === undefined) return refuse('SSWS');
  const { role, managesSupportCases } = known;
  return { principal: { role, managesSupportCases: managesSupportCases ?? false } };
}

function refuse(challenge = 'Bearer error="invalid_token"'): { readonly refusal: Answer } {
  const headers = { 'WWW-Authenticate': challenge };
  return { refusal: oktaError(401, 'E0000011', 'Invalid token provided', headers) };
}

/** Source: https://support.okta.com/help/s/article/insufficient-scope-error-when-making-a-request-to-an-oauth-or-management-endpoint */
function lacksScope(scope: string, scheme: string): Answer {
  const description = 'The access token provided does not contain the required scopes.';
  const challenge = `${scheme} scope="${scope}", error="insufficient_scope", error_description="${description}"`;
  return oktaError(403, 'E0000006', FORBIDDEN, { 'WWW-Authenticate': challenge });
}

export const FORBIDDEN = 'You do not have permission to perform the requested action';
