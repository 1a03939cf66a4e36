import { AuditError, type ErrorCode } from '../../../errors.ts';

/** Why a request brought no answer that can be used. */
export interface OktaFailure {
  /** For a person: what failed and what to change. */
  readonly error: AuditError;
  /** HTTP status, or null where no whole answer came. */
  readonly status: number | null;
  /** Okta's own code, such as E0000053, or that of OAuth, such as invalid_client. */
  readonly oktaCode: string | null;
  /**
   * `repeat`: the same request may succeed; `wait`: after the window of the rate limit;
   * `at-once`: something was changed that makes it different; `stop`: never by itself.
   */
  readonly next: 'repeat' | 'wait' | 'at-once' | 'stop';
  /** How long Okta asks to wait; null where it does not say. */
  readonly waitMs: number | null;
}

/**
 * Carries a failure through the SDK.
 * Its `status` is what makes the SDK ask for a new access token, once per request, when the old one has expired.
 */
export class OktaFailureError extends Error {
  override readonly name = 'OktaFailureError';
  readonly failure: OktaFailure;
  readonly status: number | null;

  constructor(failure: OktaFailure) {
    super(failure.error.message);
    this.failure = failure;
    this.status = failure.status;
  }
}

export interface FailureParts {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly status?: number | null;
  readonly oktaCode?: string | null;
  readonly next?: OktaFailure['next'];
  readonly waitMs?: number | null;
}

export function makeFailure(parts: FailureParts): OktaFailure {
  const { code, message, hint, status, oktaCode, next, waitMs } = parts;
  return {
    error: new AuditError({ code, message, hint }),
    status: status ?? null,
    oktaCode: oktaCode ?? null,
    next: next ?? 'stop',
    waitMs: waitMs ?? null,
  };
}
