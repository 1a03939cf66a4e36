import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { AuditError } from '../../src/errors.ts';
import type { OktaCredentials } from '../../src/model/audit-plan.ts';
import { exactEventTypes } from '../../src/model/event-type-set.ts';
import type { ReadRequest } from '../../src/model/reading.ts';
import { DAY_MS, MINUTE_MS } from '../../src/model/time-window.ts';
import { passwordReset, person } from '../simulators/okta/build-event.ts';
import { createServiceApp, type ServiceApp } from '../simulators/okta/service-app.ts';
import {
  type Fault,
  type FaultAction,
  fromRequest,
  onRequest,
  type RecordedRequest,
} from '../simulators/okta/simulator-fault.ts';
import { startOktaSimulator } from '../simulators/okta/start-okta-simulator.ts';
import { API_TOKEN, BY_TOKEN, NOW, openTenant } from './simulated-tenant.ts';

const WINDOW = { sinceMs: NOW - 7 * DAY_MS, untilMs: NOW - 10 * MINUTE_MS };
const ASKED: Partial<ReadRequest> = {
  window: WINDOW,
  needs: [{ eventTypes: exactEventTypes(['user.account.reset_password']), window: WINDOW }],
};
const EVENTS = Array.from({ length: 1500 }, (_, index) =>
  passwordReset({
    target: person('omar.lind@example.com'),
    at: WINDOW.sinceMs + (index + 1) * MINUTE_MS,
  }),
);

/** The org asks for another nonce, whatever the proof carried. */
const NONCE_ASKED = {
  kind: 'body',
  status: 400,
  text: '{"error":"use_dpop_nonce","error_description":"Authorization server requires nonce in DPoP proof."}',
} satisfies FaultAction;

/** Source: https://github.com/okta/terraform-provider-okta/issues/2392, https://github.com/okta/okta-sdk-golang/issues/145 */
function refusedToken(status: number, error: string): FaultAction {
  const challenge = `DPoP algs="RS256 ES256", authorization_uri="http://acme.okta.example/oauth2/v1/authorize", realm="http://acme.okta.example", scope="okta.logs.read", error="${error}", error_description="Simulated.", resource="/api/v1/logs"`;
  return { kind: 'body', status, text: '', headers: { 'WWW-Authenticate': challenge } };
}

function isEvenTokenRequest({ endpoint, number }: RecordedRequest): boolean {
  return endpoint === 'token' && number % 2 === 0;
}

function signedIn(
  app: ServiceApp,
  change: Partial<Extract<OktaCredentials, { kind: 'service-app' }>> = {},
): OktaCredentials {
  return {
    kind: 'service-app',
    clientId: app.client.clientId,
    privateKey: app.privateKeyPem,
    keyId: app.keyId,
    ...change,
  };
}

