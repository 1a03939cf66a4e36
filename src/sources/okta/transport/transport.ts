import type { Agent } from 'node:http';
import type { OktaAccess } from '../../../model/audit-plan.ts';
import type { HttpAnswer } from './attempt-http.ts';
import { chooseProxy } from './choose-proxy.ts';
import { judgeClock } from './judge-clock.ts';
import { makeFailure, type OktaFailure, OktaFailureError } from './okta-failure.ts';
import type { OktaRuntime } from './okta-runtime.ts';
import { planRetry } from './plan-retry.ts';
import { createRateGate, type RateGate } from './rate-gate.ts';
import { notAnOrg, type RequestPurpose } from './read-api-failure.ts';
import { readPrivateKey } from './read-private-key.ts';
import { readRateLimit } from './read-rate-limit.ts';
import { LOGS_SCOPE } from './read-token-failure.ts';
import { createSdkExecutor } from './sdk-executor.ts';

/** What an answer holds and its `Link` header, or why there is none. */
export type OktaReply<Content> =
  | { readonly kind: 'answer'; readonly content: Content; readonly link: string | null }
  | { readonly kind: 'failure'; readonly failure: OktaFailure };

export const LOGS_PATH = '/api/v1/logs';
const ORGS_SCOPE = 'okta.orgs.read';

const READ_LOGS: RequestPurpose = {
  action: 'read the System Log',
  scope: LOGS_SCOPE,
  role: 'Read-only Administrator or Report Administrator',
  instead: null,
};
const READ_SUPPORT: RequestPurpose = {
  action: 'read the support access',
  scope: ORGS_SCOPE,
  role: 'Super Administrator',
  instead: 'Look in the Admin Console whether Okta Support has access.',
};

/** Reads a body; null for one that is damaged. */
export type ReadBody<Content> = (bytes: Buffer) => Content | null;

interface SdkHttp {
  http(
    url: string,
    request: { readonly method: string; readonly headers: Readonly<Record<string, string>> },
  ): Promise<HttpAnswer>;
}

/**
 * Speaks to one org: authentication and DPoP by Okta's SDK, everything else here.
 * The only file that touches the SDK, and only its transport: its client would read `okta.yaml` from the working
 * directory and `OKTA_CLIENT_*` from the environment. It is loaded at the first request.
 */
export class OktaTransport {
  readonly origin: string;
  readonly host: string;
  readonly #access: OktaAccess;
  readonly #runtime: OktaRuntime;
  readonly #gates = new Map<string, RateGate>();
  readonly #sentByPath = new Map<string, number>();
  #connecting: Promise<SdkHttp> | null = null;
  #isLinked = false;

  constructor(access: OktaAccess, runtime: OktaRuntime) {
    const url = new URL(access.orgUrl);
    this.origin = url.origin;
    this.host = url.host;
    this.#access = access;
    this.#runtime = runtime;
  }

  /**
   * Gets something from the org. What passes by itself, a damaged body among it, is tried again, each time with a fresh proof, within a budget;
   * the rate gate of the endpoint decides when. A failure is a value, so that what was read before is kept.
   * @throws AuditError input-invalid where the private key cannot be read.
   */
  async get<Content>(url: URL, read: ReadBody<Content>): Promise<OktaReply<Content>> {
    const gate = this.gateOf(url.pathname);
    const startedMs = this.#runtime.now();
    for (let attempts = 1; ; attempts++) {
      await gate.enter();
      const reply = await this.#attempt(url, read).finally(() => gate.leave());
      if (reply.kind === 'answer') return reply;
      const waitMs = planRetry({
        failure: reply.failure,
        attempts,
        spentMs: this.#runtime.now() - startedMs,
        random: this.#runtime.random(),
      });
      if (waitMs === null) return reply;
      this.#runtime.log(describeWait(reply.failure, waitMs));
      await this.#runtime.sleep(waitMs);
    }
  }

  gateOf(path: string): RateGate {
    const gate = this.#gates.get(path) ?? createRateGate(this.#runtime);
    this.#gates.set(path, gate);
    return gate;
  }

  /** How many requests were sent to a path so far, retries included. */
  countRequests(path: string): number {
    return this.#sentByPath.get(path) ?? 0;
  }

  /** Whether an answer brought a link so far, so that nothing on the way takes them off. */
  bringsLinks(): boolean {
    return this.#isLinked;
  }

