import { UNTOLD_TIME } from '../formats/settle-published.ts';
import { CUT_SHORT, type FileReading } from './file-reading.ts';

/** Whoever pulls page by page and leaves this one out has an archive that lacks a thousand events and does not say so. */
const IN_PLACE_OF_EVENTS =
  'It seems to have come in the place of events: pull these again, as without the file they would be missing unnoticed.';

/** What the front of a file tells of it, the more telling first, and what would make an archive of it. */
const SIGNATURES: readonly (readonly [front: RegExp, looksLike: string, hint?: string])[] = [
  [/openxmlformats\.org\/package/, 'an Excel workbook', 'Save its sheet as CSV first.'],
  [/^\s*<(!doctype html|html)/i, 'a web page', IN_PLACE_OF_EVENTS],
  [/<Error>\s*<Code>/, 'an error that a bucket answered', IN_PLACE_OF_EVENTS],
  [/^\s*<\?xml|^\s*<[a-z]/i, 'XML', 'Export it as JSON or CSV.'],
  [
    /^version https:\/\/git-lfs/,
    'a pointer of Git LFS',
    'Fetch the file itself, as `lfs: true` of actions/checkout does.',
  ],
  [
    /^Salted__|^age-encryption\.org|^-----BEGIN PGP MESSAGE/,
    'an encrypted file',
    'Decrypt it first.',
  ],
  [/^SQLite format/, 'a SQLite database', 'Export its rows as JSON or CSV first.'],
  [/^%PDF/, 'a PDF document'],
  [/^.?PNG\r|^GIF8/, 'a picture'],
  [/^PK\W/, 'a zip file', 'Unpack it first.'],
  [/^Rar!/, 'a RAR archive', 'Unpack it first.'],
  [/^PAR1/, 'a Parquet file'],
  [/^PARE/, 'an encrypted Parquet file'],
  [/^Obj\W/, 'an Avro file', 'Write it as JSON first, a record a line.'],
  [/^ORC/, 'an ORC file', 'Write it as Parquet or JSON first.'],
  [
    /^(?:[^\n{]*\s)?(?:LEEF|CEF):\d/,
    'LEEF or CEF, which keep only some of each record',
    'Export the records of Okta as they were received, as JSON.',
  ],
  [/^HTTP\/\d/, 'an HTTP answer with its headers', 'Save the body alone.'],
  [
    /^\[[\d;]+m/,
    'text in the colours of a terminal',
    'Export it again without them, as `jq -M` does.',
  ],
  [
    /^\[?\s*\{\s*(?:'|"?\w+"?\s*=>)/,
    'objects as a program prints them',
    'Write them as JSON, in Python with `json.dumps`.',
  ],
  [/"errorCode"\s*:\s*"E\d+"/, 'an error that the Okta API answered', IN_PLACE_OF_EVENTS],
  [/"eventSource"\s*:\s*"[a-z0-9.-]+amazonaws\.com"/, 'AWS CloudTrail'],
  [/"protoPayload"/, 'Google Cloud audit logs'],
  [
    /"product_?event_?type"\s*:/i,
    'Google SecOps events in UDM',
    'Export the raw logs of Okta instead: UDM keeps only some of each record.',
  ],
  [
    /"(?:columns|fields|columnmetadata)"\s*:\s*\[\s*(?:"|\{\s*"(?:column)?name")/i,
    'a table whose column names stand apart from its rows',
    'Export it with all of its columns, as CSV or as an object for each row.',
  ],
  [
    /^\s*\{\s*"data"\s*:\s*\[\s*\[/,
    'a later part of a table, without its column names',
    'Put its rows behind those of the first part, in one file, or export the whole table.',
  ],
  [
    /"_index"[\s\S]*"fields"\s*:\s*\{/,
    'an answer of Elasticsearch without its documents',
    'Ask for `_source`, which is the documents as they are.',
  ],
  [
    /"resultType"\s*:\s*"streams"/,
    'an answer of Loki',
    'Ask for its lines as they were pushed, without `line_format`.',
  ],
  [/^\s*[[{]/, 'JSON of another kind'],
  [
    /^(?:[^\n{]*[,;\t|])?"?(?:[\w.]+\.)?event_?type"?[,;\t|\r\n]/i,
    'a table of events that are no whole records',
    'Export each record as one text (in Splunk `_raw`), or all of its columns, as CSV with quotes.',
  ],
  [/(?:[\0\ufffd][^\0\ufffd]*){20}/, 'binary data'],
  [/^[^\n]*,[^\n]*,[^\n]*\n|^(?:"?[\w@.{}[\]() -]{1,100}"?[,;\t|]){2}/, 'CSV of another kind'],
];

/** What a file without any Okta event seems to be, in a few words, and what would help, where that is known. */
export interface FileContent {
  readonly looksLike: string;
  readonly hint: string | undefined;
}

export function describeContent(reading: FileReading): FileContent {
  const untold = reading.damages.find(({ reason }) => reason.startsWith(UNTOLD_TIME));
  if (untold !== undefined) {
    const hint = 'Export it again with times in UTC, as 2022-01-16T10:00:00Z.';
    return { looksLike: `an Okta event, but ${untold.reason}`, hint };
  }
  if (reading.damages.some(({ reason }) => reason.endsWith(CUT_SHORT))) {
    const hint =
      'Export each one whole; what the store itself cut off, as Splunk does at 10,000 characters, only the log has.';
    return { looksLike: 'events whose texts are cut short', hint };
  }
  const text = reading.front;
  const [, words, hint] = SIGNATURES.find(([pattern]) => pattern.test(text)) ?? [];
  if (words === undefined) {
    return { looksLike: text.includes('\ufffd') ? 'binary data' : 'plain text', hint };
  }
  const keys = listKeys(text);
  const looksLike = keys.length === 0 ? words : `${words} (with the keys ${keys.join(', ')})`;
  return { looksLike, hint };
}

function listKeys(text: string): string[] {
  const keys = [...text.matchAll(/"([A-Za-z_][\w.-]{0,30})"\s*:/g)].map((match) => match[1] ?? '');
  return [...new Set(keys)].slice(0, 5);
}
