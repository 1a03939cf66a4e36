import type { Finding } from '../../model/finding.ts';
import { cellCode, cellProse } from '../escape/markdown.ts';
import { formatCount } from '../words/format-count.ts';
import { formatMinute } from '../words/format-time.ts';
import { nameParty } from '../words/name-party.ts';
import { listLogValues } from './finding-entry.ts';
import type { Piece } from './fit-pieces.ts';
import type { MarkdownContext } from './markdown-context.ts';
import { renderFold, renderTable } from './table.ts';

const SOME_ROWS = 20;

/** Findings that ask for no review: all, the first twenty, or only how many. */
export function toContextPiece({ byUse }: MarkdownContext): Piece {
  const { context } = byUse;
  if (context.length === 0) return [() => ''];
  const summary = `For context: ${formatCount(context.length, 'routine finding')} that ${context.length === 1 ? 'asks' : 'ask'} for no review`;
  return [
    () => renderFold(summary, renderRows(context)),
    () =>
      context.length <= SOME_ROWS
        ? renderFold(summary, renderRows(context))
        : renderFold(
            summary,
            `${renderRows(context.slice(0, SOME_ROWS))}\n\n${formatCount(context.length - SOME_ROWS, 'more', 'more')} in the report files.`,
          ),
    () => `${summary}; they are in the report files.`,
  ];
}

function renderRows(findings: readonly Finding[]): string {
  return renderTable(
    ['since (UTC)', 'what', 'who', 'whom', 'events', 'in short'],
    findings.map((finding) => [
      formatMinute(finding.firstSeenMs),
      cellProse(finding.title),
      optionalCell(nameParty(finding.actor)),
      optionalCell(nameParty(finding.target)),
      String(finding.eventCount),
      cellProse(finding.summary, listLogValues(finding)),
    ]),
  );
}

function optionalCell(text: string | null): string {
  return text === null ? '' : cellCode(text);
}
