/**
 * Every way in which the audit can fail to look, each with a heading in docs/TROUBLESHOOTING.md.
 * Findings are values, never errors; an error means "we could not look".
 */
export const ERROR_CODES = [
  'input-invalid',
  'config-invalid',
  'incident-unknown',
  'scope-invalid',
  'rules-invalid',
  'okta-unreachable',
  'okta-credentials-rejected',
  'okta-scope-missing',
  'okta-forbidden',
  'okta-not-an-org',
  'okta-rate-limited',
  'okta-timeout',
  'okta-unexpected-response',
  'okta-foreign-link',
  'clock-wrong',
  'archive-not-found',
  'archive-empty',
  'archive-unreadable',
  'archive-not-okta',
  'archive-other-tenant',
  'github-unreachable',
  'github-credentials-rejected',
  'github-forbidden',
  'github-not-found',
  'github-rate-limited',
  'github-unexpected-response',
  'repository-public',
  'report-unwritable',
  'memory-exhausted',
  'bug',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export interface AuditErrorOptions {
  readonly code: ErrorCode;
  /** What failed, and for which resource. Never holds a secret. */
  readonly message: string;
  /** What to change, naming the input, scope, role or permission. */
  readonly hint: string;
  readonly cause?: unknown;
}

/** The one error that this program throws on purpose; its code is for machines, message and hint are for people. */
export class AuditError extends Error {
  override readonly name = 'AuditError';
  readonly code: ErrorCode;
  readonly hint: string;

  constructor({ code, message, hint, cause }: AuditErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
  }
}

/** Gives any thrown value as an AuditError; what we did not foresee is a `bug` that asks to be reported. */
export function toAuditError(thrown: unknown): AuditError {
  if (thrown instanceof AuditError) return thrown;
  if (isDiskFull(thrown)) return diskFull(thrown);
  return new AuditError({
    code: 'bug',
    message: `The audit stopped on something it did not expect: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    hint: 'Please report this with the version and the lines above it. No verdict was reached.',
    cause: thrown,
  });
}

/** Whether something failed because there is no space to write to, wherever that was. */
export function isDiskFull(thrown: unknown): thrown is Error {
  if (!(thrown instanceof Error) || !('code' in thrown)) return false;
  return thrown.code === 'ENOSPC' || thrown.code === 'EDQUOT';
}

function diskFull(cause: Error): AuditError {
  return new AuditError({
    code: 'report-unwritable',
    message: `There is no space left on the machine that runs the audit: ${cause.message}.`,
    hint: 'Free some, also where temporary files go, and run it again. What it wrote before, such as the issue, stands.',
    cause,
  });
}
