import { expect, test } from 'vitest';
import { beginPrivilegeMemory } from '../../src/checks/credential-changes/privilege-memory.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import {
  adminAppAccess,
  composeEvent,
  person,
  privilegeGrant,
  type Somebody,
  thing,
} from '../simulators/okta/build-event.ts';
import { toEvent } from './to-event.ts';

const DANA = person('dana.reyes@example.com');
const SAM = person('sam.super@example.com');
const OPENED = adminAppAccess({ user: SAM, at: '2026-11-10T08:00:00Z' });
const GRANT = privilegeGrant({ actor: DANA, target: SAM, at: '2026-11-09T08:00:00Z' });

function bind(target: Somebody, result = 'SUCCESS'): RawEvent {
  return composeEvent({
    eventType: 'iam.resourceset.bindings.add',
    at: '2026-11-10T09:00:00Z',
    actor: DANA,
    targets: [thing('ResourceSet', 'Everything'), thing('Role', 'Help desk'), target],
    result,
  });
}

function find(raws: readonly RawEvent[]): string | null {
  const memory = beginPrivilegeMemory();
  for (const raw of raws) memory.accept(toEvent(raw));
  return memory.findReason(SAM.id);
}

test.each<[string, readonly RawEvent[], string | null]>([
  ['got a role', [GRANT], 'was granted Super administrator'],
  ['was let into the Admin Console', [OPENED], 'opened the Admin Console'],
  ['did both, which is told by the role', [OPENED, GRANT], 'was granted Super administrator'],
  ['got a custom role', [bind(SAM)], 'was granted a custom administrator role'],
  [
    'got both, which is told by the one with a name',
    [GRANT, bind(SAM)],
    'was granted Super administrator',
  ],
  ['got a custom role in vain', [bind(SAM, 'FAILURE')], null],
  ['gave a custom role', [{ ...bind(DANA), actor: SAM }], null],
  [
    'was refused there',
    [adminAppAccess({ user: SAM, at: '2026-11-10T08:00:00Z', result: 'FAILURE' })],
    null,
  ],
  [
    'gave a role to somebody else',
    [privilegeGrant({ actor: SAM, target: DANA, at: '2026-11-09T08:00:00Z' })],
    null,
  ],
])('what the log shows of somebody who %s', (_, raws, reason) => {
  expect(find(raws)).toBe(reason);
});
