import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Answer } from './simulator-answer.ts';
import type { FaultAction } from './simulator-fault.ts';

/** Below it a body is sent as it is, as Okta's front does. */
const MIN_GZIP_BYTES = 1024;

/** Writes an answer as bytes, whole or broken as a fault asks. */
export function sendAnswer({
  request,
  response,
  answer,
  fault,
}: {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly answer: Answer;
  readonly fault: FaultAction | null;
}): void {
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  const isHtml = typeof answer.body === 'string' && answer.body.startsWith('<');
  const takesGzip = String(request.headers['accept-encoding'] ?? '').includes('gzip');
  const isDamaged = fault?.kind === 'damaged-gzip';
  const isCompressed = takesGzip && (isDamaged || text.length > MIN_GZIP_BYTES);
  const bytes = isCompressed ? gzipSync(text, { level: 1 }) : Buffer.from(text);
  if (isDamaged) bytes.fill(0x55, bytes.length >> 1, (bytes.length >> 1) + 8);
  response.statusCode = answer.status;
  response.setHeader('Content-Type', isHtml ? 'text/html' : 'application/json');
  if (isCompressed) response.setHeader('Content-Encoding', 'gzip');
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  if (fault?.kind === 'missing-headers') {
    for (const name of fault.names) response.removeHeader(name);
    response.sendDate = !fault.names.includes('Date');
  }
  if (fault?.kind === 'other-headers') {
    for (const [name, value] of Object.entries(fault.headers)) response.setHeader(name, value);
  }
  response.setHeader('Content-Length', bytes.length);
  if (fault?.kind === 'dripping-body') {
    drip(response, bytes);
    return;
  }
  if (fault?.kind !== 'cut-body' && fault?.kind !== 'stalled-body') {
    response.end(bytes);
    return;
  }
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
    if (fault.kind === 'cut-body') response.destroy();
  });
}

function drip(response: ServerResponse, bytes: Buffer): void {
  let sent = 0;
  const timer = setInterval(() => {
    response.write(bytes.subarray(sent, sent + 1));
    sent += 1;
  }, 100);
  response.on('close', () => clearInterval(timer));
}
