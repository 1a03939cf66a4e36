import { AuditError } from '../errors.ts';
import { reportFailure } from './report-failure.ts';

/**
 * Lets a command go on when whoever reads it has seen enough, as `head` has: what is left to say goes nowhere. An answer that
 * cannot be written, as on a full disk, is told on the stream for people; where that one fails, the answer is still worth having.
 */
export function outliveReaders({
  stdout,
  stderr,
}: {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}): void {
  let isTold = false;
  stdout.on('error', (cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EPIPE' || isTold) return;
    isTold = true;
    reportFailure(
      new AuditError({
        code: 'report-unwritable',
        message: `The answer cannot be written to the standard output: ${cause.message}.`,
        hint: 'Send it to where there is space. What the command wrote elsewhere, such as report files, is there.',
        cause,
      }),
    );
  });
  stderr.on('error', () => {});
}
