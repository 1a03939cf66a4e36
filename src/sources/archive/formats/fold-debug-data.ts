import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { readPath, readRawText } from './read-raw-record.ts';
import { overlay } from './restore-record.ts';

/** What Okta writes as `{New Device=POSITIVE, Velocity=NEGATIVE}`. */
const PAIRS: ReadonlySet<string> = new Set(['behaviors', 'risk']);
/** What Okta writes as JSON without blanks. */
const DENSE = 'logOnlySecurityData';
const NAMES: readonly string[] = [...PAIRS, DENSE];
/** Pairs that became JSON, and JSON with blanks, as Python writes it anew. */
const PAIRS_IN_JSON = /^\s*\{\s*"/;
const BLANK_IN_JSON = '": ';

/**
 * Gives a record whose `debugData` holds texts alone, and whose rules of policies are texts, as Okta writes them: Elastic, Panther and
 * whatever parses all JSON that it finds take some of them apart, and rules look for what stands in the text. A record that is
 * right already is given back as it is.
 */
export function foldDebugData(record: unknown): unknown {
  const debugData = readPath(record, 'debugContext', 'debugData');
  const isFolded = !isRecord(debugData) || !holdsOtherThanText(debugData);
  const folded = isFolded
    ? record
    : overlay(record, { debugContext: { debugData: foldTexts(debugData) } });
  return foldPolicyRules(folded);
}

/** Every record comes by here, and most need nothing: only few names are looked at closely. */
function holdsOtherThanText(debugData: RawEvent): boolean {
  for (const name in debugData) if (isApart(debugData[name])) return true;
  return NAMES.some((name) => isOtherThanText(name, debugData[name]));
}

/** The same `debugData` with everything that was taken apart as its text. */
export function foldTexts(debugData: RawEvent): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(debugData).map(([name, value]) => [
      name,
      isOtherThanText(name, value) ? fold(name, value) : value,
    ]),
  );
}

function isOtherThanText(name: string, value: unknown): boolean {
  if (typeof value !== 'string') return isApart(value);
  if (PAIRS.has(name)) return PAIRS_IN_JSON.test(value);
  return name === DENSE && value.includes(BLANK_IN_JSON);
}

function isApart(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function fold(name: string, given: unknown): unknown {
  const value = readRawText(given);
  if (!isApart(value)) return given;
  if (!PAIRS.has(name) || !isRecord(value)) return JSON.stringify(value);
  const pairs = Object.entries(value).map(([key, inner]) => `${key}=${inner}`);
  return `{${pairs.join(', ')}}`;
}

const SIDES = ['from', 'to'];
const RULE = 'policyRuleActionJson';

function foldPolicyRules(record: unknown): unknown {
  if (!isRecord(record) || !Array.isArray(record['target'])) return record;
  const { target } = record;
  return target.some(hasChange) ? { ...record, target: target.map(foldChange) } : record;
}

function hasChange(entry: unknown): boolean {
  return isRecord(entry) && isRecord(entry['changeDetails']);
}

function foldChange(entry: unknown): unknown {
  let folded = entry;
  for (const side of SIDES) {
    const rule = readPath(entry, 'changeDetails', side, RULE);
    if (!isApart(rule)) continue;
    folded = overlay(folded, { changeDetails: { [side]: { [RULE]: JSON.stringify(rule) } } });
  }
  return folded;
}
