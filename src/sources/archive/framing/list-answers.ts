import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { decodeText } from '../formats/decode-text.ts';
import { isJsonText, readPath, readRawText } from '../formats/read-raw-record.ts';

const LOG_ADDRESS = /\/logs(?:[/?#]|$)/;

/**
 * What a browser that saved its traffic was answered when it asked for the log, or what holds events wherever it came from; null
 * where a value is no such file, or nothing in it is of the log. All else that a page loads is no lost record.
 * Source: https://w3c.github.io/web-performance/specs/HAR/Overview.html
 */
export function listAnswers(value: RawEvent): readonly unknown[] | null {
  const entries = readPath(value, 'log', 'entries');
  if (!Array.isArray(entries) || !entries.every(hasResponse)) return null;
  const answers = entries.flatMap(readAnswer);
  return answers.length === 0 ? null : answers;
}

function hasResponse(entry: unknown): boolean {
  return isRecord(readPath(entry, 'response'));
}

/** Browsers leave out what they no longer hold: the entry then stands for what is lost. */
function readAnswer(entry: unknown): readonly unknown[] {
  const text = readContent(readPath(entry, 'response', 'content'));
  const isOfLog = LOG_ADDRESS.test(String(readPath(entry, 'request', 'url')));
  const holdsEvents = isJsonText(text) && text.includes('"eventType"');
  if (!isOfLog && !holdsEvents) return [];
  return [text === null ? entry : readRawText(text)];
}

function readContent(content: unknown): string | null {
  const text = readPath(content, 'text');
  if (typeof text !== 'string') return null;
  const isEncoded = readPath(content, 'encoding') === 'base64';
  if (!isEncoded) return text;
  return decodeText(text) ?? Buffer.from(text, 'base64').toString('utf8');
}
