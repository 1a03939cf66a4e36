import { makeFailure, type OktaFailure } from '../transport/okta-failure.ts';

/**
 * Finds the `next` link of a `Link` header (RFC 8288); null where there is none, which ends a bounded query. A failure
 * where it leads to another origin or endpoint: the credentials must not go there.
 */
export function parseNextLink(header: string | null, page: URL): URL | OktaFailure | null {
  const target = findNextTarget(header ?? '');
  if (target === null) return null;
  const next = URL.canParse(target, page.href) ? new URL(target, page.href) : null;
  if (next?.origin === page.origin && next.pathname === page.pathname) return next;
  return makeFailure({
    code: 'okta-foreign-link',
    message: `${page.host} named ${next === null ? 'no address' : next.origin + next.pathname} as the next page of its System Log; it was not followed.`,
    hint: 'If that is another address of the same org, set okta-org-url to it. Otherwise find out what stands between the runner and Okta: the answers cannot be trusted.',
  });
}

function findNextTarget(header: string): string | null {
  for (const [, target = '', parameters = ''] of header.matchAll(/<([^>]*)>([^<]*)/g)) {
    if (/;\s*rel\s*=\s*("[^"]*\bnext\b[^"]*"|next\b)/i.test(parameters)) return target;
  }
  return null;
}
