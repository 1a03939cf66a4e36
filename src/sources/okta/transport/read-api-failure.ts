import type { OktaAccess } from '../../../model/audit-plan.ts';
import { isRecord } from '../../../model/log-event.ts';
import type { HttpAnswer, HttpAttemptError } from './attempt-http.ts';
import { makeFailure, type OktaFailure } from './okta-failure.ts';
import { quoteWords } from './quote-words.ts';
import { readRateLimit } from './read-rate-limit.ts';

/** What a request was for, in the words of a message, and what it takes. */
export interface RequestPurpose {
  /** Follows "may not": `read the System Log`. */
  readonly action: string;
  readonly scope: string;
  /** The least administrator role that is enough. */
  readonly role: string;
  /** What to do where the org has no such endpoint; null where every org has it. */
  readonly instead: string | null;
}

export interface FailureContext {
  readonly access: Pick<OktaAccess, 'orgUrl' | 'credentials'>;
  readonly purpose: RequestPurpose;
}

export interface Route {
  /** Host of the org. */
  readonly host: string;
  /** Host of the proxy that leads there; null where none does. */
  readonly proxyHost: string | null;
}

/** Says what an attempt that brought no whole answer means. */
export function readAttemptFailure(
  error: HttpAttemptError,
  { host, proxyHost }: Route,
): OktaFailure {
  if (error.trouble === 'timeout') {
    return makeFailure({
      code: 'okta-timeout',
      message: `${host} was too slow: ${error.message}.`,
      hint: 'Run the audit again; if it stays so, ask for a shorter window with since and until.',
      next: 'repeat',
    });
  }
  if (error.trouble === 'cut') {
    return makeFailure({
      code: 'okta-unexpected-response',
      message: `An answer of ${host} could not be read: ${error.message}.`,
      hint: 'Run the audit again; if it stays so, look for a proxy or firewall that cuts or changes answers.',
      next: 'repeat',
    });
  }
  const way = proxyHost === null ? '' : ` through the proxy ${proxyHost}`;
  return makeFailure({
    code: 'okta-unreachable',
    message: `Could not reach ${host}${way}: ${describeNetworkCode(error.code)}.`,
    hint:
      proxyHost === null
        ? 'Check okta-org-url, and that the runner may connect to it; behind a proxy set https_proxy.'
        : 'Check okta-org-url and https_proxy, and that the runner may connect to that proxy; no_proxy goes around it.',
    next: mayPass(error.code) ? 'repeat' : 'stop',
  });
}

/** What a proxy says that does not know who asks: HTTP 407, which no org answers. */
export function refusedByProxy({ host, proxyHost }: Route): OktaFailure {
  return makeFailure({
    code: 'okta-unreachable',
    message: `Could not reach ${host}: the proxy ${proxyHost ?? 'in between'} wants a user and a password (HTTP 407).`,
    hint: 'Write them into https_proxy, such as http://user:password@proxy.example:3128.',
    status: 407,
  });
}

function describeNetworkCode(code: string | null): string {
  if (code === null) return 'the connection failed';
  if (code === 'ENOTFOUND') return 'no such host (ENOTFOUND)';
  if (code === 'ECONNREFUSED') return 'nothing listens there (ECONNREFUSED)';
  if (/CERT|TLS|SSL|SELF_SIGNED|VERIFY/.test(code))
    return `its certificate is not trusted (${code})`;
  return `the connection failed (${code})`;
}

