import type { AuditNews } from '../../model/audit-news.ts';
import { mention } from '../escape/markdown.ts';
import type { BlockName } from '../issue-blocks.ts';
import { formatDay } from '../words/format-time.ts';
import { groupIntoBatches, toBatchPiece } from './batch-section.ts';
import { renderChanges } from './changes-section.ts';
import { toChecksPiece } from './checks-section.ts';
import { renderFooter, renderHowToReview, renderReferences } from './closing-sections.ts';
import { toContextPiece } from './context-section.ts';
import { renderDecidingHoles, toCoveragePiece } from './coverage-section.ts';
import {
  renderFindingsHeading,
  renderUnlisted,
  toAcknowledgedPiece,
  toFindingPieces,
  toSuppressedPiece,
} from './findings-section.ts';
import { renderFirstSteps } from './first-steps-section.ts';
import { toInvestigationsPiece } from './investigations-section.ts';
import type { PieceKind } from './list-cuts.ts';
import type { MarkdownContext } from './markdown-context.ts';
import { type Piece, toPiece } from './piece.ts';
import { renderStatusLine } from './status-line.ts';
import { renderSupport } from './support-section.ts';
import { renderNotice, renderVerdict } from './verdict-section.ts';

/** What a page is made of besides the answer itself. */
export interface PageContent {
  readonly context: MarkdownContext;
  readonly completeThroughMs: number | null;
  readonly news: AuditNews;
  /** Sentences of ours above everything. */
  readonly notices: readonly string[];
  /** Who is told in the text itself, as at the creation of an issue. */
  readonly mentions: readonly string[];
}

/** A part of the page, the block that it stands in, and how it may be cut. */
export interface PlacedPiece {
  readonly block: BlockName;
  readonly kind: PieceKind;
  readonly piece: Piece;
}

/** Every part of the page in reading order, with one entry for each finding or one for each check and day. */
export function placePieces(content: PageContent, findings: 'single' | 'batches'): PlacedPiece[] {
  const { context, mentions } = content;
  return [
    ...content.notices.map((notice) => fixed('notices', renderNotice(notice))),
    fixed('verdict', renderVerdict(context)),
    fixed('status', renderStatusLine({ ...context, completeThroughMs: content.completeThroughMs })),
    ...optional('changes', '', mentions.map(mention).join(' ')),
    ...optional(
      'changes',
      `What changed on ${formatDay(context.judged.generatedAtMs)}`,
      renderChanges(context, content.news),
    ),
    ...optional('first', 'What to do first', renderFirstSteps(context)),
    ...optional('holes', 'What was not read', renderDecidingHoles(context)),
    ...optional('support', 'Support access', renderSupport(context)),
    fixed('findings', renderFindingsHeading(context)),
    ...(findings === 'single' ? placeFindings(context) : placeBatches(context)),
    { block: 'findings', kind: 'acknowledged', piece: toAcknowledgedPiece(context) },
    { block: 'findings', kind: 'suppressed', piece: toSuppressedPiece(context) },
    ...optional('findings', '', renderUnlisted(context)),
    { block: 'context', kind: 'context', piece: toContextPiece(context) },
    { block: 'investigations', kind: 'investigations', piece: toInvestigationsPiece(context) },
    fixed('checks', '## What was looked at'),
    { block: 'checks', kind: 'checks', piece: toChecksPiece(context) },
    { block: 'checks', kind: 'coverage', piece: toCoveragePiece(context) },
    ...optional('checks', '', renderReferences(context)),
    ...optional(
      'review',
      context.byUse.open.length === 0 ? '' : 'How to review',
      renderHowToReview(context),
    ),
    fixed('review', renderFooter(context, content.notices)),
  ];
}

function placeFindings(context: MarkdownContext): PlacedPiece[] {
  const { evidence, review } = toFindingPieces(context);
  const place = (piece: Piece): PlacedPiece => ({ block: 'findings', kind: 'finding', piece });
  return [
    ...(evidence.length > 0 ? [fixed('findings', '### Evidence')] : []),
    ...evidence.map(place),
    ...(evidence.length > 0 && review.length > 0 ? [fixed('findings', '### To review')] : []),
    ...review.map(place),
  ];
}

function placeBatches(context: MarkdownContext): PlacedPiece[] {
  return [
    fixed('findings', BATCH_WORDS[context.surface]),
    ...groupIntoBatches(context.byUse.open).map(
      (batch): PlacedPiece => ({
        block: 'findings',
        kind: 'batch',
        piece: toBatchPiece(context, batch),
      }),
    ),
  ];
}

const BATCH_WORDS: Record<MarkdownContext['surface'], string> = {
  issue:
    'There are too many for one box each: a tick here explains all findings of one check on one day.',
  document:
    'There are too many for an entry each: one here is about all findings of one check on one day.',
};

function fixed(block: BlockName, text: string): PlacedPiece {
  return { block, kind: 'fixed', piece: toPiece(() => text) };
}

function optional(block: BlockName, heading: string, text: string): PlacedPiece[] {
  if (text === '') return [];
  return [fixed(block, heading === '' ? text : `## ${heading}\n\n${text}`)];
}
