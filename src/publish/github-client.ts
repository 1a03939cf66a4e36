import type { getOctokit } from '@actions/github';
import { isRecord } from '../model/log-event.ts';
import { type GitHubPurpose, toGitHubError } from './github-error.ts';
import {
  type GitHubFailure,
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
  /** Without it the fetch of `@actions/github`, which heeds the runner's proxy settings. */
  readonly fetch?: typeof fetch;
  /** For one attempt, from the request to the end of the answer; 30 seconds without it. */
  readonly timeoutMs?: number;
}

export interface GitHubCall {
  /** `GET /repos/{owner}/{repo}/issues`, with a placeholder for each parameter of the path. */
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly purpose: GitHubPurpose;
  /**
   * Looks whether a request that must not be done twice was done, where its answer was lost; gives null if it was not.
   * Without it such a request is not repeated.
   */
  readonly findDone?: () => Promise<unknown>;
}

export interface GitHubQuery {
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
  readonly run: (signal: AbortSignal) => Promise<Answer>;
  /** What to do where nobody knows whether a failed attempt did its work. */
  readonly whenUnsure: 'repeat' | 'give-up' | (() => Promise<Answer | null>);
}

interface Page {
  readonly data: unknown;
  readonly hasNext: boolean;
}

type Octokit = ReturnType<typeof getOctokit>;

const DEFAULT_TIMEOUT_MS = 30_000;
const PAUSE_BETWEEN_WRITES_MS = 1_000;
const PAGE_SIZE = 100;

/**
 * Opens a client. Server errors and broken connections are tried again; limits are waited for as GitHub tells.
 * Source: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export async function createGitHubClient(access: GitHubAccess): Promise<GitHubClient> {
  const { getOctokit } = await import('@actions/github');
  const octokit = getOctokit(access.token, {
    baseUrl: access.apiUrl,
    userAgent: 'okta-tenant-audit',
    ...(access.fetch === undefined ? {} : { request: { fetch: access.fetch } }),
  });
  return new PatientClient(octokit, access);
}

class PatientClient implements GitHubClient {
  readonly #octokit: Octokit;
  readonly #access: GitHubAccess;
  #requests = 0;
  #hasWritten = false;

  constructor(octokit: Octokit, access: GitHubAccess) {
    this.#octokit = octokit;
    this.#access = access;
  }

  countRequests(): number {
    return this.#requests;
  }

  async send(call: GitHubCall): Promise<unknown> {
    if (!call.route.startsWith('GET ')) await this.#pauseBeforeWrite();
    const { data } = await this.#persist<Page>({
      purpose: call.purpose,
      run: (signal) => this.#requestPage(call, { request: { signal } }),
      whenUnsure: call.route.startsWith('POST ') ? whenUnsureOf(call) : 'repeat',
    });
    return data;
  }

  async list(call: GitHubCall): Promise<unknown[]> {
    const rows: unknown[] = [];
    for (let page = 1; ; page += 1) {
      const { data, hasNext } = await this.#persist<Page>({
        purpose: call.purpose,
        run: (signal) =>
          this.#requestPage(call, { per_page: PAGE_SIZE, page, request: { signal } }),
        whenUnsure: 'repeat',
      });
      if (!Array.isArray(data) || data.length === 0) return rows;
      rows.push(...data);
      if (!hasNext) return rows;
    }
  }

  async query({ text, variables, purpose }: GitHubQuery) {
    return this.#persist({
      purpose,
      run: (signal) => this.#requestData(text, { ...variables, request: { signal } }),
      whenUnsure: 'repeat',
    });
  }

  async #requestPage(call: GitHubCall, more: Record<string, unknown>): Promise<Page> {
    const { data, headers } = await this.#octokit.request(call.route, {
      ...call.parameters,
      ...more,
    });
    return { data, hasNext: headers.link?.includes('rel="next"') ?? false };
  }

  async #requestData(text: string, variables: Record<string, unknown>) {
    try {
      return toRecord(await this.#octokit.graphql(text, variables));
    } catch (thrown) {
      if (!isRecord(thrown) || thrown['name'] !== 'GraphqlResponseError') throw thrown;
      return toRecord(thrown['data']);
    }
  }

  async #persist<Answer>({ purpose, run, whenUnsure }: Attempt<Answer>): Promise<Answer> {
    for (let attempts = 1; ; attempts += 1) {
      const outcome = await this.#attempt(run);
      if ('answer' in outcome) return outcome.answer;
      const { failure } = outcome;
      const isUnsure = mayHaveHappened(failure);
      const waitMs = planRetry({ failure, attempts, nowMs: this.#access.nowMs() });
      if (waitMs === null || (isUnsure && whenUnsure === 'give-up')) {
        throw toGitHubError(failure, purpose);
      }
      await this.#access.sleep(waitMs);
      if (!isUnsure || typeof whenUnsure === 'string') continue;
      const done = await whenUnsure();
      if (done !== null) return done;
    }
  }

  async #attempt<Answer>(
    run: Attempt<Answer>['run'],
  ): Promise<{ answer: Answer } | { failure: GitHubFailure }> {
    this.#requests += 1;
    try {
      const timeoutMs = this.#access.timeoutMs ?? DEFAULT_TIMEOUT_MS;
      return { answer: await run(AbortSignal.timeout(timeoutMs)) };
    } catch (thrown) {
      return { failure: withoutSecret(readGitHubFailure(thrown), this.#access.token) };
    }
  }

  async #pauseBeforeWrite(): Promise<void> {
    if (this.#hasWritten) await this.#access.sleep(PAUSE_BETWEEN_WRITES_MS);
    this.#hasWritten = true;
  }
}

function whenUnsureOf({ findDone }: GitHubCall): Attempt<Page>['whenUnsure'] {
  if (findDone === undefined) return 'give-up';
  return async () => {
    const data = await findDone();
    return data === null ? null : { data, hasNext: false };
  };
}

function toRecord(data: unknown): Readonly<Record<string, unknown>> {
  return isRecord(data) ? data : {};
}

/** A token that cannot be the value of a header is quoted by the runtime's own error. */
function withoutSecret(failure: GitHubFailure, secret: string): GitHubFailure {
  return { ...failure, message: failure.message.replaceAll(secret, '***') };
}
