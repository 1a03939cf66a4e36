import { AuditError } from '../../../errors.ts';

/** The error for a file or an entry without a byte. */
export function emptyFile(name: string): AuditError {
  return new AuditError({
    code: 'archive-empty',
    message: `The archive file ${name} is empty.`,
    hint: 'Export or copy it again: whatever should write it seems to have failed. If it is meant to hold nothing, leave it out.',
  });
}
