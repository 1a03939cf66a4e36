import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readBuiltinScopes, readEventTypes } from '../../src/catalogue/read-catalogue.ts';
import {
  findIncident,
  parseBuiltinScopes,
  readCheckGroups,
  readIncidents,
  readStandingScope,
} from '../../src/catalogue/read-scopes.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import type { LogEvent } from '../../src/model/log-event.ts';
import { DAY_MS, HOUR_MS, type TimeWindow } from '../../src/model/time-window.ts';
import { renderReportJson } from '../../src/report/report-json.ts';
import type { DescribedScope } from '../../src/scope/described-scope.ts';
import { expectGolden } from '../report/expect-golden.ts';
import { findRealLookingData } from '../rules/find-real-looking-data.ts';
import { adminAppAccess, passwordReset, person } from '../simulators/okta/build-event.ts';
import { toEvents } from './ask-about.ts';
import { askAudit, LATER_MS } from './ask-audit.ts';
import { listUnknownChecks } from './list-unknown-checks.ts';
import { createMemorySource, type MemorySourceOptions } from './memory-source.ts';
import { readStories, type Stories } from './read-stories.ts';
import { surroundings } from './surroundings.ts';

const DIRECTORY = join(import.meta.dirname, '../../scopes/incidents');
const FOLDERS = readdirSync(DIRECTORY).sort();
const INCIDENTS = readIncidents().map((incident) => ({ id: incident.id, incident }));
const ASSESSABLE = INCIDENTS.filter(({ incident }) => incident.assessable);
const UNASSESSABLE = INCIDENTS.filter(({ incident }) => !incident.assessable);
const EVENT_TYPES = new Set(readEventTypes());

describe('the catalogue', () => {
  it('holds one incident for each folder, under the name of the folder', () => {
    expect(INCIDENTS.map(({ id }) => id)).toEqual(FOLDERS);
    for (const id of FOLDERS) expect(id).toMatch(/^okta-20\d\d-(0[1-9]|1[0-2])-[a-z0-9-]+$/);
  });

  it('has no check in two groups, and no group that is called like a check', () => {
    const groups = readCheckGroups();
    const members = [...groups.values()].flat();
    expect(members.filter((id, index) => members.indexOf(id) !== index)).toEqual([]);
    expect(listUnknownChecks({ ...readStandingScope(), checks: toScopeChecks(members) })).toEqual(
      [],
    );
    const all = toScopeChecks([...groups.keys()]);
    expect(listUnknownChecks({ ...readStandingScope(), checks: all })).toHaveLength(groups.size);
  });

  it('names the line of a fact without a source', () => {
    const [incident] = readBuiltinScopes().filter(({ path }) => path.includes('/incidents/'));
    if (incident === undefined) throw new Error('there are no incidents');
    const text = incident.text.replace('\nfacts:\n', '\nfacts:\n  - says: Somebody said so.\n');
    const line = text.split('\n').indexOf('  - says: Somebody said so.') + 1;
    expect(() => parseBuiltinScopes([{ ...incident, text }])).toThrow(
      `${incident.path}:${line}: facts.0.source: `,
    );
  });
});

