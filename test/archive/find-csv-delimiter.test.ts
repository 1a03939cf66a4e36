import { describe, expect, it } from 'vitest';
import { findCsvDelimiter } from '../../src/sources/archive/framing/find-csv-delimiter.ts';

const find = (text: string): string | null => findCsvDelimiter(Buffer.from(text));
const RECORD = '{""eventType"": ""a.b""}';

describe('a table is known', () => {
  it.each([
    [',', 'uuid, "event_type" ,actor.id\r\n'],
    [';', 'uuid;EVENT_TYPE\r\n'],
    ['\t', 'time, local\t_raw\n'],
    [',', '_raw'],
    [',', 'uuid,event_type\r1,a.b\r'],
    ['\t', 'sep=\t\r\nuuid\tevent_type\r\n'],
    [';', 'SEP=;\r\nuuid;event_type\r\n'],
    ['|', '"sep=|"\r\nuuid|event_type\r\n'],
    [',', '\r\n \r\n,,\r\nuuid,event_type\r\n'],
    [',', ',event_type\r\n'],
    [';', '#TYPE Selected.PSCustomObject\r\n"uuid";"event_type"\r\n'],
  ])('by a column, between %j: %j', (delimiter, text) => {
    expect(find(text)).toBe(delimiter);
  });

  it.each([
    [',', `"${RECORD}"\n`],
    [',', `text\n"[${RECORD}]"\n`],
    ['|', `n|text\n1|"${RECORD}"\n`],
    [';', `n;text\n1;"${RECORD}"\n`],
    ['\t', `n\ttext\n1\t"[${RECORD}]"\n`],
    [';', `"n, in all";text\r\n1;"{\r\n  ""eventType"": ""a.b""\r\n}"\r\n`],
    [',', `text\r"${RECORD}"\r`],
    [';', `host;text\nh;"<134>1 2022-01-16T10:00:00Z h okta - - - ${RECORD}"\n`],
  ])('by a record in a cell, between %j: %j', (delimiter, text) => {
    expect(find(text)).toBe(delimiter);
  });
});

it.each([
  '',
  'uuid,outcome\n1,SUCCESS\n',
  'uuid,sep=;\nuuid;event_type\n',
  'text\n"{""type"": ""a.b""}"\n',
  `Jan 16 okta: "${RECORD}"\n`,
  `uuid\n1\n"${RECORD}"\n`,
])('what is no table of a known export is none: %j', (text) => {
  expect(find(text)).toBeNull();
});
