import type { AuditNews } from '../model/audit-news.ts';
import { wrapBlock } from './issue-blocks.ts';
import { composePage, placePage } from './markdown/compose-page.ts';
import { type AnswerToRender, createMarkdownContext } from './markdown/markdown-context.ts';
import { measureBytes } from './markdown/piece.ts';

/** GitHub takes no more; what is beyond is refused, or the old text silently kept. */
export const MOST_BODY_CHARACTERS = 65_536;

const ISSUE_BUDGET_BYTES = 60_000;

/** More than this of people's notes would push the findings out. */
const NOTES_BUDGET_BYTES = 8_000;

export interface IssueBodyInput extends AnswerToRender {
  /** A hidden comment, already encoded; stands at the very start. */
  readonly memoryMarker: string;
  /** Through when all was read that a night can read; null where nothing was. */
  readonly completeThroughMs: number | null;
  readonly news: AuditNews;
  /** What people wrote into the body before, as `readNotes` gives it. */
  readonly notes: string;
  /** Sentences of ours above everything, such as that the repository is visible to a whole company. */
  readonly notices: readonly string[];
  /** Logins and `org/team` names; given at the creation of the issue only. */
  readonly mentions: readonly string[];
  /** What the memory had to leave behind, in words. */
  readonly memoryCut?: readonly string[];
  readonly budgetBytes?: number;
}

export interface IssueBody {
  readonly body: string;
  /** What had to be left out, in words; the body says it as well. */
  readonly cut: readonly string[];
}

/**
 * The issue: the answer first, then what to do, then each finding with its box, all within the budget.
 * Detail goes first and findings last, and the text says what is missing.
 */
export function renderIssueBody(input: IssueBodyInput): IssueBody {
  const { memoryMarker, memoryCut = [], budgetBytes = ISSUE_BUDGET_BYTES } = input;
  const notes = cutNotes(input.notes);
  const frame = measureBytes(`${memoryMarker}\n\n\n\n${notes.text}\n`);
  const context = createMarkdownContext(input, 'issue');
  const page = placePage({ ...input, context, wrap: wrapBlock, alsoCut: memoryCut });
  const { text, cut } = composePage(page, budgetBytes - frame);
  const parts = [memoryMarker, text, notes.text].filter((part) => part !== '');
  return { body: `${parts.join('\n\n')}\n`, cut: [...cut, ...notes.cut] };
}

function cutNotes(notes: string): { text: string; cut: readonly string[] } {
  if (notes === '') return { text: '', cut: [] };
  const heading = wrapBlock('notes', '## Notes');
  if (measureBytes(notes) <= NOTES_BUDGET_BYTES) {
    return { text: `${heading}\n\n${notes}`, cut: [] };
  }
  const kept = sliceBytes(notes, NOTES_BUDGET_BYTES);
  const said = '(The rest of the notes is in the edit history of this description.)';
  return { text: `${heading}\n\n${kept}\n\n${said}`, cut: ['the end of the notes'] };
}

function sliceBytes(text: string, maxBytes: number): string {
  const bytes = new TextEncoder().encode(text).subarray(0, maxBytes);
  return new TextDecoder().decode(bytes).replace(/\uFFFD+$/, '');
}