describe.each(INCIDENTS)('$id', ({ id, incident }) => {
  it('names checks that there are, with an indicator check for every kind of indicator', () => {
    expect(listUnknownChecks(incident)).toEqual([]);
  });

  it('has a core window of whole days inside its review window, and says why', () => {
    if (incident.window.kind !== 'fixed') throw new Error(`${id} has no fixed window`);
    const { core, review, coreReason, reviewReason } = incident.window;
    for (const instantMs of [core.sinceMs, core.untilMs, review.sinceMs, review.untilMs]) {
      expect(instantMs % DAY_MS).toBe(0);
    }
    expect(core.untilMs - core.sinceMs).toBeLessThanOrEqual(184 * DAY_MS);
    expect(review.untilMs - review.sinceMs).toBeLessThanOrEqual(366 * DAY_MS);
    expect(review.sinceMs).toBeLessThanOrEqual(core.sinceMs);
    expect(review.untilMs).toBeGreaterThanOrEqual(core.untilMs);
    expect(coreReason).toMatch(/\.$/);
    expect(reviewReason).toMatch(/\.$/);
  });

  it('is named after the month in which it began or became public', () => {
    const month = id.slice('okta-'.length, 'okta-2022-01'.length);
    const core = coreOf(incident);
    const until = new Date(core.untilMs).toISOString();
    const months = [
      new Date(core.sinceMs).toISOString(),
      until,
      incident.background.published ?? '',
    ];
    expect(months.map((text) => text.slice(0, 7))).toContain(month);
  });

  it('rests on pages, and marks what is inference', () => {
    const { facts, coreSource, reviewSource } = incident.background;
    const sources = [
      ...facts.map(({ source }) => source),
      coreSource,
      reviewSource,
      ...incident.indicators.map(({ source }) => source),
      ...incident.references.map(({ url }) => url),
    ];
    const { window } = parse(readFileSync(join(DIRECTORY, id, 'incident.yml'), 'utf8'));
    for (const span of [window.core, window.review ?? window.core]) {
      expect(span).toHaveProperty('source');
    }
    for (const source of sources) if (source !== null) expect(source).toMatch(/^https:\/\/\S+$/);
    expect(facts.filter(({ source }) => source !== null).length).toBeGreaterThan(0);
    expect(incident.references.length).toBeGreaterThan(0);
  });

  it('says whom it concerns, what it was, how sure that is, and what no log can tell', () => {
    expect(incident.exposed).toMatch(/\.$/);
    expect(incident.summary.length).toBeGreaterThan(100);
    expect(incident.confidence).not.toBeNull();
    expect(incident.cannotTell.length).toBeGreaterThan(0);
    for (const sentence of incident.cannotTell) expect(sentence).toMatch(/^[A-Z].*[.]$/);
  });

  it('has stories exactly where a log can answer', () => {
    expect(readStories(id) === null).toBe(!incident.assessable);
  });
});

it.each(['okta-2022-08-0ktapus', 'okta-2026-01-vishing'])(
  '%s asks about what others changed of administrators, not about what they changed themselves',
  async (id) => {
    const scope = findIncident(id);
    if (scope === null) throw new Error(`there is no ${id}`);
    const { sinceMs } = coreOf(scope);
    const ada = person('ada.admin@example.com');
    const bo = person('bo.boss@example.com');
    const events = toEvents([
      adminAppAccess({ user: ada, at: sinceMs + 9 * HOUR_MS }),
      adminAppAccess({ user: bo, at: sinceMs + 9 * HOUR_MS }),
      passwordReset({ target: ada, at: sinceMs + 10 * HOUR_MS }),
      passwordReset({ actor: ada, target: bo, at: sinceMs + 11 * HOUR_MS }),
    ]);
    const source = createMemorySource({ events, covered: surroundings(scope) });
    const { findings } = await askAudit({ incident: id, source });
    expect(findings.map(({ target, role }) => [target?.login, role])).toEqual([
      [bo.alternateId, 'review'],
      [ada.alternateId, 'context'],
    ]);
  },
);

describe.each(UNASSESSABLE)('$id, which no log can show', ({ id, incident }) => {
  it('looks for nothing, and answers that it cannot be assessed and why', async () => {
    expect(incident.checks).toEqual([]);
    const audit = await askAudit({
      incident: id,
      source: createMemorySource({ events: [], covered: surroundings(incident) }),
    });
    expect(audit.verdict).toBe('not-assessable');
    expect(audit.verdictSentence).toContain('no Okta log can answer this question');
    expect(audit.verdictSentence).toContain(incident.cannotTell[0]);
  });
});

