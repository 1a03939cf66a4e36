import type { RawEvent } from '../../../model/log-event.ts';
import { readPath } from '../formats/read-raw-record.ts';

/**
 * What Okta keeps in brackets inside of `debugData`, and what is lost with it: behaviours stand in either place. A mark tells what is
 * JSON from pairs.
 */
const IN_BRACKETS: readonly (readonly [name: string, isJson: boolean, lost: string])[] = [
  ['behaviors', false, 'behaviors'],
  ['risk', false, 'risk'],
  ['tunnels', true, 'tunnels'],
  ['logOnlySecurityData', true, 'behaviors'],
];
const SIDES = ['from', 'to'];
/** Not what lost its quotes, or has others or words in their place. */
const JSON_FRONT = /^\s*(?:\[\s*)*(?:["\]]|\{\s*["}])/;
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/**
 * Dotted paths of what became useless in texts in which Okta itself keeps pairs or JSON, because a column of some width cut them or
 * something took their quotes: no rule finds what stood there.
 */
export function listTornTexts(record: RawEvent): string[] {
  const debugData = readPath(record, 'debugContext', 'debugData');
  const torn = IN_BRACKETS.filter(([name, isJson]) => isTorn(readPath(debugData, name), isJson));
  const paths = torn.map(([, , lost]) => `debugContext.debugData.${lost}`);
  return hasTornChange(record) ? [...paths, 'target.changeDetails'] : paths;
}

function hasTornChange({ target }: RawEvent): boolean {
  if (!Array.isArray(target)) return false;
  return target.some((entry) =>
    SIDES.some((side) =>
      isTorn(readPath(entry, 'changeDetails', side, 'policyRuleActionJson'), true),
    ),
  );
}

function isTorn(text: unknown, isJson: boolean): boolean {
  if (typeof text !== 'string') return false;
  const closing = CLOSING[text.trimStart().charAt(0)];
  if (closing === undefined) return false;
  return !text.trimEnd().endsWith(closing) || (isJson && !JSON_FRONT.test(text));
}
