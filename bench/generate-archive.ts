import { closeSync, openSync, writeSync } from 'node:fs';
import { DAY_MS } from '../src/model/time-window.ts';

/** The question of the benchmark: 18 types, 20 of 120 days. */
export const ASKED_TYPES: readonly string[] = [
  ...['grant', 'extend', 'initiate', 'end', 'revoke'].map(
    (end) => `user.session.impersonation.${end}`,
  ),
  ...['deactivate', 'reset_all', 'update', 'suspend', 'activate'].map(
    (end) => `user.mfa.factor.${end}`,
  ),
  ...['reset_password', 'update_password', 'privilege.grant', 'unlock'].map(
    (end) => `user.account.${end}`,
  ),
  'user.mfa.attempt_bypass',
  'group.privilege.grant',
  'system.api_token.create',
  'system.idp.lifecycle.create',
];
const ROUTINE_TYPES = [
  'user.session.start',
  'user.authentication.sso',
  'user.authentication.auth_via_mfa',
  'policy.evaluate_sign_on',
  'user.session.end',
  'app.oauth2.token.grant.access_token',
  'user.authentication.verify',
  'user.account.update_profile',
  'user.mfa.factor.verify',
  'group.user_membership.add',
];
const FIRST_MS = Date.parse('2021-11-01T00:00:00Z');
const DAYS = 120;
const ASKED_SHARE = 0.0102;
const WRITE_BYTES = 8 << 20;

export const ASKED_WINDOW = {
  sinceMs: FIRST_MS + 60 * DAY_MS,
  untilMs: FIRST_MS + 80 * DAY_MS,
};

/** Writes so many events as newline-delimited JSON, in order of time, about 2.9 kB each; the same bytes every time. */
export function generateArchive(path: string, events: number): void {
  const file = openSync(path, 'w');
  const random = startRandom(42);
  let lines: string[] = [];
  let bytes = 0;
  const flush = (): void => {
    writeSync(file, lines.join(''));
    lines = [];
    bytes = 0;
  };
  for (let index = 0; index < events; index += 1) {
    const atMs = Math.floor(FIRST_MS + (index / events) * DAYS * DAY_MS);
    const line = `${JSON.stringify(makeEvent({ index, atMs, random }))}\n`;
    lines.push(line);
    bytes += line.length;
    if (bytes > WRITE_BYTES) flush();
  }
  flush();
  closeSync(file);
}

function makeEvent({
  index,
  atMs,
  random,
}: {
  readonly index: number;
  readonly atMs: number;
  readonly random: () => number;
}): unknown {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const hex = (digits: number): string =>
    Array.from({ length: digits / 8 }, () =>
      Math.floor(random() * 0x100000000)
        .toString(16)
        .padStart(8, '0'),
    ).join('');
  const person = Math.floor(random() * 5000);
  const address = `198.51.${100 + (person % 3)}.${1 + Math.floor(random() * 250)}`;
  const city = pick(['Dublin', 'Leeds', 'Porto', 'Graz', 'Lyon', 'Bergen']);
  const place = {
    city,
    state: `${city} Region`,
    country: 'Example Country',
    postalCode: String(10000 + person),
    geolocation: { lat: 40 + person / 1000, lon: -6 + person / 1000 },
  };
  const eventType = random() < ASKED_SHARE ? pick(ASKED_TYPES) : pick(ROUTINE_TYPES);
  const agent = `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_${person % 8}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${90 + (person % 30)}.0.0.0 Safari/537.36`;
  return {
    actor: {
      id: `00u${person.toString(36).padStart(17, '0')}`,
      type: 'User',
      alternateId: `person.${person}@acme.example`,
      displayName: `Person ${person}`,
      detailEntry: null,
    },
    client: {
      userAgent: { rawUserAgent: agent, os: 'Mac OS X', browser: 'CHROME' },
      zone: 'null',
      device: 'Computer',
      id: null,
      ipAddress: address,
      geographicalContext: place,
    },
    device: null,
    authenticationContext: {
      authenticationProvider: null,
      credentialProvider: null,
      credentialType: null,
      issuer: null,
      interface: null,
      authenticationStep: 0,
      rootSessionId: `idx${hex(24)}`,
      externalSessionId: `idx${hex(24)}`,
    },
    displayMessage: 'Somebody did something that Okta wrote down',
    eventType,
    outcome: { result: random() < 0.95 ? 'SUCCESS' : 'FAILURE', reason: null },
    published: new Date(atMs).toISOString(),
    securityContext: {
      asNumber: 64496 + (person % 10),
      asOrg: 'Example Networks',
      isp: 'example isp',
      domain: 'isp.example',
      isProxy: false,
    },
    severity: 'INFO',
    debugContext: {
      debugData: {
        requestId: hex(32),
        dtHash: hex(64),
        deviceFingerprint: hex(32),
        requestUri: '/idp/idx/identify',
        url: '/idp/idx/identify?',
        threatSuspected: 'false',
        behaviors:
          '{New Geo-Location=NEGATIVE, New Device=NEGATIVE, New IP=NEGATIVE, New State=NEGATIVE, New Country=NEGATIVE, Velocity=NEGATIVE, New City=NEGATIVE}',
        risk: '{reasons=Anomalous Device, level=MEDIUM}',
        logOnlySecurityData: JSON.stringify({
          risk: { level: 'LOW' },
          behaviors: {
            'New Geo-Location': 'NEGATIVE',
            'New Device': 'NEGATIVE',
            'New IP': 'NEGATIVE',
            'New State': 'NEGATIVE',
            'New Country': 'NEGATIVE',
            Velocity: 'NEGATIVE',
            'New City': 'NEGATIVE',
          },
        }),
      },
    },
    legacyEventType: `core.${eventType.replaceAll('.', '_')}`,
    transaction: { type: 'WEB', id: hex(24), detail: {} },
    uuid: `${hex(8)}-${String(index).padStart(12, '0')}`,
    version: '0',
    request: {
      ipChain: [{ ip: address, geographicalContext: place, version: 'V4', source: null }],
    },
    target: ['AuthenticatorEnrollment', 'AppInstance', 'AppUser'].map((type) => ({
      id: `0oa${hex(16)}`,
      type,
      alternateId: `unknown ${type}`,
      displayName: `A ${type} with a name`,
      detailEntry: null,
    })),
  };
}

/** Numbers between 0 and 1, the same every time (mulberry32). */
function startRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
