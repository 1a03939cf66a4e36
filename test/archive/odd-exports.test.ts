import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { exactEventTypes } from '../../src/model/event-type-set.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import { createArchiveSource } from '../../src/sources/archive/archive-source.ts';
import {
  days,
  layFiles,
  makeNoise,
  type ReadResult,
  readArchive,
  SILENT,
  toLines,
} from './archive-workbench.ts';
import { makeZip } from './make-zip.ts';

const WINDOW = days('2022-01-10', '2022-01-17');
const WEEK = makeNoise(WINDOW);
const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

function expectWeek({ reading, events }: ReadResult): void {
  expect(events.map((event) => event.raw)).toEqual(
    WEEK.map((record) => expect.objectContaining(record)),
  );
  expect(reading.counts).toMatchObject({ eventsRead: 168, malformed: 0 });
  expect(reading.holes).toEqual([]);
}

const read = (files: Record<string, string | Buffer>, patterns?: readonly string[]) =>
  readArchive({
    files,
    ...(patterns === undefined ? {} : { patterns }),
    window: { sinceMs: WINDOW.sinceMs, untilMs: Date.parse('2022-01-16T23:00Z') + 1 },
  });

const toSyslogCells = (records: readonly unknown[]): string =>
  records
    .map((record) => `h,${quote(`<134>Jan 16 10:00:00 h okta: ${JSON.stringify(record)}`)}\n`)
    .join('');
const hec = (record: unknown) => ({ time: 1, sourcetype: 'OktaIM2:log', event: record });
const hook = (records: readonly unknown[]) => ({
  eventType: 'com.okta.event_hook',
  eventTypeVersion: '1.0',
  cloudEventsVersion: '0.1',
  source: 'https://acme.okta.example/api/v1/eventHooks/who1',
  eventId: 'delivery',
  eventTime: '2022-01-10T00:00:00Z',
  data: { events: records },
});
const bridge = (record: unknown) => ({
  version: '0',
  'detail-type': 'Okta Log Event',
  source: 'aws.partner/okta.com/acme/audit',
  time: '2022-01-10T00:00:00Z',
  detail: record,
});
const splunkRow = (record: Record<string, unknown>): Record<string, string> => ({
  _time: '1641772800',
  _raw: JSON.stringify(record),
  eventType: String(record['eventType']),
  published: String(record['published']),
  'actor.id': '00uactor',
});
const logGroup = (records: readonly unknown[]) => ({
  messageType: 'DATA_MESSAGE',
  logGroup: '/aws/events/okta',
  logEvents: records.map((record) => ({ timestamp: 1, message: JSON.stringify(bridge(record)) })),
});
const loki = (streams: [records: readonly unknown[], labels: object][]) => ({
  status: 'success',
  data: {
    resultType: 'streams',
    result: streams.map(([records, stream]) => ({
      stream,
      values: records.map((record) => ['1641772800000000000', JSON.stringify(record)]),
    })),
  },
});
const findLabels = (record: Record<string, unknown>) => ({
  job: 'okta',
  eventType: record['eventType'],
  published: record['published'],
  uuid: record['uuid'],
});
const table = (records: readonly Record<string, unknown>[]) => ({
  name: 'PrimaryResult',
  columns: Object.keys(WEEK[0] ?? {}).map((name) => ({ name, type: 'dynamic' })),
  rows: records.map((record) =>
    Object.values(record).map((value) =>
      typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
    ),
  ),
});
const names = Object.keys(WEEK[0] ?? {});
const explorer = (
  TableName: string,
  columns: readonly string[],
  Rows: readonly (readonly unknown[])[],
) => ({
  TableName,
  Columns: columns.map((ColumnName) => ({ ColumnName, ColumnType: 'dynamic' })),
  Rows,
});
const explorerAnswer = (results: readonly (readonly Record<string, unknown>[])[]) => {
  const kinds = [...results.map(() => 'QueryResult'), 'QueryProperties', 'QueryStatus'];
  const rows = results.map((records) => records.map((record) => Object.values(record)));
  return {
    Tables: [
      ...rows.map((cells, index) => explorer(`Table_${index}`, names, cells)),
      explorer('Table_x', ['Value'], [['{"Visualization":null}']]),
      explorer('Table_y', ['Severity', 'StatusDescription'], [[4, 'completed']]),
      explorer(
        'Table_z',
        ['Ordinal', 'Kind', 'Name'],
        kinds.map((kind, index) => [index, kind, '']),
      ),
    ],
  };
};
const explorerFrames = (records: readonly Record<string, unknown>[]) => [
  { FrameType: 'DataSetHeader', IsProgressive: false, Version: 'v2.0' },
  ...[
    ['QueryProperties', ['Key'], [['Visualization']]] as const,
    ['PrimaryResult', ['RawData'], records.map((record) => [JSON.stringify(record)])] as const,
    ['QueryCompletionInformation', ['Level'], [[4]]] as const,
  ].map(([TableKind, columns, rows], TableId) => ({
    FrameType: 'DataTable',
    TableId,
    TableKind,
    ...explorer(TableKind, columns, rows),
  })),
  { FrameType: 'DataSetCompletion', HasErrors: false, Cancelled: false },
];
const athena = (columns: readonly string[], rows: readonly (readonly unknown[])[]) => ({
  ResultSet: {
    Rows: [columns, ...rows].map((row) => ({
      Data: row.map((cell) => (cell === null ? {} : { VarCharValue: cell })),
    })),
    ResultSetMetadata: { ColumnInfo: columns.map((Name) => ({ Name, Type: 'varchar' })) },
  },
});
const snowflake = (columns: readonly string[], rows: readonly (readonly unknown[])[]) => ({
  resultSetMetaData: {
    numRows: rows.length,
    rowType: columns.map((name) => ({ name, type: 'text' })),
  },
  data: rows,
});
const toBigQueryColumn = ([name, value]: [string, unknown]): object => {
  if (Array.isArray(value)) return { ...toBigQueryColumn([name, value[0]]), mode: 'REPEATED' };
  if (typeof value === 'boolean') return { name, type: 'BOOLEAN' };
  if (typeof value !== 'object' || value === null) return { name, type: 'STRING' };
  const fields = Object.entries(value).map(toBigQueryColumn);
  return fields.length === 0 ? { name, type: 'JSON' } : { name, type: 'RECORD', fields };
};
const toBigQueryCell = (value: unknown): { v: unknown } => {
  if (Array.isArray(value)) return { v: value.map(toBigQueryCell) };
  if (typeof value === 'boolean') return { v: String(value) };
  if (typeof value !== 'object' || value === null) return { v: value };
  const f = Object.values(value).map(toBigQueryCell);
  return { v: f.length === 0 ? '{}' : { f } };
};
const bigQuery = (records: readonly Record<string, unknown>[]) => ({
  kind: 'bigquery#queryResponse',
  schema: { fields: Object.entries(records[0] ?? {}).map(toBigQueryColumn) },
  rows: records.map((record) => toBigQueryCell(record).v),
  totalRows: String(records.length),
});
const redshift = (records: readonly Record<string, unknown>[]) => ({
  ColumnMetadata: [...names, 'device'].map((name) => ({
    name: name.toLowerCase(),
    typeName: 'super',
  })),
  Records: table(records).rows.map((row) => [
    ...row.map((stringValue) => ({ stringValue })),
    { isNull: true },
  ]),
  TotalNumRows: records.length,
});
const toSeconds = (record: Record<string, unknown>): number =>
  Date.parse(String(record['published'])) / 1000;
