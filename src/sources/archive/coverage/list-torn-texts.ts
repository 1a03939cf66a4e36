import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { readPath } from '../formats/read-raw-record.ts';

/**
 * What Okta keeps in brackets inside of `debugData`, and what is lost with it: behaviours stand in either place.
 */
const IN_BRACKETS = [
  { name: 'behaviors', isJson: false, lost: 'behaviors' },
  { name: 'risk', isJson: false, lost: 'risk' },
  { name: 'tunnels', isJson: true, lost: 'tunnels' },
  { name: 'logOnlySecurityData', isJson: true, lost: 'behaviors' },
];
const SIDES = ['from', 'to'];
/** Not what lost its quotes, or has others or words in their place. */
const JSON_FRONT = /^\s*(?:\[\s*)*(?:["\]]|\{\s*["}])/;
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/**
 * Dotted paths of what became useless in texts in which Okta itself keeps pairs or JSON, because a column of some width cut them or
 * something took their quotes: no rule finds what stood there.
 */
export function listTornTexts(record: RawEvent): readonly string[] {
  const debugData = readPath(record, 'debugContext', 'debugData');
  const paths: string[] = [];
  if (isRecord(debugData)) {
    for (const { name, isJson, lost } of IN_BRACKETS) {
      if (isTorn(debugData[name], isJson)) paths.push(`debugContext.debugData.${lost}`);
    }
  }
  if (hasTornChange(record)) paths.push('target.changeDetails');
  return paths;
}

function hasTornChange({ target }: RawEvent): boolean {
  if (!Array.isArray(target)) return false;
  return target.some((entry) => {
    const changes = isRecord(entry) ? entry['changeDetails'] : null;
    if (!isRecord(changes)) return false;
    return SIDES.some((side) => isTorn(readPath(changes, side, 'policyRuleActionJson'), true));
  });
}

function isTorn(text: unknown, isJson: boolean): boolean {
  if (typeof text !== 'string') return false;
  const closing = CLOSING[text.trimStart().charAt(0)];
  if (closing === undefined) return false;
  return !text.trimEnd().endsWith(closing) || (isJson && !JSON_FRONT.test(text));
}
