import { basename } from 'node:path';
import { formatCount } from '../../model/format-count.ts';
import { formatNumber } from '../../model/format-number.ts';
import { formatSome } from '../../model/format-some.ts';
import { formatWindow } from '../../model/format-window.ts';
import type { CoverageHole } from '../../model/judged-audit.ts';
import type { SourceReading } from '../../model/reading.ts';
import { cellCode, cellProse } from '../escape/markdown.ts';
import { formatMinute } from '../words/format-time.ts';
import { sayBeyond } from '../words/say-beyond.ts';
import type { MarkdownContext } from './markdown-context.ts';
import { type Piece, toPiece } from './piece.ts';
import { renderCappedTable, renderFold, renderTable } from './table.ts';

const MOST_CHECKS = 5;

/** The holes that cost coverage, in the open; empty where there are none. */
export function renderDecidingHoles({ judged, maxRows }: MarkdownContext): string {
  const holes = judged.coverage.holes.filter((hole) => hole.decides);
  return holes.length === 0 ? '' : renderHoles(holes, { judged, maxRows });
}

/** How complete the reading is: with sources and all holes, or in one line. */
export function toCoveragePiece({ judged, maxRows }: MarkdownContext): Piece {
  const { state, holes, sources } = judged.coverage;
  const others = holes.filter((hole) => !hole.decides);
  const noted =
    others.length === 0
      ? ''
      : `; ${formatCount(others.length, 'hole that decides nothing', 'holes that decide nothing')}`;
  const summary = `Coverage: ${state}${noted}`;
  const parts = [
    ...(others.length === 0 ? [] : [renderHoles(others, { judged, maxRows })]),
    ...(sources.length === 0 ? [] : [renderSources(sources)]),
    ...renderSaved(sources),
  ];
  return toPiece(
    () => (parts.length === 0 ? `${summary}.` : renderFold(summary, parts.join('\n\n'))),
    () => `${summary}.`,
  );
}

function renderHoles(
  holes: readonly CoverageHole[],
  { judged, maxRows }: Pick<MarkdownContext, 'judged' | 'maxRows'>,
): string {
  return renderCappedTable(
    ['not read (UTC)', 'why', 'what it touches', 'what would fill it'],
    holes.map((hole) => [
      `${formatWindow(hole.window)}${sayBeyond(hole, judged.window)}`,
      cellProse(hole.reason),
      formatSome(hole.checks.map(cellCode), MOST_CHECKS, 'check'),
      cellProse(hole.remedy),
    ]),
    maxRows,
  );
}

function renderSources(sources: readonly SourceReading[]): string {
  return renderTable(
    [
      'source',
      'first event (UTC)',
      'last event',
      'read',
      'parsed',
      'malformed',
      'duplicates',
      'requests',
    ],
    sources.map(({ kind, name, firstEventMs, lastEventMs, counts }) => [
      `${kind} ${cellCode(name)}`,
      firstEventMs === null ? 'none' : formatMinute(firstEventMs),
      lastEventMs === null ? 'none' : formatMinute(lastEventMs),
      formatNumber(counts.eventsRead),
      formatNumber(counts.eventsParsed),
      formatNumber(counts.malformed),
      formatNumber(counts.duplicates),
      formatNumber(counts.requests),
    ]),
  );
}

/** What was kept for later audits, with the checksums by which it is known again. */
function renderSaved(sources: readonly SourceReading[]): string[] {
  const saved = sources.flatMap((source) => source.saved ?? []);
  if (saved.length === 0) return [];
  return [
    renderTable(
      ['saved archive', 'events', 'SHA-256'],
      saved.map(({ path, events, sha256 }) => [
        cellCode(basename(path)),
        formatNumber(events),
        cellCode(sha256),
      ]),
    ),
  ];
}
