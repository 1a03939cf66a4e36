import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { isJsonText, readPath, readRawText } from './read-raw-record.ts';

const NUMBER = /^\d+$/;
/** Where programs of .NET and PowerShell keep the elements of a list, beside how many they are or what they are called. */
const VALUES = ['$values', 'value'];
/** Where columnar stores keep the elements of a list, and below which name each. */
const LISTS = ['list', 'bag', 'array'];
const ELEMENTS = ['element', 'item', 'array_element', 'array'];

/**
 * Gives a record whose targets and addresses are lists, where a store has an object with a number for each, texts of them, or what
 * its columns or a program have around them, as BigQuery's exports of Parquet. One whose lists are lists is given back as it is.
 * Sources: https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#lists,
 * https://www.newtonsoft.com/json/help/html/PreserveObjectReferences.htm
 */
export function unfoldLists(record: unknown): unknown {
  if (!isRecord(record)) return record;
  const { target, request } = record;
  const ipChain = readPath(request, 'ipChain');
  const [targets, hops] = [unfold(target), unfold(ipChain)];
  if (targets === target && hops === ipChain) return record;
  return {
    ...record,
    target: targets,
    ...(isRecord(request) && { request: { ...request, ipChain: hops } }),
  };
}

function unfold(value: unknown): unknown {
  if (Array.isArray(value)) {
    const areTexts = value.length > 0 && value.every(isJsonText);
    return areTexts ? value.map(readRawText) : value;
  }
  if (!isRecord(value)) return value;
  return readNumbered(value) ?? readColumn(value) ?? readValues(value) ?? value;
}

function readValues(value: RawEvent): readonly unknown[] | null {
  const list = VALUES.map((name) => value[name]).find(Array.isArray);
  return list ?? null;
}

function readNumbered(value: RawEvent): readonly unknown[] | null {
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => NUMBER.test(name)) ? Object.values(value) : null;
}

function readColumn(value: RawEvent): readonly unknown[] | null {
  const [name, other] = Object.keys(value);
  if (name === undefined || other !== undefined || !LISTS.includes(name)) return null;
  const list = value[name];
  return Array.isArray(list) ? list.map(readElement) : null;
}

function readElement(entry: unknown): unknown {
  if (!isRecord(entry)) return entry;
  const [name, other] = Object.keys(entry);
  const isAround = name !== undefined && other === undefined && ELEMENTS.includes(name);
  return isAround ? entry[name] : entry;
}
