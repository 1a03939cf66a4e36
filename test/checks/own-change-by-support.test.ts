import { expect, test } from 'vitest';
import type { RawEvent } from '../../src/model/log-event.ts';
import { HOUR_MS } from '../../src/model/time-window.ts';
import { askTonight } from '../scopes/ask-about.ts';
import { FINN, hoursAgo, supportVisit } from '../scopes/tell-events.ts';
import { factorEvent, passwordChange, signIn } from '../simulators/okta/build-event.ts';

/** `supportVisit` uses this session from half an hour after the grant to an hour after it. */
const SESSION = 'support visit';
const GRANTED_MS = hoursAgo(50);
const INSIDE_MS = GRANTED_MS + 0.75 * HOUR_MS;

/** Finn works from one place all week, and support visits for a case that the team listed. */
function ask(...changes: readonly RawEvent[]) {
  const week = [1, 2, 3, 4].map((days) => signIn({ user: FINN, at: hoursAgo(50 + 24 * days) }));
  return askTonight([...week, ...supportVisit(GRANTED_MS), ...changes], {
    supportCases: ['00123456'],
  });
}

test.each([
  [
    'a factor is enrolled',
    factorEvent('activate', { target: FINN, at: INSIDE_MS, session: SESSION }),
  ],
  ['a password is changed', passwordChange({ target: FINN, at: INSIDE_MS, session: SESSION })],
])('%s inside a support session: nobody takes it for their own doing', async (_, change) => {
  const { verdict, findings, investigations } = await ask(change);
  expect(verdict).toBe('evidence-found');
  const found = findings.find(({ check }) => check === 'own-change-by-support');
  expect(found).toMatchObject({ role: 'evidence', attribution: 'support-impersonation' });
  expect(found?.askWhom).toBe('finn.okoro@example.com whether they expected this');
  expect(investigations.credentialChanges).toMatchObject([
    { eventType: change['eventType'], attribution: 'support-impersonation' },
  ]);
});

test.each([
  ['in a session of their own', { at: INSIDE_MS, session: 'own' }],
  ['that failed', { at: INSIDE_MS, session: SESSION, result: 'FAILURE' }],
])('an enrolment %s is nothing of the kind', async (_, details) => {
  const { verdict, findings, investigations } = await ask(
    factorEvent('activate', { target: FINN, ...details }),
  );
  expect(findings.map(({ check }) => check)).not.toContain('own-change-by-support');
  expect(verdict).toBe('needs-review');
  expect(investigations.credentialChanges).toEqual([]);
});
