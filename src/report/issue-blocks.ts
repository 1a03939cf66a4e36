/** The parts of an issue body that the audit writes; whatever stands between them was written by people. */
export type BlockName =
  | 'notices'
  | 'verdict'
  | 'status'
  | 'attempt'
  | 'cut'
  | 'changes'
  | 'first'
  | 'holes'
  | 'support'
  | 'findings'
  | 'context'
  | 'investigations'
  | 'checks'
  | 'review'
  | 'notes';

const BEGIN = /^<!-- okta-audit:(?!end )([a-z]+) -->$/;
const END = '<!-- okta-audit:end -->';

export function wrapBlock(name: BlockName, text: string): string {
  return `${begin(name)}\n\n${text}\n\n${END}`;
}

/** Puts another text into a block; null where the body has no such block. */
export function replaceBlock(body: string, name: BlockName, text: string): string | null {
  const found = findBlock(body, name);
  return found === null
    ? null
    : `${body.slice(0, found.start)}${wrapBlock(name, text)}${body.slice(found.end)}`;
}

export function removeBlock(body: string, name: BlockName): string {
  const found = findBlock(body, name);
  if (found === null) return body;
  return `${body.slice(0, found.start)}${body.slice(found.end).replace(/^\n+/, '')}`;
}

/** Puts a block behind another one, or behind the marker where that one is missing. */
export function insertBlockAfter(
  body: string,
  { after, name, text }: { after: BlockName; name: BlockName; text: string },
): string {
  const place = findBlock(body, after)?.end ?? readMarker(body).length;
  return `${body.slice(0, place)}\n\n${wrapBlock(name, text)}${body.slice(place)}`;
}

/** The hidden comment at the very start, or nothing. */
export function readMarker(body: string): string {
  if (!body.startsWith('<!--')) return '';
  const end = body.indexOf('-->');
  return end === -1 || BEGIN.test(body.slice(0, end + 3)) ? '' : body.slice(0, end + 3);
}

/** What people wrote outside of the blocks, without the marker, trimmed; empty where nobody did. */
export function readNotes(body: string): string {
  return placeLines(body)
    .filter(({ block }) => block === null)
    .map(({ line }) => line)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

interface PlacedLine {
  /** Null outside of every block. */
  readonly block: string | null;
  readonly line: string;
}

/** Every line of a body but the marker and the lines that begin and end blocks. */
export function placeLines(body: string): PlacedLine[] {
  const text = body.replaceAll('\r\n', '\n');
  const lines: PlacedLine[] = [];
  let block: string | null = null;
  for (const line of text.slice(readMarker(text).length).split('\n')) {
    const begun = BEGIN.exec(line.trim())?.[1] ?? null;
    const isEnd = line.trim() === END;
    if (begun === null && !isEnd) lines.push({ block, line });
    if (begun !== null || isEnd) block = begun;
  }
  return lines;
}

function begin(name: BlockName): string {
  return `<!-- okta-audit:${name} -->`;
}

function findBlock(body: string, name: BlockName): { start: number; end: number } | null {
  const start = body.startsWith(begin(name)) ? 0 : body.indexOf(`\n${begin(name)}`) + 1;
  if (start === 0 && !body.startsWith(begin(name))) return null;
  const end = body.indexOf(`\n${END}`, start);
  return end === -1 ? null : { start, end: end + 1 + END.length };
}
