import type { Focus } from '../model/audit-plan.ts';
import { awaitsReview, type Finding } from '../model/finding.ts';
import { formatCount } from '../model/format-count.ts';
import { formatList } from '../model/format-list.ts';
import { formatNumber } from '../model/format-number.ts';
import { formatWindow } from '../model/format-window.ts';
import type { JudgedAudit } from '../model/judged-audit.ts';
import { compareSeverity, type Severity } from '../model/severity.ts';
import { chooseColumns } from './choose-columns.ts';
import { describeFocus } from './describe-focus.ts';
import { terminal } from './escape/terminal.ts';
import { hideTypedLogins } from './hide-typed-logins.ts';
import { renderIssueTitle } from './issue-title.ts';
import { labelLines } from './label-lines.ts';
import { capitalise } from './words/capitalise.ts';
import { describeHoles } from './words/describe-holes.ts';
import { describeVerdict } from './words/describe-verdict.ts';
import { formatMinute } from './words/format-time.ts';
import { sayAmountRead } from './words/say-amount-read.ts';
import { sayHoles } from './words/say-holes.ts';
import { sayPastAccess } from './words/say-past-access.ts';
import { wrapText } from './words/wrap-text.ts';

const MOST_FINDINGS = 20;
const MOST_HOLES = 10;

export interface TerminalAnswer {
  readonly judged: JudgedAudit;
  /** What is below it is counted and not listed. */
  readonly minimumSeverity: Severity;
  /** Who and what was asked about by name. */
  readonly focus: readonly Focus[];
  /** Columns of the terminal; undefined where it has none. */
  readonly width?: number | undefined;
}

/** The answer as aligned lines for a person at a terminal, ending with a line break. */
export function renderTerminal({
  judged: unguarded,
  minimumSeverity,
  focus,
  width,
}: TerminalAnswer): string {
  const judged = hideTypedLogins(unguarded);
  const columns = chooseColumns(width);
  const open = judged.findings.filter(awaitsReview);
  const listed = open.filter(({ severity }) => compareSeverity(severity, minimumSeverity) >= 0);
  const hidden = open.length - listed.length;
  const { headline } = describeVerdict(judged);
  const lines = [
    ...wrapText(terminal(renderIssueTitle(judged)), columns),
    '',
    headline.toUpperCase().replace(/\.$/, ''),
    ...wrapText(capitalise(terminal(judged.verdictSentence)), columns),
    '',
    ...describeRun(judged, columns),
    '',
    countFindings(judged.findings),
    ...listed.slice(0, MOST_FINDINGS).flatMap((finding) => describeFinding(finding, columns)),
    ...(listed.length > MOST_FINDINGS
      ? [
          '',
          `and ${formatCount(listed.length - MOST_FINDINGS, 'more finding')} in the report files.`,
        ]
      : []),
    ...(hidden > 0
      ? ['', `${formatNumber(hidden)} to review below ${minimumSeverity}, not listed here.`]
      : []),
    ...describeFocus(judged, { focus, columns }),
  ];
  return `${lines.join('\n')}\n`;
}

function describeRun(judged: JudgedAudit, columns: number): string[] {
  const { state, holes } = judged.coverage;
  const unread = describeHoles(holes, judged.window);
  const meaning = state === 'complete' && holes.length === 0 ? [] : [sayHoles(judged.coverage)];
  const coverage = [state, ...meaning, ...sayAmountRead(judged.coverage)].join(', ');
  return [
    ...labelLines('Window', `${formatWindow(judged.window)} UTC`, columns),
    ...labelLines('Coverage', coverage, columns),
    ...unread
      .slice(0, MOST_HOLES)
      .flatMap((hole, index) => labelLines(index === 0 ? 'Not read' : '', hole, columns)),
    ...(unread.length > MOST_HOLES
      ? labelLines('', `${formatCount(unread.length - MOST_HOLES, 'more hole')}`, columns)
      : []),
    ...labelLines('Checks', countChecks(judged), columns),
    ...labelLines('Support', describeSupport(judged), columns),
  ];
}

function countChecks({ checks }: JudgedAudit): string {
  if (checks.length === 0) return 'none looks for this';
  const evaluated = checks.filter(({ status }) => status === 'evaluated').length;
  const others = checks.length - evaluated;
  return `${evaluated} evaluated${others > 0 ? `, ${others} not or only in part` : ''}`;
}

function describeSupport({ supportAccess, supportIntervals }: JudgedAudit): string {
  const { state, expiresAtMs, reason } = supportAccess;
  const now = {
    enabled: `can enter now${expiresAtMs === null ? '' : `, until ${formatMinute(expiresAtMs)} UTC`}`,
    disabled: 'access is off now',
    unknown: 'access is unknown',
  }[state];
  const past = supportIntervals.length === 0 ? '' : `; ${sayPastAccess(supportIntervals)}`;
  return `${now}${past}${reason === null ? '' : `. ${reason}`}`;
}

function countFindings(findings: readonly Finding[]): string {
  const count = (test: (finding: Finding) => boolean, words: string): string[] => {
    const { length } = findings.filter(test);
    return length === 0 ? [] : [`${formatNumber(length)} ${words}`];
  };
  const counts = [
    ...count(awaitsReview, 'to review'),
    ...count(
      (finding) => finding.role !== 'context' && finding.status === 'acknowledged',
      'acknowledged',
    ),
    ...count(
      (finding) => finding.role !== 'context' && finding.status === 'suppressed',
      'suppressed',
    ),
    ...count(({ role }) => role === 'context', 'for context'),
  ];
  return `Findings: ${counts.length === 0 ? 'none' : formatList(counts)}`;
}

function describeFinding(finding: Finding, columns: number): string[] {
  const indent = ' '.repeat(finding.id.length + 4);
  const head = `  ${finding.id}  ${finding.severity.padEnd(8)}  ${finding.role.padEnd(8)}  ${formatMinute(finding.firstSeenMs)} UTC`;
  const text = [finding.title, finding.summary, `Ask ${finding.askWhom}`].flatMap((line) =>
    wrapText(terminal(line), columns - indent.length).map((part) => `${indent}${part}`),
  );
  return ['', head, ...text];
}
