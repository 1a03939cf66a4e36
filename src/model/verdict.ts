export const VERDICTS = [
  'evidence-found',
  'needs-review',
  'no-evidence',
  'not-assessable',
] as const;
export type Verdict = (typeof VERDICTS)[number];

export const COVERAGE_STATES = ['complete', 'partial', 'none'] as const;
export type CoverageState = (typeof COVERAGE_STATES)[number];

export const CHECK_STATUSES = ['evaluated', 'partly', 'not-evaluated', 'failed'] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];
