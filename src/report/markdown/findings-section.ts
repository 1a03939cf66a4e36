import { type Finding, isWaiting } from '../../model/finding.ts';
import { formatCount } from '../../model/format-count.ts';
import { formatList } from '../../model/format-list.ts';
import { formatNumber } from '../../model/format-number.ts';
import { cellProse, prose } from '../escape/markdown.ts';
import { groupIntoBatches, renderBatchHead } from './batch-section.ts';
import { renderHead, toFindingPiece } from './finding-entry.ts';
import type { MarkdownContext } from './markdown-context.ts';
import { type Piece, toPiece } from './piece.ts';
import { renderFold, renderTable } from './table.ts';

/** The heading with its counts. */
export function renderFindingsHeading({ byUse, openCount }: MarkdownContext): string {
  const nothing = openCount === 0 ? 'nothing waits for review' : 'nothing listed waits for review';
  const counts = [
    byUse.open.length === 0 ? nothing : `${formatNumber(byUse.open.length)} to review`,
    ...count(byUse.acknowledged, 'acknowledged'),
    ...count(byUse.suppressed, 'suppressed'),
    ...count(byUse.context, 'for context'),
  ];
  return `## Findings (${counts.join(', ')})`;
}

export interface FindingPieces {
  readonly evidence: readonly Piece[];
  readonly review: readonly Piece[];
}

export function toFindingPieces(context: MarkdownContext): FindingPieces {
  const toPiece = (finding: Finding): Piece => toFindingPiece(context, finding);
  const { open } = context.byUse;
  return {
    evidence: open.filter(isEvidence).map(toPiece),
    review: open.filter((finding) => !isEvidence(finding)).map(toPiece),
  };
}

/** Acknowledged findings keep their box, ticked, and nothing else; then one box per check and day, then their number. */
export function toAcknowledgedPiece(context: MarkdownContext): Piece {
  const { acknowledged, open } = context.byUse;
  if (acknowledged.length === 0) return toPiece(() => '');
  const openBatches = new Set(groupIntoBatches(open).map(({ id }) => id));
  const batches = groupIntoBatches(acknowledged).filter(({ id }) => !openBatches.has(id));
  const count = formatCount(acknowledged.length, 'finding');
  const fold = (lines: readonly string[]): string =>
    renderFold(`${count} acknowledged`, lines.join('\n'));
  return toPiece(
    () => fold(acknowledged.map((finding) => renderHead(context, finding))),
    () => fold(batches.map((batch) => renderBatchHead(context, batch))),
    () => `${count} acknowledged; they are in the report files.`,
  );
}

export function toSuppressedPiece({ byUse }: MarkdownContext): Piece {
  const { suppressed } = byUse;
  if (suppressed.length === 0) return toPiece(() => '');
  const evidence = count(suppressed.filter(isEvidence), 'of them evidence');
  const total = `${formatCount(suppressed.length, 'finding')} suppressed by your tuning file`;
  const summary = [total, ...evidence].join(', ');
  return toPiece(
    () =>
      renderFold(
        summary,
        renderTable(
          ['finding', 'what', 'why suppressed'],
          suppressed.map((finding) => [
            finding.id,
            cellProse(
              `${isEvidence(finding) ? 'evidence, ' : ''}${finding.severity}, ${finding.title}`,
            ),
            cellProse(finding.suppressedBy ?? ''),
          ]),
        ),
      ),
    () => `${summary}; they are in the report files.`,
  );
}

/** Says what the minimum severity hides; empty where it hides nothing. */
export function renderUnlisted({ byUse, minimumSeverity }: MarkdownContext): string {
  const { unlisted } = byUse;
  if (unlisted.length === 0) return '';
  const [context, others] = split(unlisted, ({ role }) => role === 'context');
  const [waiting, settled] = split(others, isWaiting);
  const [evidence, review] = split(waiting, isEvidence);
  const [acknowledged, suppressed] = split(settled, ({ status }) => status === 'acknowledged');
  const kinds = [
    ...count(evidence, 'as evidence'),
    ...count(review, 'to review'),
    ...count(acknowledged, 'acknowledged'),
    ...count(suppressed, 'suppressed'),
    ...count(context, 'for context'),
  ];
  return prose(
    `${formatCount(unlisted.length, 'finding')} below ${minimumSeverity} ${unlisted.length === 1 ? 'is' : 'are'} counted and not listed here: ${formatList(kinds)}.`,
  );
}

function isEvidence({ role }: Finding): boolean {
  return role === 'evidence';
}

function split(
  findings: readonly Finding[],
  test: (finding: Finding) => boolean,
): [those: Finding[], others: Finding[]] {
  return [findings.filter(test), findings.filter((finding) => !test(finding))];
}

function count({ length }: readonly Finding[], words: string): string[] {
  return length === 0 ? [] : [`${formatNumber(length)} ${words}`];
}
