import type { Finding } from '../../model/finding.ts';
import { formatCount } from '../../model/format-count.ts';
import { formatNumber } from '../../model/format-number.ts';
import { formatSome } from '../../model/format-some.ts';
import { groupByKey } from '../../model/group-by-key.ts';
import { formatUtcDay, startOfUtcDay } from '../../model/time-window.ts';
import { cellCode, cellProse } from '../escape/markdown.ts';
import { formatMinute } from '../words/format-time.ts';
import { nameParty } from '../words/name-party.ts';
import { listLogValues } from './finding-entry.ts';
import type { MarkdownContext } from './markdown-context.ts';
import { type Piece, toPiece } from './piece.ts';
import { renderFold, renderTable } from './table.ts';

const SOME_ROWS = 20;
const MOST_NAMED = 5;

/** What one actor did on one day, or several each did of their own, as a routine that asks for no review. */
interface Routine {
  readonly dayMs: number;
  readonly actors: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * Findings that ask for no review: in an issue a row for each actor and day, and one for all who each did the same of
 * their own; in a document a row each. All, the first twenty rows, or only how many.
 */
export function toContextPiece({ byUse, surface }: MarkdownContext): Piece {
  const { context } = byUse;
  if (context.length === 0) return toPiece(() => '');
  const summary = `For context: ${formatCount(context.length, 'routine finding')} that ${context.length === 1 ? 'asks' : 'ask'} for no review`;
  const routines = listRoutines(context);
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
function listRoutines(findings: readonly Finding[]): Routine[] {
  const byActor = groupByKey(findings, (finding) =>
    JSON.stringify([startOfUtcDay(finding.firstSeenMs), nameParty(finding.actor)]),
  );
  const byStory = groupByKey([...byActor], ([key, own]) =>
    own.every(isOwnDoing) ? keyStory(own) : key,
  );
  return [...byStory.values()]
    .map((alike) => toRoutine(alike.flatMap(([, own]) => own)))
    .sort((one, other) => other.dayMs - one.dayMs || other.findings.length - one.findings.length);
}

/** Nobody else is concerned, so that many may stand in one row. */
function isOwnDoing({ actor, target, attribution }: Finding): boolean {
  if (attribution !== null && attribution !== 'self') return false;
  return target?.type !== 'User' || nameParty(target) === nameParty(actor);
}

/** The things that it was done to are part of it, or nobody could tell who did it to which. */
function keyStory(findings: readonly Finding[]): string {
  const [first] = findings;
  const deeds = findings.map(({ title, target }) =>
    JSON.stringify([title, target?.type === 'User' ? null : nameParty(target)]),
  );
  return JSON.stringify([startOfUtcDay(first?.firstSeenMs ?? 0), ...[...new Set(deeds)].sort()]);
}

function toRoutine(findings: readonly Finding[]): Routine {
  const [first] = findings;
  return {
    dayMs: startOfUtcDay(first?.firstSeenMs ?? 0),
    actors: [...new Set(findings.flatMap(({ actor }) => nameParty(actor) ?? []))],
    findings,
  };
}

function renderRows(routines: readonly Routine[]): string {
  return renderTable(
    ['day (UTC)', 'who', 'what', 'whom'],
    routines.map(({ dayMs, actors, findings }) => [
      formatUtcDay(dayMs),
      formatSome(actors.map(cellCode), MOST_NAMED),
      countTitles(findings),
      listTargets(findings, actors),
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

/** Of many who did it to themselves, who they are stands beside it. */
function listTargets(findings: readonly Finding[], actors: readonly string[]): string {
  const names = new Set(findings.flatMap(({ target }) => nameParty(target) ?? []));
  const others = [...names].filter((name) => actors.length < 2 || !actors.includes(name));
  return formatSome(others.map(cellCode), MOST_NAMED);
}
