import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { importJWK, type JWK, SignJWT } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { isRecord, type RawEvent } from '../../src/model/log-event.ts';
import { DAY_MS, MINUTE_MS } from '../../src/model/time-window.ts';
import {
  generateNoise,
  NOISE_EVENT_TYPES,
  person,
  signIn,
} from '../simulators/okta/build-event.ts';
import { createAnswerValidator } from '../simulators/okta/openapi-answers.ts';
import { compileFilter } from '../simulators/okta/scim-filter.ts';
import { createServiceApp } from '../simulators/okta/service-app.ts';
import {
  type OktaSimulator,
  type OktaSimulatorOptions,
  startOktaSimulator,
} from '../simulators/okta/start-okta-simulator.ts';

const NOW = Date.parse('2026-11-23T02:17:00Z');
const TOKEN = 'simulated';
const OMAR = person('omar.lind@example.com');

async function start(
  options: Partial<OktaSimulatorOptions> = {},
): Promise<OktaSimulator & { get(path: string): Promise<Got> }> {
  const simulator = await startOktaSimulator({
    now: () => NOW,
    tokens: [{ token: TOKEN, role: 'SUPER_ADMIN' }],
    ...options,
  });
  onTestFinished(() => simulator.close());
  const get = async (path: string) => {
    const url = path.startsWith('http') ? path : simulator.url + path;
    return read(await fetch(url, { headers: { Authorization: `SSWS ${TOKEN}` } }));
  };
  return { ...simulator, get };
}

interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly next: string | null;
}

async function read(response: Response): Promise<Got> {
  const link = response.headers.get('link') ?? '';
  return {
    status: response.status,
    headers: response.headers,
    body: await response.json(),
    next: /<([^>]*)>; rel="next"/.exec(link)?.[1] ?? null,
  };
}

function eventsOf({ body }: Got): RawEvent[] {
  if (!Array.isArray(body)) throw new Error(`no list of events: ${JSON.stringify(body)}`);
  return body;
}

function fieldOf({ body }: Got, name: string): string {
  return isRecord(body) ? String(body[name]) : '';
}

function minutely(count: number) {
  return Array.from({ length: count }, (_, index) =>
    signIn({ user: OMAR, at: NOW - DAY_MS + index * MINUTE_MS }),
  );
}

const SINCE = new Date(NOW - DAY_MS).toISOString();
const UNTIL = new Date(NOW).toISOString();

