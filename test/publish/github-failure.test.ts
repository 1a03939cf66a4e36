import { describe, expect, it } from 'vitest';
import {
  type GitHubFailure,
  isRateLimited,
  planRetry,
  readGitHubFailure,
} from '../../src/publish/github-failure.ts';

const NOW_MS = Date.parse('2026-11-23T02:17:00Z');
const NOW_S = NOW_MS / 1_000;

function answer(
  status: number,
  headers: Readonly<Record<string, string>> = {},
  message = 'x',
): GitHubFailure {
  return { kind: 'answer', status, message, headers };
}

describe('planRetry', () => {
  it.each<[string, GitHubFailure, number, number | null]>([
    ['a server error', answer(500), 1, 1_000],
    ['the third server error', answer(502), 3, 4_000],
    ['the fourth server error', answer(503), 4, null],
    ['silence', { kind: 'no-answer', message: 'reset' }, 2, 2_000],
    ['a refusal', answer(403), 1, null],
    ['something not found', answer(404), 1, null],
    ['something invalid', answer(422), 1, null],
    ['a limit that tells when', answer(403, { 'retry-after': '42' }), 1, 42_000],
    ['a 429 that tells when', answer(429, { 'retry-after': '3' }), 3, 3_000],
    ['a limit that tells nothing', answer(429), 1, 60_000],
    ['a second limit that tells nothing', answer(429), 2, 120_000],
    [
      'a limit in words alone',
      answer(403, {}, 'You have exceeded a secondary rate limit'),
      1,
      60_000,
    ],
    [
      'a limit in words alone while the hour has requests left',
      answer(
        403,
        { 'x-ratelimit-remaining': '17', 'x-ratelimit-reset': String(NOW_S + 3_000) },
        'You have exceeded a secondary rate limit',
      ),
      1,
      60_000,
    ],
    [
      'a used-up hour',
      answer(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW_S + 30) }),
      1,
      31_000,
    ],
    [
      'a used-up hour that is over by now',
      answer(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW_S - 9) }),
      1,
      1_000,
    ],
    [
      'a used-up hour that has long to go',
      answer(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW_S + 3_000) }),
      1,
      null,
    ],
    [
      'a refusal that only counts',
      answer(403, { 'x-ratelimit-remaining': '17', 'x-ratelimit-reset': String(NOW_S + 30) }),
      1,
      null,
    ],
  ])('answers %s', (_, failure, attempts, waitMs) => {
    expect(planRetry({ failure, attempts, nowMs: NOW_MS })).toBe(waitMs);
  });
});

describe('readGitHubFailure', () => {
  it("keeps GitHub's words and problems on one line", () => {
    const data = {
      message: 'Validation\nFailed',
      errors: [
        { resource: 'Issue', field: 'assignees', code: 'invalid' },
        { message: 'body is too long' },
        'strange',
      ],
    };
    expect(readGitHubFailure({ response: { status: 422, headers: {}, data } })).toEqual({
      kind: 'answer',
      status: 422,
      message: 'Validation Failed; assignees: invalid; body is too long',
      headers: {},
    });
  });

  it('keeps nothing of the request', () => {
    const thrown = Object.assign(new Error('boom'), {
      request: { headers: { authorization: 'token hidden' }, body: 'a finding' },
    });
    expect(JSON.stringify(readGitHubFailure(thrown))).toBe('{"kind":"no-answer","message":"boom"}');
  });

  it('cuts a page of HTML short', () => {
    const failure = readGitHubFailure({
      response: { status: 502, headers: {}, data: { message: 'x'.repeat(10_000) } },
    });
    expect(failure.message).toHaveLength(300);
  });
});

it.each([
  [answer(429), true],
  [answer(403, { 'x-ratelimit-remaining': '0' }), true],
  [answer(403), false],
  [answer(404, { 'x-ratelimit-remaining': '0' }), false],
])('tells a limit from a refusal: %j', (failure, expected) => {
  expect(isRateLimited(failure)).toBe(expected);
});
