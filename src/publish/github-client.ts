import type { getOctokit } from '@actions/github';
import { AuditError } from '../errors.ts';
import { isRecord } from '../model/log-event.ts';
import { type GitHubPurpose, toGitHubError } from './github-error.ts';
import {
  type GitHubFailure,
  isGraphqlError,
  isGraphqlOutage,
  mayHaveHappened,
  planRetry,
  readGitHubFailure,
} from './github-failure.ts';

export interface GitHubAccess {
  readonly token: string;
  /** `https://api.github.com`, or what `GITHUB_API_URL` says. */
  readonly apiUrl: string;
  readonly sleep: (durationMs: number) => Promise<void>;
  readonly nowMs: () => number;
  /** Told of every wait that a person would notice. */
  readonly onWait?: (message: string) => void;
  /** Without it the fetch of `@actions/github`, which heeds the runner's proxy settings. */
  readonly fetch?: typeof fetch;
  /** For one attempt, from the request to the end of the answer; 30 seconds without it. */
  readonly timeoutMs?: number;
}

interface GitHubCall {
  /** `GET /repos/{owner}/{repo}/issues`, with a placeholder for each parameter of the path. */
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly purpose: GitHubPurpose;
  /**
   * Looks whether a request that must not be done twice was done, where its answer was lost; gives null if it was not.
   * Without it a POST is not repeated.
   */
  readonly findDone?: () => Promise<unknown>;
}

interface GitHubQuery {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly purpose: GitHubPurpose;
}

/** Speaks to GitHub with one token: patiently, one write after the other, and with errors that people can act on. */
export interface GitHubClient {
  /** Gives the body of the answer; throws AuditError `github-*`. */
  send(call: GitHubCall): Promise<unknown>;
  /** Gives the rows of all pages of a list; throws AuditError `github-*`. */
  list(call: GitHubCall): Promise<unknown[]>;
  /** Gives `data`, which is partly null where GitHub answered only a part; throws AuditError `github-*`. */
  query(query: GitHubQuery): Promise<Readonly<Record<string, unknown>>>;
  /** How many requests were sent so far, repeated ones included. */
  countRequests(): number;
}

interface Attempt<Answer> {
  readonly purpose: GitHubPurpose;
  readonly run: (octokit: Octokit, signal: AbortSignal) => Promise<Answer>;
  /** What to do where nobody knows whether a failed attempt did its work. */
  readonly whenUnsure: 'repeat' | 'give-up' | (() => Promise<Answer | null>);
}

interface Page {
  readonly data: unknown;
  /** What leads to the next page, by name; null on the last one. */
  readonly next: Readonly<Record<string, string>> | null;
}

type Octokit = ReturnType<typeof getOctokit>;

const DEFAULT_TIMEOUT_MS = 30_000;
const PAUSE_BETWEEN_WRITES_MS = 1_000;
const NOTICEABLE_WAIT_MS = 10_000;
const PAGE_SIZE = 100;

/** Octokit gives an answer whose end it never saw as a text, as if it were whole. */
const BROKEN_OFF = 'the answer broke off';

