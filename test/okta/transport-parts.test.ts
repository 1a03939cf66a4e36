import { once } from 'node:events';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { OktaCredentials } from '../../src/model/audit-plan.ts';
import { exactEventTypes } from '../../src/model/event-type-set.ts';
import { DAY_MS } from '../../src/model/time-window.ts';
import { parseNextLink } from '../../src/sources/okta/log/parse-next-link.ts';
import { attemptHttp } from '../../src/sources/okta/transport/attempt-http.ts';
import { chooseProxy } from '../../src/sources/okta/transport/choose-proxy.ts';
import { makeFailure, type OktaFailure } from '../../src/sources/okta/transport/okta-failure.ts';
import { DEADLINES } from '../../src/sources/okta/transport/okta-runtime.ts';
import { planRetry } from '../../src/sources/okta/transport/plan-retry.ts';
import { quoteWords } from '../../src/sources/okta/transport/quote-words.ts';
import { readRateLimit } from '../../src/sources/okta/transport/read-rate-limit.ts';
import { createServiceApp } from '../simulators/okta/service-app.ts';
import { BY_TOKEN, NOW, openTenant } from './simulated-tenant.ts';

const PAGE = new URL('https://acme.okta.example/api/v1/logs?limit=1000');
const NEXT = 'https://acme.okta.example/api/v1/logs?limit=1000&after=1627500044869_1';

describe('the next link', () => {
  test.each<[string, string | null, string | null]>([
    ['no header', null, null],
    ['self alone', `<${PAGE}>; rel="self"`, null],
    ['self and next', `<${PAGE}>; rel="self", <${NEXT}>; rel="next"`, NEXT],
    ['next first', `<${NEXT}>; rel="next", <${PAGE}>; rel="self"`, NEXT],
    ['without quotes', `<${NEXT}>; rel=next`, NEXT],
    ['other parameters', `<${NEXT}>; title="x"; rel="next"`, NEXT],
    ['a filter with commas', `<${NEXT}&filter=a,b>; rel="next"`, `${NEXT}&filter=a,b`],
    [
      'a path alone',
      '</api/v1/logs?after=1>; rel="next"',
      'https://acme.okta.example/api/v1/logs?after=1',
    ],
    [
      'a very long filter',
      `<${NEXT}&filter=${'x'.repeat(6000)}>; rel="next"`,
      `${NEXT}&filter=${'x'.repeat(6000)}`,
    ],
  ])('is found in a header with %s', (_, header, next) => {
    expect(parseNextLink(header, PAGE)).toEqual(next === null ? null : new URL(next));
  });

  test.each([
    'https://acme.okta.example.evil.example/api/v1/logs?after=1',
    'http://acme.okta.example/api/v1/logs?after=1',
    'https://acme.okta.example:8443/api/v1/logs?after=1',
    'https://acme.okta.example/api/v1/users',
    '//other.example/api/v1/logs',
    'https://[',
  ])('to %s is refused', (target) => {
    expect(parseNextLink(`<${target}>; rel="next"`, PAGE)).toMatchObject({
      error: { code: 'okta-foreign-link' },
    });
  });
});

describe('an answer without end', () => {
  const MEGABYTE = 2 ** 20;
  const bomb = gzipSync(Buffer.alloc(200 * MEGABYTE));

  test.each<[string, (response: ServerResponse) => void]>([
    [
      'that a few bytes inflate to',
      (response) => {
        response.setHeader('Content-Encoding', 'gzip');
        response.end(bomb);
      },
    ],
    [
      'as it is',
      (response) => {
        Readable.from(repeat(Buffer.alloc(MEGABYTE), 200)).pipe(response);
      },
    ],
  ])('%s is not taken', async (_, answer) => {
    const server = createHttpServer((_request, response) => answer(response)).listen(
      0,
      '127.0.0.1',
    );
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const request = { url: `http://127.0.0.1:${port}/`, method: 'GET', headers: {} };
    const attempt = attemptHttp(request, { agent: null, deadlines: DEADLINES });
    const trouble = await attempt.then(
      ({ bytes }) => `took ${bytes.length} bytes`,
      (thrown: unknown) => String(thrown),
    );
    expect(trouble).toBe('HttpAttemptError: it is larger than 128 MB');
  });
});

