import { createHash } from 'node:crypto';
import {
  calculateJwkThumbprint,
  decodeProtectedHeader,
  importJWK,
  type JWK,
  jwtVerify,
} from 'jose';

const MAX_AGE_S = 300;

export interface ProofExpectation {
  readonly method: string;
  /** Without query. */
  readonly url: string;
  /** The nonces that were given out; null where none is asked for, as at an API. */
  readonly nonces: ReadonlySet<string> | null;
  /** The token that the proof must be bound to, at an API. */
  readonly accessToken: string | null;
  /** The client's clock, by which it signs. */
  readonly clientNowMs: number;
  /** Ids of proofs seen before; the id of a good proof is added. */
  readonly seenIds: Set<string>;
}

export type ProofVerdict =
  | { readonly kind: 'good'; readonly thumbprint: string }
  | { readonly kind: 'nonce-wanted' }
  | { readonly kind: 'bad'; readonly reason: string };

/** Verifies a DPoP proof as RFC 9449 section 4.3 asks. */
export async function verifyProof(
  proof: string,
  expectation: ProofExpectation,
): Promise<ProofVerdict> {
  try {
    return await verify(proof, expectation);
  } catch (thrown) {
    return { kind: 'bad', reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

async function verify(proof: string, expectation: ProofExpectation): Promise<ProofVerdict> {
  const header = decodeProtectedHeader(proof);
  const jwk: JWK | undefined = header.jwk;
  if (jwk === undefined || 'd' in jwk) return bad('the proof must carry a public key alone');
  const key = await importJWK(jwk, 'RS256');
  const { payload } = await jwtVerify(proof, key, {
    typ: 'dpop+jwt',
    algorithms: ['RS256'],
    maxTokenAge: MAX_AGE_S,
    currentDate: new Date(expectation.clientNowMs),
    requiredClaims: ['htm', 'htu', 'jti', 'iat'],
  });
  if (payload['htm'] !== expectation.method) return bad(`htm is not ${expectation.method}`);
  if (payload['htu'] !== expectation.url) return bad(`htu is not ${expectation.url}`);
  const hash = expectation.accessToken === null ? undefined : hashToken(expectation.accessToken);
  if (payload['ath'] !== hash) return bad('ath is not the hash of the access token');
  if (expectation.nonces !== null) {
    const { nonce } = payload;
    if (typeof nonce !== 'string' || !expectation.nonces.has(nonce))
      return { kind: 'nonce-wanted' };
  }
  const id = String(payload.jti);
  if (expectation.seenIds.has(id)) return bad('jti was used before');
  expectation.seenIds.add(id);
  return { kind: 'good', thumbprint: await calculateJwkThumbprint(jwk) };
}

function bad(reason: string): ProofVerdict {
  return { kind: 'bad', reason };
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
