import type { Finding } from '../../model/finding.ts';
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
  /** By what a check says of all its findings: the open one that says it for the others. */
  readonly tellers: ReadonlyMap<string, string>;
  /** `prose` for what checks say, which many findings share. */
  readonly writeOnce: (text: string) => string;
}

const MOST_ROWS_IN_ISSUE = 25;

export function createMarkdownContext(
  answer: AnswerToRender,
  surface: MarkdownContext['surface'],
): MarkdownContext {
  const judged = hideTypedLogins(answer.judged);
  const byUse = sortFindingsByUse(judged.findings, answer.minimumSeverity);
  return {
    ...answer,
    judged,
    byUse,
    tellers: chooseTellers(byUse.open),
    openCount: judged.findings.filter(isOpen).length,
    surface,
    writeOnce: createWriter(),
    maxRows: surface === 'issue' ? MOST_ROWS_IN_ISSUE : Number.POSITIVE_INFINITY,
  };
}

/** Everything that a check says alike of its findings. */
export function keyAdvice({ check, description, nextSteps, falsePositives }: Finding): string {
  return [check, description, ...nextSteps, ...falsePositives].join('\n');
}

/** The first of each check tells it: where detail has to go, the later ones lose theirs first. */
function chooseTellers(findings: readonly Finding[]): Map<string, string> {
  const tellers = new Map<string, string>();
  for (const finding of findings) {
    const key = keyAdvice(finding);
    if (!tellers.has(key)) tellers.set(key, finding.id);
  }
  return tellers;
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
