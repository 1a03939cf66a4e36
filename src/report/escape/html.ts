import { escapeUTF8 } from 'entities/escape';
import { escapeInvisibleJson } from './invisible-json.ts';
import { toVisibleText } from './visible-text.ts';

/** HTML that is safe to put into a page, because `markup` made it. */
export interface SafeHtml {
  readonly html: string;
}

export type HtmlValue = string | number | null | SafeHtml | readonly SafeHtml[];

/** Text for an element or a quoted attribute: one visible line without any markup of its own. */
export function html(text: string): string {
  return escapeUTF8(toVisibleText(text));
}

/** A template of ours in which every value is escaped as text, unless another template made it; null is nothing. */
export function markup(template: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  let written = template[0] ?? '';
  for (const [index, value] of values.entries()) {
    written += `${writeValue(value)}${template[index + 1] ?? ''}`;
  }
  return { html: written };
}

export const NO_HTML: SafeHtml = { html: '' };

/** An address for `href`; null unless it is http or https. */
export function htmlHref(url: string): SafeHtml | null {
  if (!URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? { html: escapeUTF8(href) } : null;
}

/** JSON for a script element of type `application/json`: no sequence in it can end the element or open a comment. */
export function htmlJson(value: unknown): SafeHtml {
  return { html: escapeInvisibleJson(JSON.stringify(value)).replace(/[<>&]/g, toJsonEscape) };
}

function toJsonEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A style sheet or program of ours as the content of its element; text that would end the element is refused. */
export function htmlRawText(text: string): SafeHtml {
  if (/<\/(?:style|script)|<!--/i.test(text)) {
    throw new RangeError('a style sheet or program must not hold the end of its element');
  }
  return { html: text };
}

function writeValue(value: HtmlValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return html(value);
  if (typeof value === 'number') return String(value);
  return 'html' in value ? value.html : value.map((part) => part.html).join('\n');
}
