import type { RawEvent } from '../../../model/log-event.ts';
import { readPath } from '../formats/read-raw-record.ts';

/** What Okta keeps in brackets inside of `debugData`. */
const IN_BRACKETS = ['behaviors', 'risk', 'tunnels', 'logOnlySecurityData'];
const SIDES = ['from', 'to'];
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/**
 * Dotted paths of the texts that a column of some width cut, of those in which Okta itself keeps pairs or JSON: no rule finds what
 * stood behind.
 */
export function listTornTexts(record: RawEvent): string[] {
  const debugData = readPath(record, 'debugContext', 'debugData');
  const torn = IN_BRACKETS.filter((name) => isTorn(readPath(debugData, name)));
  const paths = torn.map((name) => `debugContext.debugData.${name}`);
  return hasTornChange(record) ? [...paths, 'target.changeDetails'] : paths;
}

function hasTornChange({ target }: RawEvent): boolean {
  if (!Array.isArray(target)) return false;
  return target.some((entry) =>
    SIDES.some((side) => isTorn(readPath(entry, 'changeDetails', side, 'policyRuleActionJson'))),
  );
}

function isTorn(text: unknown): boolean {
  if (typeof text !== 'string') return false;
  const closing = CLOSING[text.trimStart().charAt(0)];
  return closing !== undefined && !text.trimEnd().endsWith(closing);
}