describe('bounded queries', () => {
  test('give every event once, in order, and end at the missing next link', async () => {
    const org = await start({ events: minutely(250).reverse() });
    const times: string[] = [];
    let next: string | null = `/api/v1/logs?since=${SINCE}&until=${UNTIL}`;
    let pages = 0;
    while (next !== null) {
      const got: Got = await org.get(next);
      times.push(...eventsOf(got).map((event) => String(event['published'])));
      next = got.next;
      pages += 1;
    }
    expect(pages).toBe(3);
    expect(times).toEqual(minutely(250).map((event) => event['published']));
  });

  test('go backwards too', async () => {
    const org = await start({ events: minutely(5) });
    const got = await org.get(
      `/api/v1/logs?since=${SINCE}&until=${UNTIL}&sortOrder=DESCENDING&limit=3`,
    );
    const rest = await org.get(got.next ?? '');
    const times = [...eventsOf(got), ...eventsOf(rest)].map((event) => event['published']);
    expect(times).toEqual(
      minutely(5)
        .map((event) => event['published'])
        .reverse(),
    );
    expect(rest.next).toBeNull();
  });

  test('miss what Okta has not persisted yet, and polling finds it later', async () => {
    let nowMs = NOW;
    const org = await start({ events: minutely(3), now: () => nowMs });
    const polled = await org.get(`/api/v1/logs?since=${SINCE}`);
    org.addEvents([signIn({ user: OMAR, at: NOW - DAY_MS + 30_000 })], NOW + 5 * MINUTE_MS);
    expect(eventsOf(await org.get(`/api/v1/logs?since=${SINCE}&until=${UNTIL}`))).toHaveLength(3);
    nowMs += 10 * MINUTE_MS;
    expect(eventsOf(await org.get(`/api/v1/logs?since=${SINCE}&until=${UNTIL}`))).toHaveLength(4);
    const later = await org.get(polled.next ?? '');
    expect(eventsOf(later)).toHaveLength(1);
    expect(later.next).not.toBeNull();
  });

  test('succeed with nothing beyond 90 days, and are refused beyond 180', async () => {
    const org = await start({ events: [signIn({ user: OMAR, at: NOW - 100 * DAY_MS })] });
    const at = (days: number) => new Date(NOW - days * DAY_MS).toISOString();
    const silent = await org.get(`/api/v1/logs?since=${at(110)}&until=${at(95)}`);
    expect(silent).toMatchObject({ status: 200, body: [], next: null });
    const refused = await org.get(`/api/v1/logs?since=${at(181)}&until=${at(95)}`);
    expect(refused).toMatchObject({ status: 400, body: { errorCode: 'E0000053' } });
  });

  test.each([
    'after=MTc6MQ_0123456789abcdef',
    'limit=1001',
    'filter=published gt "2026-01-01T00:00:00Z"',
    'filter=target[type eq "User"]',
    'filter=debugContext.debugData.url co "x"',
    'filter=eventType eq',
    'since=yesterday',
    'since=Mon Nov 23 2026',
    'q=a b c d e f g h i j k',
  ])('with %s are refused', async (query) => {
    const org = await start();
    expect(await org.get(`/api/v1/logs?${query}`)).toMatchObject({
      status: 400,
      body: { errorCode: 'E0000001' },
    });
  });

  test('take a cursor for the query it came from alone', async () => {
    const org = await start({ events: minutely(5) });
    const query = `/api/v1/logs?since=${SINCE}&until=${UNTIL}&limit=2`;
    const { next } = await org.get(query);
    expect((await org.get(next ?? '')).status).toBe(200);
    const after = new URL(next ?? '').searchParams.get('after');
    const other = await org.get(`${query}&filter=eventType pr&after=${after}`);
    expect(other.status).toBe(400);
  });

  test('find keywords anywhere', async () => {
    const org = await start({
      events: [...minutely(2), signIn({ user: person('eva.q@example.com'), at: NOW - MINUTE_MS })],
    });
    const got = await org.get(`/api/v1/logs?since=${SINCE}&until=${UNTIL}&q=EVA.Q`);
    expect(eventsOf(got)).toHaveLength(1);
  });
});

test('the rate limit is a window that the whole org shares', async () => {
  let nowMs = NOW;
  const org = await start({ now: () => nowMs, rateLimit: { limit: 3, takenByOthers: 1 } });
  const seen = [];
  for (let index = 0; index < 3; index++) {
    const { status, headers } = await org.get('/api/v1/logs');
    seen.push([status, headers.get('x-rate-limit-remaining')]);
  }
  expect(seen).toEqual([
    [200, '1'],
    [200, '0'],
    [429, '0'],
  ]);
  nowMs += 60_000;
  expect((await org.get('/api/v1/logs')).status).toBe(200);
});

describe('filters', () => {
  const event = {
    eventType: 'user.session.start',
    outcome: { result: 'SUCCESS', reason: null },
    securityContext: { isProxy: false, asNumber: 64496 },
    target: [
      { id: '1', type: 'User' },
      { id: '2', type: 'AppInstance' },
    ],
  };
  test.each<[string, boolean]>([
    ['eventType eq "user.session.start"', true],
    ['eventType sw "user.session." and outcome.result eq "SUCCESS"', true],
    ['eventType ew ".end" or eventType co "session"', true],
    ['eventType ne "user.session.start"', false],
    ['securityContext.isProxy eq false', true],
    ['securityContext.isProxy eq "false"', true],
    ['securityContext.isProxy eq "true"', false],
    ['securityContext.asNumber gt 64000', true],
    ['target.id eq "2"', true],
    ['target.id eq "3"', false],
    ['not (target.type eq "User")', false],
    ['outcome.reason pr', false],
    ['outcome.result pr', true],
    ['client.ipAddress pr', false],
    ['eventType eq "a" and eventType eq "b" or eventType pr', true],
    ['eventType eq "a" and (eventType eq "b" or eventType pr)', false],
  ])('%s is %s', (filter, expected) => {
    expect(compileFilter(filter)(event)).toBe(expected);
  });
});

