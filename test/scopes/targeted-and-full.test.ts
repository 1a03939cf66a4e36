import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import { DAY_MS, HOUR_MS } from '../../src/model/time-window.ts';
import { parseCases } from '../../src/sigma/index.ts';
import { BY_TOKEN, NOW, openTenant } from '../okta/simulated-tenant.ts';
import {
  adminAppAccess,
  BERLIN_OFFICE,
  FAR_AWAY,
  person,
  signIn,
} from '../simulators/okta/build-event.ts';
import { askAudit } from './ask-audit.ts';

const RULES = join(import.meta.dirname, '../../rules');
const FOLDERS = readdirSync(RULES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

interface Told {
  readonly name: string;
  readonly events: readonly RawEvent[];
}

/** The cases of a rule as what happened in a tenant until two days ago. */
function readCases(folder: string): Told[] {
  const parsed = parseCases(parse(readFileSync(join(RULES, folder, 'cases.yml'), 'utf8')));
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
  return parsed.cases.map(({ name, events }, index) => {
    const times = events.map((event) => Date.parse(String(event['published'])));
    const laterMs = NOW - 2 * DAY_MS - Math.max(...times);
    return {
      name,
      events: events.map((event, place) => ({
        ...event,
        uuid: `${folder}-${index}-${place}`,
        published: new Date((times[place] ?? 0) + laterMs).toISOString(),
      })),
    };
  });
}

async function ask(pull: 'targeted' | 'full', events: readonly RawEvent[]): Promise<JudgedAudit> {
  const { simulator, source } = await openTenant({});
  simulator.addEvents(events);
  const okta = { orgUrl: simulator.url, credentials: BY_TOKEN };
  return askAudit({ incident: null, source, plan: { nowMs: NOW, archives: [], okta, pull } });
}

interface Comparison {
  /** How many checks both pulls evaluated. */
  readonly checks: number;
  readonly targeted: readonly object[];
  readonly full: readonly object[];
}

/**
 * What each pull found by the checks that both evaluated, as far as no check of the full pull alone owns the event:
 * see docs/decisions/0008-what-a-full-pull-adds.md.
 */
async function compare(events: readonly RawEvent[]): Promise<Comparison> {
  const targeted = await ask('targeted', events);
  const full = await ask('full', events);
  const evaluated = (audit: JudgedAudit): string[] =>
    audit.checks.filter(({ status }) => status === 'evaluated').map(({ id }) => id);
  const inFull = new Set(evaluated(full));
  const both = new Set(evaluated(targeted).filter((id) => inFull.has(id)));
  const taken = new Set(
    full.findings.flatMap((finding) => (both.has(finding.check) ? [] : listUuids(finding))),
  );
  const isTaken = (uuid: string): boolean => taken.has(uuid);
  const touched = new Set(
    targeted.findings.flatMap((finding) => (listUuids(finding).some(isTaken) ? finding.id : [])),
  );
  const describeFindings = (audit: JudgedAudit): object[] =>
    audit.findings
      .filter(({ check }) => both.has(check))
      .map((finding) => {
        const { id, check, severity, role } = finding;
        const left = listUuids(finding).filter((uuid) => !isTaken(uuid));
        return { id, check, events: left, ...(touched.has(id) ? {} : { severity, role }) };
      })
      .filter((finding) => finding.events.length > 0)
      .sort((one, other) => one.id.localeCompare(other.id));
  return {
    checks: both.size,
    targeted: describeFindings(targeted),
    full: describeFindings(full),
  };
}

function listUuids({ events }: JudgedAudit['findings'][number]): string[] {
  return events.map(({ uuid }) => uuid);
}

describe('a targeted and a full pull find the same by every check that both evaluate', () => {
  it.each(FOLDERS)('in what %s is about', { timeout: 60_000 }, async (folder) => {
    for (const { name, events } of readCases(folder)) {
      const { targeted, full } = await compare(events);
      expect(full, name).toEqual(targeted);
    }
  });

  it('in a session that goes on at the other end of the world, in the signature of its browser', {
    timeout: 60_000,
  }, async () => {
    const user = person('dana.reyes@example.com');
    const { browser, os, rawUserAgent } = BERLIN_OFFICE;
    const days = [2, 3, 9, 10, 11, 12].map((ago) => NOW - ago * DAY_MS);
    const events = [
      ...days.map((at) => signIn({ user, at, session: 's1' })),
      adminAppAccess({
        user,
        at: NOW - 2 * DAY_MS + HOUR_MS,
        place: { ...FAR_AWAY, browser, os, rawUserAgent },
        session: 's1',
      }),
    ];
    const { targeted, full } = await compare(events);
    expect(full).toEqual(targeted);
    expect(targeted).toMatchObject([
      { check: 'impossible-journey', role: 'review', severity: 'high' },
    ]);
  });

  it('in everything at once', { timeout: 60_000 }, async () => {
    const events = FOLDERS.flatMap((folder) => readCases(folder).flatMap((told) => told.events));
    const { checks, targeted, full } = await compare(events);
    expect(full).toEqual(targeted);
    expect(checks).toBeGreaterThan(70);
    expect(targeted.length).toBeGreaterThan(60);
  });
});
