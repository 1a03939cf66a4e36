import type { LogEvent } from '../model/log-event.ts';
import { readOrigin } from './read-origin.ts';

const APPLE = /\b(?:Macintosh|iPad|iPhone|iPod)\b/;
/** Safari's version, and that of other browsers on telephones and tablets; what runs on a Mac alone has neither. */
const VERSION = /\b(?:CriOS|EdgiOS|FxiOS)\/\d+|\bVersion\/[\d.]+/;

/**
 * The browser of an iPad or an iPhone by its version and country, the same whether it asks for the mobile or for the
 * desktop site: then it calls itself one of a Mac. Null where that may be another one.
 * Source: https://pixelthing.medium.com/safari-on-ipados13-a-web-devs-guide-c31b34236e61
 */
export function readAppleBrowser(event: LogEvent): string | null {
  const { userAgent, country, isProxy } = readOrigin(event);
  if (userAgent === null || country === null || isProxy || !APPLE.test(userAgent)) return null;
  const [version] = VERSION.exec(userAgent) ?? [];
  return version === undefined ? null : `${version} in ${country}`;
}
