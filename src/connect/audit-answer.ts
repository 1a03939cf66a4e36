import type { JudgedAudit } from '../model/judged-audit.ts';
import type { PrivacyDecision } from '../publish/decide-privacy.ts';
import type { PublishedIssue } from '../publish/upsert-issue.ts';

/** Where the report files are; paths are absolute. */
export interface SavedReport {
  readonly directory: string;
  readonly jsonPath: string;
}

/** What one audit came to, for the face that asked. */
export interface AuditAnswer {
  readonly judged: JudgedAudit;
  readonly privacy: PrivacyDecision;
  readonly issue: PublishedIssue | null;
  /** Null where the report was withheld, because others could read it. */
  readonly report: SavedReport | null;
}
