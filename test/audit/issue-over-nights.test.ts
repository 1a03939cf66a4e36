import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fault, secondaryRateLimit } from '../simulators/github/github-faults.ts';
import { startGitHub } from '../simulators/github/start-github.ts';
import { type Step, watchIssue } from './watched-issue.ts';

const ALWAYS = 9;
const LIFE_TIMEOUT_MS = 3_600_000;
const REFUSED_COMMENT: Fault = {
  method: 'POST',
  path: /comments$/,
  effect: { kind: 'answer', status: 403 },
  times: ALWAYS,
};
const RESET: Fault['effect'] = { kind: 'reset' };
const FAULTS: readonly Fault[] = [
  REFUSED_COMMENT,
  { method: 'POST', path: /comments$/, effect: { kind: 'lost-answer' } },
  { method: 'POST', path: /comments$/, effect: { kind: 'reset' }, times: ALWAYS },
  { method: 'POST', path: /comments$/, effect: secondaryRateLimit(37) },
  { method: 'PATCH', effect: { kind: 'reset' }, times: ALWAYS },
  { method: 'PATCH', effect: secondaryRateLimit(37) },
  { method: 'PATCH', skip: 1, effect: { kind: 'answer', status: 502 }, times: ALWAYS },
  { method: 'PATCH', effect: { kind: 'lost-answer' } },
  { method: 'PATCH', effect: { kind: 'old-body' } },
  { method: 'POST', path: /graphql$/, effect: { kind: 'answer', status: 502 }, times: ALWAYS },
  { method: 'GET', path: /issues\/1$/, effect: { kind: 'answer', status: 502 }, times: ALWAYS },
  { method: 'GET', path: /issues\?/, effect: { kind: 'answer', status: 502 }, times: ALWAYS },
  // Cancelled after so many requests.
  ...Array.from({ length: 9 }, (_, skip) => ({ skip, effect: RESET, times: 99 })),
];

const QUIET: Step = { kind: 'night', fault: null };
const HAPPENS: Step = { kind: 'happens', severity: 'high', role: 'review' };

const severity = fc.constantFrom('low' as const, 'high' as const);
const anyTrouble = {
  fault: fc.option(fc.constantFrom(...FAULTS), { freq: 3 }),
  isOutage: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
  lostDay: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 1 }),
  twinAfter: fc.option(fc.nat(8), { freq: 1 }),
};
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('night' as const), ...anyTrouble }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('by-hand' as const),
      daysAgo: fc.integer({ min: 0, max: 12 }),
      days: fc.integer({ min: 1, max: 8 }),
      ...anyTrouble,
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'grows' as const,
        'tick' as const,
        'untick' as const,
        'silence' as const,
        'switch' as const,
      ),
      pick: fc.nat(20),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('happens' as const),
      severity,
      role: fc.constantFrom('evidence' as const, 'review' as const, 'context' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'close' as const,
        'reopen' as const,
        'deface' as const,
        'note' as const,
        'note-on-top' as const,
        'other-tenant' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('minimum' as const), severity }) },
);

/** Two last nights without a fault: by then whatever failed has been made up for. */
async function live(
  steps: readonly Step[],
  question?: Parameters<typeof watchIssue>[1],
): Promise<void> {
  const github = await startGitHub();
  try {
    const issue = watchIssue(github, question);
    for (const step of [...steps, QUIET, QUIET]) await issue.take(step);
    issue.expectAllSeen();
  } finally {
    await github.close();
  }
}

