import type { JudgedAudit } from '../../model/judged-audit.ts';
import type { RunIdentity } from '../../model/run-identity.ts';
import type { Severity } from '../../model/severity.ts';
import { prose } from '../escape/markdown.ts';
import { hideTypedLogins } from '../hide-typed-logins.ts';
import type { EvidenceJson } from '../report-json-document.ts';
import { type FindingsByUse, isOpen, sortFindingsByUse } from '../sort-findings-by-use.ts';

export interface AnswerToRender {
  readonly judged: JudgedAudit;
  readonly identity: RunIdentity;
  readonly minimumSeverity: Severity;
  /** The file of raw events with its hash, where it was written. */
  readonly evidence: EvidenceJson | null;
}

/** What every section of the Markdown reads; typed logins are already hidden. */
export interface MarkdownContext extends AnswerToRender {
  readonly byUse: FindingsByUse;
  /** Whatever the minimum severity hides: how much waits for a person. */
  readonly openCount: number;
  /** An issue has boxes to tick; a document has not. */
  readonly surface: 'issue' | 'document';
  /** How many rows a table has at most that no cut can shorten. */
  readonly maxRows: number;
  /** `prose` for what checks say, which many findings share. */
  readonly writeOnce: (text: string) => string;
}

const MOST_ROWS_IN_ISSUE = 25;

export function createMarkdownContext(
  answer: AnswerToRender,
  surface: MarkdownContext['surface'],
): MarkdownContext {
  const judged = hideTypedLogins(answer.judged);
  return {
    ...answer,
    judged,
    byUse: sortFindingsByUse(judged.findings, answer.minimumSeverity),
    openCount: judged.findings.filter(isOpen).length,
    surface,
    writeOnce: createWriter(),
    maxRows: surface === 'issue' ? MOST_ROWS_IN_ISSUE : Number.POSITIVE_INFINITY,
  };
}

function createWriter(): (text: string) => string {
  const written = new Map<string, string>();
  return (text) => {
    const known = written.get(text);
    if (known !== undefined) return known;
    const markdown = prose(text);
    written.set(text, markdown);
    return markdown;
  };
}
