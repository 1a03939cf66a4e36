import { formatCount } from '../../model/format-count.ts';
import { formatList } from '../../model/format-list.ts';
import { formatSome } from '../../model/format-some.ts';
import type { JudgedCheck } from '../../model/judged-audit.ts';
import { cellCode, cellProse, code, prose } from '../escape/markdown.ts';
import { describeReasons, listNotes } from '../words/number-reasons.ts';
import type { MarkdownContext } from './markdown-context.ts';
import { type Piece, toPiece } from './piece.ts';
import { renderFold, renderTable } from './table.ts';

/** So many checks are named where many lack the same thing; the list of all checks names the others. */
const MOST_NAMED = 3;

const STATUS_WORDS: Record<JudgedCheck['status'], string> = {
  evaluated: 'evaluated',
  partly: 'evaluated in part',
  'not-evaluated': 'not evaluated',
  failed: 'failed',
};

/** What was looked for: every check, or only those that need words. */
export function toChecksPiece({ judged }: MarkdownContext): Piece {
  const { checks } = judged;
  const unclear = checks.filter(({ status }) => status !== 'evaluated');
  const head = `${countByStatus(checks)}.`;
  const all = (): string =>
    checks.length === 0 ? '' : renderFold('Every check and what it found', renderChecks(checks));
  const some = (): string => (unclear.length === 0 ? '' : renderByReason(unclear));
  return toPiece(
    () => join(head, some(), all()),
    () => join(head, some(), 'The list of all checks is in the report files.'),
    () => join(head, 'The list of all checks is in the report files.'),
  );
}

function countByStatus(checks: readonly JudgedCheck[]): string {
  const counts = (['evaluated', 'partly', 'not-evaluated', 'failed'] as const).flatMap((status) => {
    const { length } = checks.filter((check) => check.status === status);
    return length === 0 ? [] : `${length} ${STATUS_WORDS[status]}`;
  });
  if (counts.length === 0) return 'No check looks for this';
  return `${formatCount(checks.length, 'check')}: ${formatList(counts)}`;
}

function renderChecks(checks: readonly JudgedCheck[]): string {
  const notes = listNotes(checks);
  const table = renderTable(
    ['check', 'counts as', 'result', 'what to know'],
    checks.map((check) => [
      `${cellProse(check.title)} ${cellCode(check.id)}`,
      check.role,
      check.status === 'evaluated' ? describeResult(check) : `**${STATUS_WORDS[check.status]}**`,
      cellProse(describeReasons(check.reasons, notes)),
    ]),
  );
  const lines = notes.map((note, index) => `${index + 1}. ${prose(note)}`);
  return join(table, lines.length === 0 ? '' : `Notes:\n\n${lines.join('\n')}`);
}

/** Many checks may lack the same thing: one line for each reason, what the scope counts on first. */
function renderByReason(checks: readonly JudgedCheck[]): string {
  const rows = new Map<string, { status: JudgedCheck['status']; reason: string; ids: string[] }>();
  for (const { id, status, reasons } of checks) {
    for (const reason of reasons.length === 0 ? [''] : reasons) {
      const key = `${status} ${reason}`;
      const row = rows.get(key) ?? { status, reason, ids: [] };
      row.ids.push(id);
      rows.set(key, row);
    }
  }
  const counted = new Set<string>();
  return [...rows.values()]
    .map(({ status, reason, ids }) => {
      const again = sayCounted(ids, counted);
      for (const id of ids) counted.add(id);
      const head = `- **${ids.length} ${STATUS_WORDS[status]}**${again}`;
      const names = formatSome(ids.map(code), MOST_NAMED);
      return `${head}${reason === '' ? '' : `: ${prose(reason)}`} (${names})`;
    })
    .join('\n');
}

/** What lacks several things stands in several lines, which would add up to more checks than there are. */
function sayCounted(ids: readonly string[], counted: ReadonlySet<string>): string {
  const { length } = ids.filter((id) => counted.has(id));
  if (length === 0) return '';
  return length === ids.length ? ', counted above' : `, ${length} of them counted above`;
}

function describeResult({ events, findings }: JudgedCheck): string {
  if (events === 0 && findings === 0) return 'nothing';
  return `${formatCount(findings, 'finding')}, ${formatCount(events, 'event')}`;
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
