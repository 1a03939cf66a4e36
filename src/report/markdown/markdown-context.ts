import { awaitsReview, type Finding } from '../../model/finding.ts';
import type { JudgedAudit } from '../../model/judged-audit.ts';
import { rememberAnswers } from '../../model/remember-answers.ts';
import type { RunIdentity } from '../../model/run-identity.ts';
import type { Severity } from '../../model/severity.ts';
import { cellCode, prose } from '../escape/markdown.ts';
import { hideTypedLogins } from '../hide-typed-logins.ts';
import type { EvidenceJson } from '../report-json-document.ts';
import { type FindingsByUse, sortFindingsByUse } from '../sort-findings-by-use.ts';

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
  /** By open finding: the id of an earlier one of its check that says already what they share. */
  readonly toldBefore: ReadonlyMap<Finding, string>;
  /** `prose` for what checks say, which many findings share. */
  readonly writeOnce: (text: string) => string;
  /** `cellCode` for what events hold, which other events repeat. */
  readonly cellOnce: (text: string) => string;
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
    toldBefore: findToldBefore(byUse.open),
    openCount: judged.findings.filter(awaitsReview).length,
    surface,
    writeOnce: rememberAnswers((text: string) => prose(text)),
    cellOnce: rememberAnswers(cellCode),
    maxRows: surface === 'issue' ? MOST_ROWS_IN_ISSUE : Number.POSITIVE_INFINITY,
  };
}

/** The first of each check tells it: where detail has to go, the later ones lose theirs first. */
function findToldBefore(findings: readonly Finding[]): Map<Finding, string> {
  const tellers = new Map<string, Finding[]>();
  const told = new Map<Finding, string>();
  for (const finding of findings) {
    const ofCheck = tellers.get(finding.check) ?? [];
    tellers.set(finding.check, ofCheck);
    const teller = ofCheck.find((one) => saysTheSame(one, finding));
    if (teller === undefined) ofCheck.push(finding);
    else told.set(finding, teller.id);
  }
  return told;
}

/** As many next steps of one check differ in the values alone, which each finding has in its own sentence and query as well. */
function saysTheSame(one: Finding, other: Finding): boolean {
  return (
    one.description === other.description &&
    one.nextSteps.length === other.nextSteps.length &&
    isSameList(one.falsePositives, other.falsePositives)
  );
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return (
    one === other ||
    (one.length === other.length && one.every((text, index) => text === other[index]))
  );
}