/**
 * Makes a client that loads and asks nothing before it is used. Server errors and broken connections are tried
 * again; limits are waited for as GitHub tells.
 * Source: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export function createGitHubClient(access: GitHubAccess): GitHubClient {
  return new PatientClient(access);
}

class PatientClient implements GitHubClient {
  readonly #access: GitHubAccess;
  #octokit: Promise<Octokit> | null = null;
  #requests = 0;
  #hasWritten = false;

  constructor(access: GitHubAccess) {
    this.#access = access;
  }

  countRequests(): number {
    return this.#requests;
  }

  async send(call: GitHubCall): Promise<unknown> {
    if (!call.route.startsWith('GET ')) await this.#pauseBeforeWrite();
    const { data } = await this.#persist<Page>({
      purpose: call.purpose,
      run: (octokit, signal) => requestPage(octokit, call, { request: { signal } }),
      whenUnsure: whenUnsureOf(call),
    });
    return data;
  }

  async list(call: GitHubCall): Promise<unknown[]> {
    const rows: unknown[] = [];
    let place: Page['next'] = { per_page: String(PAGE_SIZE), page: '1' };
    while (place !== null) {
      const more: Page['next'] = place;
      const { data, next }: Page = await this.#persist<Page>({
        purpose: call.purpose,
        run: (octokit, signal) => requestPage(octokit, call, { ...more, request: { signal } }),
        whenUnsure: 'repeat',
      });
      if (!Array.isArray(data)) throw notAList(call.purpose);
      rows.push(...data);
      place = data.length === 0 ? null : next;
    }
    return rows;
  }

  async query({ text, variables, purpose }: GitHubQuery) {
    return this.#persist({
      purpose,
      run: (octokit, signal) => requestData(octokit, text, { ...variables, request: { signal } }),
      whenUnsure: 'repeat',
    });
  }

  async #persist<Answer>({ purpose, run, whenUnsure }: Attempt<Answer>): Promise<Answer> {
    const octokit = await this.#open();
    for (let attempts = 1; ; attempts += 1) {
      const outcome = await this.#attempt((signal) => run(octokit, signal));
      if ('answer' in outcome) return outcome.answer;
      const { failure } = outcome;
      const isUnsure = mayHaveHappened(failure);
      const waitMs = planRetry({ failure, attempts, nowMs: this.#access.nowMs() });
      if (waitMs === null || (isUnsure && whenUnsure === 'give-up')) {
        throw toGitHubError(failure, purpose);
      }
      await this.#wait(waitMs, failure);
      if (!isUnsure || typeof whenUnsure === 'string') continue;
      const done = await whenUnsure();
      if (done !== null) return done;
    }
  }

  async #attempt<Answer>(
    run: (signal: AbortSignal) => Promise<Answer>,
  ): Promise<{ answer: Answer } | { failure: GitHubFailure }> {
    this.#requests += 1;
    try {
      const timeoutMs = this.#access.timeoutMs ?? DEFAULT_TIMEOUT_MS;
      return { answer: await run(AbortSignal.timeout(timeoutMs)) };
    } catch (thrown) {
      return { failure: readGitHubFailure(thrown) };
    }
  }

  async #wait(waitMs: number, failure: GitHubFailure): Promise<void> {
    if (waitMs >= NOTICEABLE_WAIT_MS) {
      const seconds = Math.ceil(waitMs / 1_000);
      this.#access.onWait?.(`Waiting ${seconds} seconds, as GitHub asks: ${failure.message}`);
    }
    await this.#access.sleep(waitMs);
  }

  #open(): Promise<Octokit> {
    this.#octokit ??= openOctokit(this.#access);
    return this.#octokit;
  }

  async #pauseBeforeWrite(): Promise<void> {
    if (this.#hasWritten) await this.#access.sleep(PAUSE_BETWEEN_WRITES_MS);
    this.#hasWritten = true;
  }
}

async function openOctokit({ token, apiUrl, fetch }: GitHubAccess): Promise<Octokit> {
  assertSendable(token);
  try {
    const { getOctokit } = await import('@actions/github');
    return getOctokit(token, {
      baseUrl: apiUrl.replace(/\/+$/, ''),
      userAgent: 'okta-tenant-audit',
      ...(fetch === undefined ? {} : { request: { fetch } }),
    });
  } catch (cause) {
    throw toNoAddress(cause);
  }
}

/** The toolkit reads both from the environment when it is loaded, and throws what is no address. */
function toNoAddress(cause: unknown): AuditError {
  const reason = cause instanceof Error ? cause.message.replace(/\.$/, '') : 'unknown';
  return new AuditError({
    code: 'github-unreachable',
    message: `GitHub cannot be asked, because the address of its API or of the proxy is none: ${reason}.`,
    hint: 'Give `GITHUB_API_URL` as `https://ghe.example.com/api/v3`, and `HTTPS_PROXY` as `http://proxy.example.com:3128`.',
    cause,
  });
}

async function requestPage(
  octokit: Octokit,
  call: GitHubCall,
  more: Readonly<Record<string, unknown>>,
): Promise<Page> {
  const { data, headers } = await octokit.request(call.route, { ...call.parameters, ...more });
  const isJson = headers['content-type']?.includes('json') ?? false;
  if (isJson && typeof data === 'string') throw new Error(BROKEN_OFF);
  return { data, next: readNext(headers.link ?? '') };
}

/**
 * A list of ten thousand rows goes on by its cursor alone, and the token goes to nobody but who was asked: so the address
 * of the next page counts for its parameters. Source: https://github.com/google/go-github/issues/3565
 */
function readNext(link: string): Page['next'] {
  const address = /<([^>]*)>; rel="next"/.exec(link)?.[1];
  return address === undefined
    ? null
    : Object.fromEntries(new URL(address, 'https://api.github.com').searchParams);
}

/** GitHub answers 200 also where it refuses a part; the rest of the answer still counts. */
async function requestData(
  octokit: Octokit,
  text: string,
  variables: Record<string, unknown>,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    const data: unknown = await octokit.graphql(text, variables);
    if (!isRecord(data)) throw new Error(BROKEN_OFF);
    return data;
  } catch (thrown) {
    if (!isGraphqlError(thrown) || isGraphqlOutage(thrown)) throw thrown;
    return toRecord(thrown['data']);
  }
}

function whenUnsureOf({ route, findDone }: GitHubCall): Attempt<Page>['whenUnsure'] {
  if (findDone === undefined) return route.startsWith('POST ') ? 'give-up' : 'repeat';
  return async () => {
    const data = await findDone();
    return data === null ? null : { data, next: null };
  };
}

/** Taken for an empty list, it would make us create a second issue. */
function notAList({ task, repository }: GitHubPurpose): AuditError {
  return new AuditError({
    code: 'github-unexpected-response',
    message: `Could not ${task} in ${repository}: GitHub answered with something that is no list.`,
    hint: 'Check `GITHUB_API_URL` and any proxy between the runner and GitHub.',
  });
}

function toRecord(data: unknown): Readonly<Record<string, unknown>> {
  return isRecord(data) ? data : {};
}

/** The runtime's own error for a value that no header can have would quote the token. */
function assertSendable(token: string): void {
  if (/^[\x21-\x7e]+$/.test(token)) return;
  throw new AuditError({
    code: 'github-credentials-rejected',
    message:
      'The GitHub token is empty, or holds blanks, line breaks or letters that no token has.',
    hint: 'Check `github-token`: `${{ github.token }}`, or a secret that was saved without quotes and line breaks.',
  });
}
