import { AuditError } from '../errors.ts';
import type { VisibilityReading } from './read-visibility.ts';

export interface PrivacyQuestion {
  /** Of the repository that the workflow runs in; null where the audit runs on a terminal. */
  readonly workflow: VisibilityReading | null;
  /** Of `issue-repository`; null where no issue is asked for and none is named. */
  readonly issues: VisibilityReading | null;
  /** The input `allow-public-repository`. */
  readonly allowPublicRepository: boolean;
  readonly publish: 'issue' | 'none';
}

export interface PrivacyDecision {
  /** Whether the issue may be written. */
  readonly mayPublish: boolean;
  /** Whether finding text may go to the job summary and to stdout; else counts alone. */
  readonly mayPrint: boolean;
  /** For the top of the issue and of the log; null where nothing needs saying. */
  readonly warning: string | null;
  /** What the step must fail with; null where it may succeed. */
  readonly error: AuditError | null;
}

/** Decides who may read the findings, from who can read the two repositories. Unknown counts as public. */
export function decidePrivacy(question: PrivacyQuestion): PrivacyDecision {
  const { workflow, issues, allowPublicRepository, publish } = question;
  const readings = [issues, workflow].filter((reading) => reading !== null);
  const exposed =
    readings.find((reading) => reading.visibility === 'public') ??
    readings.find((reading) => reading.visibility === 'unknown');
  if (exposed === undefined) {
    const internal = readings.find((reading) => reading.visibility === 'internal');
    return {
      mayPublish: publish === 'issue',
      mayPrint: true,
      warning: internal === undefined ? null : warnOfInternal(internal.repository),
      error: null,
    };
  }
  if (allowPublicRepository) {
    return {
      mayPublish: publish === 'issue',
      mayPrint: true,
      warning: warnOfAllowed(exposed),
      error: null,
    };
  }
  return {
    mayPublish: false,
    mayPrint: false,
    warning: `${describe(exposed)}: only counts are printed.`,
    error: publish === 'issue' ? refuse(exposed) : null,
  };
}

function refuse(exposed: VisibilityReading): AuditError {
  if (exposed.failure !== null) return exposed.failure;
  return new AuditError({
    code: 'repository-public',
    message: `Nothing was published: ${describe(exposed)}, and everybody could read the findings.`,
    hint: 'Run the audit in a private repository and name a private one as `issue-repository`. `allow-public-repository: true` publishes all the same.',
  });
}

function warnOfInternal(repository: string): string {
  return `${repository} is internal: everybody in the enterprise can read these findings.`;
}

function warnOfAllowed(exposed: VisibilityReading): string {
  return `${describe(exposed)}: everybody may be able to read these findings (\`allow-public-repository\` is true).`;
}

function describe({ repository, visibility }: VisibilityReading): string {
  return visibility === 'public'
    ? `${repository} is public`
    : `nothing tells whether ${repository} is public`;
}
