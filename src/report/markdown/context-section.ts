import type { Finding } from '../../model/finding.ts';
import { formatCount } from '../../model/format-count.ts';
import { formatNumber } from '../../model/format-number.ts';
import { formatSome } from '../../model/format-some.ts';
import { formatUtcDay, startOfUtcDay } from '../../model/time-window.ts';
import { cellCode, cellProse } from '../escape/markdown.ts';
import { formatMinute } from '../words/format-time.ts';
import { nameParty } from '../words/name-party.ts';
import { listLogValues } from './finding-entry.ts';
import type { MarkdownContext } from './markdown-context.ts';
import { type Piece, toPiece } from './piece.ts';
import { renderFold, renderTable } from './table.ts';

const SOME_ROWS = 20;
const MOST_TARGETS = 5;

/** What one actor did on one day, as a routine that asks for no review. */
interface Routine {
  readonly dayMs: number;
  readonly actor: string | null;
  readonly findings: readonly Finding[];
}

/**
 * Findings that ask for no review: in an issue a row for each actor and day, in a document a row each; all, the first
 * twenty rows, or only how many.
 */
export function toContextPiece({ byUse, surface }: MarkdownContext): Piece {
  const { context } = byUse;
  if (context.length === 0) return toPiece(() => '');
  const summary = `For context: ${formatCount(context.length, 'routine finding')} that ${context.length === 1 ? 'asks' : 'ask'} for no review`;
  const routines = groupByActorAndDay(context);
  return toPiece(
    () => renderFold(summary, surface === 'issue' ? renderRows(routines) : renderEach(context)),
    () =>
      routines.length <= SOME_ROWS
        ? renderFold(summary, renderRows(routines))
        : renderFold(
            summary,
            `${renderRows(routines.slice(0, SOME_ROWS))}\n\n${formatCount(routines.length - SOME_ROWS, 'more row')} in the report files.`,
          ),
    () => `${summary}; they are in the report files.`,
  );
}

/** Newest day first, and within a day who did most. */
function groupByActorAndDay(findings: readonly Finding[]): Routine[] {
  const routines = new Map<string, Routine & { findings: Finding[] }>();
  for (const finding of findings) {
    const dayMs = startOfUtcDay(finding.firstSeenMs);
    const actor = nameParty(finding.actor);
    const key = `${dayMs} ${actor ?? ''}`;
    const routine = routines.get(key) ?? { dayMs, actor, findings: [] };
    routine.findings.push(finding);
    routines.set(key, routine);
  }
  return [...routines.values()].sort(
    (one, other) => other.dayMs - one.dayMs || other.findings.length - one.findings.length,
  );
}

function renderRows(routines: readonly Routine[]): string {
  return renderTable(
    ['day (UTC)', 'who', 'what', 'whom'],
    routines.map(({ dayMs, actor, findings }) => [
      formatUtcDay(dayMs),
      cellCode(actor),
      countTitles(findings),
      listTargets(findings),
    ]),
  );
}

function renderEach(findings: readonly Finding[]): string {
  return renderTable(
    ['since (UTC)', 'what', 'who', 'whom', 'events', 'in short'],
    findings.map((finding) => [
      formatMinute(finding.firstSeenMs),
      cellProse(finding.title),
      cellCode(nameParty(finding.actor)),
      cellCode(nameParty(finding.target)),
      formatNumber(finding.eventCount),
      cellProse(finding.summary, listLogValues(finding)),
    ]),
  );
}

/** `Password reset ×4, MFA factor removed from a user`. */
function countTitles(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { title } of findings) counts.set(title, (counts.get(title) ?? 0) + 1);
  return [...counts]
    .map(([title, count]) => `${cellProse(title)}${count > 1 ? ` ×${formatNumber(count)}` : ''}`)
    .join(', ');
}

function listTargets(findings: readonly Finding[]): string {
  const names = [...new Set(findings.flatMap(({ target }) => nameParty(target) ?? []))];
  return formatSome(names.map(cellCode), MOST_TARGETS);
}
