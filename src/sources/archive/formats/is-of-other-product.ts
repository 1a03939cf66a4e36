import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { readPath, readRawText } from './read-raw-record.ts';

/** Where collectors name the product that a record is of. */
const NAMES: readonly (readonly string[])[] = [
  ['metadata', 'product', 'vendor_name'],
  ['p_log_type'],
  ['event', 'module'],
  ['event', 'dataset'],
  ['data_stream', 'dataset'],
  ['sourcetype'],
  ['eventSource'],
  ['EventVendor'],
  ['EventProduct'],
];
/** Names of a form and of no product. */
const OF_ANY = /^(?:_?json\w*|csv|generic\w*|http\w*|stash|syslog|unknown|undefined|too_small|)$/i;
/**
 * What Lambda calls the queue or the stream that called it, with whatever was in there; Splunk knows some of them too.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
 */
const CARRIER =
  /^(?:aws:(?:kinesis|firehose|sqs|sns|kafka|amq|rmq|s3|dynamodb)(?::(?:json|csv|text|raw))?|SelfManagedKafka)$/i;
/** What is left of a record that was cut apart at its lines, or what gzip packed and was written in base64. */
const PIECE = /"|^\s*[{}[\],]|^\s*H4sI/;

/**
 * Says whether the envelope of a record names the product that it is of, and Okta is none of the names: searches and log stores
 * often hold several. What names none may have been Okta's, and so may a text that is a piece of JSON, or packed.
 */
export function isOfOtherProduct(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const inner = value['_source'] ?? value['result'];
  const record = isRecord(inner) ? inner : value;
  const names = listNames(record);
  return names.length > 0 && !names.some((name) => /okta/i.test(name)) && !holdsPiece(record);
}

function holdsPiece(value: unknown): boolean {
  if (typeof value === 'string') return PIECE.test(value) && typeof readRawText(value) === 'string';
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsPiece);
}

function listNames(record: RawEvent): string[] {
  const named = NAMES.map((path) => record[path.join('.')] ?? readPath(record, ...path));
  const isSourceProduct = 'detail-type' in record || isRecord(record['attributes']);
  return [...named, isSourceProduct ? record['source'] : null].flatMap((name) =>
    typeof name === 'string' && !OF_ANY.test(name) && !CARRIER.test(name) ? [name] : [],
  );
}
