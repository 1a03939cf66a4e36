import { UNTOLD_TIME } from '../formats/settle-published.ts';
import type { FileReading } from './file-reading.ts';

const SIGNATURES: readonly (readonly [RegExp, string])[] = [
  [/^\s*<(!doctype html|html)/i, 'a web page'],
  [/^\s*<\?xml|^\s*<[a-z]/i, 'XML'],
  [/^%PDF/, 'a PDF document'],
  [/^.?PNG\r|^GIF8/, 'a picture'],
  [/^PK\W/, 'a zip file'],
  [/^PAR1/, 'a Parquet file'],
  [/^PARE/, 'an encrypted Parquet file'],
  [/"errorCode"\s*:\s*"E\d+"/, 'an error that the Okta API answered'],
  [/"eventSource"\s*:\s*"[a-z0-9.-]+amazonaws\.com"/, 'AWS CloudTrail'],
  [/"protoPayload"/, 'Google Cloud audit logs'],
  [/^\s*[[{]/, 'JSON of another kind'],
  [/^[^\n]*,[^\n]*,[^\n]*\n/, 'CSV of another kind'],
];

/** Says in a few words what a file without any Okta event seems to be. */
export function describeContent(reading: FileReading): string {
  const untold = reading.damages.find(({ reason }) => reason.startsWith(UNTOLD_TIME));
  if (untold !== undefined) return `an Okta event, but ${untold.reason}`;
  const text = reading.front;
  const known = SIGNATURES.find(([pattern]) => pattern.test(text));
  const keys = listKeys(text);
  if (known === undefined) return text.includes('\ufffd') ? 'binary data' : 'plain text';
  return keys.length === 0 ? known[1] : `${known[1]} (with the keys ${keys.join(', ')})`;
}

function listKeys(text: string): string[] {
  const keys = [...text.matchAll(/"([A-Za-z_][\w.-]{0,30})"\s*:/g)].map((match) => match[1] ?? '');
  return [...new Set(keys)].slice(0, 5);
}
