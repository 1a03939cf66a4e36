import type { Finding } from '../../model/finding.ts';
import { deriveBatchId } from '../../model/finding-id.ts';
import { formatCount } from '../../model/format-count.ts';
import { formatNumber } from '../../model/format-number.ts';
import { groupByKey } from '../../model/group-by-key.ts';
import { compareSeverity } from '../../model/severity.ts';
import { formatUtcClock, startOfUtcDay } from '../../model/time-window.ts';
import { cellCode, cellProse, prose } from '../escape/markdown.ts';
import { formatDay } from '../words/format-time.ts';
import { nameParty } from '../words/name-party.ts';
import type { MarkdownContext } from './markdown-context.ts';
import { type Piece, toPiece } from './piece.ts';
import { indent, renderFold, renderTable } from './table.ts';

/** All open findings of one check and one UTC day, behind one box. */
export interface Batch {
  readonly id: string;
  readonly findings: readonly Finding[];
}

/** The batches in the order of their first findings, so that the strongest stand first. */
export function groupIntoBatches(findings: readonly Finding[]): Batch[] {
  const groups = groupByKey(
    findings,
    ({ check, firstSeenMs }) => `${startOfUtcDay(firstSeenMs)} ${check}`,
  );
  return [...groups.values()].flatMap((grouped) => {
    const [first] = grouped;
    return first === undefined ? [] : { id: deriveBatchId(first), findings: grouped };
  });
}

const SOME_ROWS = 10;

/** No finding takes less in the table of its batch, and two take more than the sentence that counts the others. */
const SHORTEST_ROW = '| F-7Q2K4M9X | low | 10:14 |  |  | 1 |  |';

/** A batch with all its findings, its first ten, its number alone, or nothing. */
export function toBatchPiece(context: MarkdownContext, batch: Batch): Piece {
  const { findings } = batch;
  const head = renderBatchHead(context, batch);
  const summary = `The ${formatCount(findings.length, 'finding')}`;
  const withRows = (rows: number): string =>
    `${head}\n\n${indent(renderFold(summary, renderMembers(findings, rows)))}`;
  const piece = toPiece(
    () => withRows(findings.length),
    () => withRows(SOME_ROWS),
    () => head,
    () => '',
  );
  const left = findings.length - SOME_ROWS - 2;
  return left < 0
    ? piece
    : { ...piece, atLeastBytes: piece.measure(1) + left * SHORTEST_ROW.length };
}

/** `- [ ] **D-0M3ZB8TC · high · Title** · 21 January 2022, 12 findings`. */
export function renderBatchHead({ surface }: MarkdownContext, { id, findings }: Batch): string {
  const [first] = findings;
  if (first === undefined) return '';
  const strongest = findings.reduce(
    (most, { severity }) => (compareSeverity(severity, most) > 0 ? severity : most),
    first.severity,
  );
  const box = first.status === 'acknowledged' ? '[x] ' : '[ ] ';
  const title = `**${id} · ${strongest} · ${prose(first.title)}**`;
  const count = `${formatCount(findings.length, 'finding')}${countEvidence(findings)}`;
  return `- ${surface === 'issue' ? box : ''}${title} · ${formatDay(first.firstSeenMs)}, ${count}`;
}

/** A box stands for findings of both roles; which ones are evidence must not be lost. */
function countEvidence(findings: readonly Finding[]): string {
  const { length } = findings.filter(({ role }) => role === 'evidence');
  if (length === 0) return '';
  return length === findings.length
    ? ', **evidence**'
    : `, **${formatNumber(length)} of them evidence**`;
}

function renderMembers(findings: readonly Finding[], maxRows: number): string {
  const table = renderTable(
    ['finding', 'severity', 'time (UTC)', 'who', 'whom', 'events', 'ask'],
    findings
      .slice(0, maxRows)
      .map((finding) => [
        finding.id,
        finding.severity,
        formatUtcClock(finding.firstSeenMs),
        cellCode(nameParty(finding.actor)),
        cellCode(nameParty(finding.target)),
        formatNumber(finding.eventCount),
        cellProse(finding.askWhom),
      ]),
  );
  const left = findings.length - maxRows;
  return left <= 0
    ? table
    : `${table}\n\n${formatCount(left, 'more', 'more')} in the report files.`;
}