describe('a service app', () => {
  const app = createServiceApp();

  test.each<[string, boolean]>([
    ['with DPoP', true],
    ['without DPoP', false],
  ])('reads the log %s', async (_, requiresDpop) => {
    const { client } = app;
    const tenant = await openTenant({
      events: EVENTS,
      clients: [{ ...client, requiresDpop }],
      credentials: signedIn(app),
    });
    const { events } = await tenant.read(ASKED);
    expect(events).toHaveLength(1500);
    const schemes = tenant.simulator.requestsTo('logs').map((request) => request.scheme);
    expect(new Set(schemes)).toEqual(new Set([requiresDpop ? 'DPoP' : 'Bearer']));
    const statuses = tenant.simulator.requestsTo('token').map((request) => request.status);
    expect(statuses).toEqual(requiresDpop ? [400, 200] : [200]);
  });

  test.each<[string, Partial<Extract<OktaCredentials, { kind: 'service-app' }>>]>([
    ['a PEM with real line breaks', {}],
    ['a PEM with literal \\n', { privateKey: app.privateKeyPem.replaceAll('\n', '\\n') }],
    ['a PEM without a key id', { keyId: null }],
    ['a JWK that carries its key id', { privateKey: app.privateKeyJwk, keyId: null }],
    ['a JWK with the key id beside it', { privateKey: app.privateKeyJwk }],
  ])('signs with %s', async (_, change) => {
    const tenant = await openTenant({
      events: EVENTS,
      clients: [app.client],
      credentials: signedIn(app, change),
    });
    const { events } = await tenant.read(ASKED);
    expect(events).toHaveLength(1500);
  });

  test('signs with a PKCS#1 key', async () => {
    const pkcs1 = createPrivateKey(app.privateKeyPem).export({ type: 'pkcs1', format: 'pem' });
    const tenant = await openTenant({
      events: EVENTS,
      clients: [app.client],
      credentials: signedIn(app, { privateKey: pkcs1.toString() }),
    });
    const { events } = await tenant.read(ASKED);
    expect(events).toHaveLength(1500);
  });

  test.each<[string, string, RegExp]>([
    [
      'an EC key',
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
      /type ec, not RSA/,
    ],
    [
      'a key behind a passphrase',
      createPrivateKey(app.privateKeyPem)
        .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
        .toString(),
      /encrypted with a passphrase/,
    ],
    ['no key at all', 'hunter2', /neither a PEM nor a JWK/],
    ['a JWK of the public key', JSON.stringify(app.client.publicKeys[0]), /public key/],
    ['half a PEM', app.privateKeyPem.slice(0, 400), /neither a PEM nor a JWK/],
  ])('is told that %s will not do, before anything is sent', async (_, privateKey, message) => {
    const tenant = await openTenant({ credentials: signedIn(app, { privateKey }) });
    await expect(tenant.read(ASKED)).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringMatching(message),
      hint: expect.stringContaining('okta-private-key'),
    });
    expect(tenant.simulator.requests).toEqual([]);
  });

  test('gets a new access token where the old one expires in the middle', async () => {
    const tenant = await openTenant({
      events: EVENTS,
      clients: [app.client],
      credentials: signedIn(app),
      faults: [onRequest('logs', 4, { kind: 'expired-token' })],
    });
    const { events, reading } = await tenant.read(ASKED);
    expect(events).toHaveLength(1500);
    expect(reading.holes).toEqual([]);
    expect(tenant.simulator.requestsTo('logs').map((request) => request.status)).toEqual([
      200, 200, 200, 401, 200,
    ]);
  });

  test.each<[string, FaultAction, readonly number[]]>([
    ['fails', { kind: 'status', status: 503 }, [2, 4, 6, 8]],
    ['cuts the connection', { kind: 'connection-reset' }, [2, 4, 6, 8]],
    ['is over its rate limit', { kind: 'too-many-requests' }, [2, 4, 6, 8]],
    ['takes no nonce for a while', NONCE_ASKED, [2, 4, 6, 8]],
  ])('gets its token where the org %s four times after the nonce', async (_, action, numbers) => {
    const tenant = await openTenant({
      events: EVENTS,
      clients: [app.client],
      credentials: signedIn(app),
      faults: [onRequest('token', numbers, action)],
    });
    const { events, reading } = await tenant.read(ASKED);
    expect(events).toHaveLength(1500);
    expect(reading.holes).toEqual([]);
    expect(tenant.simulator.requestsTo('token')).toHaveLength(10);
  });

  test.each<[string, Fault, number]>([
    ['takes no nonce', { when: isEvenTokenRequest, action: NONCE_ASKED }, 40],
    ['gives no nonce', fromRequest('token', 1, NONCE_ASKED), 20],
    [
      'gives another nonce each time',
      fromRequest('token', 1, { ...NONCE_ASKED, headers: { 'DPoP-Nonce': 'another' } }),
      40,
    ],
  ])('does not ask for ever where the org %s', async (_, fault, requests) => {
    const tenant = await openTenant({
      events: EVENTS,
      clients: [app.client],
      credentials: signedIn(app),
      faults: [fault],
    });
    await expect(tenant.read(ASKED)).rejects.toMatchObject({
      code: 'okta-unexpected-response',
      message: expect.stringContaining('keeps asking for a DPoP nonce'),
    });
    expect(tenant.simulator.requestsTo('token')).toHaveLength(requests);
  });

  test('sends a fresh proof with every retry', async () => {
    const tenant = await openTenant({
      events: EVENTS,
      clients: [app.client],
      credentials: signedIn(app),
      faults: [
        onRequest('logs', [1, 5], { kind: 'too-many-requests' }),
        onRequest('logs', [3, 6], { kind: 'status', status: 500 }),
        onRequest('logs', 7, { kind: 'cut-body' }),
        onRequest('token', [1, 3], { kind: 'status', status: 503 }),
      ],
    });
    const { events } = await tenant.read(ASKED);
    expect(events).toHaveLength(1500);
    const statuses = tenant.simulator.requestsTo('logs').map((request) => request.status);
    expect(statuses).not.toContain(401);
  });

  test('reads the log where only that scope is granted, whether the org narrows or refuses', async () => {
    for (const onExtraScopes of ['narrow', 'refuse'] as const) {
      const client = { ...app.client, scopes: ['okta.logs.read'], onExtraScopes };
      const tenant = await openTenant({
        events: EVENTS,
        clients: [client],
        credentials: signedIn(app),
      });
      const { events } = await tenant.read(ASKED);
      expect(events).toHaveLength(1500);
      expect(await tenant.askSupportAccess()).toMatchObject({
        state: 'unknown',
        reason: expect.stringContaining('okta.orgs.read'),
      });
    }
  });
});

