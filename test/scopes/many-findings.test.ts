import { expect, it } from 'vitest';
import { parseIncidentFile } from '../../src/catalogue/read-scopes.ts';
import { apiTokenCreation, person } from '../simulators/okta/build-event.ts';
import { askTonight, toEvents } from './ask-about.ts';
import { askAudit, LATER_MS } from './ask-audit.ts';
import { createMemorySource } from './memory-source.ts';
import { hoursAgo } from './tell-events.ts';

/** One token of each of so many administrators, an hour apart. */
const createTokens = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    apiTokenCreation({
      actor: person(`admin${index}@example.com`),
      token: `token ${index}`,
      at: hoursAgo(60 - index),
    }),
  );

it('a night with more findings than stories says which time was not looked around', async () => {
  const few = await askTonight(createTokens(10));
  expect(few.findings).toHaveLength(10);
  expect(few.investigations.users).toHaveLength(10);
  expect(few.coverage.holes.map(({ reason }) => reason)).toEqual([]);

  const many = await askTonight(createTokens(13));
  expect(many.findings).toHaveLength(13);
  expect(many.investigations.users).toHaveLength(10);
  expect(many.coverage).toMatchObject({ state: few.coverage.state });
  expect(many.coverage.holes).toEqual([
    {
      window: { sinceMs: hoursAgo(50 + 24), untilMs: hoursAgo(48 - 24) },
      reason:
        'what happened before and after 3 findings was not read: a run tells 10 stories at most',
      remedy: 'give whoever else matters as a focus',
      checks: [],
      decides: false,
    },
  ]);
});

it('a night spends few requests on stories, and an incident as many as its weeks need', async () => {
  const apart = [0, 1, 2].map((index) =>
    apiTokenCreation({
      actor: person(`admin${index}@example.com`),
      at: hoursAgo(24 * (3 + 20 * index)),
    }),
  );
  const source = createMemorySource({
    events: toEvents(apart),
    covered: { sinceMs: hoursAgo(24 * 80), untilMs: LATER_MS },
  });
  const live = { ...source, kind: 'okta' } as const;
  const night = await askAudit({
    incident: null,
    source: live,
    plan: { times: { lookbackDays: 60, sinceMs: null, untilMs: null } },
  });
  expect(night.coverage.holes.map(({ reason }) => reason)).toContainEqual(
    expect.stringMatching(/1 finding was not read: .* and asks Okta 8 times for them$/),
  );
  expect(night.investigations.users).toHaveLength(2);
  const scope = parseIncidentFile({
    path: 'incident.yml',
    text: 'id: autumn\ntitle: Autumn\nwindow:\n  core: { since: 2026-09-24, until: 2026-11-22 }\n',
  });
  const incident = await askAudit({ incident: null, source: live, scope });
  expect(incident.investigations.users).toHaveLength(3);
});
