import { expect, it } from 'vitest';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import type { EventSource } from '../../src/model/reading.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/model/time-window.ts';
import { days, makeNoise, makeRecord, toLines } from '../archive/archive-workbench.ts';
import { openArchive, toEvents } from './ask-about.ts';
import { askAudit, LATER_MS } from './ask-audit.ts';
import { createMemorySource } from './memory-source.ts';

/** Okta still has the second half of what is asked about; the archive has all of it. */
const ASKED = days('2026-08-10', '2026-09-10');
const REACH = { sinceMs: LATER_MS - 90 * DAY_MS, untilMs: LATER_MS };
const ARCHIVED = days('2026-06-01', '2026-10-10');
const RESET = 'user.account.reset_password';
const TOKEN = 'system.api_token.create';

function makeLog(shiftMs = 0): RawEvent[] {
  const events = [RESET, TOKEN].flatMap((eventType, index) =>
    Array.from({ length: 120 }, (_, day) =>
      makeRecord({
        at: ARCHIVED.sinceMs + shiftMs + day * DAY_MS + (9 + index) * HOUR_MS,
        eventType,
      }),
    ),
  );
  const noise = { sinceMs: ARCHIVED.sinceMs + shiftMs, untilMs: ARCHIVED.untilMs };
  return [...makeNoise(noise), ...events];
}

/** The live log, which keeps 90 days. */
function openLive(raws: readonly RawEvent[]): EventSource {
  const source = createMemorySource({ events: toEvents(raws), covered: REACH });
  return {
    ...source,
    kind: 'okta',
    read: async (request, deliver) => ({ ...(await source.read(request, deliver)), kind: 'okta' }),
  };
}

async function askBoth(live: readonly RawEvent[], archive: readonly RawEvent[]) {
  const audit = await askAudit({
    incident: null,
    source: openLive(live),
    others: [openArchive({ 'a.ndjson': toLines(archive) })],
    plan: {
      okta: { orgUrl: 'https://acme.okta.com', credentials: { kind: 'api-token', token: 'x' } },
      times: { lookbackDays: null, ...ASKED },
    },
  });
  return { state: audit.coverage.state, lost: listLost(audit), audit };
}

function listLost({ coverage, checks }: JudgedAudit): string[] {
  return coverage.holes
    .filter(({ reason }) => reason.includes("Okta's own log"))
    .map(({ reason, window, decides, checks: touched }) =>
      [
        new Date(window.sinceMs).toISOString().slice(0, 10),
        new Date(window.untilMs).toISOString().slice(0, 10),
        decides ? 'decides' : 'is said',
        touched.length === checks.length ? 'for all' : touched.join(' '),
        reason,
      ].join(' '),
    );
}

it('an archive that has what Okta has is believed for the time before', async () => {
  const log = makeLog();
  expect(await askBoth(log, log)).toMatchObject({ state: 'complete', lost: [] });
});

it('an archive that gave its events other ids is known by type and second', async () => {
  const renamed = makeLog().map((raw, index) => ({ ...raw, uuid: `renamed ${index}` }));
  expect(await askBoth(makeLog(), renamed)).toMatchObject({ state: 'complete', lost: [] });
});

it('an archive that lacks what Okta has of a type is not believed about that type', async () => {
  const filtered = makeLog().filter(({ eventType }) => eventType !== TOKEN);
  const { state, lost, audit } = await askBoth(makeLog(), filtered);
  expect(state).toBe('partial');
  expect(lost).toEqual([
    expect.stringMatching(
      /^2026-07-27 2026-08-25 decides .*the archive lacks all 17 events of system\.api_token\.create that Okta's own log has for the same time/,
    ),
  ]);
  expect(lost[0]).toContain('api-token-created');
  expect(lost[0]).not.toContain('password-reset');
  expect(audit.verdict).not.toBe('no-evidence');
});

it('an archive that lost a few of very many is believed', async () => {
  const all = makeLog();
  const resets = all.filter(({ eventType }) => eventType === RESET);
  const lostOne = all.filter((raw) => raw !== resets.at(90));
  expect(await askBoth(all, lostOne)).toMatchObject({ state: 'complete', lost: [] });
});

it('an archive of another tenant is not believed at all, and said also where Okta fills it', async () => {
  const { state, lost } = await askBoth(makeLog(), makeLog(20 * MINUTE_MS));
  expect(state).toBe('partial');
  expect(lost).toContainEqual(
    expect.stringMatching(/ decides .*none of the \d+ events .*may be of another tenant/),
  );
});

it('an archive of another tenant is told although Okta has the whole window', async () => {
  const audit = await askAudit({
    incident: null,
    source: openLive(makeLog()),
    others: [openArchive({ 'a.ndjson': toLines(makeLog(20 * MINUTE_MS)) })],
    plan: {
      okta: { orgUrl: 'https://acme.okta.com', credentials: { kind: 'api-token', token: 'x' } },
      times: { lookbackDays: null, ...days('2026-09-28', '2026-10-05') },
    },
  });
  expect(audit.coverage.state).toBe('complete');
  expect(listLost(audit)).toEqual([
    expect.stringContaining('is said  the archive has none of the'),
  ]);
});