describe('what is refused is named', () => {
  const app = createServiceApp();
  const stranger = createServiceApp();

  test.each<[string, { credentials: OktaCredentials; code: string; says: string; hint: string }]>([
    [
      'a client id that the org does not know',
      {
        credentials: signedIn(app, { clientId: '0oanobodyknowsthis01' }),
        code: 'okta-credentials-rejected',
        says: 'client id 0oanobodyknowsthis01',
        hint: 'okta-client-id',
      },
    ],
    [
      'a private key of another app',
      {
        credentials: signedIn(app, { privateKey: stranger.privateKeyPem }),
        code: 'okta-credentials-rejected',
        says: 'private key',
        hint: 'okta-private-key',
      },
    ],
    [
      'a key id that is not registered',
      {
        credentials: signedIn(app, { keyId: 'retired-key' }),
        code: 'okta-credentials-rejected',
        says: 'key id',
        hint: 'okta-key-id',
      },
    ],
    [
      'a service app without the scope for logs',
      {
        credentials: signedIn(app, { clientId: 'no-logs' }),
        code: 'okta-scope-missing',
        says: 'lacks the scope okta.logs.read',
        hint: 'Grant okta.logs.read',
      },
    ],
    [
      'a service app without any scope',
      {
        credentials: signedIn(app, { clientId: 'no-scope' }),
        code: 'okta-scope-missing',
        says: 'lacks the scope okta.logs.read',
        hint: 'Okta API Scopes',
      },
    ],
    [
      'a service app without an administrator role',
      {
        credentials: signedIn(app, { clientId: 'no-role' }),
        code: 'okta-forbidden',
        says: 'service app may not read the System Log',
        hint: 'Read-only Administrator',
      },
    ],
    [
      'an API token that the org does not know',
      {
        credentials: { kind: 'api-token', token: 'wrong' },
        code: 'okta-credentials-rejected',
        says: 'refused the API token',
        hint: 'okta-api-token',
      },
    ],
    [
      'an API token of somebody without an administrator role',
      {
        credentials: { kind: 'api-token', token: 'powerless' },
        code: 'okta-forbidden',
        says: 'owner of the API token may not read the System Log',
        hint: 'Read-only Administrator',
      },
    ],
  ])('%s', async (_, { credentials, code, says, hint }) => {
    const { client } = app;
    const tenant = await openTenant({
      events: EVENTS,
      clients: [
        client,
        { ...client, clientId: 'no-logs', scopes: ['okta.orgs.read'] },
        { ...client, clientId: 'no-scope', scopes: [] },
        { ...client, clientId: 'no-role', role: 'NONE' },
      ],
      tokens: [{ token: 'powerless', role: 'NONE' }],
      credentials,
    });
    const error = await tenant.read(ASKED).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AuditError);
    expect(error).toMatchObject({
      code,
      message: expect.stringContaining(says),
      hint: expect.stringContaining(hint),
    });
    expect(String(error)).not.toContain('undefined');
    const scheme = tenant.simulator.requestsTo('logs').map((request) => request.scheme);
    expect(scheme.length).toBeLessThanOrEqual(1);
  });

  test.each<[string, { refused: FaultAction; code: string; says: string; hint: string }]>([
    [
      'its scope',
      {
        refused: refusedToken(403, 'insufficient_scope'),
        code: 'okta-scope-missing',
        says: 'lacks the scope okta.logs.read (HTTP 403, insufficient_scope)',
        hint: 'Grant okta.logs.read',
      },
    ],
    [
      'its age',
      {
        refused: refusedToken(401, 'invalid_token'),
        code: 'okta-credentials-rejected',
        says: 'refused the access token',
        hint: 'network zone',
      },
    ],
    [
      'its proof',
      {
        refused: refusedToken(400, 'invalid_dpop_proof'),
        code: 'okta-credentials-rejected',
        says: 'refused the proof',
        hint: 'clock of the runner',
      },
    ],
  ])('an access token without a body, for %s', async (_, { refused, code, says, hint }) => {
    const tenant = await openTenant({
      clients: [app.client],
      credentials: signedIn(app),
      faults: [fromRequest('logs', 1, refused)],
    });
    await expect(tenant.read(ASKED)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(says),
      hint: expect.stringContaining(hint),
    });
  });

  test.each([
    ['for a reason that Okta does not name', 'access_denied', 'Access denied.', 'network zone'],
    [
      'that has a client secret, as a new one has',
      'invalid_client',
      'Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.',
      'Public key / Private key',
    ],
  ])('a service app %s', async (_, error, description, hint) => {
    const text = JSON.stringify({ error, error_description: description });
    const tenant = await openTenant({
      clients: [app.client],
      credentials: signedIn(app),
      faults: [fromRequest('token', 1, { kind: 'body', status: 400, text })],
    });
    await expect(tenant.read(ASKED)).rejects.toMatchObject({
      code: 'okta-credentials-rejected',
      hint: expect.stringContaining(hint),
    });
  });

  test('credentials that are taken back in the middle lose nothing that was found', async () => {
    const tenant = await openTenant({
      events: EVENTS,
      faults: [onRequest('logs', 4, { kind: 'status', status: 401, errorCode: 'E0000011' })],
    });
    const { events, reading } = await tenant.read(ASKED);
    expect(events).toHaveLength(1000);
    expect(reading.holes).toMatchObject([{ window: { untilMs: WINDOW.untilMs } }]);
    expect(reading.holes[0]?.reason).toContain('refused the API token');
  });
});

