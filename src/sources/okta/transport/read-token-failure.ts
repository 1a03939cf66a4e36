import { isRecord } from '../../../model/log-event.ts';
import type { HttpAnswer } from './attempt-http.ts';
import { makeFailure, type OktaFailure } from './okta-failure.ts';
import { quoteWords } from './quote-words.ts';
import { notAnOrg, PROOF_HINT } from './read-api-failure.ts';
import { readRateLimit } from './read-rate-limit.ts';

export const LOGS_SCOPE = 'okta.logs.read';

export interface TokenRequestFacts {
  readonly host: string;
  readonly clientId: string;
}

/**
 * Says which part of a service app's credentials the org refuses, which the SDK keeps to itself.
 * Null for an answer that holds a usable access token, and for the challenge that asks for a nonce.
 */
export async function readTokenFailure(
  answer: HttpAnswer,
  facts: TokenRequestFacts,
): Promise<OktaFailure | null> {
  const { status } = answer;
  if (status === 429) return waitForTokens(answer, facts);
  if (status >= 500) {
    return makeFailure({
      code: 'okta-unexpected-response',
      message: `${facts.host} failed to give an access token (HTTP ${status}).`,
      hint: 'Run the audit again; if it stays so, see https://status.okta.com.',
      status,
      next: 'repeat',
    });
  }
  const said = parseObject(await answer.text());
  if (said === null) return notAnOrg(answer, facts.host);
  const error = readErrorCode(said);
  if (error === 'use_dpop_nonce') return null;
  if (error !== null || status !== 200) return readRefusal({ said, error, status, facts });
  if (readText(said, 'access_token') === null) return notAnOrg(answer, facts.host);
  const granted = readText(said, 'scope');
  return granted === null || granted.split(' ').includes(LOGS_SCOPE) ? null : lacksScope(facts, '');
}

function waitForTokens(answer: HttpAnswer, { host }: TokenRequestFacts): OktaFailure {
  return makeFailure({
    code: 'okta-rate-limited',
    message: `${host} gives no more access tokens for now: its rate limit is used up.`,
    hint: 'Run the audit again in a few minutes.',
    status: answer.status,
    next: 'wait',
    waitMs: readRateLimit(answer.headers)?.resetInMs ?? null,
  });
}

function readRefusal({
  said,
  error,
  status,
  facts,
}: {
  readonly said: Record<string, unknown>;
  readonly error: string | null;
  readonly status: number;
  readonly facts: TokenRequestFacts;
}): OktaFailure {
  const description = quoteWords(
    readText(said, 'error_description') ?? readText(said, 'errorSummary') ?? '',
  );
  if (error === 'invalid_scope' || error === 'consent_required') {
    return { ...lacksScope(facts, description), status, oktaCode: error };
  }
  const { part, hint } = blame(error, description, facts);
  return makeFailure({
    code: 'okta-credentials-rejected',
    message: `${facts.host} gave no access token: it refused the ${part} (${error ?? `HTTP ${status}`}${description === '' ? '' : `: ${description}`}).`,
    hint,
    status: null,
    oktaCode: error,
  });
}

function lacksScope({ host, clientId }: TokenRequestFacts, description: string): OktaFailure {
  return makeFailure({
    code: 'okta-scope-missing',
    message: `${host} gave no access token for the System Log: the service app ${clientId} lacks the scope ${LOGS_SCOPE}${description === '' ? '' : ` (${description})`}.`,
    hint: `Grant ${LOGS_SCOPE} to the app of okta-client-id, under Okta API Scopes, and okta.orgs.read for the support access.`,
  });
}

/** Okta names the flaw in words alone; where they name none, all three inputs are to be checked. */
function blame(
  error: string | null,
  description: string,
  { clientId }: TokenRequestFacts,
): { readonly part: string; readonly hint: string } {
  const words = description.toLowerCase();
  if (error === 'invalid_dpop_proof') {
    return {
      part: 'DPoP proof',
      hint: PROOF_HINT,
    };
  }
  const isOfOtherKind = error === 'unauthorized_client' || error === 'unsupported_grant_type';
  if (isOfOtherKind || words.includes('private_key_jwt')) {
    return {
      part: `client id ${clientId}`,
      hint: 'The app of okta-client-id must be of the type API Services, with "Public key / Private key" as its client authentication.',
    };
  }
  if (words.includes('client_id')) {
    return {
      part: `client id ${clientId}`,
      hint: 'Check okta-client-id: it must be the client id of an active API Services app in the org of okta-org-url.',
    };
  }
  if (words.includes('kid') || words.includes('jwks')) {
    return {
      part: 'key id',
      hint: 'Check okta-key-id: it must be the id of a key that is active in the app of okta-client-id.',
    };
  }
  if (words.includes('signature')) {
    return {
      part: 'private key',
      hint: 'Check okta-private-key: it must be the private half of a key that is active in the app of okta-client-id (and of okta-key-id, where that is given).',
    };
  }
  return {
    part: 'service app',
    hint: 'Check okta-client-id, okta-private-key and okta-key-id against the app in the Admin Console, whether it is limited to a network zone that this runner is not in, okta-org-url, and the clock of the runner.',
  };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** Codes are printed, so nothing else may pass for one. */
function readErrorCode(said: Record<string, unknown>): string | null {
  const error = readText(said, 'error') ?? readText(said, 'errorCode');
  if (error === null) return null;
  return /^([a-z_]{1,40}|E\d{7})$/.test(error) ? error : 'an unknown code';
}

function readText(record: Record<string, unknown>, key: string): string | null {
  const value = record[key];
  return typeof value === 'string' && value !== '' ? value : null;
}
