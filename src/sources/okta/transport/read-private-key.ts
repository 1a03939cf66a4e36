import { createPrivateKey, type KeyObject } from 'node:crypto';
import { AuditError } from '../../../errors.ts';
import { isRecord } from '../../../model/log-event.ts';

/**
 * Reads an RSA private key from PEM, PEM with literal `\n`, or a JWK, and gives it as a JWK with its key id.
 * The key id that is given wins over the one inside a JWK.
 * @throws AuditError input-invalid, without a word of the key.
 */
export function readPrivateKey(text: string, keyId: string | null): string {
  const key = importKey(text);
  if (key.asymmetricKeyType !== 'rsa') {
    throw keyProblem(`is a key of type ${key.asymmetricKeyType ?? 'unknown'}, not RSA`);
  }
  const kid = keyId ?? readKeyId(text);
  return JSON.stringify({
    ...key.export({ format: 'jwk' }),
    alg: 'RS256',
    ...(kid === null ? {} : { kid }),
  });
}

function importKey(text: string): KeyObject {
  const jwk = parseJwk(text);
  try {
    return jwk === null
      ? createPrivateKey(text.trim().replaceAll('\\n', '\n'))
      : createPrivateKey({ key: jwk, format: 'jwk' });
  } catch {
    throw keyProblem(describeFlaw(text, jwk));
  }
}

function describeFlaw(text: string, jwk: Record<string, unknown> | null): string {
  if (jwk !== null) {
    return 'd' in jwk ? 'is a JWK that is not complete' : 'is a JWK of a public key';
  }
  if (text.includes('ENCRYPTED')) return 'is encrypted with a passphrase';
  if (text.includes('PUBLIC KEY')) return 'is a public key';
  return 'is neither a PEM nor a JWK';
}

function keyProblem(flaw: string): AuditError {
  return new AuditError({
    code: 'input-invalid',
    message: `The input okta-private-key ${flaw}.`,
    hint: 'Set okta-private-key to the unencrypted RSA private key of the service app: the PEM from "-----BEGIN" to the end, or the whole JWK as Okta shows it when the key is made.',
  });
}

function parseJwk(text: string): Record<string, unknown> | null {
  if (!text.trim().startsWith('{')) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function readKeyId(text: string): string | null {
  const kid = parseJwk(text)?.['kid'];
  return typeof kid === 'string' ? kid : null;
}
