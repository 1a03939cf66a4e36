import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../src/model/time-window.ts';
import { judgeClock } from '../../src/sources/okta/transport/judge-clock.ts';
import { NOW, openTenant } from './simulated-tenant.ts';

const WINDOW = { sinceMs: NOW - 24 * HOUR_MS, untilMs: NOW - HOUR_MS };

describe.each([
  ['ahead', 8 * HOUR_MS],
  ['behind', -8 * HOUR_MS],
  ['a little more than tolerated ahead', 10 * MINUTE_MS + 2000],
])('a clock that is %s of Okta', (_, driftMs) => {
  const open = () => openTenant({ runtime: { now: () => NOW + driftMs } });

  it('reads nothing', async () => {
    const tenant = await open();
    await expect(tenant.read({ window: WINDOW })).rejects.toMatchObject({
      code: 'clock-wrong',
      message: expect.stringContaining(new Date(NOW + driftMs).toISOString()),
    });
    expect(tenant.transport.countRequests('/api/v1/logs')).toBe(1);
  });

  it('says nothing about support access', async () => {
    const tenant = await open();
    const { state, reason } = await tenant.askSupportAccess();
    expect(state).toBe('unknown');
    expect(reason).toContain('The clock of this machine');
  });
});

it.each([
  ['nine minutes ahead', 9 * MINUTE_MS],
  ['nine minutes behind', -9 * MINUTE_MS],
])('a clock that is %s does no harm', async (_, driftMs) => {
  const tenant = await openTenant({ runtime: { now: () => NOW + driftMs } });
  await expect(tenant.read({ window: WINDOW })).resolves.toBeDefined();
});

it.each<[string, Record<string, string>]>([
  ['that has no date', {}],
  ['whose date is none', { date: 'yesterday' }],
  [
    'that a cache has kept',
    { date: new Date(NOW - 8 * HOUR_MS).toUTCString(), age: `${(8 * HOUR_MS) / 1000}` },
  ],
])('an answer %s says nothing about the clock', (_, headers) => {
  const answer = { headers: { get: (name: string) => headers[name] ?? null, forEach: () => {} } };
  expect(judgeClock(answer, { host: 'acme.okta.com', nowMs: NOW })).toBeNull();
});

it.each([
  ['no age to speak of', '0'],
  ['less age than the clocks differ', `${HOUR_MS / 1000}`],
  ['an age that is none', 'old'],
])('an answer of %s tells that the clock is wrong', (_, age) => {
  const headers: Record<string, string> = {
    date: new Date(NOW - 8 * HOUR_MS).toUTCString(),
    age,
  };
  const answer = { headers: { get: (name: string) => headers[name] ?? null, forEach: () => {} } };
  expect(judgeClock(answer, { host: 'acme.okta.com', nowMs: NOW })?.error.code).toBe('clock-wrong');
});
