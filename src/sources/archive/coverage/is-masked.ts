import { LONGEST_ADDRESS } from '../formats/settle-network.ts';

/** `***`, `xxxxx`, `[REDACTED]`, `<EMAIL_ADDRESS>`, `{masked:ip}` */
const MASK =
  /^(?:[*#•.\s-]{3,}|x{3,}|[[<({]+[\w:;,*./ -]+[\])>}]+|(?:redacted|masked|hidden|removed|scrubbed|anonymi[sz]ed|obfuscated))$/i;
/** A digest in hexadecimal, be it behind the name of its kind. */
const DIGEST =
  /^(?:(?:md5|sha\d*|hmac\w*)[:_$-])?(?:[\da-f]{32}|[\da-f]{40}|[\da-f]{56}|[\da-f]{64}|[\da-f]{96}|[\da-f]{128})$/i;
/** An address whose end is not zero: who makes a network of it sets that to zero, or writes letters there. */
const ADDRESS = /^(?:\d+(?:\.\d+){2}\.0*[1-9]\d*|[\da-f:]*:[\da-f:.]*[\da-f.][\da-f.:]*)$/i;
const ENDS_IN_ZEROS = /::$/;
/** Of zeros the end alone. */
const NETWORK = /^\d+\.\d+\.0*[1-9]\d*\.0+$/;

/** Fields that name somebody, which tools hide from whoever reads the log. */
const NAMES: readonly string[] = ['actor.alternateId', 'target.alternateId'];

/**
 * Says whether tools that hide personal data put something else in the place of what Okta wrote: no search finds a login or an
 * address there. One address may end in a zero; of many some do not.
 * Sources: https://cloud.google.com/sensitive-data-protection/docs/transformations-reference,
 * https://microsoft.github.io/presidio/anonymizer/, https://docs.datadoghq.com/security/sensitive_data_scanner/
 */
export function isMasked(path: string, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const text = value.trim();
  if (path === 'client.ipAddress') return !isAddress(text);
  return MASK.test(text) || (NAMES.includes(path) && DIGEST.test(text));
}

function isAddress(text: string): boolean {
  return text.length <= LONGEST_ADDRESS && ADDRESS.test(text) && !ENDS_IN_ZEROS.test(text);
}

/** Says whether what ends in a zero may be an address nevertheless: a whole company may go out through one. */
export function mayBeWayOut(address: string): boolean {
  return NETWORK.test(address.trim());
}