const cutApart = (text: string): string[] => text.match(/.{1,300}\n?/g) ?? [];
const toRuntimeLines = (record: unknown, stream = 'stdout'): string[] => {
  const pieces = cutApart(JSON.stringify(record));
  return pieces.map(
    (piece, index) =>
      `2022-01-16T10:00:00.123456789Z ${stream} ${index < pieces.length - 1 ? 'P' : 'F'} ${piece}`,
  );
};
const toShipperLines = (
  record: unknown,
  pod: string,
  [text, letter]: [string, string],
): object[] => {
  const pieces = cutApart(JSON.stringify(record));
  return pieces.map((piece, index) => ({
    date: 1_642_327_200.1,
    time: '2022-01-16T10:00:00.123456789Z',
    stream: 'stdout',
    [letter]: index < pieces.length - 1 ? 'P' : 'F',
    [text]: piece,
    kubernetes: { pod_name: pod },
  }));
};
const toBase64 = (value: unknown, indent = 0): string =>
  Buffer.from(JSON.stringify(value, null, indent)).toString('base64');
const toAnswer = (body: string, status = '200'): string =>
  [
    `HTTP/2 ${status} `,
    'content-type: application/json',
    `content-security-policy: default-src 'self' {"x"}, [${'y'.repeat(3000)}]`,
    'link: <https://acme.okta.example/api/v1/logs?after=1>; rel="next"',
    '',
    body,
  ].join('\r\n');
const toDotted = ({
  actor,
  client,
  outcome,
  authenticationContext,
  ...record
}: Record<string, unknown>): Record<string, unknown> => ({
  ...record,
  ...Object.fromEntries(
    Object.entries({ actor, client, outcome, authenticationContext }).flatMap(([name, value]) =>
      Object.entries(value as object).map(([key, inner]) => [`${name}.${key}`, inner]),
    ),
  ),
});
/** As pandas flattens with `sep="_"`. */
const toUnderscored = (part: object, before = '', separator = '_'): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(part).flatMap(([name, value]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(toUnderscored(value, `${before}${name}${separator}`, separator))
        : [[`${before}${name}`, value] as const],
    ),
  );
const halves = [WEEK.slice(0, 80), WEEK.slice(80)];

