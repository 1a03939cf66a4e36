import http, { type Agent, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { isRecord } from '../../../model/log-event.ts';
import { collectBytes } from './collect-bytes.ts';
import type { Deadlines } from './okta-runtime.ts';
import { releaseBytes } from './release-bytes.ts';

/** A request as the SDK hands it over. */
export interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer that has arrived to its last byte, in the form that the SDK reads. */
export interface HttpAnswer {
  readonly status: number;
  readonly url: string;
  readonly headers: {
    get(name: string): string | null;
    forEach(visit: (value: string, name: string) => void): void;
  };
  /** The body, decompressed. */
  readonly bytes: Buffer;
  text(): Promise<string>;
  json(): Promise<unknown>;
}

/** `unreachable`: no connection; `timeout`: a deadline passed; `cut`: the connection ended before the answer did. */
export type HttpTrouble = 'unreachable' | 'timeout' | 'cut';

/** One attempt that brought no whole answer. The message holds neither headers nor query. */
export class HttpAttemptError extends Error {
  override readonly name = 'HttpAttemptError';
  readonly trouble: HttpTrouble;
  /** Node's code of a network error, such as ENOTFOUND. */
  readonly code: string | null;

  constructor(trouble: HttpTrouble, message: string, code: string | null = null) {
    super(message);
    this.trouble = trouble;
    this.code = code;
  }
}

const inflate = promisify(gunzip);

/** A page of the log is a few megabytes; whoever stands on the way may send without end, or a few bytes that inflate without. */
const MOST_BYTES = 1 << 27;

/**
 * Sends one request and reads the whole answer; redirects are answers like any other.
 * It ends in any case: by a deadline to the first byte, then between bytes, and one for the whole.
 * @throws HttpAttemptError where no whole answer came.
 */
export async function attemptHttp(
  request: HttpRequest,
  options: { readonly agent: Agent | null; readonly deadlines: Deadlines },
): Promise<HttpAnswer> {
  const { response, bytes: sent } = await exchange(request, options);
  const bytes = await decode(response, sent);
  const { headers } = response;
  return {
    status: response.statusCode ?? 0,
    url: request.url,
    headers: {
      get(name) {
        const value = headers[name.toLowerCase()];
        return Array.isArray(value) ? value.join(', ') : (value ?? null);
      },
      forEach(visit) {
        for (const [name, value] of Object.entries(headers)) visit(String(value), name);
      },
    },
    bytes,
    text: async () => bytes.toString('utf8'),
    json: async () => JSON.parse(bytes.toString('utf8')),
  };
}

function exchange(
  request: HttpRequest,
  { agent, deadlines }: { readonly agent: Agent | null; readonly deadlines: Deadlines },
): Promise<{ readonly response: IncomingMessage; readonly bytes: Buffer }> {
  const { promise, resolve, reject } = withResolvers<{
    response: IncomingMessage;
    bytes: Buffer;
  }>();
  const send = request.url.startsWith('https:') ? https.request : http.request;
  const { method, body } = request;
  const headers = { ...request.headers, 'Accept-Encoding': 'gzip' };
  const outgoing = send(request.url, { method, headers, ...(agent === null ? {} : { agent }) });
  const stopTimers = () => {
    clearTimeout(timer);
    clearTimeout(wholeTimer);
  };
  const failWith = (error: HttpAttemptError) => {
    stopTimers();
    reject(error);
    outgoing.destroy();
  };
  const startTimer = (limitMs: number, awaited: string) =>
    setTimeout(() => {
      failWith(new HttpAttemptError('timeout', `no ${awaited} within ${limitMs / 1000} s`));
    }, limitMs);
  let timer = startTimer(deadlines.firstByteMs, 'answer');
  const wholeTimer = startTimer(deadlines.wholeMs, 'whole answer');

  outgoing.on('error', (error) => failWith(describeError(error)));
  outgoing.on('response', (response) => {
    const collected = collectBytes(Number(response.headers['content-length'] ?? 0));
    const restartTimer = () => {
      clearTimeout(timer);
      timer = startTimer(deadlines.betweenBytesMs, 'further byte');
    };
    restartTimer();
    let received = 0;
    response.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received > MOST_BYTES) return failWith(tooLarge());
      collected.add(chunk);
      restartTimer();
    });
    response.on('error', () => failWith(cutShort()));
    response.on('close', () => {
      if (!response.complete) return failWith(cutShort());
      stopTimers();
      resolve({ response, bytes: collected.take() });
    });
  });
  outgoing.end(body);
  return promise;
}

function cutShort(): HttpAttemptError {
  return new HttpAttemptError('cut', 'the connection ended before the answer did');
}

function tooLarge(): HttpAttemptError {
  return new HttpAttemptError('cut', `it is larger than ${MOST_BYTES / 2 ** 20} MB`);
}

async function decode(response: IncomingMessage, bytes: Buffer): Promise<Buffer> {
  const encoding = response.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity' || bytes.length === 0) return bytes;
  if (encoding !== 'gzip') {
    throw new HttpAttemptError(
      'cut',
      `the answer is encoded as ${encoding}, which was not asked for`,
    );
  }
  try {
    const options = { chunkSize: guessInflatedSize(bytes), maxOutputLength: MOST_BYTES };
    const inflated = await inflate(bytes, options);
    releaseBytes(bytes);
    return inflated;
  } catch (thrown) {
    if (isRecord(thrown) && thrown['code'] === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new HttpAttemptError('cut', 'the compressed answer is damaged');
  }
}

const SMALLEST_CHUNK = 1 << 16;
const LARGEST_CHUNK = 1 << 25;

/**
 * How much room the inflated bytes take, and a little more, so that they are written once and in one piece: the last
 * four bytes of a gzip member tell (RFC 1952). Where they are wrong it only takes more pieces.
 */
function guessInflatedSize(bytes: Buffer): number {
  const told = bytes.length < 4 ? 0 : bytes.readUInt32LE(bytes.length - 4);
  return Math.min(Math.max(told + 64, SMALLEST_CHUNK), LARGEST_CHUNK);
}

function describeError(error: NodeJS.ErrnoException): HttpAttemptError {
  if (error instanceof HttpAttemptError) return error;
  const code = error.code ?? null;
  const isCut = code === 'ECONNRESET' || code === 'EPIPE';
  return new HttpAttemptError(isCut ? 'cut' : 'unreachable', code ?? 'connection failed', code);
}

/** `Promise.withResolvers`, which Node 20 lacks. */
function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => {};
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<Value>((onValue, onReason) => {
    resolve = onValue;
    reject = onReason;
  });
  return { promise, resolve, reject };
}