const PASSING_CODES = ['EAI_AGAIN', 'ETIMEDOUT', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'];

function mayPass(code: string | null): boolean {
  return code !== null && PASSING_CODES.includes(code);
}

/** Not found, no such method, not implemented: said by Okta, they are about the endpoint and not about the org. */
const ABSENT: readonly number[] = [404, 405, 501];

/** Says what an answer of the API that is no success means. */
export async function readApiFailure(
  answer: HttpAnswer,
  context: FailureContext,
): Promise<OktaFailure> {
  const { status } = answer;
  const host = new URL(context.access.orgUrl).host;
  const said = parseOktaError(await answer.text());
  const flaw = readTokenFlaw(answer);
  const oktaCode = said?.code ?? flaw;
  const facts = { status, oktaCode };
  const mark = oktaCode === null ? `HTTP ${status}` : `HTTP ${status}, ${oktaCode}`;
  if (status === 429) return { ...rateLimited(answer, host), ...facts };
  if (flaw !== null && status < 500) return { ...refuseToken(flaw, context, mark), ...facts };
  if (said !== null && ABSENT.includes(status) && context.purpose.instead !== null) {
    return makeFailure({
      ...facts,
      code: 'okta-unexpected-response',
      message: `${host} lets nobody ${context.purpose.action} by its API (${mark}).`,
      hint: context.purpose.instead,
    });
  }
  if (status >= 500) {
    return makeFailure({
      ...facts,
      code: 'okta-unexpected-response',
      message: `${host} failed with ${mark}.`,
      hint: 'Run the audit again; if it stays so, see https://status.okta.com.',
      next: 'repeat',
    });
  }
  if (said === null || status === 404 || (status >= 300 && status < 400)) {
    return { ...notAnOrg(answer, host), ...facts };
  }
  if (status === 401) return { ...rejected(context, mark), ...facts };
  if (status === 403) return { ...forbidden(context, mark), ...facts };
  return makeFailure({
    ...facts,
    code: 'okta-unexpected-response',
    message: `${host} refused a request with ${mark}: ${said.summary}`,
    hint: 'Please report this with the version of the audit.',
  });
}

/** What a success whose body is no JSON means: something that is not Okta answered. */
export function notAnOrg(
  answer: Pick<HttpAnswer, 'status' | 'headers'>,
  host: string,
): OktaFailure {
  const type = answer.headers.get('content-type')?.split(';')[0] ?? 'no content type';
  const isRedirect = answer.status >= 300 && answer.status < 400;
  const what = isRedirect ? 'a redirect' : type;
  return makeFailure({
    code: 'okta-not-an-org',
    message: `${host} does not answer like an Okta org: HTTP ${answer.status} with ${what}.`,
    hint: 'Set okta-org-url to the address of your org, such as https://acme.okta.com, not to a page of it and not to another host that leads there. Behind a proxy, see whether it lets the runner through.',
    status: answer.status,
  });
}

function rateLimited(answer: HttpAnswer, host: string): OktaFailure {
  const reading = readRateLimit(answer.headers);
  return makeFailure({
    code: 'okta-rate-limited',
    message: `${host} still refused after several waits: its rate limit is used up.`,
    hint: 'Run the audit when fewer other clients read the System Log, or give its app a larger share of the rate limit in the Admin Console.',
    next: 'wait',
    waitMs: reading === null || reading.limit === 0 ? null : reading.resetInMs,
  });
}

function rejected({ access }: FailureContext, mark: string): OktaFailure {
  const host = new URL(access.orgUrl).host;
  if (access.credentials.kind === 'api-token') {
    return makeFailure({
      code: 'okta-credentials-rejected',
      message: `${host} refused the API token (${mark}).`,
      hint: 'Check okta-api-token: it may be mistyped, revoked, of another org, expired after 30 days without use, or limited to a network zone that this runner is not in.',
    });
  }
  return makeFailure({
    code: 'okta-credentials-rejected',
    message: `${host} refused the access token that it had given to the service app ${access.credentials.clientId} (${mark}).`,
    hint: 'Check in the Admin Console that the service app of okta-client-id is active and not limited to a network zone that this runner is not in, and that the clock of the runner is right.',
  });
}

/** Where the clock or the address is not the one that Okta goes by. */
export const PROOF_HINT =
  'Check that okta-org-url is the address of the org itself, and that the clock of the runner is right.';

/**
 * What is wrong with an access token. Okta says so in a header, and the answer has no body.
 * Source: https://support.okta.com/help/s/article/insufficient-scope-error-when-making-a-request-to-an-oauth-or-management-endpoint
 */
function readTokenFlaw({ headers }: HttpAnswer): string | null {
  const challenge = headers.get('www-authenticate') ?? '';
  return /^(?:Bearer|DPoP)\s.*\berror="([a-z_]{1,40})"/i.exec(challenge)?.[1] ?? null;
}

function refuseToken(flaw: string, context: FailureContext, mark: string): OktaFailure {
  const { access, purpose } = context;
  const host = new URL(access.orgUrl).host;
  if (flaw === 'insufficient_scope') {
    return makeFailure({
      code: 'okta-scope-missing',
      message: `The service app may not ${purpose.action} of ${host}: it lacks the scope ${purpose.scope} (${mark}).`,
      hint: `Grant ${purpose.scope} to the app of okta-client-id, under Okta API Scopes.`,
    });
  }
  if (flaw !== 'invalid_dpop_proof') return rejected(context, mark);
  return makeFailure({
    code: 'okta-credentials-rejected',
    message: `${host} refused the proof that the service app sent with its access token (${mark}).`,
    hint: PROOF_HINT,
  });
}

function forbidden({ access, purpose }: FailureContext, mark: string): OktaFailure {
  const host = new URL(access.orgUrl).host;
  const isToken = access.credentials.kind === 'api-token';
  return makeFailure({
    code: 'okta-forbidden',
    message: `The ${isToken ? 'owner of the API token' : 'service app'} may not ${purpose.action} of ${host} (${mark}).`,
    hint: isToken
      ? `Use a token of a user with the role ${purpose.role}.`
      : `Assign the role ${purpose.role} to the app of okta-client-id, under Admin roles.`,
  });
}

/** Codes are printed, so nothing else may pass for one. */
const OKTA_CODE = /^E\d{7}$/;

function parseOktaError(text: string): { readonly code: string; readonly summary: string } | null {
  try {
    const parsed: unknown = JSON.parse(text);
    if (!isRecord(parsed) || typeof parsed['errorCode'] !== 'string') return null;
    const { errorCode, errorSummary } = parsed;
    return {
      code: OKTA_CODE.test(errorCode) ? errorCode : 'an unknown code',
      summary: quoteWords(typeof errorSummary === 'string' ? errorSummary : ''),
    };
  } catch {
    return null;
  }
}