describe('exports as they are met in the field', () => {
  const cases: Record<string, Record<string, string | Buffer>> = {
    'batches of Splunk HEC in gzip, one behind the other': {
      'batch.gz': gzipSync(WEEK.map((record) => JSON.stringify(hec(record))).join('')),
    },
    'Kinesis Firehose of EventBridge without newlines': {
      '2022/01/10/00/delivery-1-2022': WEEK.map((record) => JSON.stringify(bridge(record))).join(
        '',
      ),
    },
    'deliveries of Firehose that were joined with newlines': {
      all: halves
        .map((half) => `${half.map((record) => JSON.stringify(record)).join('')}\n`)
        .join(''),
    },
    'one delivery a line, where a shipper put two in a line': {
      all: `${toLines(WEEK.slice(0, 5))}${JSON.stringify(WEEK[5])}${JSON.stringify(WEEK[6])}\n${toLines(WEEK.slice(7))}`,
    },
    'an array of deliveries of event hooks': { a: JSON.stringify(halves.map(hook)) },
    'deliveries of event hooks, pretty': {
      a: halves.map((half) => JSON.stringify(hook(half), null, 2)).join('\n'),
    },
    'rows of Splunk with the fields that it found beside the text': {
      a: WEEK.map((record, offset) => {
        const lastrow = offset === WEEK.length - 1 ? { lastrow: true } : {};
        return JSON.stringify({ preview: false, offset, ...lastrow, result: splunkRow(record) });
      })
        .join('\n')
        .concat('\n{"preview":false,"lastrow":true}\n'),
    },
    'the same as CSV': {
      'a.csv': [
        '_time,_raw,eventType,published,actor.id',
        ...WEEK.map(splunkRow).map((row) => Object.values(row).map(quote).join(',')),
      ].join('\n'),
    },
    'the same with the names of fields in small letters': {
      'a.csv': [
        '_time,_raw,eventtype,published,actor.id',
        ...WEEK.map(splunkRow).map((row) => Object.values(row).map(quote).join(',')),
      ].join('\n'),
    },
    'a table of syslog in quoted cells, with a header and without': {
      'a.csv': `host,message\n${toSyslogCells(halves[0] ?? [])}`,
      'b.csv': toSyslogCells(halves[1] ?? []),
    },
    'CSV of Splunk with a byte order mark and Windows line ends': {
      'a.csv': `\ufeff"_time","_raw"\r\n${WEEK.map((record) => `1,${quote(JSON.stringify(record))}\r\n`).join('')}`,
    },
    'CSV with a line break inside quotes': {
      'a.csv': `_raw,host\n${WEEK.map((record) => `${quote(JSON.stringify(record, null, 1))},a\n`).join('')}`,
    },
    'CSV of Athena or Snowflake, the record in one column of any name': {
      a: `"json_line"\n${WEEK.map((record) => `${quote(JSON.stringify(record))}\n`).join('')}`,
    },
    'CSV of CloudWatch Logs Insights': {
      a: `@timestamp,@message\n${WEEK.map((record) => `1,${quote(JSON.stringify(bridge(record)))}\n`).join('')}`,
    },
    'the same with a line break in each text': {
      a: `V\n${WEEK.map((record) => `${quote(JSON.stringify(record, null, 1))}\n`).join('')}`,
    },
    'CSV without a header': {
      a: WEEK.map((record) => `1,${quote(JSON.stringify(record))}\n`).join(''),
    },
    'files of CSV, the record in one column, that were joined': {
      a: halves
        .map(
          (half) => `n,V\n${half.map((record) => `1,${quote(JSON.stringify(record))}\n`).join('')}`,
        )
        .join(''),
    },
    'CSV behind a line that tells Excel what separates its cells': {
      a: `sep=;\r\nV;n\r\n${WEEK.map((record) => `${quote(JSON.stringify(record))};1\r\n`).join('')}`,
      b: `sep=,\r\n_time,_raw\r\n${WEEK.map((record) => `1,${quote(JSON.stringify(record))}\r\n`).join('')}`,
    },
    'CSV behind empty lines, and with bars between its cells': {
      a: `\r\n \r\n,\r\n_time,_raw\r\n${(halves[0] ?? []).map((record) => `1,${quote(JSON.stringify(record))}\r\n`).join('')}`,
      b: `"SEP=|"\r\n${[names, ...table(halves[1] ?? []).rows].map((row, index) => `${index || ''}|${row.map((cell) => quote(String(cell))).join('|')}\r\n`).join('')}`,
    },
    'LogScale with the fields that it found beside the text': {
      a: JSON.stringify(
        WEEK.map((record) => {
          const { _raw, ...fields } = splunkRow(record);
          return { ...fields, '@rawstring': _raw, '#repo': 'okta' };
        }),
      ),
    },
    'answers of Loki': {
      a: JSON.stringify(loki([[halves[0] ?? [], {}]])),
      b: JSON.stringify(loki((halves[1] ?? []).map((record) => [[record], findLabels(record)]))),
    },
    'lines of Loki with the labels that it found in them, as logcli and Grafana write them': {
      a: toLines(
        (halves[0] ?? []).map((record) => ({
          labels: findLabels(record),
          line: JSON.stringify(record),
          timestamp: record['published'],
        })),
      ),
      b: JSON.stringify(
        (halves[1] ?? []).map((record) => ({
          line: JSON.stringify(record),
          timestamp: '1641772800000000000',
          fields: findLabels(record),
        })),
      ),
    },
    'Windows line ends': { a: toLines(WEEK).replaceAll('\n', '\r\n') },
    'lines of an array without its brackets': {
      a: WEEK.map((record) => JSON.stringify(record)).join(',\n'),
      b: WEEK.map((record) => JSON.stringify({ result: splunkRow(record) })).join(',\n'),
    },
    'lines, and pages, with a comma between them that has a line of its own': {
      a: WEEK.map((record) => JSON.stringify(record)).join('\n,\n'),
      b: halves.map((half) => JSON.stringify(half)).join('\n,\n'),
    },
    'an object around records that each have a line, as CouchDB answers': {
      a: `{"total_rows":80,"rows":[\n${halves[0]?.map((record) => JSON.stringify({ doc: record })).join(',\n')}\n]}`,
      b: `{"results":[\n${halves[1]?.map((record) => JSON.stringify(record)).join(',\n')}\n]}\n`,
    },
    'lines of syslog': {
      a: WEEK.map(
        (record) => `<134>Jan 16 10:00:00 siem okta[12]: ${JSON.stringify(record)}\n`,
      ).join(''),
    },
    'lines of syslog whose message is an envelope': {
      a: WEEK.map(
        (record) => `<134>Jan 16 10:00:00 siem okta: ${JSON.stringify(splunkRow(record))}\n`,
      ).join(''),
      b: WEEK.map(
        (record) => `Jan 16 10:00:00 okta: {"log":${JSON.stringify(JSON.stringify(record))}}\n`,
      ).join(''),
    },
    'texts with the words of syslog and of a runtime in front, in an envelope': {
      a: toLines(
        (halves[0] ?? []).map((record) => ({
          '@timestamp': record['published'],
          message: `<134>1 2022-01-16T10:00:00Z siem okta 12 - - ${JSON.stringify(record)}`,
        })),
      ),
      b: toLines(
        (halves[1] ?? []).map((record, index) =>
          index % 2 === 0
            ? { log: `[okta] ${JSON.stringify(record)}` }
            : { _raw: `2022-01-16T10:00:00.123456789Z stdout F ${JSON.stringify(record)}` },
        ),
      ),
    },
    'lines of syslog with structured data': {
      a: WEEK.map(
        (record) =>
          `<134>1 2022-01-16T10:00:00Z siem okta 12 - [origin@1 ip="192.0.2.1" sw="a b"][x@1 y="z"] ${JSON.stringify(record)}\n`,
      ).join(''),
    },
    'lines of logcli with their labels, where they have some': {
      a: (halves[0] ?? [])
        .map((record) => `2022-01-16T10:00:00Z {job="okta", app="x"} ${JSON.stringify(record)}\n`)
        .join(''),
      b: (halves[1] ?? [])
        .map((record) => `2022-01-16T10:00:00Z {} ${JSON.stringify(record)}\n`)
        .join(''),
    },
    'lines behind a time or a name in brackets': {
      a: (halves[0] ?? [])
        .map((record) => `[2022-01-16 10:00:00] production.INFO: ${JSON.stringify(record)}\n`)
        .join(''),
      b: (halves[1] ?? [])
        .map((record) => `[pod/okta-0/okta] ${JSON.stringify(record)}\n`)
        .join(''),
    },
    'lines of containers': {
      a: WEEK.map(
        (record) => `2022-01-16T10:00:00.123456789Z stdout F ${JSON.stringify(record)}\n`,
      ).join(''),
    },
    'lines of containers that their runtime cut, those of two streams in turn': {
      a: (halves[1] ?? [])
        .flatMap((record, index) => {
          const other = WEEK[index - 8];
          const lines = other === undefined ? [] : toRuntimeLines(other, 'stderr');
          return toRuntimeLines(record).flatMap((line, at) => [line, lines[at] ?? '']);
        })
        .join('\n'),
    },
    'lines of Docker that it cut, with and without their ends': {
      a: toLines(
        WEEK.flatMap((record, index) =>
          (index < 80 ? cutApart(`${JSON.stringify(record)}\n`) : [JSON.stringify(record)]).map(
            (log) => ({ log, stream: 'stdout', time: '2022-01-16T10:00:00.123456789Z' }),
          ),
        ),
      ),
    },
    'lines of containers that Fluent Bit ships in pieces, those of two pods in turn': {
      a: toLines(
        (halves[1] ?? []).flatMap((record, index) => {
          const other = WEEK[index - 8];
          const lines = other === undefined ? [] : toShipperLines(other, 'b', ['log', 'logtag']);
          return toShipperLines(record, 'a', ['log', 'logtag']).flatMap((line, at) =>
            lines[at] === undefined ? [line] : [line, lines[at]],
          );
        }),
      ),
    },
    'the same under the names of Fluentd and of newer parsers, and where one joined them': {
      a: toLines(
        (halves[0] ?? []).flatMap((record) => toShipperLines(record, 'a', ['message', 'logtag'])),
      ),
      b: toLines(
        (halves[1] ?? []).flatMap((record, index) =>
          index % 2 === 0
            ? toShipperLines(record, 'a', ['log', '_p'])
            : [{ log: JSON.stringify(record), stream: 'stdout', _p: 'P' }],
        ),
      ),
    },
    'lists of Fluentd, with a time and a tag in front of each record': {
      a: toLines((halves[0] ?? []).map((record) => ['okta.log', 1_642_327_200, record])),
      b: JSON.stringify([
        'okta.log',
        (halves[1] ?? []).map((record) => [1_642_327_200.5, { log: JSON.stringify(record) }]),
      ]),
    },
    "CloudWatch's export to S3": {
      'logs/000000.gz': gzipSync(
        WEEK.map((record) => `${record['published']} ${JSON.stringify(bridge(record))}\n`).join(''),
      ),
    },
    "CloudWatch's deliveries to Firehose, with the one that asks whether it is there": {
      a: gzipSync(
        [
          { messageType: 'CONTROL_MESSAGE', logEvents: [{ message: 'CWL CONTROL MESSAGE' }] },
          logGroup(WEEK),
        ]
          .map((delivery) => JSON.stringify(delivery))
          .join(''),
      ),
    },
    "Splunk's text of EventBridge": {
      a: toLines(WEEK.map((record) => ({ result: { _raw: JSON.stringify(bridge(record)) } }))),
    },
    "Sumo Logic's messages": {
      a: JSON.stringify({
        messages: WEEK.map((record) => ({ map: { _raw: JSON.stringify(record) } })),
      }),
    },
    'tables of Log Analytics, whose columns are named apart from their rows': {
      a: JSON.stringify({ tables: [table(halves[0] ?? []), { ...table([]), name: 'other' }] }),
      b: JSON.stringify({ tables: [table(halves[1] ?? [])] }, null, 2),
    },
    'answers of Data Explorer, alone, among tables about them and in frames': {
      a: JSON.stringify({
        Tables: [explorer('Table_0', names, table(WEEK.slice(0, 40)).rows)],
      }),
      b: JSON.stringify(explorerAnswer([WEEK.slice(40, 80), WEEK.slice(80, 100)])),
      c: `[${explorerFrames(WEEK.slice(100))
        .map((frame) => JSON.stringify(frame))
        .join('\n,')}]`,
    },
    'tables of OpenSearch': {
      a: JSON.stringify({
        schema: [{ name: 'event.original', type: 'text' }],
        datarows: WEEK.map((record) => [JSON.stringify(record)]),
        total: 168,
        size: 168,
        status: 200,
      }),
    },
    'tables of ES|QL, of Splunk and of pandas': {
      a: JSON.stringify({
        columns: [{ name: 'event.original', type: 'keyword' }],
        values: WEEK.slice(0, 50).map((record) => [JSON.stringify(record)]),
      }),
      b: JSON.stringify({
        preview: false,
        fields: ['_time', '_raw'],
        rows: WEEK.slice(50, 100).map((record) => ['1', JSON.stringify(record)]),
      }),
      c: JSON.stringify({
        columns: Object.keys(WEEK[0] ?? {}),
        index: [0],
        data: WEEK.slice(100).map((record) => Object.values(record)),
      }),
    },
    'a list for each column, as Splunk answers json_cols': {
      a: JSON.stringify({
        preview: false,
        fields: ['_time', '_raw'],
        columns: [[], WEEK.map((record) => JSON.stringify(record))],
      }),
    },
    'answers of Athena, with a column for each field and with the record in one': {
      a: JSON.stringify(
        athena(
          names.map((name) => name.toLowerCase()),
          table(halves[0] ?? []).rows,
        ),
        null,
        4,
      ),
      b: JSON.stringify(
        athena(
          ['line', 'note'],
          (halves[1] ?? []).map((record) => [JSON.stringify(record), null]),
        ),
      ),
    },
    'answers of Snowflake, with a column for each field and with the record in one': {
      a: JSON.stringify(
        snowflake(
          names.map((name) => name.toUpperCase()),
          table(
            (halves[0] ?? []).map((record) => ({
              ...record,
              published: `${toSeconds(record)}.000000000 1500`,
            })),
          ).rows,
        ),
      ),
      b: JSON.stringify(
        snowflake(
          ['V'],
          (halves[1] ?? []).map((record) => [JSON.stringify(record)]),
        ),
      ),
    },
    'answers of Redshift, with a column for each field': { a: JSON.stringify(redshift(WEEK)) },
    'answers of ClickHouse and of Databricks': {
      a: JSON.stringify({
        meta: names.map((name) => ({ name, type: 'String' })),
        data: table(halves[0] ?? []).rows,
        rows: halves[0]?.length,
      }),
      b: JSON.stringify({
        manifest: { schema: { columns: names.map((name) => ({ name })) }, total_row_count: 88 },
        result: { data_array: table(halves[1] ?? []).rows },
      }),
    },
    'answers of BigQuery, with structures and with their text': {
      a: JSON.stringify(
        bigQuery(
          (halves[0] ?? []).map((record) => ({
            ...record,
            published: `${toSeconds(record) / 1e9}E9`,
          })),
        ),
      ),
      b: JSON.stringify({
        schema: { fields: names.map((name) => ({ name, type: 'STRING' })) },
        rows: table(halves[1] ?? []).rows.map((row) => ({ f: row.map((v) => ({ v })) })),
        totalRows: '88',
      }),
    },
    'answers that curl wrote with their headers, behind one another and behind those of a proxy': {
      a: halves.map((half) => toAnswer(JSON.stringify(half))).join(''),
      b: `HTTP/1.1 200 Connection established\r\n\r\n${toAnswer(JSON.stringify(halves[0], null, 2))}\n`,
      c: toAnswer(toLines(halves[1] ?? [])),
    },
    'rows of Panther as GraphQL answers them': {
      a: JSON.stringify({
        data: {
          dataLakeQuery: {
            status: 'succeeded',
            results: {
              edges: WEEK.map((record) => ({
                node: Object.fromEntries(
                  Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]),
                ),
              })),
            },
          },
        },
      }),
    },
    'lines that are the text of a record, as jq writes a field without -r': {
      a: toLines(WEEK.map((record) => JSON.stringify(record))),
    },
    'a list of such texts': { a: JSON.stringify(WEEK.map((record) => JSON.stringify(record))) },
    'columns of pandas, with a number for each row, and of ClickHouse as lists': {
      a: JSON.stringify(
        Object.fromEntries(
          names.map((name) => [
            name,
            Object.fromEntries((halves[0] ?? []).map((record, row) => [row, record[name]])),
          ]),
        ),
      ),
      b: JSON.stringify(
        Object.fromEntries(
          names.map((name) => [name, (halves[1] ?? []).map((record) => record[name])]),
        ),
        null,
        2,
      ),
    },
    'messages of journald as bytes, where it writes them so': {
      a: toLines(
        WEEK.map((record, index) => {
          const MESSAGE = JSON.stringify(record);
          return { _HOSTNAME: 'h', MESSAGE: index % 3 === 0 ? [...Buffer.from(MESSAGE)] : MESSAGE };
        }),
      ),
    },
    'messages that Node and databases keep as bytes': {
      a: JSON.stringify((halves[0] ?? []).map((record) => Buffer.from(JSON.stringify(record)))),
      b: toLines(
        (halves[1] ?? []).map((record, index) => {
          const digits = Buffer.from(JSON.stringify(record)).toString('hex');
          return { id: index, payload: `${index % 2 === 0 ? String.raw`\x` : '0x'}${digits}` };
        }),
      ),
    },
    'what CloudWatch sends to Lambda, and a shipper to Firehose, packed and in base64': {
      a: JSON.stringify({
        awslogs: { data: gzipSync(JSON.stringify(logGroup(halves[0] ?? []))).toString('base64') },
      }),
      b: JSON.stringify({
        requestId: 'x',
        records: (halves[1] ?? []).map((record) => ({
          data: gzipSync(JSON.stringify(record)).toString('base64'),
        })),
      }),
    },
    'answers of Kinesis, in base64': {
      a: JSON.stringify({
        Records: WEEK.map((record) => ({ PartitionKey: 'x', Data: toBase64(record) })),
      }),
    },
    'messages of Event Hubs, in base64 and pretty': {
      a: toLines(WEEK.map((record) => ({ Offset: '1', Body: toBase64(record, 2) }))),
    },
    'messages of SNS in messages of SQS': {
      a: toLines(
        WEEK.map((record) => ({
          Body: JSON.stringify({ Type: 'Notification', Message: JSON.stringify(bridge(record)) }),
        })),
      ),
    },
    'pages that a browser saved with their requests, as text and in base64': {
      a: JSON.stringify({
        log: {
          entries: [
            { response: { content: { text: JSON.stringify(halves[0]) } } },
            { response: { content: { text: toBase64(halves[1]), encoding: 'base64' } } },
          ],
        },
      }),
    },
    'an answer that was saved as text beside its headers': {
      a: JSON.stringify({ headers: { link: '<x>' }, body: JSON.stringify(WEEK, null, 2) }),
    },
    'texts of records under their ids, as a store of keys and values dumps them': {
      a: JSON.stringify(
        Object.fromEntries(WEEK.map((record) => [record['uuid'], JSON.stringify(record)])),
      ),
    },
    'a sequence of jq, each record behind a separator': {
      a: WEEK.map((record) => `\u001e${JSON.stringify(record)}\n`).join(''),
      b: WEEK.map((record) => `\u001e${JSON.stringify(record, null, 2)}\n`).join(''),
    },
    'files with byte order marks, joined': {
      a: halves.map((half) => `\ufeff${toLines(half)}`).join(''),
    },
    'zip files in folders': {
      'logs/jan/a.zip': makeZip({ 'x/a.ndjson': Buffer.from(toLines(halves[0] ?? [])) }, true),
      'logs/jan/b.zip': makeZip({ 'b.json.gz': gzipSync(JSON.stringify(halves[1])) }, false),
    },
    'records that a shipper nested two deep': {
      a: toLines(WEEK.map((record) => ({ '@metadata': {}, agent: { okta: { log: record } } }))),
    },
    'an export of BigQuery with structures as text': {
      a: toLines(
        WEEK.map((record) => ({
          ...record,
          actor: JSON.stringify(record['actor']),
          target: JSON.stringify(record['target']),
          client: JSON.stringify(record['client']),
        })),
      ),
    },
    'flattened with dots, alone and in an object': {
      a: toLines((halves[0] ?? []).map(toDotted)),
      b: toLines((halves[1] ?? []).map((record) => ({ preview: false, result: toDotted(record) }))),
      c: JSON.stringify((halves[1] ?? []).map((record) => ({ jsonPayload: toDotted(record) }))),
    },
  };
  it.each(Object.entries(cases))('%s', async (_, files) => {
    const { reading, events } = await read(files);
    expect(reading.counts.malformed).toBe(0);
    expect(events.map((event) => event.raw)).toEqual(
      expect.arrayContaining(WEEK.map((record) => expect.objectContaining(record))),
    );
    expect(events).toHaveLength(168);
  });

  describe('with several records in one text', () => {
    const texts = (join: (records: readonly unknown[]) => string): string[] =>
      halves.map((half) => join(half.map((record) => JSON.stringify(record))));
    const inLines = texts((records) => records.join('\n'));
    const inRow = texts((records) => records.join(''));
    const inBase64 = inLines.map((text) => Buffer.from(text).toString('base64'));

    it.each<[string, string]>([
      ['of Splunk HEC', toLines(inRow.map((event) => ({ time: 1, event })))],
      ['of Splunk', toLines(inLines.map((text) => ({ result: { _raw: text } })))],
      ['of Splunk, as a list', toLines(halves.map((half) => ({ _raw: JSON.stringify(half) })))],
      ['of Splunk as CSV', `_raw\n${inLines.map((text) => `${quote(text)}\n`).join('')}`],
      ['of any shipper', toLines(inRow.map((message) => ({ message })))],
      ['of a queue', toLines(inLines.map((body) => ({ eventSource: 'aws:sqs', body })))],
      ['of a stream', toLines(inBase64.map((data) => ({ Records: [{ kinesis: { data } }] })))],
    ])('%s', async (_, content) => {
      const { reading, events } = await read({ a: content });
      expect(reading.counts).toMatchObject({ eventsRead: 168, malformed: 0 });
      expect(events.map(({ raw }) => raw)).toEqual(WEEK);
    });

    it.each([
      ['of Splunk', '_raw'],
      ['of any shipper', 'message'],
    ])('%s, and what is no record among them is told', async (_, name) => {
      const lines = inLines.map((text) => ({ [name]: `${text}\n{"msg":"started"}` }));
      const { reading, events } = await read({ a: toLines(lines) });
      expect(events.map(({ raw }) => raw)).toEqual(WEEK);
      expect(reading.counts).toMatchObject({ eventsRead: 170, malformed: 2 });
      expect(reading.holes[0]?.reason).toContain('not an Okta event');
    });

    it('and one that was cut short is told', async () => {
      const cut = inLines.map((text, index) => ({ _raw: index === 1 ? text.slice(0, -50) : text }));
      const { reading, events } = await read({ a: toLines(cut) });
      expect(events).toHaveLength(halves[0]?.length ?? 0);
      expect(reading.holes[0]?.reason).toContain('its text is cut short');
    });
  });

  describe('flattened with underscores between names in camel case', () => {
    const details = {
      transaction: { id: 'Yd0', type: 'WEB', detail: { requestApiTokenId: '00T1' } },
      client: {
        ipAddress: '192.0.2.1',
        userAgent: { os: 'Linux' },
        geographicalContext: { city: 'B' },
      },
      debugContext: { debugData: { requestUri: '/api', some_key: 'x' } },
    };
    const records = WEEK.map((record): Record<string, unknown> => ({ ...record, ...details }));
    const rows = records.map((record) => toUnderscored(record));

    it('are whole again', async () => {
      const { reading, events } = await read({ a: toLines(rows), b: JSON.stringify(rows) });
      expect(reading.counts).toMatchObject({ malformed: 0, duplicates: 168 });
      expect(events.map(({ raw }) => raw)).toEqual(records);
    });

    it('also in CSV', async () => {
      const columns = Object.keys(rows[0] ?? {});
      const toCells = (row: Record<string, unknown>): string =>
        columns
          .map((name) =>
            quote(typeof row[name] === 'object' ? JSON.stringify(row[name]) : String(row[name])),
          )
          .join(',');
      const { reading, events } = await read({
        a: [columns.join(','), ...rows.map(toCells)].join('\n'),
      });
      expect(reading.counts).toMatchObject({ eventsRead: 168, malformed: 0 });
      expect(events.map(({ raw }) => raw)).toEqual(
        records.map(({ actor, client, target, transaction, uuid }) =>
          expect.objectContaining({ actor, client, target, transaction, uuid }),
        ),
      );
    });

    it('and so are the lists whose places were numbered', async () => {
      const ipChain = [{ ip: '192.0.2.1', geographicalContext: { geolocation: { lat: 1 } } }];
      const userBehaviors = [{ id: 'b1', name: 'New Device', result: 'POSITIVE' }];
      const changeDetails = { from: { some_key: 1 }, to: { some_key: 2 } };
      const whole = records.map(({ target, ...record }) => ({
        ...record,
        target: [target, { id: '0pr', detailEntry: { some_key: 'y' }, changeDetails }].flat(),
        request: { ipChain },
        securityContext: { isProxy: false, userBehaviors },
      }));
      const numbered = JSON.stringify(whole, (_name, value) =>
        Array.isArray(value) && value !== whole ? { ...value } : value,
      );
      const flat = (JSON.parse(numbered) as object[]).map((record) => toUnderscored(record));
      const { events } = await read({ a: toLines(flat) });
      expect(events.map(({ raw }) => raw)).toEqual(whole);
    });

    it('also with two in a row', async () => {
      const flat = records.map((record) => toUnderscored(record, '', '__'));
      const { events } = await read({ a: toLines(flat) });
      expect(events.map(({ raw }) => raw)).toEqual(records);
    });

    it('also in a table that has a column for the actors that are null', async () => {
      const { events } = await read({ a: toLines(rows.map((row) => ({ actor: null, ...row }))) });
      expect(events.map(({ raw }) => raw)).toEqual(records);
    });

    it('and what a store puts beside a whole record stays there', async () => {
      const beside = WEEK.map((record, index) => ({
        ...record,
        client: { ipAddress: '192.0.2.1' },
        ...(index % 2 && { actor: null }),
        actor_id: 'x',
        client_team: 'y',
      }));
      const { events } = await read({ a: toLines(beside) });
      expect(events.map(({ raw }) => raw)).toEqual(beside);
    });
  });

  it('and an error among the answers that curl wrote is told where it stands', async () => {
    const [first, last] = halves.map((half) => toAnswer(JSON.stringify(half)));
    const refusal = toAnswer('{"errorCode":"E0000047"}', '429');
    const { reading, events } = await read({ a: `${first}${refusal}${last}` });
    expect(events).toHaveLength(168);
    expect(reading.counts).toMatchObject({ eventsRead: 169, malformed: 1 });
    const at = `${first}${refusal}`.lastIndexOf('{').toLocaleString('en-US');
    expect(reading.holes.map((hole) => hole.reason)).toEqual([
      `a is damaged: 1 record could not be read, from byte ${at} on (the Okta API answered the error E0000047 instead)`,
    ]);
  });

  it('and an error that is all that curl wrote is told', async () => {
    const refusal = toAnswer('{"errorCode":"E0000011","errorSummary":"Invalid token"}', '401');
    await expect(read({ a: refusal })).rejects.toThrow('an error that the Okta API answered');
  });

  describe('and what a browser saved of its traffic', () => {
    const visit = (url: string, content: object, status = 200) => ({
      request: { method: 'GET', url: `https://acme-admin.okta.example${url}` },
      response: { status, content: { size: 4711, ...content } },
    });
    const [first, second] = halves.map((half) =>
      visit('/api/v1/logs?limit=100', { text: JSON.stringify(half) }),
    );
    const others = [
      visit('/admin/logs.html', { mimeType: 'text/html', text: '<html>"eventType"</html>' }),
      visit('/a.js', { mimeType: 'text/javascript', text: 'a={"eventType":"b"}' }),
      visit('/a.png', { encoding: 'base64', text: 'iVBORw0KGgo=' }),
      visit('/api/v1/users/me', { text: '{"id":"00u1"}' }),
    ];
    const save = (...entries: unknown[]) => ({ a: JSON.stringify({ log: { entries } }, null, 2) });

    it('is the log, without what else a page loads', async () => {
      expectWeek(await read(save(...others, first, second)));
    });

    it.each<[string, object, string]>([
      ['an answer that it no longer held', visit('/api/v1/logs?after=1', {}), 'not an Okta event'],
      [
        'an answer that was refused',
        visit('/api/v1/logs?after=1', { text: '{"errorCode":"E0000047"}' }, 429),
        'the error E0000047',
      ],
      [
        'an answer from elsewhere that ends early',
        visit('/x', { text: JSON.stringify(halves[1]).slice(0, -9) }),
        'is cut short',
      ],
    ])('lacks %s', async (_, lost, why) => {
      const { reading, events } = await read(save(...others, first, lost));
      expect(events).toHaveLength(80);
      expect(reading.counts).toMatchObject({ eventsRead: 81, malformed: 1 });
      expect(reading.holes.map((hole) => hole.reason).join()).toContain(why);
    });

    it('is no log where it never asked for one', async () => {
      await expect(read(save(...others))).rejects.toThrow('no Okta System Log event');
    });
  });

  it('and copies of a text beside it count once', async () => {
    const rows = WEEK.map((record) => ({
      message: JSON.stringify(record),
      original: JSON.stringify(record, null, 1),
      data: toBase64(record),
    }));
    expectWeek(await read({ a: toLines(rows) }));
  });

  it('and events of one moment that have no ids are no copies', async () => {
    const [record] = WEEK;
    const page = ['00uone', '00utwo'].map((id) => ({ ...record, uuid: undefined, actor: { id } }));
    const [first, second] = page.map((one) => JSON.stringify(one));
    const rows = [{ body: JSON.stringify(page) }, { first, second, third: first }];
    for (const row of rows) {
      const { events } = await read({ a: toLines([row]) });
      expect(events).toMatchObject(page.map(({ actor }) => ({ raw: { actor } })));
    }
  });

  it('and an object around lines is one where the look at its front ends with a line', async () => {
    const [first, ...others] = WEEK;
    const pad = (text: string): string =>
      `{"results":[\n${JSON.stringify({ ...first, displayMessage: text })}`;
    const front = pad('x'.repeat((1 << 18) - pad('').length));
    const lines = others.map((record) => JSON.stringify(record)).join(',\n');
    const { reading, events } = await read({ a: `${front},\n${lines}\n]}` });
    expect(events).toHaveLength(168);
    expect(reading.counts).toMatchObject({ eventsRead: 168, malformed: 0 });
  });

  it('and a message of a list that holds no event is counted', async () => {
    const { logEvents, ...rest } = logGroup(WEEK);
    const cut = logEvents.map((event, index) =>
      index === 5 ? { ...event, message: event.message.slice(0, -5) } : event,
    );
    const { reading, events } = await read({ a: JSON.stringify({ ...rest, logEvents: cut }) });
    expect(events).toHaveLength(167);
    expect(reading.counts).toMatchObject({ eventsRead: 168, malformed: 1 });
    expect(reading.holes[0]?.reason).toContain('a is damaged: 1 record could not be read');
  });

  it.each<[string, (record: Record<string, unknown> | undefined) => unknown]>([
    ['lost its time', (record) => ({ ...record, published: undefined })],
    ['was cut', (record) => JSON.stringify(record).slice(0, 100)],
    ['is an error of the API', () => ({ errorCode: 'E0000047' })],
    ['is nothing', () => null],
  ])('and an element of a list in an envelope that %s is counted', async (_, spoil) => {
    const body = WEEK.map((record, index) => (index === 5 ? spoil(record) : record));
    const { reading, events } = await read({ a: JSON.stringify({ status: 200, body }) });
    expect(events).toHaveLength(167);
    expect(reading.counts).toMatchObject({ eventsRead: 168, malformed: 1 });
    expect(reading.holes[0]?.reason).toContain('a is damaged: 1 record could not be read');
  });

  it.each<[string, (record: unknown) => readonly unknown[]]>([
    ['a text that a record became', (record) => ['[object Object]', 1_642_327_200, record]],
    ['a time behind a record', (record) => [record, 1_642_327_200]],
    ['a time for which nothing came', (record) => [1_642_327_200, 1_642_327_200, record]],
    ['a tag alone', (record) => ['okta.log', record]],
    ['a tag before another one', (record) => ['okta.log', 'okta.log', 1_642_327_200, record]],
    ['a number of something', (record) => [7, record]],
  ])('and %s is no stamp of Fluentd', async (_, spoil) => {
    for (const spoiled of [WEEK[5], WEEK.at(-1)]) {
      const lines = WEEK.map((record) =>
        record === spoiled ? spoil(record) : [1_642_327_200, record],
      );
      const { reading, events } = await read({ a: toLines(lines) });
      expect(events).toHaveLength(168);
      expect(reading.counts.malformed).toBe(1);
      expect(reading.holes[0]?.reason).toContain('a is damaged: 1 record could not be read');
    }
  });

  it('and a letter that a runtime cut in two is whole again', async () => {
    const record = { ...WEEK[5], displayMessage: 'Zoë' };
    const bytes = Buffer.from(JSON.stringify(record));
    const cut = bytes.indexOf('ë') + 1;
    const lines = [bytes.subarray(0, cut), bytes.subarray(cut)].map((piece, index) =>
      Buffer.concat([Buffer.from(`2022-01-16T10:00:00.1234567Z stdout ${'PF'[index]} `), piece]),
    );
    const { events } = await read({
      a: Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])),
    });
    expect(events.map(({ raw }) => raw)).toEqual([record]);
  });

  it.each<[string, (text: string, letter: string) => string]>([
    ['of a container', (text, letter) => `2022-01-16T10:00:00.123456789Z stdout ${letter} ${text}`],
    ['of a shipper', (log, logtag) => JSON.stringify({ log, stream: 'stdout', logtag })],
  ])(
    'and a record %s that lost a piece is counted, and none behind it is lost',
    async (_, write) => {
      const lines = WEEK.map((record, index) =>
        index === 5
          ? write(JSON.stringify(record).slice(0, 300), 'P')
          : write(JSON.stringify(record), 'F'),
      );
      const { reading, events } = await read({ a: `${lines.join('\n')}\n` });
      expect(events).toHaveLength(167);
      expect(reading.counts).toMatchObject({ eventsRead: 168, malformed: 1 });
      expect(reading.holes[0]?.reason).toContain('a is damaged: 1 record could not be read');
    },
  );

  it('and a record of a container of which the end never came is counted', async () => {
    const lines = WEEK.flatMap((record) => toRuntimeLines(record)).slice(0, -1);
    const { reading, events } = await read({ a: `${lines.join('\n')}\n` });
    expect(events).toHaveLength(167);
    expect(reading.counts.malformed).toBeGreaterThan(0);
    expect(reading.holes[0]?.reason).toContain('a is damaged');
  });

  it('and a row of a table that has more cells than columns is counted', async () => {
    const { rows, ...rest } = table(WEEK);
    const longer = rows.with(5, [...(rows[5] ?? []), 'x']);
    const { reading, events } = await read({ a: JSON.stringify({ ...rest, rows: longer }) });
    expect(events).toHaveLength(167);
    expect(reading.counts).toMatchObject({ eventsRead: 168, malformed: 1 });
    expect(reading.holes[0]?.reason).toContain('a is damaged: 1 record could not be read');
  });

  it('and a list of a column that has no name is counted', async () => {
    const columns = [['1'], WEEK.slice(0, 1).map((record) => JSON.stringify(record))];
    const table = { fields: ['_raw'], columns };
    await expect(read({ a: JSON.stringify(table) })).rejects.toThrow('no Okta System Log event');
  });

  it('and what is null in Redshift is null', async () => {
    const { events } = await read({ a: JSON.stringify(redshift(WEEK)) });
    expect(events[0]?.raw['device']).toBeNull();
  });

  it('and rows that Data Explorer sends without their columns are counted', async () => {
    const [header, ...frames] = explorerFrames(WEEK);
    const fragment = { FrameType: 'TableFragment', TableId: 1, Rows: table(WEEK).rows };
    const { reading } = await read({ a: JSON.stringify([header, fragment, ...frames]) });
    expect(reading.counts).toMatchObject({ eventsRead: 169, malformed: 1 });
    expect(reading.holes[0]?.reason).toContain('a is damaged: 1 record could not be read');
  });

  it('and a row of named columns that one of them lacks is counted', async () => {
    const columns = names.map((name) => [
      name,
      WEEK.slice(0, name === 'published' ? -1 : undefined).map((record) => record[name]),
    ]);
    const { reading } = await read({ a: JSON.stringify(Object.fromEntries(columns)) });
    expect(reading.counts).toMatchObject({ eventsRead: 168, eventsParsed: 167, malformed: 1 });
  });

  it('and a row of a table without a cell is counted', async () => {
    const { rows, ...rest } = table(WEEK);
    const { reading, events } = await read({
      a: JSON.stringify({ ...rest, rows: rows.with(5, []) }),
    });
    expect(events).toHaveLength(167);
    expect(reading.counts).toMatchObject({ eventsRead: 168, malformed: 1 });
  });

  it('and a row of a table is its header where it names every column, be it one, and none less', async () => {
    const record = { ...WEEK[5], displayMessage: 'displayMessage' };
    const { reading, events } = await read({
      a: JSON.stringify(table(WEEK.with(5, record))),
      b: JSON.stringify(athena(['line'], [[JSON.stringify({ ...record, uuid: 'another' })]])),
    });
    expect(events).toHaveLength(169);
    expect(reading.counts).toMatchObject({ eventsRead: 169, malformed: 0 });
  });

  it.each([false, true])(
    'and what stands beside a single record of a list is none (%j)',
    async (isStrict) => {
      const lines = toLines(WEEK.map((record) => ({ items: [{ page: 1 }, record] })));
      const { events, reading } = await readArchive({
        files: { a: lines },
        options: { isStrict },
      });
      expect(events).toHaveLength(168);
      expect(reading.counts).toMatchObject({ eventsRead: 168, malformed: 0 });
    },
  );

  it.each([false, true])(
    'and a record that stands as text in a list with others is one of them (%j)',
    async (isStrict) => {
      const pairs = WEEK.flatMap((record, index) =>
        index % 2 === 0 ? [{ batch: [record, JSON.stringify(WEEK[index + 1])] }] : [],
      );
      const { events, reading } = await readArchive({
        files: { a: toLines(pairs) },
        eventTypes: exactEventTypes([String(WEEK[1]?.['eventType'])]),
        options: { isStrict },
      });
      expect(events.map(({ uuid }) => uuid)).toContain(WEEK[1]?.['uuid']);
      expect(reading.counts).toMatchObject({ eventsRead: 168, malformed: 0 });
    },
  );

  it('and a text in a list with records that lost its end is counted', async () => {
    const lines = WEEK.map((record, index) => ({
      batch: index === 5 ? [record, JSON.stringify(WEEK[6]).slice(0, -9)] : [record],
    }));
    const { reading } = await read({ a: toLines(lines.toSpliced(6, 1)) });
    expect(reading.counts).toMatchObject({ eventsRead: 168, malformed: 1 });
    expect(reading.holes[0]?.reason).toContain('a is damaged: 1 record could not be read');
  });

  it('and one of two in a list that lost its time is counted', async () => {
    const lines = WEEK.map((record, index) => ({
      items: index === 5 ? [{ ...record, published: undefined }, WEEK[6]] : [record],
    }));
    const { reading } = await read({ a: toLines(lines.toSpliced(6, 1)) });
    expect(reading.counts).toMatchObject({ eventsRead: 168, malformed: 1 });
    expect(reading.holes[0]?.reason).toContain('a is damaged: 1 record could not be read');
  });

  it.each(['eventType', 'published'])(
    'and a text beside a row that tells another %s is not it',
    async (field) => {
      const rows = WEEK.map((record) => ({
        ...splunkRow({ ...record, eventType: 'a.b', published: '2022-01-10T01:23:45.000Z' }),
        [field]: String(record[field]),
        uuid: record['uuid'],
        _raw: JSON.stringify(record),
      }));
      const { events } = await read({ a: toLines(rows) });
      expect(events).toHaveLength(168);
      for (const [index, { raw }] of events.entries()) {
        expect(raw).toMatchObject({
          eventType: rows[index]?.eventType,
          published: rows[index]?.published,
        });
      }
    },
  );

  it.each(['b.json', 'a.ndjson'])('two formats in one file: %s first', async (first) => {
    const [front = [], back = []] = halves;
    const parts = [toLines(front), toLines(back.map(bridge))];
    expectWeek(await read({ [first]: parts.join('') }));
    expectWeek(await read({ [first]: toLines(front.map(hec)) + toLines(back) }));
  });
});