describe.each(ASSESSABLE)('$id, told as stories', ({ id, incident }) => {
  const stories = readStories(id);
  if (stories === null) throw new Error(`${id} has no story.yml`);
  const covered = surroundings(incident);

  it('is told with event types that Okta lists and with data of nobody', () => {
    const events = [...stories.attack.events, ...stories.benign.events];
    expect(events.filter(({ eventType }) => !EVENT_TYPES.has(eventType))).toEqual([]);
    const indicators = new Set(incident.indicators.map(({ value }) => value));
    const real = findRealLookingData(stories.text).filter((found) => !indicators.has(found));
    expect(real).toEqual([]);
  });

  it('is decided by events of the attack that lie in the core window', () => {
    const { sinceMs, untilMs } = spanOfDecisive(stories);
    const core = coreOf(incident);
    expect(sinceMs).toBeGreaterThanOrEqual(core.sinceMs);
    expect(untilMs).toBeLessThanOrEqual(core.untilMs);
    const told = new Set(stories.attack.events.map(({ eventType }) => eventType));
    expect(stories.attack.decisive.filter((eventType) => !told.has(eventType))).toEqual([]);
  });

  it('sees the attack', async () => {
    const audit = await tell(id, { events: stories.attack.events, covered });
    expect(audit.verdict).toBe(stories.attack.verdict);
    expect(audit.coverage.state).toBe('complete');
    expectGolden(`test/scopes/golden/${id}.attack.json`, toReport(audit));
  });

  it('sees nothing in ordinary life', async () => {
    const audit = await tell(id, { events: stories.benign.events, covered });
    expect(audit.verdict).toBe('no-evidence');
    expect(audit.coverage.state).toBe('complete');
    expectGolden(`test/scopes/golden/${id}.benign.json`, toReport(audit));
  });

  const decisive = spanOfDecisive(stories);
  const losses: [string, Omit<MemorySourceOptions, 'events'>][] = [
    ['the log ends before the attack', { covered: { ...covered, untilMs: decisive.sinceMs } }],
    ['the log begins after the attack', { covered: { ...covered, sinceMs: decisive.untilMs } }],
    ['the log has a hole there', { covered, hole: decisive }],
    ['the log was filtered', { covered, filteredOut: stories.attack.decisive }],
    ['the log has only the last 90 days', { covered: lastDays(90) }],
  ];

  it.each(losses)('never says that there is no evidence where %s', async (_, loss) => {
    for (const { events } of [stories.attack, stories.benign]) {
      const audit = await tell(id, { events, ...loss });
      expect(audit.verdict).not.toBe('no-evidence');
      expect(audit.coverage.state).not.toBe('complete');
      const holes = audit.coverage.holes.filter(({ decides }) => decides);
      expect(holes.length).toBeGreaterThan(0);
      for (const { reason, remedy } of holes) expect([reason, remedy]).not.toContain('');
    }
  });

  it('never says that there is no evidence where the inputs leave the attack out', async () => {
    for (const { events } of [stories.attack, stories.benign]) {
      const times = { lookbackDays: null, sinceMs: null, untilMs: decisive.sinceMs };
      const audit = await tell(id, { events, covered }, times);
      expect(audit.verdict).not.toBe('no-evidence');
      expect(audit.coverage.state).toBe('partial');
      expect(audit.verdictSentence).toContain('1 hole');
    }
  });
});

function tell(
  incident: string,
  options: MemorySourceOptions,
  times = { lookbackDays: null, sinceMs: null, untilMs: null } as {
    lookbackDays: null;
    sinceMs: null;
    untilMs: number | null;
  },
): Promise<JudgedAudit> {
  return askAudit({ incident, source: createMemorySource(options), plan: { times } });
}

function toReport(judged: JudgedAudit): string {
  return renderReportJson({
    judged,
    identity: { tool: { name: 'okta-tenant-audit', version: 'test' }, run: null, config: null },
    evidence: { file: 'evidence.ndjson', sha256: '0'.repeat(64) },
  });
}

function toScopeChecks(ids: readonly string[]): DescribedScope['checks'] {
  return ids.map((id) => ({ id, role: 'review', instead: [], required: true }));
}

function coreOf({ window }: DescribedScope): TimeWindow {
  if (window.kind !== 'fixed') throw new Error('not a fixed window');
  return window.core;
}

/** From just before the first decisive event to just after the last. */
function spanOfDecisive({ attack }: Stories): TimeWindow {
  const decisive = attack.events.filter((event: LogEvent) =>
    attack.decisive.includes(event.eventType),
  );
  const times = decisive.map(({ publishedMs }) => publishedMs);
  return { sinceMs: Math.min(...times) - HOUR_MS, untilMs: Math.max(...times) + HOUR_MS };
}

function lastDays(days: number): TimeWindow {
  return { sinceMs: LATER_MS - days * DAY_MS, untilMs: LATER_MS };
}