  async #attempt<Content>(url: URL, read: ReadBody<Content>): Promise<OktaReply<Content>> {
    this.#connecting ??= this.#connect();
    const http = await this.#connecting;
    try {
      const answer = await http.http(url.href, {
        method: 'GET',
        headers: { Accept: 'application/json' },
      });
      return this.#readAnswer(answer, read);
    } catch (thrown) {
      if (!(thrown instanceof OktaFailureError)) throw thrown;
      return { kind: 'failure', failure: thrown.failure };
    }
  }

  #readAnswer<Content>(answer: HttpAnswer, read: ReadBody<Content>): OktaReply<Content> {
    const clockFailure = judgeClock(answer, { host: this.host, nowMs: this.#runtime.now() });
    if (clockFailure !== null) return { kind: 'failure', failure: clockFailure };
    const content = read(answer.bytes);
    const link = answer.headers.get('link');
    this.#isLinked ||= link !== null;
    if (content !== null) return { kind: 'answer', content, link };
    const isMarkup = answer.bytes.toString('utf8', 0, 100).trimStart().startsWith('<');
    const failure = isMarkup ? notAnOrg(answer, this.host) : damaged(this.host);
    return { kind: 'failure', failure };
  }

  async #connect(): Promise<SdkHttp> {
    const { credentials } = this.#access;
    const [{ Http }, { OAuth }] = await Promise.all([
      import('@okta/okta-sdk-nodejs/src/http.js'),
      import('@okta/okta-sdk-nodejs/src/oauth.js'),
    ]);
    const proxy = chooseProxy(new URL(this.origin), this.#runtime.env);
    const scopes = [LOGS_SCOPE, ORGS_SCOPE];
    let agent: Agent | null = null;
    const requestExecutor = createSdkExecutor({
      access: this.#access,
      purposeOf: (url) => (url.pathname === LOGS_PATH ? READ_LOGS : READ_SUPPORT),
      deadlines: this.#runtime.deadlines,
      findAgent: () => agent,
      proxyHost: proxy?.host ?? null,
      scopes,
      onApiRequest: ({ pathname }) => {
        this.#sentByPath.set(pathname, this.countRequests(pathname) + 1);
      },
      onApiAnswer: (url, answer) => this.#learn(url, answer),
    });
    const oauth =
      credentials.kind === 'api-token'
        ? {}
        : {
            oauth: new OAuth({
              baseUrl: this.origin,
              clientId: credentials.clientId,
              scopes,
              privateKey: readPrivateKey(credentials.privateKey, credentials.keyId),
              requestExecutor,
            }),
          };
    const httpsProxy = proxy === null ? {} : { httpsProxy: describeProxy(proxy) };
    const http = new Http({ requestExecutor, cacheMiddleware: null, ...oauth, ...httpsProxy });
    if (proxy !== null) agent = http.agent ?? null;
    if (credentials.kind === 'api-token') {
      http.defaultHeaders['Authorization'] = `SSWS ${credentials.token}`;
    }
    http.defaultHeaders['User-Agent'] = 'okta-tenant-audit';
    return http;
  }

  #learn(url: URL, answer: HttpAnswer): void {
    const reading = readRateLimit(answer.headers);
    if (reading !== null) this.gateOf(url.pathname).learn(reading);
  }
}

/** As an object, because the SDK's agent takes a URL apart in a deprecated way. */
function describeProxy(proxy: URL): object {
  const port = proxy.port === '' ? {} : { port: Number(proxy.port) };
  const user = decodeEscapes(proxy.username);
  const auth = user === '' ? {} : { auth: `${user}:${decodeEscapes(proxy.password)}` };
  return { protocol: proxy.protocol, hostname: proxy.hostname, ...port, ...auth };
}

/** A per cent sign that begins no escape stands for itself: people write a password as it is. */
function decodeEscapes(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll(/%(?![0-9a-f]{2})/gi, '%25'));
  } catch {
    return text;
  }
}

function damaged(host: string): OktaFailure {
  return makeFailure({
    code: 'okta-unexpected-response',
    message: `An answer of ${host} is damaged: it is not the JSON that was asked for.`,
    hint: 'Run the audit again; if it stays so, look for a proxy or firewall that cuts or changes answers.',
    next: 'repeat',
  });
}

function describeWait({ error, next }: OktaFailure, waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1000);
  if (next === 'wait') return `Okta's rate limit is used up; waiting ${seconds} s.`;
  if (next === 'at-once') return `${error.message} Asking for the System Log alone.`;
  return `${error.message} Trying again in ${seconds} s.`;
}
