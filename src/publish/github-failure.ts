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
  if (isGraphqlError(thrown)) return readGraphqlFailure(thrown);
  const response = isRecord(thrown) ? thrown['response'] : undefined;
  if (!isRecord(response)) {
    return { kind: 'no-answer', message: toOneLine(readReason(thrown)) };
  }
  const { data, headers, status } = response;
  return {
    kind: 'answer',
    status: Number(status),
    message: toOneLine([readMessage(data), ...readProblems(data)].join('; ')),
    headers: toHeaders(headers),
  };
}

/** What broke a connection, such as the refusal of a proxy, is said at the end of a chain of causes. */
function readReason(thrown: unknown): string {
  if (!(thrown instanceof Error)) return '';
  return readReason(thrown.cause) || thrown.message;
}

/** Says whether Octokit threw this because an answer to GraphQL names errors; it may tell something all the same. */
export function isGraphqlError(thrown: unknown): thrown is Readonly<Record<string, unknown>> {
  return isRecord(thrown) && thrown['name'] === 'GraphqlResponseError';
}

/**
 * Says whether GraphQL did not get to the question: it had a fault, or the token no points left. A refusal has a type,
 * a query that it does not know has extensions.
 * Source: https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export function isGraphqlOutage(thrown: Readonly<Record<string, unknown>>): boolean {
  if (hasNoPoints(thrown)) return true;
  const hasFault = listErrors(thrown).every(({ type, extensions }) => !type && !extensions);
  return hasFault && !isRecord(thrown['data']);
}

/** With status 200 GraphQL says what REST says with a status of its own. */
function readGraphqlFailure(thrown: Readonly<Record<string, unknown>>): GitHubFailure {
  const message = toOneLine(listErrors(thrown).map(readMessage).join('; '));
  const headers = toHeaders(thrown['headers']);
  return hasNoPoints(thrown)
    ? {
        kind: 'answer',
        status: 429,
        message,
        headers: { ...headers, 'x-ratelimit-remaining': '0' },
      }
    : { kind: 'answer', status: 502, message, headers };
}

/** The documented word, and the one that GitHub sends as well: https://github.com/yanyongyu/githubkit/issues/271 */
function hasNoPoints(thrown: Readonly<Record<string, unknown>>): boolean {
  return listErrors(thrown).some(({ type }) => type === 'RATE_LIMITED' || type === 'RATE_LIMIT');
}

function listErrors({ errors }: Readonly<Record<string, unknown>>): Record<string, unknown>[] {
  return Array.isArray(errors) ? errors.filter(isRecord) : [];
}

function toHeaders(headers: unknown): Record<string, string> {
  if (!isRecord(headers)) return {};
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
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
  const problems = isRecord(data) ? listErrors(data) : [];
  return problems.map(({ field, message, code }) => {
    const problem = typeof message === 'string' ? message : String(code ?? 'invalid');
    return typeof field === 'string' ? `${field}: ${problem}` : problem;
  });
}

function toOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, MAX_MESSAGE_CHARACTERS);
}