describe("Okta's description of its answers", () => {
  const description = parse(
    readFileSync(new URL('../data/okta-openapi-audit.yaml', import.meta.url), 'utf8'),
  );
  const { examples } = description.components;

  test.each([
    ['LogEvent', examples.ListLogs.value[0]],
    ['OktaSupportCases', examples.OktaSupportCases.value],
  ] as const)('does not fit its own example of %s before it is relaxed', (schema, example) => {
    expect(() => createAnswerValidator({ relaxed: false }).check(schema, example)).toThrow();
    expect(() => createAnswerValidator().check(schema, example)).not.toThrow();
  });

  test('fits its other examples', () => {
    const validator = createAnswerValidator();
    validator.check('LogEvent', examples.ListLogsWithAdditionalSecurityContext.value);
    validator.check('Error', examples.ErrorAccessDenied.value);
  });

  test('makes the simulator refuse to send what it does not allow', async () => {
    const event = { ...signIn({ user: OMAR, at: NOW - MINUTE_MS }), severity: 'LOUD' };
    const org = await start({ events: [event] });
    const response = await fetch(`${org.url}/api/v1/logs`, {
      headers: { Authorization: `SSWS ${TOKEN}` },
    });
    expect(response.status).toBe(599);
    expect(await response.text()).toContain('not a LogEvent as Okta describes it: /severity');
  });
});

