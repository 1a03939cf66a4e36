import type { RawEvent } from '../src/model/log-event.ts';

/** A month of a tenant as large as the number of its events asks for. */
export interface Log {
  readonly count: number;
  readonly users: number;
  readonly sinceMs: number;
  readonly untilMs: number;
}

const SINCE_MS = Date.parse('2024-03-01T00:00:00Z');
const MONTH_MS = 30 * 86_400_000;

export function startLog(count: number): Log {
  return {
    count,
    users: Math.max(20, Math.round(count / 200)),
    sinceMs: SINCE_MS,
    untilMs: SINCE_MS + MONTH_MS,
  };
}

/** Of so many events in a row, those about help concern one person, whose factor is removed and enrolled again. */
const HELP_BLOCK = 600;

/** What the checks need, in parts of a thousand: sign-ins most of all, then what a help desk does, then what is rare. */
const MIX = [
  { parts: 480, eventType: 'user.authentication.sso', by: 'self', isHelp: false },
  { parts: 260, eventType: 'policy.evaluate_sign_on', by: 'self', isHelp: false },
  { parts: 210, eventType: 'user.session.start', by: 'self', isHelp: false },
  { parts: 8, eventType: 'user.account.reset_password', by: 'help desk', isHelp: true },
  { parts: 8, eventType: 'user.account.update_password', by: 'self', isHelp: false },
  { parts: 5, eventType: 'user.mfa.factor.deactivate', by: 'help desk', isHelp: true },
  { parts: 8, eventType: 'user.mfa.factor.activate', by: 'self', isHelp: true },
  { parts: 5, eventType: 'user.session.access_admin_app', by: 'self', isHelp: false },
  { parts: 6, eventType: 'policy.rule.update', by: 'help desk', isHelp: false },
  { parts: 3, eventType: 'user.account.privilege.grant', by: 'help desk', isHelp: false },
  { parts: 2, eventType: 'system.api_token.create', by: 'help desk', isHelp: false },
  { parts: 2, eventType: 'support.org.update', by: 'help desk', isHelp: false },
  { parts: 1, eventType: 'user.session.impersonation.grant', by: 'help desk', isHelp: false },
  { parts: 1, eventType: 'user.session.impersonation.initiate', by: 'help desk', isHelp: false },
  { parts: 1, eventType: 'user.session.impersonation.end', by: 'help desk', isHelp: false },
] as const;

/** The event at a place in the log, the same every time, in ascending order of time. */
export function inventRelevantEvent(log: Log, index: number): RawEvent {
  const dice = scramble(index);
  const kind = pickKind(dice % 1_000);
  const user = scramble(kind.isHelp ? Math.floor(index / HELP_BLOCK) : index + 7) % log.users;
  const helper = scramble(index + 13) % Math.max(2, Math.round(log.users / 250));
  const actor = kind.by === 'self' ? user : log.users + helper;
  const atMs = log.sinceMs + Math.floor((index / log.count) * MONTH_MS);
  const isElsewhere = scramble(index + 29) % 400 === 0;
  const day = Math.floor((atMs - log.sinceMs) / 86_400_000);
  const session = `idx${actor.toString(36)}-${day}`;
  return {
    uuid: `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
    eventType: kind.eventType,
    published: new Date(atMs).toISOString(),
    version: '0',
    severity: 'INFO',
    displayMessage: `An event of the type ${kind.eventType}`,
    actor: party(actor),
    target: [
      { id: '0oaapp', type: 'AppInstance', alternateId: 'App', displayName: 'App' },
      party(user),
    ],
    client: describeClient(actor, isElsewhere),
    outcome: {
      result: kind.eventType === 'policy.evaluate_sign_on' ? 'ALLOW' : 'SUCCESS',
      reason: null,
    },
    transaction: { id: `t${index}`, type: 'WEB', detail: {} },
    authenticationContext: {
      externalSessionId: session,
      rootSessionId: session,
      authenticationStep: 0,
    },
    securityContext: {
      asNumber: isElsewhere ? 64_511 : 64_496 + (actor % 5),
      asOrg: 'example network',
      isProxy: false,
    },
    debugContext: {
      debugData: {
        requestUri: '/idp/idx/identify',
        dtHash: 'd'.repeat(64),
        behaviors: '{New Geo-Location=NEGATIVE, New Device=NEGATIVE, New IP=NEGATIVE}',
        risk: '{level=LOW}',
        privilegeGranted: 'Help Desk administrator',
      },
    },
  };
}

function party(number: number) {
  const login = `user${number}@example.com`;
  const id = `00u${number.toString(36).padStart(17, '0')}`;
  return { id, type: 'User', alternateId: login, displayName: `User ${number}`, detailEntry: null };
}

function describeClient(actor: number, isElsewhere: boolean) {
  return {
    ipAddress: isElsewhere ? `203.0.113.${actor % 250}` : `192.0.2.${actor % 250}`,
    zone: 'null',
    device: 'Computer',
    userAgent: {
      rawUserAgent:
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Safari/537.36',
      os: isElsewhere ? 'Linux' : 'Windows 10',
      browser: isElsewhere ? 'FIREFOX' : 'CHROME',
    },
    geographicalContext: {
      city: isElsewhere ? 'Auckland' : 'Berlin',
      country: isElsewhere ? 'New Zealand' : 'Germany',
    },
  };
}

function pickKind(dice: number): (typeof MIX)[number] {
  let left = dice;
  for (const kind of MIX) {
    left -= kind.parts;
    if (left < 0) return kind;
  }
  return MIX[0];
}

/** Spreads neighbouring numbers over 32 bits (a multiplicative hash), so that the log needs no memory of its own. */
function scramble(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
