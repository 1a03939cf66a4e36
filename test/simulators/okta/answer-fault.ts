import { type Answer, oktaError, withHeaders } from './simulator-answer.ts';
import type { FaultAction } from './simulator-fault.ts';

/** The answer that a fault gives in the endpoint's place; null where the endpoint is to answer. */
export function answerFault(
  fault: FaultAction | null,
  limits: Readonly<Record<string, string>>,
): Answer | null {
  switch (fault?.kind) {
    case 'too-many-requests': {
      const isConcurrency = fault.because === 'concurrency';
      const spent = {
        'X-Rate-Limit-Remaining': '0',
        ...(isConcurrency ? { 'X-Rate-Limit-Limit': '0' } : {}),
      };
      return withHeaders(tooManyRequests(), { ...limits, ...spent });
    }
    case 'status':
      return withHeaders(
        oktaError(
          fault.status,
          fault.errorCode ?? 'E0000009',
          fault.summary ?? 'Internal Server Error',
        ),
        limits,
      );
    case 'html':
      return {
        status: fault.status ?? 200,
        headers: {},
        body: '<!doctype html><title>Not an org</title>',
      };
    case 'redirect':
      return { status: 302, headers: { Location: fault.location }, body: '' };
    case 'unparsable-body':
      return { status: 200, headers: limits, body: '[{"uuid":"cut' };
    case 'body':
      return {
        status: fault.status ?? 200,
        headers: { ...limits, ...fault.headers },
        body: fault.text,
      };
    default:
      return null;
  }
}

export function tooManyRequests(): Answer {
  return oktaError(429, 'E0000047', 'API call exceeded rate limit due to too many requests.');
}
