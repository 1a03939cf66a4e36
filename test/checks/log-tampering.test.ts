import { describe, expect, test } from 'vitest';
import { createLogTampering } from '../../src/checks/log-tampering.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import {
  composeEvent,
  OKTA_SYSTEM,
  person,
  privilegeGrant,
  type Somebody,
  signIn,
  thing,
} from '../simulators/okta/build-event.ts';
import { runCheck } from './run-check.ts';

const DANA = person('dana.reyes@example.com');
const MAX = person('max.mule@example.com');
const NOON = Date.parse('2024-03-12T12:00:00Z');
const MINUTE = 60_000;

function stop(details: { actor?: Somebody; result?: string } = {}): RawEvent {
  return composeEvent({
    eventType: 'system.log_stream.lifecycle.deactivate',
    at: NOON,
    targets: [thing('LogStream', 'SIEM')],
    actor: MAX,
    ...details,
  });
}

function policyChange(
  minutesFromNoon: number,
  actor: Somebody = DANA,
  result = 'SUCCESS',
): RawEvent {
  return composeEvent({
    eventType: 'policy.rule.update',
    at: NOON + minutesFromNoon * MINUTE,
    actor,
    result,
  });
}

const check = createLogTampering();

describe('a log stream that was stopped', () => {
  test('within an hour of a change by a person is one finding with both', () => {
    const [match, ...others] = runCheck(check, [policyChange(60), stop(), policyChange(-60)]);
    expect(others).toEqual([]);
    expect(match?.anchor.eventType).toBe('system.log_stream.lifecycle.deactivate');
    expect(match?.events).toHaveLength(3);
    expect(match?.facts).toMatchObject({
      stoppedBy: 'max.mule@example.com',
      stoppedByOkta: false,
      changesBeside: [
        '2024-03-12T11:00:00.000Z policy.rule.update by dana.reyes@example.com',
        '2024-03-12T13:00:00.000Z policy.rule.update by dana.reyes@example.com',
      ],
    });
    expect(match?.severity).toBeUndefined();
  });

  test('beside changes by two people names both', () => {
    const [match] = runCheck(check, [policyChange(1), policyChange(2, MAX), stop()]);
    expect(match?.facts['changesBeside']).toEqual([
      expect.stringContaining('by dana.reyes@example.com'),
      expect.stringContaining('by max.mule@example.com'),
    ]);
  });

  test('by Okta itself weighs less', () => {
    const [match] = runCheck(check, [stop({ actor: OKTA_SYSTEM }), policyChange(5)]);
    expect(match).toMatchObject({ severity: 'medium', facts: { stoppedByOkta: true } });
  });

  test('beside a new privilege counts as well', () => {
    const grant = privilegeGrant({ actor: DANA, target: MAX, at: NOON + MINUTE });
    expect(runCheck(check, [stop(), grant])).toHaveLength(1);
  });

  test.each([
    { title: 'alone', raws: [stop()] },
    { title: 'more than an hour after the change', raws: [policyChange(-61), stop()] },
    { title: 'more than an hour before the change', raws: [policyChange(61), stop()] },
    { title: 'beside a change by Okta', raws: [policyChange(5, OKTA_SYSTEM), stop()] },
    {
      title: 'beside a change by an application',
      raws: [policyChange(5, { ...DANA, type: 'PublicClientApp' }), stop()],
    },
    {
      title: 'beside a change by nobody',
      raws: [
        composeEvent({
          eventType: 'policy.rule.update',
          at: NOON,
          actor: DANA,
          replace: { actor: null },
        }),
        stop(),
      ],
    },
    { title: 'beside a change that failed', raws: [policyChange(5, DANA, 'FAILURE'), stop()] },
    { title: 'in vain', raws: [policyChange(5), stop({ result: 'FAILURE' })] },
    { title: 'beside a sign-in', raws: [signIn({ user: DANA, at: NOON }), stop()] },
  ])('$title is none', ({ raws }) => {
    expect(runCheck(check, raws)).toEqual([]);
  });
});

describe('a silence of a source', () => {
  const silence = { sinceMs: NOON, untilMs: NOON + 300 * MINUTE };

  test('beside a change by a person is a finding that spans the silence', () => {
    const [match, ...others] = runCheck(check, [policyChange(-10)], [silence]);
    expect(others).toEqual([]);
    expect(match?.events.map(({ eventType }) => eventType)).toEqual(['policy.rule.update']);
    expect(match?.span).toEqual(silence);
    expect(match?.severity).toBe('medium');
    expect(match?.facts).toMatchObject({
      silentFrom: '2024-03-12T12:00:00.000Z',
      silentUntil: '2024-03-12T17:00:00.000Z',
      streamStopped: false,
    });
  });

  test('that began when a stream was stopped weighs more', () => {
    const found = runCheck(check, [policyChange(-10), stop()], [silence]);
    expect(found.map(({ span, severity }) => [span?.sinceMs, severity])).toEqual([
      [undefined, undefined],
      [NOON, 'high'],
    ]);
  });

  test('with nothing beside it is a matter of coverage alone', () => {
    expect(runCheck(check, [policyChange(-90)], [silence])).toEqual([]);
  });
});

test.each([
  { title: 'an hour before', minutes: [-62, -58] },
  { title: 'an hour after', minutes: [58, 62] },
])('of changes $title some are near enough to count', ({ minutes }) => {
  const shifted = minutes.map((minute) => policyChange(minute - 5));
  const halted = { ...stop(), published: new Date(NOON - 5 * MINUTE).toISOString() };
  const [match] = runCheck(check, [...shifted, halted]);
  expect(match?.events).toHaveLength(2);
});

test('a busy administrator is remembered twice in ten minutes', () => {
  const busy = Array.from({ length: 30 }, (_, minute) => policyChange(minute));
  const [match] = runCheck(check, [...busy, stop()]);
  expect(match?.events).toHaveLength(1 + 2 * 3);
  expect(match?.summary).toMatch(
    / of policy\.rule\.update by dana\.reyes@example\.com and other changes\.$/,
  );
  const [backwards] = runCheck(check, [...busy.reverse(), stop()]);
  expect(backwards?.events).toEqual(match?.events);
});
