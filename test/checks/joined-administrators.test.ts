import { describe, expect, test } from 'vitest';
import type { RawEvent } from '../../src/model/log-event.ts';
import { days } from '../archive/archive-workbench.ts';
import { askTonight, LAPSUS, toEvents } from '../scopes/ask-about.ts';
import { askAudit } from '../scopes/ask-audit.ts';
import { createMemorySource } from '../scopes/memory-source.ts';
import { DANA, FINN, HARPER, hoursAgo } from '../scopes/tell-events.ts';
import { composeEvent, type EventParts, thing } from '../simulators/okta/build-event.ts';

/** Groups have no login. */
const APP_OWNERS = { ...thing('UserGroup', 'App owners'), alternateId: 'unknown' };
const CHOIR = { ...thing('UserGroup', 'Choir'), alternateId: 'unknown' };

function grant(at: string | number, privilege = 'Help Desk administrator'): RawEvent {
  return composeEvent({
    eventType: 'group.privilege.grant',
    at,
    actor: DANA,
    targets: [APP_OWNERS],
    debugData: { privilegeGranted: privilege },
  });
}

function revoke(at: string | number): RawEvent {
  return { ...grant(at), eventType: 'group.privilege.revoke' };
}

/** To a role of the organisation's own. */
function bind(at: string | number): RawEvent {
  return composeEvent({
    eventType: 'iam.resourceset.bindings.add',
    at,
    actor: DANA,
    targets: [thing('ROLE', 'Password helpers'), APP_OWNERS],
  });
}

function join(at: string | number, parts: Partial<EventParts> = {}): RawEvent {
  return composeEvent({
    eventType: 'group.user_membership.add',
    at,
    actor: HARPER,
    targets: [FINN, APP_OWNERS],
    ...parts,
  });
}

describe('who is put into a group of administrators', () => {
  test('asks for a look, days after the group got its role', async () => {
    const { findings } = await askTonight([grant(hoursAgo(300)), join(hoursAgo(50))]);
    expect(findings.map(({ check, role, severity }) => [check, role, severity])).toEqual([
      ['joined-administrators', 'review', 'medium'],
    ]);
    expect(findings[0]?.summary).toBe(
      'harper.help@example.com put finn.okoro@example.com into the group App owners at 2026-11-21 00:17 UTC; ' +
        'the group got the role Help Desk administrator at 2026-11-10 14:17 UTC.',
    );
  });

  test('is of more weight where the role rules the tenant', async () => {
    const { findings } = await askTonight([
      grant(hoursAgo(300), 'Super administrator'),
      join(hoursAgo(50)),
    ]);
    expect(findings.map(({ severity }) => severity)).toEqual(['high']);
  });

  test('is told of a group that got a role of the organisation’s own', async () => {
    const { findings } = await askTonight([bind(hoursAgo(300)), join(hoursAgo(50))]);
    expect(findings.map(({ check, role, severity }) => [check, role, severity])).toEqual([
      ['joined-administrators', 'review', 'medium'],
    ]);
    expect(findings[0]?.summary).toContain(
      'the group got an administrator role at 2026-11-10 14:17 UTC',
    );
  });

  test('is told of a group that lost its standard role alone before', async () => {
    const events = [bind(hoursAgo(300)), grant(hoursAgo(299)), revoke(hoursAgo(290))];
    const { findings } = await askTonight([...events, join(hoursAgo(50))]);
    expect(findings.map(({ check }) => check)).toContain('joined-administrators');
  });

  test('is of more weight where the group that rules the tenant got a role of the organisation’s own since', async () => {
    const events = [grant(hoursAgo(300), 'Super administrator'), bind(hoursAgo(299))];
    const { findings } = await askTonight([...events, join(hoursAgo(50))]);
    expect(findings.map(({ severity }) => severity)).toEqual(['high']);
    expect(findings[0]?.summary).toContain('the group got the role Super administrator at');
  });

  test('is told of a group that lost its roles later, or had got one again', async () => {
    const lost = [grant(hoursAgo(300)), join(hoursAgo(50)), revoke(hoursAgo(40))];
    const again = [
      grant(hoursAgo(300)),
      revoke(hoursAgo(290)),
      grant(hoursAgo(280)),
      join(hoursAgo(50)),
    ];
    for (const events of [lost, again]) {
      const { findings } = await askTonight(events);
      expect(findings.map(({ check }) => check)).toContain('joined-administrators');
    }
  });

  test.each([
    ['before', hoursAgo(50.2)],
    ['after', hoursAgo(49.8)],
  ])('is told once where the same actor did it shortly %s the grant', async (_, at) => {
    const { findings } = await askTonight([grant(hoursAgo(50)), join(at, { actor: DANA })]);
    expect(findings.map(({ role, eventCount }) => [role, eventCount])).toEqual([['review', 2]]);
  });

  test.each<[string, readonly RawEvent[]]>([
    ['of a group without a role', [join(hoursAgo(50), { targets: [FINN, CHOIR] })]],
    ['of a group that got its role too long ago', [grant(hoursAgo(500)), join(hoursAgo(50))]],
    ['that failed', [grant(hoursAgo(300)), join(hoursAgo(50), { result: 'FAILURE' })]],
    [
      'of a group that had lost its roles',
      [grant(hoursAgo(300)), revoke(hoursAgo(290)), join(hoursAgo(50))],
    ],
    ['of before the window', [grant(hoursAgo(300)), join(hoursAgo(250))]],
    ['made long before the group got its role', [join(hoursAgo(290)), grant(hoursAgo(280))]],
  ])('asks for nothing by a membership %s', async (_, events) => {
    expect((await askTonight(events)).findings).toEqual([]);
  });

  test('costs an incident no coverage where its archive ends before the 14 days are over', async () => {
    const events = toEvents([grant('2022-01-20T10:00:00Z'), join('2022-01-20T12:00:00Z')]);
    const source = createMemorySource({ events, covered: days('2021-11-01', '2022-01-24') });
    const { coverage, findings } = await askAudit({ incident: LAPSUS, source });
    expect(coverage.state).toBe('complete');
    expect(findings.map(({ check }) => check)).toContain('joined-administrators');
  });
});
