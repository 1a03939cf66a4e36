import type { Agent } from 'node:http';
import {
  attemptHttp,
  type HttpAnswer,
  HttpAttemptError,
  type HttpRequest,
} from './attempt-http.ts';
import { makeFailure, type OktaFailure, OktaFailureError } from './okta-failure.ts';
import { DEADLINES, type Deadlines } from './okta-runtime.ts';
import {
  type FailureContext,
  readApiFailure,
  readAttemptFailure,
  refusedByProxy,
} from './read-api-failure.ts';
import { LOGS_SCOPE, readTokenFailure } from './read-token-failure.ts';

const TOKEN_PATH = '/oauth2/v1/token';

/** What the SDK calls for every request, those for tokens included. */
export interface SdkExecutor {
  fetch(request: HttpRequest): Promise<HttpAnswer>;
}

export interface ExecutorOptions {
  readonly access: FailureContext['access'];
  /** What the API request that is under way is for. */
  readonly purposeOf: (url: URL) => FailureContext['purpose'];
  readonly deadlines: Deadlines | undefined;
  readonly findAgent: () => Agent | null;
  /** Host of the proxy on the way; null for none. */
  readonly proxyHost: string | null;
  /** The scopes to ask tokens for; shortened in place where the org refuses them together. */
  readonly scopes: string[];
  readonly onApiRequest: (url: URL) => void;
  readonly onApiAnswer: (url: URL, answer: HttpAnswer) => void;
}

/**
 * The request executor that the SDK's transport runs on: one attempt, with deadlines, that succeeds or throws.
 * Retries are not its business, because each needs a fresh DPoP proof, which the SDK makes before it calls this.
 */
export function createSdkExecutor(options: ExecutorOptions): SdkExecutor {
  const { access, scopes, proxyHost } = options;
  const { host } = new URL(access.orgUrl);

  async function send(request: HttpRequest): Promise<HttpAnswer> {
    const answer = await attempt(request);
    if (answer.status === 407) throw new OktaFailureError(refusedByProxy({ host, proxyHost }));
    return answer;
  }

  async function attempt(request: HttpRequest): Promise<HttpAnswer> {
    const deadlines = options.deadlines ?? DEADLINES;
    try {
      return await attemptHttp(request, { agent: options.findAgent(), deadlines });
    } catch (thrown) {
      if (!(thrown instanceof HttpAttemptError)) throw thrown;
      throw new OktaFailureError(readAttemptFailure(thrown, { host, proxyHost }));
    }
  }

  async function checkTokenAnswer(request: HttpRequest, answer: HttpAnswer): Promise<void> {
    const clientId = access.credentials.kind === 'service-app' ? access.credentials.clientId : '';
    const failure = await readTokenFailure(answer, { host, clientId });
    if (failure !== null) throw new OktaFailureError(narrowScopes(failure, scopes));
    if (answer.status === 200) return;
    const isAnswerable = answer.headers.get('dpop-nonce') !== null && !carriesNonce(request);
    if (!isAnswerable) throw new OktaFailureError(vainChallenge(host));
  }

  return {
    async fetch(request) {
      const url = new URL(request.url);
      if (url.pathname === TOKEN_PATH) {
        const granted = await send(request);
        await checkTokenAnswer(request, granted);
        return granted;
      }
      options.onApiRequest(url);
      const answer = await send(request);
      options.onApiAnswer(url, answer);
      if (answer.status >= 200 && answer.status < 300) return answer;
      const purpose = options.purposeOf(url);
      throw new OktaFailureError(await readApiFailure(answer, { access, purpose }));
    },
  };
}

/** An org may refuse all scopes for want of one: the System Log alone is better than nothing. */
function narrowScopes(failure: OktaFailure, scopes: string[]): OktaFailure {
  if (failure.error.code !== 'okta-scope-missing' || scopes.length === 1) return failure;
  scopes.splice(0, scopes.length, LOGS_SCOPE);
  return { ...failure, next: 'at-once' };
}

/** The SDK answers every challenge, also one to a proof that answered one already: it would never end. */
function carriesNonce({ headers }: HttpRequest): boolean {
  const [, payload = ''] = (headers['DPoP'] ?? '').split('.');
  return 'nonce' in JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
}

function vainChallenge(host: string): OktaFailure {
  return makeFailure({
    code: 'okta-unexpected-response',
    message: `${host} keeps asking for a DPoP nonce and takes none.`,
    hint: 'Run the audit again; if it stays so, switch off DPoP for the app of okta-client-id and report this.',
    next: 'repeat',
  });
}
