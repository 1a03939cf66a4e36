import type { PageTampering } from './answer-logs.ts';

export type Endpoint = 'logs' | 'token' | 'support' | 'support-cases' | 'other';

/** One request as it came in; `status` is 0 until it was answered, and stays so where the connection was cut. */
export interface RecordedRequest {
  readonly endpoint: Endpoint;
  /** Counted per endpoint, from 1. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** `SSWS`, `Bearer` or `DPoP`, never the credential. */
  readonly scheme: string | null;
  readonly userAgent: string | null;
  status: number;
}

/** What can go wrong on the way, beside what the org itself would refuse. */
export type FaultAction =
  /** 429 by the rate limit; `concurrency` is Okta's other 429, with limit and remaining 0. */
  | { readonly kind: 'too-many-requests'; readonly because?: 'rate' | 'concurrency' }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly errorCode?: string;
      readonly summary?: string;
    }
  | { readonly kind: 'html'; readonly status?: number }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'connection-reset' }
  /** Half of the body with the whole length announced, then the connection closes or falls silent. */
  | { readonly kind: 'cut-body' }
  | { readonly kind: 'stalled-body' }
  /** A byte every tenth of a second. */
  | { readonly kind: 'dripping-body' }
  /** Nothing at all comes back. */
  | { readonly kind: 'silence' }
  /** A whole answer that is not JSON. */
  | { readonly kind: 'unparsable-body' }
  /** A whole answer that says something else. */
  | {
      readonly kind: 'body';
      readonly text: string;
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Compressed, and changed on the way. */
  | { readonly kind: 'damaged-gzip' }
  | { readonly kind: 'expired-token' }
  | { readonly kind: 'missing-headers'; readonly names: readonly string[] }
  | { readonly kind: 'other-headers'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'page'; readonly page: PageTampering };

export interface Fault {
  readonly when: (request: RecordedRequest) => boolean;
  readonly action: FaultAction;
}

/** A fault on the given requests to one endpoint, counted from 1. */
export function onRequest(
  endpoint: Endpoint,
  numbers: number | readonly number[],
  action: FaultAction,
): Fault {
  const wanted = typeof numbers === 'number' ? [numbers] : numbers;
  return {
    when: (request) => request.endpoint === endpoint && wanted.includes(request.number),
    action,
  };
}

/** A fault on every request to one endpoint from a number on. */
export function fromRequest(endpoint: Endpoint, first: number, action: FaultAction): Fault {
  return { when: (request) => request.endpoint === endpoint && request.number >= first, action };
}
