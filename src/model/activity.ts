import type { Coverage, Investigations } from './judged-audit.ts';
import type { TimeWindow } from './time-window.ts';
import type { CheckStatus } from './verdict.ts';

/** One thing that was asked about, and how much of what it takes was read. */
export interface ActivityQuestion {
  /** `credential-changes`, `user:alice@example.com`, `session:...` or `ip:...`. */
  readonly subject: string;
  readonly status: CheckStatus;
  /** Why it is not `evaluated`, or what qualifies it; null where nothing needs saying. */
  readonly reason: string | null;
}

/** What was looked up by hand: the investigations, without checks and without a verdict. */
export interface Activity {
  /** Host of the org, or null for archives alone. */
  readonly tenant: string | null;
  readonly window: TimeWindow;
  /** The credential changes first, then the subjects as they were asked about. */
  readonly questions: readonly ActivityQuestion[];
  /** The holes name subjects where those of an audit name checks. */
  readonly coverage: Coverage;
  readonly investigations: Investigations;
}

/** What the credential changes are called beside the subjects. */
export const CREDENTIAL_CHANGES = 'credential-changes';

export function nameSubject({ kind, value }: { kind: string; value: string }): string {
  return `${kind}:${value}`;
}
