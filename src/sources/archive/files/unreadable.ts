import { AuditError, isDiskFull, toAuditError } from '../../../errors.ts';

/** The error for a file or an entry whose bytes cannot be had, or cannot be kept while they are read. */
export function unreadable(name: string, cause: unknown): AuditError {
  if (isDiskFull(cause)) return toAuditError(cause);
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new AuditError({
    code: 'archive-unreadable',
    message: `The archive file ${name} cannot be read: ${reason.replace(/\.$/, '')}.`,
    hint: 'Check that the file is whole and that its permissions let this step read it.',
    cause,
  });
}