describe('a file whose first megabyte is one format and the rest another', () => {
  const front = makeNoise(days('2022-01-01', '2022-01-10'), 300_000);
  const lines = toLines(front);

  it.each([
    ['EventBridge', toLines(WEEK.map(bridge))],
    [
      'Splunk exports',
      toLines(WEEK.map((record) => ({ result: { _raw: JSON.stringify(record) } }))),
    ],
    [
      'rows of a data lake',
      toLines(
        WEEK.map(({ eventType, ...record }) => ({
          ...record,
          eventtype: eventType,
          p_log_type: 'Okta.SystemLog',
        })),
      ),
    ],
    ['pages, one a line', halves.map((half) => `${JSON.stringify(half)}\n`).join('')],
    ['hooks', toLines([hook(WEEK)])],
  ])('%s', async (_, back) => {
    expect(lines.length).toBeGreaterThan(1 << 20);
    const { reading, events } = await read({ a: lines + back });
    expect(events.filter(({ publishedMs }) => publishedMs >= WINDOW.sinceMs)).toHaveLength(168);
    expect(reading.counts).toMatchObject({ eventsRead: front.length + 168, malformed: 0 });
  });

  it.each([
    ['a pretty array', JSON.stringify(WEEK, null, 2)],
    ['CSV', `_time,_raw\n${WEEK.map((record) => `1,${quote(JSON.stringify(record))}\n`).join('')}`],
    ['another log', '{"level":30,"message":"started"}\n'.repeat(100)],
  ])('%s is a hole', async (_, back) => {
    const { reading } = await read({ a: lines + back });
    expect(reading.counts.malformed).toBeGreaterThan(0);
    expect(reading.holes[0]?.reason).toContain('a is damaged');
    expect(reading.covered.every(({ window }) => window.untilMs <= Date.parse('2022-01-10'))).toBe(
      true,
    );
  });
});

