import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { JWK } from 'jose';

/** What an administrator may see; logs want any role, the support settings want a super administrator. */
export type AdminRole = 'SUPER_ADMIN' | 'READ_ONLY_ADMIN' | 'NONE';

/** A service app as the simulated org knows it. */
export interface SimulatedClient {
  readonly clientId: string;
  readonly publicKeys: readonly JWK[];
  readonly scopes: readonly string[];
  readonly role: AdminRole;
  /** May list support cases although it is no super administrator. */
  readonly managesSupportCases?: boolean;
  readonly requiresDpop: boolean;
  /** What happens to a request for more scopes than were granted; `narrow` unless said. */
  readonly onExtraScopes?: 'narrow' | 'refuse';
}

/** An API token as the simulated org knows it. */
export interface SimulatedToken {
  readonly token: string;
  readonly role: AdminRole;
  readonly managesSupportCases?: boolean;
}

export interface ServiceApp {
  readonly client: SimulatedClient;
  readonly privateKeyPem: string;
  readonly privateKeyJwk: string;
  readonly keyId: string;
}

const AUDIT_SCOPES = ['okta.logs.read', 'okta.orgs.read'];

/** Registers a service app with a fresh RSA key, as an administrator would. */
export function createServiceApp(
  app: Partial<Omit<SimulatedClient, 'publicKeys'>> = {},
): ServiceApp {
  const keyId = 'audit-key-1';
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicKey = createPublicKey(privateKey).export({ format: 'jwk' });
  return {
    client: {
      clientId: '0oaauditserviceapp01',
      scopes: AUDIT_SCOPES,
      role: 'SUPER_ADMIN',
      requiresDpop: true,
      ...app,
      publicKeys: [{ ...publicKey, kid: keyId, alg: 'RS256', use: 'sig' }],
    },
    privateKeyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    privateKeyJwk: JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: keyId }),
    keyId,
  };
}
