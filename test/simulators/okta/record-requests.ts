import type { IncomingMessage } from 'node:http';
import type { Endpoint, RecordedRequest } from './simulator-fault.ts';

const SUPPORT_PATH = '/api/v1/org/privacy/oktaSupport';
const ENDPOINTS: Readonly<Record<string, Exclude<Endpoint, 'other'>>> = {
  '/api/v1/logs': 'logs',
  '/oauth2/v1/token': 'token',
  [SUPPORT_PATH]: 'support',
  [`${SUPPORT_PATH}/cases`]: 'support-cases',
};

/** Keeps what was asked, in order and counted per endpoint. */
export function createRequestRecord(): {
  readonly requests: RecordedRequest[];
  record(request: IncomingMessage, url: URL): RecordedRequest;
} {
  const requests: RecordedRequest[] = [];
  const counts = new Map<Endpoint, number>();
  return {
    requests,
    record(request, url) {
      const endpoint = ENDPOINTS[url.pathname] ?? 'other';
      const number = (counts.get(endpoint) ?? 0) + 1;
      counts.set(endpoint, number);
      const made: RecordedRequest = {
        endpoint,
        number,
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        scheme: headerOf(request, 'authorization')?.split(' ')[0] ?? null,
        userAgent: headerOf(request, 'user-agent'),
        status: 0,
      };
      requests.push(made);
      return made;
    },
  };
}

export function headerOf(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}
