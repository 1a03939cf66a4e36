import { isRecord } from '../model/log-event.ts';

/** Why one attempt at GitHub failed. */
export type GitHubFailure =
  /** No answer came back: GitHub may or may not have done what was asked. */
  | { readonly kind: 'no-answer'; readonly message: string }
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** GitHub's own words, on one line. */
      readonly message: string;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
    };

export interface RetryQuestion {
  readonly failure: GitHubFailure;
  /** How many attempts have failed, this one included. */
  readonly attempts: number;
  readonly nowMs: number;
}

const MAX_ATTEMPTS = 4;
const FIRST_BACKOFF_MS = 1_000;
const UNTOLD_RATE_LIMIT_MS = 60_000;
/** A job that would wait longer is better told to run again. */
const MAX_WAIT_MS = 15 * 60_000;
const MAX_MESSAGE_CHARACTERS = 300;

/** Reads what Octokit threw. Nothing of the request is kept, as it holds the token and the findings. */
export function readGitHubFailure(thrown: unknown): GitHubFailure {
  const response = isRecord(thrown) ? thrown['response'] : undefined;
  if (!isRecord(response)) {
    return { kind: 'no-answer', message: toOneLine(thrown instanceof Error ? thrown.message : '') };
  }
  const { data, headers, status } = response;
  return {
    kind: 'answer',
    status: Number(status),
    message: toOneLine([readMessage(data), ...readProblems(data)].join('; ')),
    headers: isRecord(headers)
      ? Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
      : {},
  };
}

/**
 * Says whether GitHub refused because of too many requests; then it has done nothing of what was asked.
 * Source: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
export function isRateLimited(failure: GitHubFailure): boolean {
  if (failure.kind !== 'answer') return false;
  if (failure.status === 429) return true;
  if (failure.status !== 403) return false;
  return (
    'retry-after' in failure.headers ||
    failure.headers['x-ratelimit-remaining'] === '0' ||
    /rate limit/i.test(failure.message)
  );
}

/** Says whether GitHub may have done what was asked although the attempt failed. */
export function mayHaveHappened(failure: GitHubFailure): boolean {
  return failure.kind === 'no-answer' || failure.status >= 500;
}

/** How long to wait before the next attempt, in milliseconds, or null to give up. */
export function planRetry({ failure, attempts, nowMs }: RetryQuestion): number | null {
  if (attempts >= MAX_ATTEMPTS) return null;
  const backoff = 2 ** (attempts - 1);
  if (isRateLimited(failure)) {
    const waitMs = readToldWaitMs(failure, nowMs) ?? UNTOLD_RATE_LIMIT_MS * backoff;
    return waitMs > MAX_WAIT_MS ? null : waitMs;
  }
  return mayHaveHappened(failure) ? FIRST_BACKOFF_MS * backoff : null;
}

function readToldWaitMs(failure: GitHubFailure, nowMs: number): number | null {
  if (failure.kind !== 'answer') return null;
  const retryAfterSeconds = readNumber(failure.headers['retry-after']);
  if (retryAfterSeconds !== null) return retryAfterSeconds * 1_000;
  const resetSeconds = readNumber(failure.headers['x-ratelimit-reset']);
  if (resetSeconds === null || failure.headers['x-ratelimit-remaining'] !== '0') return null;
  return Math.max(0, resetSeconds * 1_000 - nowMs) + 1_000;
}

function readNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

function readMessage(data: unknown): string {
  return isRecord(data) && typeof data['message'] === 'string' ? data['message'] : 'no message';
}

function readProblems(data: unknown): string[] {
  const problems = isRecord(data) && Array.isArray(data['errors']) ? data['errors'] : [];
  return problems.filter(isRecord).map(({ field, message, code }) => {
    const problem = typeof message === 'string' ? message : String(code ?? 'invalid');
    return typeof field === 'string' ? `${field}: ${problem}` : problem;
  });
}

function toOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, MAX_MESSAGE_CHARACTERS);
}
