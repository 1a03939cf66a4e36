import { randomUUID } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { verifyProof } from './dpop-proof.ts';
import type { SimulatedClient } from './service-app.ts';
import { type Answer, oauthError } from './simulator-answer.ts';

const TOKEN_PATH = '/oauth2/v1/token';

/** An access token that was given out. */
export interface Grant {
  readonly client: SimulatedClient;
  readonly scopes: readonly string[];
  readonly expiresMs: number;
  /** Thumbprint of the key that must sign every proof; null for a bearer token. */
  readonly boundTo: string | null;
}

export interface TokenRequest {
  readonly form: URLSearchParams;
  readonly proof: string | null;
  readonly origin: string;
}

export interface TokenEndpoint {
  answer(request: TokenRequest): Promise<Answer>;
  find(accessToken: string): Grant | null;
  expireAll(): void;
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const MAX_ASSERTION_LIFE_S = 3600;

/**
 * The org authorization server: client credentials with private_key_jwt and, where the client demands it, DPoP.
 * Source: https://developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/main/ and
 * https://developer.okta.com/docs/guides/dpop/oktaresourceserver/main/
 */
export function createTokenEndpoint(options: {
  readonly clients: readonly SimulatedClient[];
  readonly tokenLifeMs: number;
  readonly readClientClock: () => number;
}): TokenEndpoint {
  const { readClientClock } = options;
  const grants = new Map<string, Grant>();
  const nonces = new Set<string>();
  const seenProofs = new Set<string>();
  const seenAssertions = new Set<string>();

  async function answer(request: TokenRequest): Promise<Answer> {
    const { form, origin } = request;
    if (form.get('grant_type') !== 'client_credentials') {
      return oauthError(400, 'unsupported_grant_type', 'The grant type is not supported.');
    }
    const client = findClient(form, options.clients);
    if (client === null) {
      return oauthError(401, 'invalid_client', "Invalid value for 'client_id' parameter.");
    }
    const audience = `${origin}${TOKEN_PATH}`;
    const flaw = await findAssertionFlaw({
      form,
      client,
      audience,
      seenAssertions,
      clientNowMs: readClientClock(),
    });
    if (flaw !== null) return oauthError(401, 'invalid_client', flaw);
    const scopes = grantScopes(form, client);
    if (!Array.isArray(scopes)) return scopes;
    const bound = await bindToProof({
      request,
      client,
      audience,
      nonces,
      seenProofs,
      clientNowMs: readClientClock(),
    });
    if (bound.refusal !== null) return bound.refusal;
    return issue({ client, scopes, boundTo: bound.thumbprint });
  }

  function issue(granted: Omit<Grant, 'expiresMs'>): Answer {
    const accessToken = `simulated-${randomUUID()}`;
    grants.set(accessToken, { ...granted, expiresMs: Date.now() + options.tokenLifeMs });
    const body = {
      token_type: granted.boundTo === null ? 'Bearer' : 'DPoP',
      expires_in: Math.floor(options.tokenLifeMs / 1000),
      access_token: accessToken,
      scope: granted.scopes.join(' '),
    };
    return { status: 200, headers: {}, body };
  }

  return {
    answer,
    find(accessToken) {
      const grant = grants.get(accessToken);
      return grant === undefined || grant.expiresMs <= Date.now() ? null : grant;
    },
    expireAll: () => grants.clear(),
  };
}

function findClient(
  form: URLSearchParams,
  clients: readonly SimulatedClient[],
): SimulatedClient | null {
  if (form.get('client_assertion_type') !== ASSERTION_TYPE) return null;
  try {
    const { sub } = decodeJwt(form.get('client_assertion') ?? '');
    return clients.find((client) => client.clientId === sub) ?? null;
  } catch {
    return null;
  }
}

/** What is wrong with a client assertion, in the words of the org; null where nothing is. */
async function findAssertionFlaw({
  form,
  client,
  audience,
  seenAssertions,
  clientNowMs,
}: {
  readonly form: URLSearchParams;
  readonly client: SimulatedClient;
  readonly audience: string;
  readonly seenAssertions: Set<string>;
  readonly clientNowMs: number;
}): Promise<string | null> {
  const assertion = form.get('client_assertion') ?? '';
  const { kid } = decodeProtectedHeader(assertion);
  const jwk =
    kid === undefined && client.publicKeys.length === 1
      ? client.publicKeys[0]
      : client.publicKeys.find((key) => key.kid === kid);
  if (jwk === undefined) {
    return 'The client_assertion token has an invalid kid: no such key is registered.';
  }
  try {
    const { payload } = await jwtVerify(assertion, await importJWK(jwk, 'RS256'), {
      algorithms: ['RS256'],
      issuer: client.clientId,
      subject: client.clientId,
      audience,
      requiredClaims: ['exp', 'jti'],
      currentDate: new Date(clientNowMs),
    });
    const lifeS = (payload.exp ?? 0) - clientNowMs / 1000;
    if (lifeS > MAX_ASSERTION_LIFE_S) return 'The client_assertion token expires too late.';
    const id = String(payload.jti);
    if (seenAssertions.has(id)) return 'The client_assertion token has a jti that was used before.';
    seenAssertions.add(id);
    return null;
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return `The client_assertion token is invalid: ${reason}`;
  }
}

function grantScopes(form: URLSearchParams, client: SimulatedClient): string[] | Answer {
  const asked = (form.get('scope') ?? '').split(' ').filter(Boolean);
  const granted = asked.filter((scope) => client.scopes.includes(scope));
  if (granted.length === 0) {
    return oauthError(400, 'consent_required', 'You are not allowed any of the requested scopes.');
  }
  if (client.onExtraScopes === 'refuse' && granted.length < asked.length) {
    const description =
      'One or more scopes are not configured for the authorization server resource.';
    return oauthError(400, 'invalid_scope', description);
  }
  return granted;
}

/** An app that does not demand DPoP gets a bearer token, whatever proof it sends. */
async function bindToProof({
  request,
  client,
  audience,
  nonces,
  seenProofs,
  clientNowMs,
}: {
  readonly request: TokenRequest;
  readonly client: SimulatedClient;
  readonly audience: string;
  readonly nonces: Set<string>;
  readonly seenProofs: Set<string>;
  readonly clientNowMs: number;
}): Promise<{ readonly refusal: Answer | null; readonly thumbprint: string | null }> {
  if (!client.requiresDpop) return { refusal: null, thumbprint: null };
  if (request.proof === null) {
    const description = 'The DPoP proof JWT header is missing.';
    return { refusal: oauthError(400, 'invalid_dpop_proof', description), thumbprint: null };
  }
  const verdict = await verifyProof(request.proof, {
    method: 'POST',
    url: audience,
    nonces,
    accessToken: null,
    clientNowMs,
    seenIds: seenProofs,
  });
  if (verdict.kind === 'good') return { refusal: null, thumbprint: verdict.thumbprint };
  if (verdict.kind === 'bad') {
    return { refusal: oauthError(400, 'invalid_dpop_proof', verdict.reason), thumbprint: null };
  }
  const nonce = randomUUID();
  nonces.add(nonce);
  const description = 'Authorization server requires nonce in DPoP proof.';
  const refusal = oauthError(400, 'use_dpop_nonce', description, { 'DPoP-Nonce': nonce });
  return { refusal, thumbprint: null };
}
