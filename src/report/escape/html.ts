import { escapeUTF8 } from 'entities/escape';
import { toVisibleText } from './visible-text.ts';

/** Text for an element or a quoted attribute: one visible line without any markup of its own. */
export function html(text: string): string {
  return escapeUTF8(toVisibleText(text));
}

/** An address for `href`; null unless it is http or https. */
export function htmlHref(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? escapeUTF8(href) : null;
}

/** JSON for a script element of type `application/json`: no sequence in it can end the element or open a comment. */
export function htmlJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
