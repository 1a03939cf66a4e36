import { describe, expect, it } from 'vitest';
import { AuditError } from '../../src/errors.ts';
import { decidePrivacy } from '../../src/publish/decide-privacy.ts';
import type { Visibility, VisibilityReading } from '../../src/publish/read-visibility.ts';

const VISIBILITIES = ['public', 'private', 'internal', 'unknown'] as const;

function reading(repository: string, visibility: Visibility): VisibilityReading {
  return { repository, visibility, failure: null };
}

function decide(
  workflow: Visibility | null,
  issues: Visibility,
  more: { allow?: boolean; publish?: 'issue' | 'none' } = {},
) {
  return decidePrivacy({
    workflow: workflow === null ? null : reading('acme/workflows', workflow),
    issues: reading('acme/security', issues),
    allowPublicRepository: more.allow ?? false,
    publish: more.publish ?? 'issue',
  });
}

const PAIRS = VISIBILITIES.flatMap((workflow) =>
  VISIBILITIES.map((issues) => [workflow, issues] as const),
);
const EXPOSED_PAIRS = PAIRS.filter((pair) =>
  pair.some((one) => one === 'public' || one === 'unknown'),
);
const CLOSED_PAIRS = PAIRS.filter((pair) => !EXPOSED_PAIRS.includes(pair));

describe('a workflow in a repository and issues in another', () => {
  it.each(EXPOSED_PAIRS)(
    'publishes and prints nothing for %s and %s, and fails',
    (workflow, issues) => {
      expect(decide(workflow, issues)).toMatchObject({
        mayPublish: false,
        mayPrint: false,
        error: { code: 'repository-public' },
      });
    },
  );

  it.each(EXPOSED_PAIRS)('succeeds in silence for %s and %s in a dry run', (workflow, issues) => {
    expect(decide(workflow, issues, { publish: 'none' })).toMatchObject({
      mayPublish: false,
      mayPrint: false,
      error: null,
      warning: expect.stringContaining('only counts'),
    });
  });

  it.each(EXPOSED_PAIRS)(
    'warns and goes on for %s and %s where that is allowed',
    (workflow, issues) => {
      expect(decide(workflow, issues, { allow: true })).toMatchObject({
        mayPublish: true,
        mayPrint: true,
        error: null,
        warning: expect.stringContaining('`allow-public-repository` is true'),
      });
    },
  );

  it.each(EXPOSED_PAIRS)(
    'publishes nothing in a dry run for %s and %s where that is allowed',
    (workflow, issues) => {
      expect(decide(workflow, issues, { allow: true, publish: 'none' })).toMatchObject({
        mayPublish: false,
        mayPrint: true,
        error: null,
      });
    },
  );

  it.each(CLOSED_PAIRS)('publishes and prints for %s and %s', (workflow, issues) => {
    const decision = decide(workflow, issues);
    expect(decision).toMatchObject({ mayPublish: true, mayPrint: true, error: null });
    const isInternal = workflow === 'internal' || issues === 'internal';
    expect(decision.warning === null).toBe(!isInternal);
  });

  it.each(CLOSED_PAIRS)(
    'prints without publishing for %s and %s in a dry run',
    (workflow, issues) => {
      expect(decide(workflow, issues, { publish: 'none' })).toMatchObject({
        mayPublish: false,
        mayPrint: true,
        error: null,
      });
    },
  );
});

it('asks only about the issues where the audit runs on a terminal', () => {
  expect(decide(null, 'private').mayPublish).toBe(true);
  expect(decide(null, 'public').mayPublish).toBe(false);
});

it('prints on a terminal that names no repository', () => {
  const question = { workflow: null, issues: null, allowPublicRepository: false };
  expect(decidePrivacy({ ...question, publish: 'none' })).toEqual({
    mayPublish: false,
    mayPrint: true,
    warning: null,
    error: null,
  });
});

it('names the repository that is public and the input that allows it', () => {
  const { error } = decide('public', 'private');
  expect(error?.message).toContain('acme/workflows is public');
  expect(error?.hint).toContain('`allow-public-repository: true`');
});

it('does not call a repository public that nobody can tell of', () => {
  const dryRun = { publish: 'none' } as const;
  expect(decide('private', 'unknown', dryRun).warning).toBe(
    'nothing tells whether acme/security is public: only counts are printed.',
  );
  expect(decide('private', 'public', dryRun).warning).toBe(
    'acme/security is public: only counts are printed.',
  );
});

it('names the internal repository that more people can read', () => {
  expect(decide('private', 'internal').warning).toContain('acme/security is internal');
});

it('says why a visibility is unknown', () => {
  const failure = new AuditError({ code: 'github-not-found', message: 'No.', hint: 'Look.' });
  const issues = { repository: 'acme/typo', visibility: 'unknown' as const, failure };
  const question = { workflow: null, issues, allowPublicRepository: false };
  expect(decidePrivacy({ ...question, publish: 'issue' }).error).toBe(failure);
});
