import { expect, test } from 'vitest';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/model/time-window.ts';
import { askAudit } from '../scopes/ask-audit.ts';
import {
  FAR_AWAY,
  factorEvent,
  generateNoise,
  passwordReset,
  person,
  signIn,
} from '../simulators/okta/build-event.ts';
import type { RecordedRequest } from '../simulators/okta/simulator-fault.ts';
import { BY_TOKEN, NOW, openTenant } from './simulated-tenant.ts';

const RESET_MS = NOW - 2 * DAY_MS;
const VICTIM = person('j.ortiz@example.com');

/** A factor from home that no other check asks about, a reset, a new factor, and a sign-in from where this person was never seen: only the sign-ins of this person tell. */
const TAKEOVER = [
  ...Array.from({ length: 10 }, (_, day) =>
    signIn({ user: VICTIM, at: RESET_MS - (day + 1) * DAY_MS }),
  ),
  factorEvent('activate', { actor: VICTIM, target: VICTIM, at: RESET_MS - 8 * DAY_MS }),
  passwordReset({ actor: person('help.desk@example.com'), target: VICTIM, at: RESET_MS }),
  factorEvent('activate', { actor: VICTIM, target: VICTIM, at: RESET_MS + 5 * MINUTE_MS }),
  signIn({
    user: VICTIM,
    at: RESET_MS + HOUR_MS,
    place: FAR_AWAY,
  }),
];

async function auditWhere(isLost: (request: RecordedRequest) => boolean): Promise<JudgedAudit> {
  const tenant = await openTenant({
    events: [
      ...generateNoise({ seed: 3, from: NOW - 8 * DAY_MS, to: NOW, count: 500 }),
      ...TAKEOVER,
    ],
    faults: [{ when: isLost, action: { kind: 'status', status: 500 } }],
  });
  return askAudit({
    incident: null,
    source: tenant.source,
    plan: {
      nowMs: NOW,
      archives: [],
      okta: { orgUrl: tenant.simulator.url, credentials: BY_TOKEN },
    },
  });
}

function asksFor(request: RecordedRequest, field: string): boolean {
  return request.query.get('filter')?.includes(`${field} eq `) ?? false;
}

function chainOf(judged: JudgedAudit) {
  return judged.checks.find(({ id }) => id === 'takeover-chain');
}

test('the story of a reset is found in the sign-ins of the one person', async () => {
  const judged = await auditWhere(() => false);
  expect(chainOf(judged)).toMatchObject({ status: 'evaluated', findings: 1 });
  expect(judged.coverage.state).toBe('complete');
});

test.each([
  ['the actor', ['actor.id']],
  ['the target', ['target.id']],
  ['anybody', ['actor.id', 'target.id', 'authenticationContext.externalSessionId']],
])(
  'where Okta gives no answer by %s, the check was not evaluated whole and nothing is complete',
  async (_, fields) => {
    const judged = await auditWhere((request) => fields.some((field) => asksFor(request, field)));
    expect(chainOf(judged)).toMatchObject({ status: 'partly' });
    expect(judged.coverage.state).toBe('partial');
    const holes = judged.coverage.holes.filter((hole) => hole.decides);
    expect(holes).toEqual([
      {
        window: { sinceMs: RESET_MS, untilMs: RESET_MS + DAY_MS + 1 },
        reason: expect.stringContaining('HTTP 500'),
        remedy: expect.stringMatching(
          /^Run the audit again.*Give an archive that covers 2026-11-21/,
        ),
        checks: ['takeover-chain'],
        decides: true,
      },
    ]);
  },
);
