import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Set aside for documentation. Sources: RFC 5737, RFC 3849, RFC 9637. */
const DOCUMENTATION_RANGES = [
  '192.0.2.0/24',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '2001:db8::/32',
  '3fff::/20',
].map((range) => ipaddr.parseCIDR(range));

/** Set aside for documentation. Source: RFC 2606. */
const DOCUMENTATION_DOMAIN = /(^|\.)(example|test|invalid)$|(^|\.)example\.(com|net|org)$/i;

/** Okta's own system account is no person. */
const SYSTEM_ACCOUNT = 'system@okta.com';

/** Autonomous systems set aside for documentation. Source: RFC 5398. */
function isDocumentationNetwork(asNumber: number): boolean {
  return (asNumber >= 64496 && asNumber <= 64511) || (asNumber >= 65536 && asNumber <= 65551);
}

/** Gives everything in a text that could belong to somebody: addresses, mail addresses, domains of links, networks. */
export function findRealLookingData(text: string): string[] {
  return [
    ...findAddresses(text),
    ...findAll(text, /[\w.+-]+@[\w-]+(\.[\w-]+)+/g).filter(
      (mail) => mail !== SYSTEM_ACCOUNT && !DOCUMENTATION_DOMAIN.test(mail.split('@')[1] ?? ''),
    ),
    ...findAll(text, /https?:\/\/[\w.-]+/g).filter(
      (link) => !DOCUMENTATION_DOMAIN.test(link.split('//')[1] ?? ''),
    ),
    ...findAll(text, /asNumber: \d+/g).filter(
      (network) => !isDocumentationNetwork(Number(network.split(' ')[1])),
    ),
  ];
}

function findAddresses(text: string): string[] {
  const words = findAll(text, /(?<![\w./-])[\da-f]*[.:][\da-f.:]+(?![\w./-])/gi);
  return words.filter((word) => {
    if (isIP(word) === 0) return false;
    const address = ipaddr.parse(word);
    return !DOCUMENTATION_RANGES.some(
      (range) => range[0].kind() === address.kind() && address.match(range),
    );
  });
}

function findAll(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([word]) => word);
}
