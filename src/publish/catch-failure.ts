import { AuditError } from '../errors.ts';

/** Does something and gives what it failed with, or null; what nobody foresaw is thrown on. */
export async function catchFailure(act: () => Promise<void>): Promise<AuditError | null> {
  try {
    await act();
    return null;
  } catch (thrown) {
    if (!(thrown instanceof AuditError)) throw thrown;
    return thrown;
  }
}