describe('an issue over many nights', () => {
  it.each(['every night', 'an incident'] as const)(
    'loses nothing and tells nothing twice, asked about %s, whatever people and GitHub do',
    async (question) => {
      const steps = fc.array(anyStep, { minLength: 8, maxLength: 40 });
      const life = fc.asyncProperty(steps, (taken) => live(taken, question));
      await fc.assert(life, { numRuns: Number(process.env['LIFE_RUNS'] ?? 40) / 2 });
    },
    LIFE_TIMEOUT_MS,
  );

  it('keeps what closing it acknowledged where the comment about news is refused', async () => {
    const refused: Step = { kind: 'night', fault: REFUSED_COMMENT };
    await expect(
      live([QUIET, HAPPENS, QUIET, { kind: 'close' }, HAPPENS, refused]),
    ).resolves.toBeUndefined();
  });

  it('lets a tick be taken back that a refused comment had to put there for the closing', async () => {
    const refused: Step = { kind: 'night', fault: REFUSED_COMMENT };
    await expect(
      live([
        QUIET,
        HAPPENS,
        QUIET,
        { kind: 'close' },
        HAPPENS,
        refused,
        { kind: 'untick', pick: 0 },
      ]),
    ).resolves.toBeUndefined();
  });

  it('opens again for a tick that is taken back after the closing was answered', async () => {
    await expect(
      live([QUIET, HAPPENS, QUIET, { kind: 'close' }, QUIET, { kind: 'untick', pick: 0 }]),
    ).resolves.toBeUndefined();
  });

  it('keeps what was ticked through a night in which Okta is down', async () => {
    const outage: Step = { kind: 'night', fault: null, isOutage: true };
    await expect(
      live([QUIET, HAPPENS, QUIET, { kind: 'tick', pick: 0 }, outage]),
    ).resolves.toBeUndefined();
  });

  it('says after a night in which Okta was down what came to a finding since it was ticked', async () => {
    const outage: Step = { kind: 'night', fault: null, isOutage: true };
    const grows: Step = { kind: 'grows', pick: 0 };
    await expect(
      live([QUIET, HAPPENS, QUIET, { kind: 'tick', pick: 0 }, grows, outage]),
    ).resolves.toBeUndefined();
  });

  it('says what came to a ticked finding while the minimum severity hid it', async () => {
    await expect(
      live([
        QUIET,
        { kind: 'happens', severity: 'low', role: 'review' },
        QUIET,
        { kind: 'tick', pick: 0 },
        { kind: 'grows', pick: 0 },
        { kind: 'minimum', severity: 'high' },
        QUIET,
        { kind: 'minimum', severity: 'low' },
      ]),
    ).resolves.toBeUndefined();
  });

  it('does not say of a finding that somebody ticked and unticked what a comment failed to', async () => {
    const refused: Step = { kind: 'night', fault: REFUSED_COMMENT };
    await expect(
      live([
        QUIET,
        HAPPENS,
        refused,
        { kind: 'tick', pick: 0 },
        HAPPENS,
        refused,
        { kind: 'untick', pick: 0 },
      ]),
    ).resolves.toBeUndefined();
  });

  it('does not say what a comment failed to of a finding that is no longer listed', async () => {
    const refused: Step = { kind: 'night', fault: REFUSED_COMMENT };
    await expect(
      live([
        QUIET,
        { kind: 'happens', severity: 'low', role: 'review' },
        refused,
        { kind: 'minimum', severity: 'high' },
        QUIET,
        { kind: 'minimum', severity: 'low' },
      ]),
    ).resolves.toBeUndefined();
  });

  it('says a second time, in the same words, that the same days are not read', async () => {
    const sinceDay = (daysAgo: number): Step => ({
      kind: 'by-hand',
      daysAgo,
      days: 9,
      fault: null,
    });
    await expect(
      live([QUIET, QUIET, QUIET, sinceDay(1), QUIET, sinceDay(2)], 'an incident'),
    ).resolves.toBeUndefined();
  });

  it('goes on in the same issue where somebody wrote a note above everything', async () => {
    await expect(
      live([QUIET, HAPPENS, QUIET, { kind: 'tick', pick: 0 }, { kind: 'note-on-top' }, HAPPENS]),
    ).resolves.toBeUndefined();
  });

  it('writes a sentence anew that somebody changed, on a night without news', async () => {
    await expect(live([QUIET, HAPPENS, QUIET, { kind: 'deface' }])).resolves.toBeUndefined();
  });
});
