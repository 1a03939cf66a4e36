import { chooseColumns } from '../report/choose-columns.ts';
import { terminal } from '../report/escape/terminal.ts';
import { wrapText } from '../report/words/wrap-text.ts';
import type { Briefing } from './compose-briefing.ts';

export interface BriefingToRender {
  readonly briefing: Briefing;
  /** What to give as `incident`: the id, or the path of the file. */
  readonly askedAs: string;
  /** Columns of the terminal; undefined where it has none. */
  readonly width?: number | undefined;
}

/** A briefing as lines for a person at a terminal, ending with a line break. Sources are numbers, listed at the end. */
export function renderBriefing({ briefing, askedAs, width }: BriefingToRender): string {
  const columns = chooseColumns(width);
  const { id, title, summary, assessable, sections, pages } = briefing;
  const numbers = new Map(pages.map(({ url }, index) => [url, index + 1]));
  const lines = [
    ...wrapText(terminal(title), columns),
    terminal(id),
    ...(summary === '' ? [] : ['', ...wrapText(terminal(summary), columns)]),
    ...(assessable ? ['', 'ASK YOUR LOG', `  ${terminal(writeCommand(askedAs))}`] : []),
    ...sections.flatMap(({ heading, items }) => [
      '',
      heading.toUpperCase(),
      ...items.flatMap(({ text, source }) =>
        hang('  - ', `${text}${mark(source, numbers)}`, columns),
      ),
    ]),
    ...(pages.length > 0 ? ['', 'PAGES'] : []),
    ...pages.flatMap(({ title: name, url }, index) =>
      hang(`  [${index + 1}] `, name === null ? url : `${name}: ${url}`, columns),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function writeCommand(askedAs: string): string {
  return `okta-tenant-audit audit --incident ${quote(askedAs)} --archive 'your-exports/**'`;
}

/** As one word of a shell. */
function quote(word: string): string {
  return /^[\w./\\:@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function mark(source: string | null | undefined, numbers: ReadonlyMap<string, number>): string {
  if (source === undefined) return '';
  return source === null ? ' (our inference)' : ` [${numbers.get(source)}]`;
}

/** The text after the label, its further lines below its first. */
function hang(label: string, text: string, columns: number): string[] {
  return wrapText(terminal(text), columns - label.length).map((line, index) =>
    index === 0 ? `${label}${line}` : `${' '.repeat(label.length)}${line}`,
  );
}