describe('paths', () => {
  const files = {
    'logs/2022-01-10/a.ndjson': toLines(halves[0] ?? []),
    'logs/2022-01-11/b.ndjson': toLines(halves[1] ?? []),
    'logs/2022-01-11/SHA256SUMS': 'ab  b.ndjson\n',
    'logs/_SUCCESS': '',
    'logs/_started_123': '',
    'logs/_committed_123': '{"added":["a.ndjson"]}',
    'logs/2022-01-10/a.csv.metadata': Buffer.from('0a05717565727912', 'hex'),
    'logs/aws-logs-write-test': 'Permission Check Successful',
    'logs/Thumbs.db': Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    'logs/desktop.ini': '[.ShellClassInfo]\r\n',
    'logs/.DS_Store': 'x',
  };

  it.each([
    [['logs']],
    [['logs/']],
    [['./logs']],
    [['logs/2022-01-{10,11}/*.ndjson']],
    [['logs/2022-01-1[01]/?.ndjson']],
    [['logs/**']],
    [['logs/*/*']],
    [['logs/2022-01-10', 'logs/2022-01-11/b.ndjson', 'logs/**/*.ndjson']],
  ])('%j', async (patterns) => {
    expectWeek(await read(files, patterns));
  });

  it('that lead round in circles are read once', async () => {
    const folder = layFiles(files);
    symlinkSync('..', join(folder, 'logs/2022-01-10/up'));
    symlinkSync(join(folder, 'logs/2022-01-11'), join(folder, 'logs/again'));
    expectWeek(await readFolder(folder, ['logs']));
  });

  it('that lead nowhere are an error that names them', async () => {
    const folder = layFiles(files);
    symlinkSync(join(folder, 'gone.ndjson'), join(folder, 'logs/gone.ndjson'));
    await expect(readFolder(folder, ['logs'])).rejects.toMatchObject({
      code: 'archive-unreadable',
      message: expect.stringContaining('logs/gone.ndjson'),
    });
  });

  it.each([['logs/2022-01-1*'], ['logs/2022-01-1*/*.ndjson']])(
    'that lead nowhere concern nobody who does not name them: %s',
    async (pattern) => {
      const folder = layFiles(files);
      symlinkSync(join(folder, 'gone.ndjson'), join(folder, 'logs/gone.ndjson'));
      expectWeek(await readFolder(folder, [pattern]));
      await expect(readFolder(folder, ['lgos'])).rejects.toMatchObject({
        code: 'archive-not-found',
      });
    },
  );

  it('that lead to no folder are an error where the glob goes through them', async () => {
    const folder = layFiles(files);
    symlinkSync(join(folder, 'gone'), join(folder, 'logs/2022-01-12'));
    await expect(readFolder(folder, ['logs/*/b.ndjson'])).rejects.toMatchObject({
      code: 'archive-unreadable',
      message: expect.stringContaining('logs/2022-01-12'),
    });
  });

  it('that are named pipes are read to their end', async () => {
    const folder = layFiles({ 'a.gz': gzipSync(toLines(WEEK)) });
    expect(spawnSync('sh', ['-c', 'mkfifo pipe'], { cwd: folder }).status).toBe(0);
    const writer = spawn('sh', ['-c', 'cat a.gz > pipe'], { cwd: folder });
    onTestFinished(() => void writer.kill());
    const { reading, events } = await readFolder(folder, ['pipe']);
    expect(events).toHaveLength(168);
    expect(reading.name).toBe('pipe');
  });

  it.each([
    ['a file', 'logs/b.ndjson', 'logs/b.ndjson'],
    ['a folder', 'logs', 'logs/inner'],
  ])('that may not be read are an error that names %s', async (_, pattern, closed) => {
    const folder = layFiles({
      'logs/b.ndjson': toLines(WEEK),
      'logs/inner/c.ndjson': toLines(WEEK),
    });
    for (const path of [folder, dirname(folder)]) chmodSync(path, statSync(path).mode | 0o055);
    chmodSync(join(folder, closed), 0o000);
    onTestFinished(() => chmodSync(join(folder, closed), 0o755));
    await expect(asNobody(() => readFolder(folder, [pattern]))).rejects.toMatchObject({
      code: 'archive-unreadable',
      message: expect.stringContaining(closed),
    });
  });

  it('that are pipes are read as the standard input is', async () => {
    const folder = layFiles({ 'a.gz': gzipSync(toLines(WEEK)) });
    const source = createArchiveSource({
      patterns: ['-'],
      workingDirectory: folder,
      progress: SILENT,
      standardInput: (async function* input() {
        yield readFileSync(join(folder, 'a.gz'));
      })(),
    });
    const events: LogEvent[] = [];
    const reading = await source.read(
      { window: WINDOW, needs: [], followUps: [], pull: 'full' },
      (batch) => events.push(...batch),
    );
    expect(events).toHaveLength(168);
    expect(reading.name).toBe('standard input');
  });
});

/** Nothing is closed to the superuser, as whom containers run tests; it is then the user "nobody" for a while. */
async function asNobody<T>(act: () => Promise<T>): Promise<T> {
  const { geteuid, seteuid } = process;
  if (seteuid === undefined || geteuid?.() !== 0) return await act();
  seteuid(65_534);
  try {
    return await act();
  } finally {
    seteuid(0);
  }
}

async function readFolder(folder: string, patterns: readonly string[]): Promise<ReadResult> {
  const source = createArchiveSource({ patterns, workingDirectory: folder, progress: SILENT });
  const events: LogEvent[] = [];
  const window = { sinceMs: WINDOW.sinceMs, untilMs: Date.parse('2022-01-16T23:00Z') + 1 };
  const reading = await source.read({ window, needs: [], followUps: [], pull: 'full' }, (batch) =>
    events.push(...batch),
  );
  return { reading, events };
}
