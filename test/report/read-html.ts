import { decodeHTML } from 'entities';

/** What a page says, a line for each block, cells between bars; with where links lead and what colours mean. */
export function readHtml(html: string): string {
  const text = html
    .slice(html.indexOf('<main>'))
    .replace(/<a [^>]*href="([^"]*)"[^>]*>/g, '($1) ')
    .replace(/<(?:section|div) class="(verdict \w+|tone-\w+)"[^>]*>/g, '\n[$1] ')
    .replace(/<div class="scroll"[^>]*aria-label="([^"]*)"[^>]*>/g, '\n[$1]')
    .replace(/\s*<t[hd]\b[^>]*>/g, ' | ')
    .replace(
      /<\/?(?:br|d[dlt]|details|div|footer|h\d|li|ol|p|pre|section|summary|tr|ul)\b[^>]*>/g,
      '\n',
    )
    .replace(/<[^>]+>/g, '');
  const lines = decodeHTML(text).split('\n');
  return `${lines
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '')
    .join('\n')}\n`;
}
