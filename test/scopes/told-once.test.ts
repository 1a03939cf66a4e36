import { expect, test } from 'vitest';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import { MINUTE_MS } from '../../src/model/time-window.ts';
import {
  adminAppAccess,
  apiTokenCreation,
  composeEvent,
  FAR_AWAY,
  factorEvent,
  signIn,
  thing,
} from '../simulators/okta/build-event.ts';
import { askTonight } from './ask-about.ts';
import { DANA, FINN, hoursAgo } from './tell-events.ts';

/* Attacks that several checks see, each with another part of the events: one story is one question to one person. */

const NEW_EVERYTHING = { behaviors: '{New Device=POSITIVE, New IP=POSITIVE}' };

function minute(count: number): number {
  return hoursAgo(50) + count * MINUTE_MS;
}

function denyPush(atMs: number): RawEvent {
  const eventType = 'user.mfa.okta_verify.deny_push';
  return composeEvent({ eventType, at: atMs, actor: FINN, targets: [FINN] });
}

function approvePush(atMs: number): RawEvent {
  const eventType = 'user.authentication.auth_via_mfa';
  const debugData = { factor: 'OKTA_VERIFY_PUSH' };
  return composeEvent({ eventType, at: atMs, actor: FINN, targets: [FINN], debugData });
}

function waitingOf({ findings }: JudgedAudit): unknown[] {
  return findings
    .filter(({ role }) => role !== 'context')
    .map(({ check, severity, eventCount }) => [check, severity, eventCount]);
}

test('pushes that somebody denied for twenty minutes and then approved', async () => {
  const denied = [0, 3, 6, 9, 12, 15, 18].map((count) => denyPush(minute(count)));
  const audit = await askTonight([...denied, approvePush(minute(20))]);
  expect(waitingOf(audit)).toEqual([['push-fatigue-approved', 'critical', 8]]);
  expect(audit.findings[0]?.summary).toContain(
    'refused a push notification (7 times) and answered an MFA challenge',
  );
  expect(audit.findings[0]?.alsoSeenBy).toContain('push-fatigue');
});

test('pushes that somebody denied and never approved', async () => {
  const audit = await askTonight([0, 3, 6].map((count) => denyPush(minute(count))));
  expect(waitingOf(audit)).toEqual([['push-fatigue', 'high', 3]]);
});

test('a session that its owner and a thief use in turns', async () => {
  const uses = [0, 5, 10, 15].map((count) =>
    adminAppAccess({
      user: DANA,
      at: minute(count),
      session: 's1',
      ...(count % 10 === 0 ? {} : { place: FAR_AWAY }),
    }),
  );
  const audit = await askTonight(uses);
  expect(waitingOf(audit)).toEqual([['session-moved', 'critical', 4]]);
  expect(audit.findings[0]?.alsoSeenBy).toContain('session-cookie-reused');
});

test('a session that a thief takes to another country and another browser', async () => {
  const session = 's1';
  const home = [minute(-10 * 1440), minute(0)].map((at) => signIn({ user: DANA, at, session }));
  const evaluated = composeEvent({
    eventType: 'policy.evaluate_sign_on',
    at: minute(30),
    actor: DANA,
    targets: [thing('AppInstance', 'Okta Admin Console')],
    result: 'ALLOW',
    place: FAR_AWAY,
    session,
  });
  const opened = adminAppAccess({ user: DANA, at: minute(31), place: FAR_AWAY, session });
  const audit = await askTonight([...home, evaluated, opened]);
  expect(waitingOf(audit)).toEqual([['session-moved', 'critical', 2]]);
  expect(audit.findings[0]?.alsoSeenBy).toContain('impossible-journey');
});

test('a factor that the help desk reset for somebody who is in a session of the owner', async () => {
  const session = 's1';
  const home = [minute(-10 * 1440), minute(0)].map((at) => signIn({ user: DANA, at, session }));
  const audit = await askTonight([
    ...home,
    factorEvent('reset_all', { actor: FINN, target: DANA, at: minute(60) }),
    factorEvent('activate', { target: DANA, at: minute(90), place: FAR_AWAY, session }),
  ]);
  expect(waitingOf(audit)).toEqual([['takeover-chain', 'high', 2]]);
  expect(audit.findings[0]?.summary).toContain(`by ${FINN.alternateId}`);
  expect(audit.findings[0]?.alsoSeenBy).toEqual(
    expect.arrayContaining(['impossible-journey', 'session-moved']),
  );
});

test('a log stream that is stopped beside a change of a policy', async () => {
  const eventType = 'system.log_stream.lifecycle.deactivate';
  const audit = await askTonight([
    composeEvent({ eventType, at: minute(0), actor: DANA, targets: [thing('LogStream', 'SIEM')] }),
    composeEvent({
      eventType: 'policy.rule.delete',
      at: minute(5),
      actor: DANA,
      targets: [thing('PolicyRule', 'MFA')],
    }),
  ]);
  expect(waitingOf(audit)).toEqual([['log-tampering', 'high', 2]]);
});

test('a token that is made right after a sign-in to the Admin Console with a new device', async () => {
  const audit = await askTonight([
    composeEvent({
      eventType: 'policy.evaluate_sign_on',
      at: minute(0),
      actor: DANA,
      targets: [thing('AppInstance', 'Okta Admin Console')],
      result: 'ALLOW',
      debugData: NEW_EVERYTHING,
    }),
    apiTokenCreation({ actor: DANA, at: minute(5) }),
  ]);
  expect(waitingOf(audit)).toEqual([['privileged-change-after-new-device', 'high', 2]]);
});
