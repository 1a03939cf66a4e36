import { markup, NO_HTML, type SafeHtml } from '../escape/html.ts';

/** A table that scrolls by itself where the screen is narrow; `caption` names it for people who cannot see it. */
export function htmlTable(
  caption: string,
  header: readonly string[],
  rows: readonly (readonly SafeHtml[])[],
): SafeHtml {
  return markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table>
<thead><tr>${header.map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${rows.map((cells) => markup`<tr>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>`)}
</tbody></table></div>`;
}

/** A value from a log. */
export function htmlCode(text: string | null): SafeHtml {
  return text === null || text === '' ? NO_HTML : markup`<code>${text}</code>`;
}

/** A moment, which no line break may take apart. */
export function htmlTime(text: string): SafeHtml {
  return markup`<span class="time">${text}</span>`;
}

export function htmlText(text: string | number): SafeHtml {
  return markup`${text}`;
}