describe('secrets', () => {
  const app = createServiceApp();
  const secrets = [API_TOKEN, app.privateKeyPem, app.privateKeyPem.split('\n')[5], '"d"'];

  test.each<[string, OktaCredentials]>([
    ['an API token', BY_TOKEN],
    ['a service app', signedIn(app)],
  ])('of %s appear in no error, no line and no printed object', async (_, credentials) => {
    const tenant = await openTenant({
      events: EVENTS,
      clients: [app.client],
      credentials,
      faults: [
        onRequest('logs', 1, { kind: 'connection-reset' }),
        onRequest('logs', [5, 6, 7, 8, 9], { kind: 'status', status: 500 }),
      ],
    });
    const { reading } = await tenant.read(ASKED);
    tenant.simulator.setFaults([
      { when: () => true, action: { kind: 'status', status: 401, errorCode: 'E0000011' } },
    ]);
    const error = await tenant.read(ASKED).catch((thrown: unknown) => thrown);
    const printed = [
      inspect(error, { depth: 20, showHidden: true }),
      error instanceof Error ? error.stack : '',
      inspect(tenant.transport, { depth: 20, showHidden: true, showProxy: true }),
      inspect(tenant.source, { depth: 20, showHidden: true }),
      JSON.stringify([tenant.transport, tenant.source, reading]),
      ...tenant.lines,
    ].join('\n');
    for (const secret of secrets) expect(printed).not.toContain(secret);
    expect(printed).not.toMatch(/simulated-[0-9a-f]{8}-/);
  });

  test('that a server sends back are not repeated', async () => {
    const token = 'SECRET_token_that_the_server_echoes_0123456789';
    const tenant = await openTenant({ credentials: { kind: 'api-token', token } });
    const action = {
      kind: 'status',
      status: 400,
      errorCode: token,
      summary: `of ${token}`,
    } as const;
    tenant.simulator.setFaults([{ when: () => true, action }]);
    const error = await tenant.read(ASKED).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'okta-unexpected-response' });
    expect(inspect(error, { depth: 20 })).not.toContain(token.slice(0, 12));
  });
});

describe('nothing in the surroundings redirects the credentials', () => {
  const cwd = process.cwd();

  afterEach(() => {
    process.chdir(cwd);
    vi.unstubAllEnvs();
  });

  test('no okta.yaml in the working directory or at home, and no OKTA_CLIENT_ variable', async () => {
    const thief = await startOktaSimulator({ now: NOW });
    const trap = mkdtempSync(join(tmpdir(), 'okta-trap-'));
    const yaml = `okta:\n  client:\n    orgUrl: ${thief.url}\n    token: other\n    authorizationMode: PrivateKey\n`;
    writeFileSync(join(trap, 'okta.yaml'), yaml);
    process.chdir(trap);
    vi.stubEnv('HOME', trap);
    vi.stubEnv('OKTA_CLIENT_ORGURL', thief.url);
    vi.stubEnv('OKTA_CLIENT_TOKEN', 'other');
    vi.stubEnv('OKTA_CLIENT_AUTHORIZATIONMODE', 'PrivateKey');
    vi.stubEnv('https_proxy', thief.url);
    const tenant = await openTenant({ events: EVENTS, runtime: { env: process.env } });
    const { events } = await tenant.read(ASKED);
    await thief.close();
    expect(events).toHaveLength(1500);
    expect(thief.requests).toEqual([]);
  });
});
