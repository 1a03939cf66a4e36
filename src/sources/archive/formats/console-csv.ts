import { NO_EVENT_TYPES } from '../../../model/event-type-set.ts';
import type { RawEvent } from '../../../model/log-event.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { dropEmpty, nestKeys, renameKeys, toCamelCase } from './restore-record.ts';

const TARGET = /^target(\d+)$/;

/**
 * The Admin Console's CSV download: dotted columns in snake case, and as many `targetN` as the widest event has.
 * Source: https://help.okta.com/en-us/content/topics/reports/log_search/log-search-export.htm
 */
export const CONSOLE_CSV: ArchiveFormat = {
  id: 'console-csv',
  title: "the Admin Console's CSV",
  recognise: (value) =>
    typeof value['event_type'] === 'string' && 'uuid' in value && 'timestamp' in value,
  unwrap: (value) => [restoreRow(value)],
  cannotContain: NO_EVENT_TYPES,
  missingFields: [
    'transaction.detail',
    'debugContext.debugData',
    'securityContext',
    'device',
    'authenticationContext.rootSessionId',
    'authenticationContext.interface',
    'authenticationContext.issuer',
    'authenticationContext.authenticatorContext',
    'client.id',
    'client.geographicalContext.state',
    'actor.detailEntry',
    'target.changeDetails',
    'target.detailEntry',
    'request.ipChain',
  ],
  isSelective: false,
  keepsBytes: false,
};

function restoreRow(row: RawEvent): Record<string, unknown> {
  const entries: [string[], unknown][] = [];
  const targets = new Map<number, [string[], unknown][]>();
  for (const [column, value] of Object.entries(row)) {
    const [first = '', ...rest] = column.split('.');
    const target = TARGET.exec(first);
    if (target === null) {
      entries.push([[first, ...rest].map(toCamelCase), renameKeys(value, toCamelCase)]);
      continue;
    }
    const index = Number(target[1]);
    targets.set(index, [...(targets.get(index) ?? []), [rest.map(toCamelCase), value]]);
  }
  const { timestamp, request, ...record } = dropEmpty(nestKeys(entries));
  return {
    ...record,
    published: timestamp,
    ...(targets.size === 0 ? {} : { target: listTargets(targets) }),
    ...(request === undefined ? {} : { request: listChain(request) }),
  };
}

function listTargets(targets: ReadonlyMap<number, [string[], unknown][]>): unknown[] | null {
  const listed = [...targets]
    .sort(([one], [other]) => one - other)
    .map(([, entries]) => dropEmpty(nestKeys(entries)))
    .filter((target) => Object.keys(target).length > 0);
  return listed.length === 0 ? null : listed;
}

/** The CSV has room for one address only. */
function listChain(request: unknown): unknown {
  const { ipChain, ...rest } = request as Record<string, unknown>;
  return ipChain === undefined ? rest : { ...rest, ipChain: [ipChain] };
}
