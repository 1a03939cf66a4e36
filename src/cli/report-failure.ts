import { toAuditError } from '../errors.ts';
import { terminal } from '../report/escape/terminal.ts';

/** Says what failed and what to change, on the stream for people, and exits with 1. */
export function reportFailure(thrown: unknown): void {
  const { code, message, hint } = toAuditError(thrown);
  const lines = [...message.split('\n'), hint, `[${code}]`];
  process.stderr.write(`${lines.map(terminal).join('\n')}\n`);
  process.exitCode = 1;
}