describe('the token endpoint', () => {
  const app = createServiceApp();
  const { clientId } = app.client;

  async function signAssertion(origin: string, claims: Record<string, unknown> = {}) {
    const key = await importJWK(JSON.parse(app.privateKeyJwk) as JWK, 'RS256');
    const nowS = Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: clientId,
      sub: clientId,
      aud: `${origin}/oauth2/v1/token`,
      exp: nowS + 300,
      jti: randomUUID(),
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', kid: app.keyId })
      .sign(key);
  }

  async function signProof(claims: Record<string, unknown>, jwk = app.privateKeyJwk) {
    const { n, e, kty } = JSON.parse(jwk);
    const key = await importJWK(JSON.parse(jwk) as JWK, 'RS256');
    return new SignJWT({ jti: randomUUID(), iat: Math.floor(Date.now() / 1000), ...claims })
      .setProtectedHeader({ alg: 'RS256', typ: 'dpop+jwt', jwk: { n, e, kty } })
      .sign(key);
  }

  async function askToken(origin: string, assertion: string, proof?: string) {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'okta.logs.read',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    });
    const headers = proof === undefined ? {} : { DPoP: proof };
    return read(await fetch(`${origin}/oauth2/v1/token`, { method: 'POST', body, headers }));
  }

  test.each<[string, Record<string, unknown>]>([
    ['another audience', { aud: 'https://other.example/oauth2/v1/token' }],
    ['another issuer', { iss: 'somebody' }],
    ['an end in the past', { exp: 1_700_000_000 }],
    ['an end too far', { exp: Math.floor(Date.now() / 1000) + 7_200 }],
    ['no jti', { jti: undefined }],
  ])('refuses an assertion with %s', async (_, claims) => {
    const org = await start({ clients: [{ ...app.client, requiresDpop: false }] });
    const refused = await askToken(org.url, await signAssertion(org.url, claims));
    expect(refused).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  test('takes an assertion once', async () => {
    const org = await start({ clients: [{ ...app.client, requiresDpop: false }] });
    const assertion = await signAssertion(org.url);
    expect((await askToken(org.url, assertion)).status).toBe(200);
    expect(fieldOf(await askToken(org.url, assertion), 'error_description')).toContain('jti');
  });

  test('asks for a nonce, and refuses a proof without one, for another URL, or none at all', async () => {
    const org = await start({ clients: [app.client] });
    const htu = `${org.url}/oauth2/v1/token`;
    const ask = async (proof?: string) => askToken(org.url, await signAssertion(org.url), proof);
    expect(fieldOf(await ask(), 'error')).toBe('invalid_dpop_proof');
    const challenge = await ask(await signProof({ htm: 'POST', htu }));
    expect(challenge).toMatchObject({ status: 400, body: { error: 'use_dpop_nonce' } });
    const nonce = challenge.headers.get('dpop-nonce');
    const elsewhere = { htm: 'POST', htu: `${org.url}//oauth2/v1/token`, nonce };
    expect(fieldOf(await ask(await signProof(elsewhere)), 'error')).toBe('invalid_dpop_proof');
    expect((await ask(await signProof({ htm: 'POST', htu, nonce: 'made-up' }))).status).toBe(400);
    const granted = await ask(await signProof({ htm: 'POST', htu, nonce }));
    expect(fieldOf(granted, 'token_type')).toBe('DPoP');
  });

  test('binds a token to its key: proofs are used once, for one request, by one key', async () => {
    const org = await start({ clients: [app.client], events: minutely(1) });
    const htu = `${org.url}/oauth2/v1/token`;
    const challenge = await askToken(
      org.url,
      await signAssertion(org.url),
      await signProof({ htm: 'POST', htu }),
    );
    const nonce = challenge.headers.get('dpop-nonce');
    const granted = await askToken(
      org.url,
      await signAssertion(org.url),
      await signProof({ htm: 'POST', htu, nonce }),
    );
    const token = fieldOf(granted, 'access_token');
    const ath = createHash('sha256').update(token).digest('base64url');
    const logs = `${org.url}/api/v1/logs`;
    const get = async (proof: string, scheme = 'DPoP') => {
      const headers = { Authorization: `${scheme} ${token}`, DPoP: proof };
      return (await fetch(`${logs}?limit=1`, { headers })).status;
    };
    const good = await signProof({ htm: 'GET', htu: logs, ath });
    expect(await get(good)).toBe(200);
    expect(await get(good)).toBe(400);
    expect(await get(await signProof({ htm: 'GET', htu: logs, ath }), 'Bearer')).toBe(401);
    expect(await get(await signProof({ htm: 'POST', htu: logs, ath }))).toBe(400);
    expect(await get(await signProof({ htm: 'GET', htu: logs }))).toBe(400);
    expect(await get(await signProof({ htm: 'GET', htu: logs, ath, iat: 1_700_000_000 }))).toBe(
      400,
    );
    const thief = createServiceApp();
    expect(await get(await signProof({ htm: 'GET', htu: logs, ath }, thief.privateKeyJwk))).toBe(
      401,
    );
  });
});

describe('noise', () => {
  const asked = { seed: 1, from: NOW - 7 * DAY_MS, to: NOW, count: 2_000 };

  test('is the same for the same seed, and other for another', () => {
    expect(generateNoise(asked)).toEqual(generateNoise(asked));
    expect(generateNoise({ ...asked, seed: 2 })).not.toEqual(generateNoise(asked));
  });

  test('is in order, in its window, of routine types and of the size of real events', () => {
    const noise = generateNoise(asked);
    const times = noise.map((event) => Date.parse(String(event['published'])));
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(times.every((time) => time >= asked.from && time < asked.to)).toBe(true);
    expect(new Set(noise.map((event) => event['uuid'])).size).toBe(2_000);
    expect(noise.every((event) => NOISE_EVENT_TYPES.includes(String(event['eventType'])))).toBe(
      true,
    );
    const bytes = noise.reduce((sum, event) => sum + JSON.stringify(event).length, 0) / 2_000;
    expect(bytes).toBeGreaterThan(2_000);
    expect(bytes).toBeLessThan(3_000);
  });
});