function* repeat(bytes: Buffer, times: number): Generator<Buffer> {
  for (let sent = 0; sent < times; sent++) yield bytes;
}

describe('the proxy', () => {
  const ORG = 'https://acme.okta.example';
  test.each<[string, Record<string, string>, string | null]>([
    [ORG, {}, null],
    [ORG, { https_proxy: 'http://proxy.example:3128' }, 'http://proxy.example:3128/'],
    [ORG, { HTTPS_PROXY: 'proxy.example:3128' }, 'http://proxy.example:3128/'],
    [ORG, { http_proxy: 'http://proxy.example' }, null],
    [
      ORG,
      { https_proxy: 'http://a.example', HTTPS_PROXY: 'http://b.example' },
      'http://a.example/',
    ],
    [ORG, { https_proxy: 'http://a.example', no_proxy: 'okta.example' }, null],
    [ORG, { https_proxy: 'http://a.example', NO_PROXY: 'x.example, .okta.example' }, null],
    [ORG, { https_proxy: 'http://a.example', no_proxy: 'acme.okta.example:443' }, null],
    [ORG, { https_proxy: 'http://a.example', no_proxy: 'kta.example' }, 'http://a.example/'],
    [ORG, { https_proxy: 'http://a.example', no_proxy: '*' }, null],
    ['http://127.0.0.1:8080', { https_proxy: 'http://a.example' }, null],
    ['https://localhost:8443', { https_proxy: 'http://a.example' }, null],
    ['https://[::1]:8443', { https_proxy: 'http://a.example' }, null],
  ])('to %s with %j is %s', (origin, env, proxy) => {
    expect(chooseProxy(new URL(origin), env)?.href ?? null).toBe(proxy);
  });

  const app = createServiceApp();
  const { clientId } = app.client;
  const privateKey = app.privateKeyPem;

  test.each<OktaCredentials>([
    BY_TOKEN,
    { kind: 'service-app', clientId, privateKey, keyId: null },
  ])('is asked for a tunnel to the org, with its own credentials: $kind', async (credentials) => {
    const { host, asked } = await openProxy('403 Forbidden');
    const env = { https_proxy: `http://me:s%40crit%@${host}` };
    const error = await readThrough(env, credentials);
    expect(error).toMatchObject({
      code: 'okta-not-an-org',
      hint: expect.stringContaining('proxy'),
    });
    expect(String(error)).not.toContain('s@crit%');
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(/^CONNECT acme\.okta\.example:443 HTTP\/1\.1\r\n/);
    expect(asked[0]).toContain(`Basic ${Buffer.from('me:s@crit%').toString('base64')}`);
  });

  test('that wants a password is told apart from the org', async () => {
    const { host } = await openProxy('407 Proxy Authentication Required');
    const error = await readThrough({ https_proxy: host }, BY_TOKEN);
    expect(error).toMatchObject({
      code: 'okta-unreachable',
      message: `Could not reach acme.okta.example: the proxy ${host} wants a user and a password (HTTP 407).`,
      hint: expect.stringContaining('https_proxy'),
    });
  });

  test('that cannot be found is named', async () => {
    const error = await readThrough(
      { https_proxy: 'http://me:s3cret@proxy.invalid:3128' },
      BY_TOKEN,
    );
    expect(error).toMatchObject({
      code: 'okta-unreachable',
      message: expect.stringMatching(
        /^Could not reach acme\.okta\.example through the proxy proxy\.invalid:3128: /,
      ),
      hint: expect.stringContaining('no_proxy'),
    });
    expect(String(error)).not.toContain('s3cret');
  });

  test('that is no URL is an error that names the variable', async () => {
    const error = await readThrough({ https_proxy: 'http://user:s3cret@:bad' }, BY_TOKEN);
    expect(error).toMatchObject({
      code: 'okta-unreachable',
      message: expect.stringContaining('https_proxy'),
    });
    expect(String(error)).not.toContain('s3cret');
  });

  /** A proxy that opens no tunnel, and what it was asked. */
  async function openProxy(status: string): Promise<{ host: string; asked: string[] }> {
    const asked: string[] = [];
    const proxy = createServer((socket) => {
      socket.once('data', (bytes) => {
        asked.push(bytes.toString());
        socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`);
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void proxy.close());
    const address = proxy.address();
    return { host: `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, asked };
  }

  async function readThrough(
    env: Record<string, string>,
    credentials: OktaCredentials,
  ): Promise<unknown> {
    const tenant = await openTenant({ orgUrl: ORG, credentials, runtime: { env } });
    const window = { sinceMs: NOW - DAY_MS, untilMs: NOW };
    const needs = [{ eventTypes: exactEventTypes(['a']), window }];
    return tenant.read({ window, needs }).catch((thrown: unknown) => thrown);
  }
});

describe('a retry', () => {
  const AGAIN = failure({ next: 'repeat' });

  test.each<[string, Partial<Parameters<typeof planRetry>[0]>, number | null]>([
    ['the first time after about a second', {}, 750],
    ['later after twice as long', { attempts: 3 }, 3_000],
    ['not more than four times', { attempts: 5 }, null],
    ['not at all where nothing would change', { failure: failure({ next: 'stop' }) }, null],
    ['at once where something was changed', { failure: failure({ next: 'at-once' }) }, 0],
    ['as long as Okta asks', { failure: failure({ next: 'wait', waitMs: 40_000 }) }, 41_500],
    [
      'at least a second, however stale the reset is',
      {
        failure: failure({ next: 'wait', waitMs: -90_000 }),
      },
      1_000,
    ],
    [
      'at most two minutes, however far the reset is',
      {
        failure: failure({ next: 'wait', waitMs: 9e9 }),
      },
      120_000,
    ],
    ['with pauses where Okta names no time', { failure: failure({ next: 'wait' }) }, 750],
    [
      'up to eight times for the rate limit',
      { attempts: 8, failure: failure({ next: 'wait', waitMs: 0 }) },
      1_500,
    ],
    ['and no more', { attempts: 9, failure: failure({ next: 'wait', waitMs: 0 }) }, null],
    [
      'only twice more after a deadline',
      {
        attempts: 3,
        failure: failure({ next: 'repeat', code: 'okta-timeout' }),
      },
      null,
    ],
    ['no more after ten minutes', { spentMs: 600_000 }, null],
  ])('comes %s', (_, change, waitMs) => {
    const situation = { failure: AGAIN, attempts: 1, spentMs: 0, random: 0.5, ...change };
    expect(planRetry(situation)).toBe(waitMs);
  });

  function failure(parts: {
    next: OktaFailure['next'];
    waitMs?: number;
    code?: 'okta-timeout';
  }): OktaFailure {
    return makeFailure({ code: 'okta-unexpected-response', message: 'm', hint: 'h', ...parts });
  }
});

describe('rate limit headers', () => {
  const GOOD = {
    'x-rate-limit-limit': '120',
    'x-rate-limit-remaining': '60',
    'x-rate-limit-reset': String(Date.parse('2026-11-23T02:18:00Z') / 1000),
    date: 'Mon, 23 Nov 2026 02:17:20 GMT',
  };

  test('are read against the clock of the server', () => {
    expect(readRateLimit(headers(GOOD))).toEqual({ limit: 120, remaining: 60, resetInMs: 40_000 });
  });

  test.each([
    { date: '' },
    { 'x-rate-limit-reset': '1795400280, 1795400340' },
    { 'x-rate-limit-limit': '' },
    { 'x-rate-limit-remaining': '-1' },
  ])('are not believed with %j', (change) => {
    expect(readRateLimit(headers({ ...GOOD, ...change }))).toBeNull();
  });

  function headers(values: Record<string, string>) {
    return { get: (name: string) => values[name] || null, forEach: () => {} };
  }
});

test('words of a server lose what looks like a secret, and their length', () => {
  const jwt = `eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9xxxxx.${'a'.repeat(40)}.${'b'.repeat(43)}`;
  expect(quoteWords(`The token ${jwt}\nis bad`)).toBe('The token *** is bad');
  expect(quoteWords('word '.repeat(100))).toHaveLength(203);
  expect(quoteWords('The scope okta.logs.read is missing')).toBe(
    'The scope okta.logs.read is missing',
  );
});

test('deadlines outlast the 30 seconds after which Okta gives up', () => {
  expect(DEADLINES).toEqual({ firstByteMs: 40_000, betweenBytesMs: 10_000, wholeMs: 180_000 });
});
