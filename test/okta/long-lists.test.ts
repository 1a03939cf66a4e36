import { expect, test } from 'vitest';
import { DAY_MS } from '../../src/model/time-window.ts';
import { NO_TUNING } from '../../src/model/tuning.ts';
import { askAudit } from '../scopes/ask-audit.ts';
import { generateNoise, person } from '../simulators/okta/build-event.ts';
import { composeEvent } from '../simulators/okta/compose-event.ts';
import type { Fault } from '../simulators/okta/simulator-fault.ts';
import { BY_TOKEN, NOW, openTenant } from './simulated-tenant.ts';

const CHIEF = person('chief@example.com');
/** No check of ours reads all events of this type, which would leave nothing to ask by a list. */
const RULE = `title: A chief became a user of another kind
name: chief-of-another-kind
logsource: {product: okta}
detection:
  selection:
    eventType: user.account.update_user_type
    target.User.id|cased|expand: '%chiefs%'
  condition: selection
`;
const chiefs = [...Array.from({ length: 199 }, (_, index) => `00uchief${index}`), CHIEF.id];

async function auditWhere(faults: Fault[]) {
  const tenant = await openTenant({
    events: [
      ...generateNoise({ seed: 3, from: NOW - 30 * DAY_MS, to: NOW, count: 500 }),
      composeEvent({
        eventType: 'user.account.update_user_type',
        at: NOW - 2 * DAY_MS,
        actor: person('help.desk@example.com'),
        targets: [CHIEF],
      }),
    ],
    faults,
  });
  const { simulator, source } = tenant;
  const judged = await askAudit({
    incident: null,
    source,
    rule: RULE,
    plan: {
      nowMs: NOW,
      archives: [],
      okta: { orgUrl: simulator.url, credentials: BY_TOKEN },
      tuning: { ...NO_TUNING, placeholders: { chiefs } },
    },
  });
  return {
    state: judged.coverage.state,
    check: judged.checks.find(({ id }) => id === 'chief-of-another-kind'),
  };
}

test('a rule about more people than one question to Okta holds is evaluated all the same', async () => {
  const { state, check } = await auditWhere([]);
  expect(check).toMatchObject({ status: 'evaluated', events: 1 });
  expect(state).toBe('complete');
});

test('it is not where one of the questions was not answered', async () => {
  const { state, check } = await auditWhere([
    {
      when: ({ query }) => query.get('filter')?.includes('"00uchief0"') ?? false,
      action: { kind: 'status', status: 500 },
    },
  ]);
  expect(check).toMatchObject({ status: 'not-evaluated' });
  expect(state).toBe('partial');
});
