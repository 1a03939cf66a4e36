import type { HttpAnswer } from './attempt-http.ts';
import type { RateLimitReading } from './rate-gate.ts';

/**
 * Reads `X-Rate-Limit-*` against the `Date` of the same answer, so that a wrong clock on this side does no harm.
 * Null where a header is missing, doubled or no number.
 */
export function readRateLimit(headers: HttpAnswer['headers']): RateLimitReading | null {
  const limit = readNumber(headers.get('x-rate-limit-limit'));
  const remaining = readNumber(headers.get('x-rate-limit-remaining'));
  const resetS = readNumber(headers.get('x-rate-limit-reset'));
  const dateMs = Date.parse(headers.get('date') ?? '');
  if (limit === null || remaining === null || resetS === null || Number.isNaN(dateMs)) return null;
  return { limit, remaining, resetInMs: resetS * 1000 - dateMs };
}

function readNumber(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}
