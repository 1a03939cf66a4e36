import { expect, test } from 'vitest';
import { suppressFindings } from '../../src/judgement/findings/suppress-findings.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import { NO_TUNING, type Suppression } from '../../src/model/tuning.ts';
import { makeFinding } from '../memory/make-finding.ts';
import { passwordReset, person, thing } from '../simulators/okta/build-event.ts';
import { at, NOW_MS, toEvent } from './judgement-case.ts';

const dana = person('dana.reyes@example.com');
const lee = person('lee.kim@example.com');
const kit = person('kit.owen@example.com');
const events = [lee, kit].map((target) =>
  toEvent(passwordReset({ actor: dana, target, at: at('2026-11-20T10:00') })),
);
const [onLee] = events;
const EVERYBODY: Suppression = {
  check: 'password-reset',
  actor: null,
  target: null,
  reason: 'help desk week',
  expiresMs: at('2026-12-01'),
};

function suppress(suppressions: readonly Suppression[], seen: readonly LogEvent[] = events) {
  const finding = makeFinding({ check: 'password-reset', events: seen });
  const [result] = suppressFindings([finding], {
    nowMs: NOW_MS,
    tuning: { ...NO_TUNING, suppressions },
  });
  return result?.suppressedBy;
}

test.each<[string, readonly Partial<Suppression>[], string | null]>([
  [
    'one for everybody silences it and says why and how long',
    [{}],
    'help desk week (until 2026-11-30)',
  ],
  ['one of another check does not', [{ check: 'api-token-created' }], null],
  ['one that has expired does not', [{ expiresMs: NOW_MS }], null],
  [
    'one for its actor does',
    [{ actor: 'Dana.Reyes@example.com' }],
    'help desk week (until 2026-11-30)',
  ],
  ['one for its actor by id does', [{ actor: dana.id }], 'help desk week (until 2026-11-30)'],
  ['one for another actor does not', [{ actor: 'lee.kim@example.com' }], null],
  ['one for one of two targets would hide the other', [{ target: 'lee.kim@example.com' }], null],
  [
    'two that cover a target each do, with both reasons',
    [{ target: 'lee.kim@example.com' }, { target: 'kit.owen@example.com', reason: 'new phone' }],
    'help desk week (until 2026-11-30); new phone (until 2026-11-30)',
  ],
])('%s', (_title, changes, suppressedBy) => {
  expect(suppress(changes.map((change) => ({ ...EVERYBODY, ...change })))).toBe(suppressedBy);
});

test('one for its only target silences it, whatever else the event names', () => {
  const seen = onLee === undefined ? [] : [onLee];
  const onLeeAtWork = passwordReset({ actor: dana, target: lee, at: at('2026-11-20T10:00') });
  const target = [thing('AppInstance', 'Payroll'), { ...lee, alternateId: 'Lee.Kim@Example.com' }];
  const silence = [{ ...EVERYBODY, target: 'lee.kim@example.com' }];
  expect(suppress(silence, seen)).not.toBeNull();
  expect(suppress(silence, [toEvent({ ...onLeeAtWork, target })])).not.toBeNull();
});

test('one for a login that the log has with blanks around it does', () => {
  const spaced = { ...dana, alternateId: ' dana.reyes@example.com ' };
  const seen = [toEvent(passwordReset({ actor: spaced, target: lee, at: at('2026-11-20T10:00') }))];
  expect(suppress([{ ...EVERYBODY, actor: 'dana.reyes@example.com' }], seen)).not.toBeNull();
});

test('a finding without events is never silenced: it is of nobody whom a suppression could name', () => {
  expect(suppress([{ ...EVERYBODY, actor: 'dana.reyes@example.com' }], [])).toBeNull();
});
