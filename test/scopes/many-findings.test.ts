import { expect, it } from 'vitest';
import { apiTokenCreation, person } from '../simulators/okta/build-event.ts';
import { askTonight } from './ask-about.ts';
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
        'What happened before and after 3 findings was not read: a run tells 10 stories at most, and asks Okta 4 times for them',
      remedy: 'Give whoever else matters as a focus',
      checks: [],
      decides: false,
    },
  ]);
});
