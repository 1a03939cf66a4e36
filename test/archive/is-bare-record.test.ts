import fc from 'fast-check';
import { expect, test } from 'vitest';
import { recogniseFormat } from '../../src/sources/archive/formats/archive-formats.ts';
import { isBareRecord } from '../../src/sources/archive/formats/is-bare-record.ts';
import { readSearchPages } from '../../src/sources/archive/framing/read-search-page.ts';
import { unwrapLists } from '../../src/sources/archive/framing/unwrap-lists.ts';
import { findStatementLine } from '../../src/sources/archive/saved/archive-statement.ts';

const RECORD = {
  uuid: 'u-1',
  published: '2022-01-16T10:00:00.000Z',
  eventType: 'user.session.start',
  actor: { id: '00u1', type: 'User' },
};
const OWN_NAMES = ['uuid', 'published', 'eventType', 'actor', 'target', 'request', 'debugContext'];
const OTHER_NAMES = [
  ...['_raw', 'result', 'results', 'hits', 'data', 'tables', 'rows', 'columns', 'fields', 'event'],
  ...['events', 'detail', 'is_partial', 'NextToken', 'lastrow', 'actor.id', 'values', 'schema'],
  ...['oktaTenantAuditArchive', 'attributes', 'message', 'Records', 'totalRows', 'source'],
];
const value = fc.constantFrom<unknown>(
  ...['text', '', 'user.session.end', 'com.okta.event_hook', '2022-01-16T10:00:00.000Z', true, 3],
  ...[null, [], {}, RECORD, [RECORD], { hits: [RECORD] }, { ...RECORD, eventType: 'system.org' }],
  ...[
    JSON.stringify(RECORD),
    ` ${JSON.stringify(RECORD)}`,
    JSON.stringify([RECORD]),
    '{"id":"00u1"}',
  ],
  ...[[['a']], [{ name: 'eventType' }], { version: 1, part: 'begin', source: 'acme.okta.com' }],
);
const entries = fc.array(fc.tuple(fc.constantFrom(...OWN_NAMES, ...OTHER_NAMES), value), {
  maxLength: 4,
});

test('a bare record is Okta’s own to everything that looks for envelopes', () => {
  let bare = 0;
  fc.assert(
    fc.property(entries, (changes) => {
      const record = { ...RECORD, ...Object.fromEntries(changes) };
      if (!isBareRecord(record)) return;
      bare += 1;
      expect(recogniseFormat(record)?.format.id).toBe('system-log');
      expect(unwrapLists(record)).toEqual([record]);
      expect(readSearchPages(record)).toEqual([]);
      expect(findStatementLine(record)).toBeNull();
    }),
    { numRuns: 3000 },
  );
  expect(bare).toBeGreaterThan(100);
});
