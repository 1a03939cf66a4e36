import type { AuditError } from '../errors.ts';
import type { JudgedAudit } from '../model/judged-audit.ts';
import type { PrivacyDecision } from '../publish/decide-privacy.ts';
import type { PublishedIssue } from '../publish/upsert-issue.ts';

/** Where the report files are; paths are absolute. */
export interface SavedReport {
  readonly directory: string;
  readonly jsonPath: string;
  /** The file of raw events, and the hash of its bytes. */
  readonly evidence: { readonly file: string; readonly sha256: string };
  /** Markdown for the job summary. */
  readonly summary: string;
}

/** The issue after the audit; `none` where GitHub refused the writing, so that it says what it said before. */
export type KeptIssue = Pick<PublishedIssue, 'number' | 'url'> & {
  readonly action: PublishedIssue['action'] | 'none';
};

/** What one audit came to, for the face that asked. */
export interface AuditAnswer {
  readonly judged: JudgedAudit;
  readonly privacy: PrivacyDecision;
  readonly issue: KeptIssue | null;
  /** Why the issue or the report is not what it should be although the audit looked; the step fails with it, once all is told. */
  readonly failure: AuditError | null;
  /** Null where the report was withheld, because others could read it, or could not be written. */
  readonly report: SavedReport | null;
}
