import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { findRecords } from './nested-record.ts';
import { readCellAt } from './read-cell-at.ts';
import { isJsonText, isRawRecord } from './read-raw-record.ts';
import { nestKeys } from './restore-record.ts';

/** What Okta's record has as objects and lists; tables keep it as text or under dotted names. */
const STRUCTURES = new Set([
  ...['actor', 'authenticationContext', 'client', 'debugContext', 'device', 'outcome'],
  ...['request', 'securityContext', 'target', 'transaction'],
]);

/** Objects that stand inside of objects, by whose names one is told from the underscores inside of names. */
const INNER_OBJECTS = [
  ...['actor_detailEntry', 'authenticationContext_authenticatorContext'],
  ...['authenticationContext_issuer', 'client_geographicalContext'],
  ...['client_geographicalContext_geolocation', 'client_userAgent', 'debugContext_debugData'],
  ...['securityContext_botProtection', 'securityContext_ipDetails', 'securityContext_risk'],
  'transaction_detail',
];
/** What stands in lists there, whose places some tools number: `target_0_id`. */
const IN_LISTS = [
  ...['target', 'target_\\d+', 'target_\\d+_detailEntry', 'target_\\d+_changeDetails'],
  ...['target_\\d+_changeDetails_(?:from|to)', 'request_ipChain', 'request_ipChain_\\d+'],
  ...['request_ipChain_\\d+_geographicalContext(?:_geolocation)?'],
  ...['securityContext_userBehaviors(?:_\\d+)?'],
  'securityContext_ipDetails_ipServiceCategories(?:_\\d+)?',
];
const PARTS = [...STRUCTURES, ...INNER_OBJECTS, ...IN_LISTS].join('|');
const UNDERSCORE = new RegExp(`(?<=^(?:${PARTS}))_`, 'g');
/** No name of Okta's has two in a row. */
const TWO_UNDERSCORES = /__/g;

/**
 * Records under Okta's own names whose structures are text or dotted names, or names with underscores in place of the dots as pandas
 * and `flatten_json` write them, or two as the targets of Singer do, as exports of tables have them, be it in an object with
 * something beside it, as Splunk's rows are, or in a list that an API answers, as Cortex XSIAM and New Relic do.
 * What such a table left out is known only of rows that were parsed, so that its lines are not sifted.
 */
export const FLATTENED_RECORD: ArchiveFormat = {
  id: 'flattened-record',
  title: 'flattened records',
  recognise: (value) => findRecords(value).some(isFlat),
  unwrap: (value) =>
    findRecords(value).map((record) => (isFlat(record) ? restoreFlattened(record) : record)),
  cannotContain: NO_EVENT_TYPES,
  missingFields: [],
  isSelective: false,
  keepsBytes: false,
};

function isFlat(record: unknown): record is RawEvent {
  return isRawRecord(record) && (hasFlatPart(record) || findUnderscores(record) !== null);
}

const EMPTY: readonly unknown[] = ['', null, undefined];

/**
 * What stands in the place of dots; null where nothing does. Stores put names of their own beside whole records, which may begin as
 * Okta's do. Where an actor is null somewhere in a table, all its rows have a column of that name.
 */
function findUnderscores(record: RawEvent): RegExp | null {
  const { actor, client } = record;
  if (!EMPTY.includes(actor) || isRecord(client)) return null;
  if ('actor__id' in record) return TWO_UNDERSCORES;
  return 'actor_id' in record ? UNDERSCORE : null;
}

function hasFlatPart(record: RawEvent): boolean {
  return Object.keys(record).some((name) => {
    if (STRUCTURES.has(name)) return [record[name]].flat().some(isJsonText);
    const end = name.search(/[.[]/);
    return end !== -1 && STRUCTURES.has(name.slice(0, end));
  });
}

/** Splunk has the ids of all targets in one column, their types in another, and leaves out what one of them has not. */
const COLUMN_OF_TARGETS = 'target{}';

/**
 * An empty cell under a dotted name is what Okta has as null, or has not at all. Of several targets nobody can tell which cell is
 * whose: a text in their place shows that they were lost.
 */
export function restoreFlattened(value: RawEvent): RawEvent {
  const underscores = findUnderscores(value);
  const cells = Object.entries(value)
    .map(([name, cell]) => ({
      path: splitName(underscores === null ? name : name.replaceAll(underscores, '.')),
      cell,
    }))
    .filter(({ path, cell }) => path.length === 1 || cell !== '');
  return toLists(nestKeys(cells.map(restoreCell)));
}

/** LogScale numbers what was in a list in brackets: `target[0].id`. */
function splitName(name: string): readonly string[] {
  return name.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
}

const NUMBER = /^\d+$/;

/** Tools that flatten lists too number what was in them: `target.0.id`. */
function toLists(part: RawEvent): RawEvent {
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => {
      if (!isRecord(value)) return [name, value];
      const inner = toLists(value);
      return [name, isNumbered(inner) ? Object.values(inner) : inner];
    }),
  );
}

function isNumbered(part: RawEvent): boolean {
  const names = Object.keys(part);
  return names.length > 0 && names.every((name) => NUMBER.test(name));
}

function restoreCell({
  path,
  cell,
}: {
  readonly path: readonly string[];
  readonly cell: unknown;
}): readonly [readonly string[], unknown] {
  const [part = ''] = path;
  if (part === COLUMN_OF_TARGETS) return [['target'], String(cell)];
  return [path, STRUCTURES.has(part) ? readCellAt(path, cell) : cell];
}
