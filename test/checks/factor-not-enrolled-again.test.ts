import { describe, expect, test } from 'vitest';
import { createFactorNotEnrolledAgain } from '../../src/checks/credential-changes/factor-not-enrolled-again.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import {
  composeEvent,
  type FactorAction,
  factorEvent,
  OKTA_SYSTEM,
  person,
  type Somebody,
} from '../simulators/okta/build-event.ts';
import { runCheck } from './run-check.ts';

const DANA = person('dana.reyes@example.com');
const LIN = person('helpdesk.lin@example.com');
const MAX = person('max.mule@example.com');

function at(time: string): string {
  return `2024-03-12T${time}:00Z`;
}

function removal(time: string, details: Partial<Parameters<typeof factorEvent>[1]> = {}): RawEvent {
  return factorEvent('deactivate', { actor: LIN, target: DANA, at: at(time), ...details });
}

function enrolment(time: string, target: Somebody = DANA, action: FactorAction = 'activate') {
  return factorEvent(action, { actor: MAX, target, at: at(time) });
}

function find(raws: readonly RawEvent[], now = '2024-03-20T00:00:00Z') {
  return runCheck(createFactorNotEnrolledAgain({ nowMs: Date.parse(now) }), raws);
}

describe('a factor that somebody else removed', () => {
  test('and nobody enrolled again is found by the person concerned', () => {
    const [match, ...others] = find([removal('08:00'), enrolment('09:00', LIN)]);
    expect(others).toEqual([]);
    expect(match).toMatchObject({ group: [DANA.id], circumstances: ['not-re-enrolled'] });
  });

  test('in three events of one operation is one', () => {
    const raws = ['SIGNED_NONCE', 'OKTA_VERIFY_PUSH', 'OKTA_SOFT_TOKEN'].map((factor) =>
      removal('08:00', { factor, transactionId: 't1' }),
    );
    const [match, ...others] = find(raws);
    expect(others).toEqual([]);
    expect(match?.events).toHaveLength(3);
  });

  test.each([
    {
      title: 'enrolled again within 12 hours by anybody',
      raws: [removal('08:00'), enrolment('20:00')],
    },
    {
      title: 'enrolled again, told in another order',
      raws: [enrolment('20:00'), removal('08:00')],
    },
    {
      title: 'suspended and released',
      raws: [
        factorEvent('suspend', { actor: LIN, target: DANA, at: at('08:00') }),
        enrolment('09:00', DANA, 'unsuspend'),
      ],
    },
    {
      title: 'a security question',
      raws: [removal('08:00', { reason: 'User reset SECURITY_QUESTION factor' })],
    },
    { title: 'removed by its owner', raws: [removal('08:00', { actor: DANA })] },
    { title: 'removed by a job', raws: [removal('08:00', { actor: OKTA_SYSTEM, place: null })] },
    { title: 'not removed after all', raws: [removal('08:00', { result: 'FAILURE' })] },
    {
      title: 'of somebody who left',
      raws: [
        removal('08:00'),
        composeEvent({
          eventType: 'user.lifecycle.deactivate',
          at: at('08:10'),
          actor: LIN,
          targets: [DANA],
        }),
      ],
    },
  ])('is quiet when $title', ({ raws }) => {
    expect(find(raws)).toEqual([]);
  });

  test('is quiet while the 12 hours run', () => {
    expect(find([removal('08:00')], '2024-03-12T20:05:00Z')).toEqual([]);
    expect(find([removal('08:00')], '2024-03-12T20:10:00Z')).toHaveLength(1);
  });

  test('a second time is found although the first was enrolled again', () => {
    const found = find([removal('01:00'), enrolment('02:00'), removal('09:00')]);
    expect(found.map(({ anchor }) => anchor.publishedMs)).toEqual([Date.parse(at('09:00'))]);
  });
});
